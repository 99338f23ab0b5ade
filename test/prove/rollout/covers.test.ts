import { edgeRanges } from "../../../lib/edge/ranges";
import type { Step } from "../../../lib/model/rollout";
import { globallyReachable } from "../../../lib/net/special-purpose";
import type { Claim } from "../../../lib/prove/rollout/claim";
import { coveredThroughout } from "../../../lib/prove/rollout/covers";
import { offerOf } from "../../../lib/prove/rollout/offer";
import { Orders } from "../../../lib/prove/rollout/orders";
import { type Before, beforeIn, downClosed, States } from "../../../lib/prove/rollout/states";
import type { Act } from "../../../lib/prove/rollout/things";
import type { World } from "../../../lib/prove/rollout/world";
import { parseInput } from "../../../lib/read/parse-input";
import { applyWorld } from "../../../lib/rules/apply-world";
import { type PlannedResource, planOf } from "../../support/plan";

const ZONE = "0123456789abcdef0123456789abcdef";
const VISITORS = { scheme: "https", port: 443, family: 4 } as const;
const VIEW = { hostname: "www.example.com", stable: new Set<string>(), assumed: false };

/** Numbers that look random, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

function kept(address: string, values: object): PlannedResource {
  const known = values as Record<string, unknown>;
  return { address, values: known, before: known, actions: ["no-op"] };
}

const CIDRS = ["104.16.0.0/13", "104.16.0.0/14", "104.20.0.0/14", "0.0.0.0/0"];

/** A site whose group loses some rules and gets others. */
function planWith(next: (below: number) => number): object {
  const rules = Array.from({ length: 2 + next(4) }, (_, index): PlannedResource => {
    const cidr = CIDRS[next(CIDRS.length)] ?? "";
    const ports = { from_port: 443, to_port: 443, ip_protocol: "tcp" };
    const values = { id: `sgr-${index}`, security_group_id: "sg-0123", cidr_ipv4: cidr, ...ports };
    const address = `aws_vpc_security_group_ingress_rule.r${index}`;
    const kind = next(5);
    if (kind === 0) {
      return kept(address, values);
    }
    return kind < 3
      ? { address, values, actions: ["create"] }
      : { address, before: values, actions: ["delete"] };
  });
  return planOf({
    resources: [
      kept("aws_security_group.web", { id: "sg-0123", name: "web" }),
      kept("aws_instance.web", {
        id: "i-0123",
        public_ip: "203.0.113.1",
        subnet_id: "subnet-0123",
        vpc_security_group_ids: ["sg-0123"],
      }),
      kept("cloudflare_zone_setting.ssl", { zone_id: ZONE, setting_id: "ssl", value: "strict" }),
      kept("cloudflare_dns_record.www", {
        zone_id: ZONE,
        name: "www.example.com",
        type: "A",
        content: "203.0.113.1",
        proxied: true,
      }),
      ...rules,
    ],
  });
}

function worldOf(plan: object): World {
  const read = parseInput(JSON.stringify(plan), "plan.json");
  const edge = (family: 4 | 6) => edgeRanges().set(family);
  const options = { edge, sidecars: [], origins: new Map(), zones: new Map() };
  const world = applyWorld([read], options, { graphs: [], states: [] });
  if (world === undefined) {
    throw new Error("nothing is deployed");
  }
  return world;
}

function statesOf(world: World): States {
  const all = new Map<string, readonly Step[]>();
  for (const step of world.graph.steps) {
    all.set(world.keyOf(step), [step]);
  }
  return new States(world, new Set(world.things.keys()), (key) => all.get(key) ?? []);
}

/** Some creates before some deletes. */
function orderOf(acts: readonly Act[], next: (below: number) => number): Before {
  const pairs = new Set(
    acts.flatMap((first, from) =>
      acts.flatMap((second, to) =>
        first.step.action === "create" && second.step.action === "delete" && next(2) === 0
          ? [`${from} ${to}`]
          : [],
      ),
    ),
  );
  const ordered = beforeIn(() => false);
  return (first, second) =>
    ordered(first, second) || pairs.has(`${acts.indexOf(first)} ${acts.indexOf(second)}`);
}

describe("the short way for a union of rules", () => {
  it("proves nothing that trying every state does not, and most of what it does", () => {
    const next = numbers(7);
    let short = 0;
    let long = 0;
    for (let round = 0; round < 150; round++) {
      const world = worldOf(planWith(next));
      const states = statesOf(world);
      const { acts } = states;
      const before = orderOf(acts, next);
      const set = edgeRanges().set(4).intersect(globallyReachable(4));
      const claim: Claim = {
        states,
        orders: new Orders(world.graph),
        visitors: VISITORS,
        view: VIEW,
        set,
        sure: set,
        acts,
        certain: true,
      };
      const every = (downClosed(acts, before) ?? []).every((done) =>
        offerOf(states.after(done), VIEW, VISITORS).mustBesides.covers(set),
      );
      const covered = coveredThroughout(claim, acts, before);
      expect(covered && !every).toBe(false);
      short += covered ? 1 : 0;
      long += every ? 1 : 0;
    }
    // Rules that a deleted one says too go with it, so that fewer hold throughout.
    expect(long).toBeGreaterThan(15);
    expect(short).toBeGreaterThan(long * 0.8);
  });
});
