import type { Instance } from "../../../lib/model/instance";
import type { Step } from "../../../lib/model/rollout";
import type { Json } from "../../../lib/model/value";
import { attachmentDoubts } from "../../../lib/prove/rollout/attached";
import type { Both } from "../../../lib/prove/rollout/things";
import { actOf, INPUT, instanceOf, stepOf } from "./instances";
import { hopOf, pathOf } from "./scenes";

const CARD = "aws_network_interface.web";
const assumed = (subject = CARD, id = "aws/interface-attached") => [{ id, subject, text: "x" }];
const route = { hops: [hopOf([], [], { assumptions: assumed() })], assumptions: [] };
const PATHS = [pathOf({ more: { route } })];

type Values = Readonly<Record<string, Json>>;
const update = (address: string, before: Values, after: Values) =>
  stepOf("update", address, { before, after });

const card = instanceOf(CARD, { id: "eni-1" });
const both = (before: Instance | undefined, after = before): Both => ({
  input: INPUT,
  before,
  after,
});

/** What the apply does, with objects of the inputs. */
function world(steps: readonly Step[], others: readonly Both[] = []) {
  const none = { precedes: () => false, mayPrecede: () => false };
  const things = new Map([both(card), ...others].map((each, at) => [`${at}`, each] as const));
  return { graph: { steps, unsure: [], order: () => none }, things };
}

/** How many doubts there are. */
function doubt(
  step: ReturnType<typeof stepOf>,
  known = false,
  others: readonly Both[] = [],
  paths = PATHS,
) {
  const acts = known ? [{ ...actOf("update", "aws_x.x"), step }] : [];
  return attachmentDoubts(paths, world([stepOf("update", "aws_subnet.x"), step], others), acts)
    .length;
}

describe("a path over an interface that is assumed to hang on a machine", () => {
  it("is in doubt where what ties them changes, and says so", () => {
    const step = stepOf("create", "aws_network_interface_attachment.x");
    const wanted = [
      {
        id: "rollout/dependencies",
        subject: CARD,
        text: "which machine aws_network_interface.web is attached to is not in the input, and aws_network_interface_attachment.x may be it or what ties them",
      },
    ];
    expect(attachmentDoubts(PATHS, world([step]), [])).toEqual(wanted);
    const direct = [pathOf({ more: { route: { hops: [], assumptions: assumed() } } })];
    expect(attachmentDoubts(direct, world([step]), [])).toEqual(wanted);
    expect(attachmentDoubts(PATHS, world([]), [])).toEqual([]);
    expect(attachmentDoubts([pathOf({})], world([step]), [])).toEqual([]);
    const other = { hops: [], assumptions: assumed(CARD, "x/y") };
    expect(attachmentDoubts([pathOf({ more: { route: other } })], world([step]), [])).toEqual([]);
  });

  it("is in doubt where its own attachment changes", () => {
    const one = { attachment: [{ instance: "i-1" }] };
    const two = { attachment: [{ instance: "i-2" }] };
    expect(doubt(update(CARD, one, two))).toBe(1);
    expect(doubt(update(CARD, {}, two))).toBe(1);
    expect(doubt(update(CARD, one, {}))).toBe(1);
    expect(doubt(update(CARD, one, one))).toBe(0);
    expect(doubt(update(CARD, {}, { attachment: null }))).toBe(0);
    expect(doubt(update(CARD, { other: 1 }, { other: 2 }))).toBe(0);
    expect(doubt(update("aws_network_interface.other", one, two))).toBe(0);
    expect(doubt(stepOf("create", CARD, { after: two }))).toBe(0);
  });

  it("is in doubt where a machine goes or stops that may be the one", () => {
    const web = "aws_instance.web";
    expect(doubt(stepOf("delete", web, { before: {} }))).toBe(1);
    expect(doubt(stepOf("create", web, { after: { instance_type: "a" } }))).toBe(0);
    expect(doubt(update(web, { instance_type: "a" }, { instance_type: "b" }))).toBe(1);
    expect(doubt(update(web, { instance_type: "a" }, { instance_type: "a" }))).toBe(0);
    expect(doubt(update(web, { tags: 1 }, { tags: 2 }))).toBe(0);
    expect(
      doubt(update(web, { tags: 1, instance_type: "a" }, { tags: 2, instance_type: "a" })),
    ).toBe(0);
    expect(doubt(stepOf("delete", "aws_spot_instance_request.web", { before: {} }))).toBe(0);
  });

  it("is in none where the machine is given its interfaces, and is seen", () => {
    const gone = (given: Json) =>
      stepOf("delete", "aws_instance.web", { before: { network_interface: given } });
    const cards = [{ network_interface_id: "eni-1" }];
    expect([doubt(gone(cards), true), doubt(gone(cards))]).toEqual([0, 1]);
    expect([doubt(gone([]), true), doubt(gone(null), true), doubt(gone("eni-1"), true)]).toEqual([
      1, 1, 1,
    ]);
  });

  it("is in none where machines of the input have the interface before and afterwards", () => {
    const gone = stepOf("delete", "aws_instance.other", { before: {} });
    const machine = (values: Values) => instanceOf("aws_instance.web", values);
    const holder = machine({ network_interface: [{ network_interface_id: "eni-1" }] });
    expect(doubt(gone, false, [both(holder)])).toBe(0);
    const apart = machine({ network_interface: [{ network_interface_id: "eni-2" }] });
    expect(doubt(gone, false, [both(apart)])).toBe(1);
    expect(doubt(gone, false, [both(holder, apart)])).toBe(1);
    expect(doubt(gone, false, [both(apart, holder)])).toBe(1);
    const thing = { ...holder, type: "aws_thing" };
    expect(doubt(gone, false, [both(thing)])).toBe(1);
  });
});
