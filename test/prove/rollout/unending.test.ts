import type { Step } from "../../../lib/model/rollout";
import type { Json } from "../../../lib/model/value";
import { unendingSteps } from "../../../lib/prove/rollout/never";
import type { Both } from "../../../lib/prove/rollout/things";
import type { World } from "../../../lib/prove/rollout/world";
import { INPUT, instanceOf, stepOf } from "./instances";

type Values = Readonly<Record<string, Json>>;

interface Thing {
  readonly before?: Values;
  readonly after?: Values;
  readonly actions?: readonly Step["action"][];
}

/** Steps that never end, as `action address because others`, by objects and an order of addresses. */
function unending(things: Readonly<Record<string, Thing>>, order: readonly string[] = []) {
  const steps = Object.entries(things).flatMap(([address, { before, after, actions = [] }]) =>
    actions.map((action) =>
      stepOf(action, address, {
        before: before ?? null,
        after: action === "delete" ? null : (after ?? null),
      }),
    ),
  );
  const all = Object.entries(things).map(([address, { before, after }]): [string, Both] => [
    address,
    {
      input: INPUT,
      before: before && instanceOf(address, before),
      after: after && instanceOf(address, after),
    },
  ]);
  const name = ({ action, address }: Step) => `${action} ${address}`;
  const precedes = (a: Step, b: Step) =>
    order.includes(name(a)) && order.indexOf(name(a)) < order.indexOf(name(b));
  const world = {
    graph: { steps, unsure: [], order: () => ({ precedes, mayPrecede: precedes }) },
    things: new Map(all),
    keyOf: ({ address }: Step) => address,
  } as Partial<World> as World;
  return unendingSteps(world).map(({ step, key, because, others }) => {
    expect(key).toBe(step.address);
    return `${name(step)} ${because} ${others.join(" ")}`;
  });
}

const NAMED = { vpc_id: "vpc-1", name: "web" };
const [A, B, C] = ["aws_security_group.a", "aws_security_group.b", "aws_security_group.c"] as const;
const create = (after: Values): Thing => ({ after, actions: ["create"] });
const remove = (before: Values): Thing => ({ before, actions: ["delete"] });
const stays = (values: Values): Thing => ({ before: values, after: values });

describe("a create that never ends", () => {
  it("asks for what stays another's", () => {
    expect(unending({ [A]: create(NAMED), [B]: stays(NAMED) })).toEqual([`create ${A} taken ${B}`]);
    expect(unending({ [A]: create(NAMED), [B]: stays({ ...NAMED, name: "x" }) })).toEqual([]);
    expect(unending({ [A]: create(NAMED), [B]: { before: NAMED } })).toEqual([]);
    expect(unending({ [A]: create({ name: "web" }), [B]: stays({ name: "web" }) })).toEqual([]);
    const changed: Thing = { before: NAMED, after: { ...NAMED, name: "y" }, actions: ["update"] };
    expect(unending({ [A]: create(NAMED), [B]: changed })).toEqual([]);
    const updated: Thing = { before: NAMED, after: NAMED, actions: ["update"] };
    expect(unending({ [A]: updated, [B]: stays(NAMED) })).toEqual([]);
  });

  it("asks for what is another's until afterwards", () => {
    const both = { [A]: create(NAMED), [B]: remove(NAMED) };
    expect(unending(both, [`create ${A}`, `delete ${B}`])).toEqual([`create ${A} taken ${B}`]);
    expect(unending(both, [`delete ${B}`, `create ${A}`])).toEqual([]);
    expect(unending(both)).toEqual([]);
    const replaced: Thing = { before: NAMED, after: NAMED, actions: ["create", "delete"] };
    const order = [`create ${A}`, `delete ${A}`];
    expect(unending({ [A]: replaced }, order)).toEqual([`create ${A} taken ${A}`]);
    expect(unending({ [A]: replaced }, [...order].reverse())).toEqual([]);
  });

  it("asks for what another create has asked for", () => {
    expect(unending({ [A]: create(NAMED), [B]: create(NAMED) })).toEqual([
      `create ${B} taken ${A}`,
    ]);
    const third = { [A]: create(NAMED), [B]: create({ ...NAMED, name: "x" }), [C]: create(NAMED) };
    expect(unending(third)).toEqual([`create ${C} taken ${A}`]);
    expect(unending({ [A]: create({}), [B]: create({}) })).toEqual([]);
  });

  it("asks for a rule that its group's list has", () => {
    const rule = { from_port: 443, to_port: 443, protocol: "tcp" };
    const group = { id: "sg-1", ingress: [{ ...rule, cidr_blocks: ["0.0.0.0/0"] }] };
    const after = {
      ...rule,
      security_group_id: "sg-1",
      type: "ingress",
      cidr_blocks: ["0.0.0.0/0"],
    };
    const address = "aws_security_group_rule.x";
    expect(unending({ [address]: create(after), [A]: stays(group) })).toEqual([
      `create ${address} taken ${A}`,
    ]);
    const old = "aws_security_group_rule.old";
    expect(unending({ [address]: create(after), [A]: stays(group), [old]: remove(after) })).toEqual(
      [],
    );
  });
});

describe("a delete that never ends", () => {
  const GROUP = { id: "sg-1", ...NAMED };
  const web = "aws_instance.web";
  const user = { vpc_security_group_ids: ["sg-1"] };

  it("is of what is in use until afterwards, or for good", () => {
    const both = { [A]: remove(GROUP), [web]: { ...stays(user) } };
    expect(unending(both)).toEqual([`delete ${A} in-use ${web}`]);
    const changed: Thing = {
      ...{ before: user, after: { vpc_security_group_ids: ["sg-2"] }, actions: ["update"] },
    };
    const given = { [A]: remove(GROUP), [web]: changed };
    expect(unending(given, [`delete ${A}`, `update ${web}`])).toEqual([
      `delete ${A} in-use ${web}`,
    ]);
    expect(unending(given, [`update ${web}`, `delete ${A}`])).toEqual([]);
    expect(unending(given)).toEqual([]);
  });

  it("is of what is protected", () => {
    const lb = "aws_lb.x";
    expect(unending({ [lb]: remove({ name: "x", enable_deletion_protection: true }) })).toEqual([
      `delete ${lb} protected ${lb}`,
    ]);
    expect(unending({ [lb]: remove({ name: "x" }) })).toEqual([]);
    expect(unending({ [lb]: stays({ enable_deletion_protection: true }) })).toEqual([]);
  });
});
