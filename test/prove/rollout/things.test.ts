import type { Instance } from "../../../lib/model/instance";
import type { Step } from "../../../lib/model/rollout";
import { type Json, NO_REFERENCES } from "../../../lib/model/value";
import { type Act, aside, thingOf } from "../../../lib/prove/rollout/things";
import { INPUT, instanceOf, stepOf } from "./instances";

type Values = Readonly<Record<string, Json>>;

const DELETE = (address: string, more: Partial<Step> = {}) =>
  stepOf("delete", address, { before: {}, ...more });
const CREATE = (address: string, more: Partial<Step> = {}) =>
  stepOf("create", address, { after: {}, ...more });

function thing(
  before: Instance | undefined,
  after: Instance | undefined,
  ...steps: readonly Step[]
) {
  const made = thingOf({ input: INPUT, before, after }, steps);
  /** What is there when acts of these numbers are done. */
  const at = (...numbers: readonly number[]) => {
    const done = new Set(numbers.flatMap((number) => made.acts[number] ?? []));
    const { instances, gone, moved, emptied } = made.at(done);
    const texts = (list: readonly Instance[]) => list.map(({ address }) => address);
    return {
      now: texts(instances),
      ...(gone.length > 0 ? { gone: texts(gone) } : {}),
      ...(moved.length > 0 ? { moved: texts(moved) } : {}),
      ...(emptied === undefined ? {} : { emptied: texts(emptied) }),
    };
  };
  const valuesAt = (...numbers: readonly number[]) => {
    const done = new Set(numbers.flatMap((number) => made.acts[number] ?? []));
    return made.at(done).instances.map(({ values }) => values);
  };
  return { ...made, at, valuesAt };
}

const labels = (acts: readonly Act[]) =>
  acts.map(({ step, label, after }) => `${step.action} ${label ?? ""}${"<".repeat(after.length)}`);

describe("an object that nothing is done to", () => {
  const web = instanceOf("aws_subnet.web", { id: "s" });

  it("is there as it is", () => {
    expect([thing(web, web).acts, thing(web, web).at()]).toEqual([[], { now: [web.address] }]);
    expect(thing(web, undefined).at()).toEqual({ now: [web.address] });
    expect(thing(undefined, web).at()).toEqual({ now: [web.address] });
    expect(thing(undefined, undefined).at()).toEqual({ now: [] });
    const forgotten = thing(web, undefined, stepOf("forget", web.address));
    expect([forgotten.acts, forgotten.at()]).toEqual([[], { now: [web.address] }]);
    expect(thing(web, undefined, CREATE(web.address)).acts).toEqual([]);
  });

  it("is a setting whose block goes, unless it is made again", () => {
    const ssl = instanceOf("cloudflare_zone_setting.ssl", { value: "full" });
    expect(thing(ssl, undefined, DELETE(ssl.address)).acts).toEqual([]);
    const acl = instanceOf("aws_default_network_acl.x", {});
    expect(thing(acl, undefined, DELETE(acl.address)).acts).toEqual([]);
    const [first, last] = [DELETE(ssl.address, { replace: "delete-first" }), CREATE(ssl.address)];
    expect(labels(thing(ssl, ssl, first, last).acts)).toEqual(["create ", "delete "]);
    expect(thing(ssl, ssl, DELETE(ssl.address, { replace: "create-first" })).acts).toHaveLength(1);
  });
});

describe("an object that is made, destroyed or made again", () => {
  const [old, next] = [
    instanceOf("aws_subnet.web", { id: "old" }),
    instanceOf("aws_subnet.web", { id: "next" }),
  ];

  it("is there once it is made, and gone once it is destroyed", () => {
    const made = thing(undefined, next, CREATE(next.address));
    expect([made.at(), made.at(0)]).toEqual([{ now: [] }, { now: [next.address] }]);
    const taken = thing(old, undefined, DELETE(old.address));
    expect([taken.at(), taken.at(0)]).toEqual([
      { now: [old.address] },
      { now: [], gone: ["aws_subnet.web (old)"] },
    ]);
  });

  it("is there twice where the new one comes first, the old one by its id alone", () => {
    const both = thing(old, next, DELETE(old.address), CREATE(next.address));
    expect(labels(both.acts)).toEqual(["create ", "delete "]);
    expect(both.at()).toEqual({ now: [old.address] });
    expect(both.at(0)).toEqual({ now: ["aws_subnet.web (old)", next.address] });
    expect(both.at(1)).toEqual({ now: [], gone: ["aws_subnet.web (old)"] });
    expect(both.at(0, 1)).toEqual({ now: [next.address], gone: ["aws_subnet.web (old)"] });
    expect(aside({ ...old, configured: new Map() })).toMatchObject({
      address: "aws_subnet.web (old)",
      name: "web (old)",
      configured: undefined,
    });
  });

  it("is about the ranges of a rule, before and after", () => {
    const rule = "aws_vpc_security_group_ingress_rule.a";
    const of = (cidr_ipv4: string) => instanceOf(rule, { cidr_ipv4 });
    const { acts } = thing(of("192.0.2.0/24"), of("198.51.100.0/24"), DELETE(rule), CREATE(rule));
    const sources = acts.map(({ footprint }) => footprint?.sources[4].toCidrs().map(String));
    expect(sources).toEqual([["198.51.100.0/24"], ["192.0.2.0/24"]]);
    const open = { ...of(""), unknown: { cidr_ipv4: true } };
    expect(thing(undefined, open, CREATE(rule)).acts[0]?.footprint).toBeUndefined();
    expect(acts.map(({ unlisted, after }) => [unlisted, after])).toEqual([
      [[], []],
      [[], []],
    ]);
  });
});

describe("a default that a block takes over", () => {
  it.each([
    ["aws_default_security_group", ["ingress", "egress"]],
    ["aws_default_network_acl", ["ingress", "egress"]],
    ["aws_default_route_table", ["route"]],
  ] as const)("has nothing before it has its own: %s", (type, names) => {
    const values = Object.fromEntries(names.map((name) => [name, [name]]));
    const expression = { kind: "expression" as const, expression: NO_REFERENCES };
    const configured = new Map([["vpc_id", expression]]);
    const own = instanceOf(`${type}.x`, { id: "x", ...values }, { configured });
    const taken = thing(undefined, own, CREATE(own.address));
    expect(labels(taken.acts)).toEqual([
      "create takes away what was there",
      "create puts its own there<",
    ]);
    expect(taken.at()).toEqual({ now: [] });
    expect(taken.at(0)).toEqual({ now: [own.address], emptied: [own.address] });
    expect(taken.at(0, 1)).toEqual({ now: [own.address] });
    const empty = Object.fromEntries(names.map((name) => [name, []]));
    expect(taken.valuesAt(0)).toEqual([{ id: "x", ...empty }]);
    expect(taken.valuesAt(0, 1)).toEqual([own.values]);
    const [now] = made(own, [0]);
    expect(
      [...((now?.configured as ReadonlyMap<string, unknown> | undefined)?.keys() ?? [])].sort(),
    ).toEqual([...names, "vpc_id"].sort());
    expect([...configured.keys()]).toEqual(["vpc_id"]);
  });

  const made = (own: Instance, numbers: readonly number[]) => {
    const { acts, at } = thingOf({ input: INPUT, before: undefined, after: own }, [
      CREATE(own.address),
    ]);
    return at(new Set(numbers.flatMap((number) => acts[number] ?? []))).instances;
  };

  it("has what is not known, or not configured, as it is", () => {
    const own = instanceOf("aws_default_route_table.x", "x", {
      unknown: { id: true, route: true },
    });
    expect(made(own, [0])).toMatchObject([{ values: { route: [] }, unknown: { id: true } }]);
    expect(made({ ...own, unknown: true }, [0])[0]?.unknown).toEqual({});
  });
});

describe("an object that is updated", () => {
  const update = (address: string, before: Values, after: Values, more: Partial<Instance> = {}) =>
    thing(
      instanceOf(address, before),
      instanceOf(address, { ...before, ...after }, more),
      stepOf("update", address),
    );

  it("is as each call leaves it", () => {
    const group = update("aws_elb.x", { subnets: ["a", "b"], name: "x" }, { subnets: ["b", "c"] });
    expect(labels(group.acts)).toEqual(["update removes subnets", "update adds subnets<"]);
    expect(group.valuesAt()).toEqual([{ subnets: ["a", "b"], name: "x" }]);
    expect(group.valuesAt(0)).toEqual([{ name: "x", subnets: ["b"] }]);
    expect(group.valuesAt(0, 1)).toEqual([{ subnets: ["b", "c"], name: "x" }]);
    expect(group.acts[1]?.after[0]).toBe(group.acts[0]);
  });

  it("is the old one until it is called, and the planned one in the end", () => {
    const before = instanceOf("aws_eip.x", { instance: "" });
    const after = instanceOf("aws_eip.x", { instance: "b" }, { unknown: { id: true } });
    const { acts, at } = thingOf({ input: INPUT, before, after }, [stepOf("update", "aws_eip.x")]);
    expect(at(new Set()).instances[0]).toBe(before);
    expect(at(new Set(acts)).instances[0]).toBe(after);
  });

  it("is gone while it is stopped, and has another address afterwards", () => {
    const web = update("aws_instance.x", { instance_type: "a" }, { instance_type: "b" });
    expect(web.at()).toEqual({ now: ["aws_instance.x"] });
    expect(web.at(0)).toEqual({ now: [], gone: ["aws_instance.x (old)"] });
    expect(web.at(0, 1)).toEqual({ now: ["aws_instance.x"], moved: ["aws_instance.x (old)"] });
    const address = update("aws_eip.x", { instance: "a" }, { instance: "b" });
    expect(address.at(0, 1)).toEqual({ now: ["aws_eip.x"] });
  });

  it("is what it was where nothing that a hop reads changes, as its block says now", () => {
    const configured = new Map();
    const web = update(
      "aws_instance.x",
      { ami: "a" },
      { tags: {} },
      { configured, action: "change" },
    );
    expect([web.acts, web.valuesAt()]).toEqual([[], [{ ami: "a" }]]);
    const before = instanceOf("aws_instance.x", { ami: "a" }, { action: "change" });
    const both = { input: INPUT, before, after: { ...before, configured } };
    const [now] = thingOf(both, [stepOf("update", "aws_instance.x")]).at(new Set()).instances;
    expect(now).toMatchObject({ action: "keep", configured });
  });

  it("says what no row tells about, and what restarts", () => {
    const moved = update("aws_instance.x", { subnet_id: "a" }, { subnet_id: "b" });
    expect(moved.acts.map(({ unlisted }) => unlisted)).toEqual([["subnet_id"]]);
    const service = update(
      "aws_ecs_service.x",
      { task_definition: "a", deployment_minimum_healthy_percent: 0 },
      { task_definition: "b" },
    );
    expect(service.acts.map(({ restarts }) => restarts)).toEqual([
      expect.stringContaining("may stop all its tasks"),
    ]);
    const fleet = update(
      "aws_autoscaling_group.x",
      { launch_template: "a", instance_refresh: [{}] },
      { launch_template: "b" },
    );
    expect(fleet.acts.some(({ restarts }) => restarts?.includes("instance refresh"))).toBe(true);
  });
});

describe("an image of a machine", () => {
  const image = instanceOf("aws_ami_from_instance.x", {});

  it("restarts the machine as it is made, and is nothing to a hop besides", () => {
    const made = thing(undefined, image, CREATE(image.address));
    expect(made.acts.map(({ restarts }) => restarts)).toEqual([
      expect.stringContaining("reboots the machine"),
    ]);
    expect(made.at(0)).toEqual({ now: [image.address] });
    expect(thing(image, undefined, DELETE(image.address)).acts).toEqual([]);
    expect(thing(image, undefined, DELETE(image.address)).at()).toEqual({ now: [image.address] });
    const quiet = instanceOf(image.address, { snapshot_without_reboot: true });
    expect(thing(undefined, quiet, CREATE(image.address)).acts).toEqual([]);
    expect(thing(image, image).acts).toEqual([]);
  });
});
