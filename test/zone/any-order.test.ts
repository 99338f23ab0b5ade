import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import {
  CloudflarePlan,
  EdgeService,
  HealthCheck,
  HealthCheckRegion,
  NotificationDestination,
  OriginAlerts,
  OriginlessRecord,
  ProxiedRecord,
  ProxiedSite,
  Zone,
} from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { type Resources, resourcesOf } from "../support/synth";

const accountId = "0123456789abcdef0123456789abcdef";
const REGIONS = [
  HealthCheckRegion.INDIA,
  HealthCheckRegion.OCEANIA,
  HealthCheckRegion.WESTERN_EUROPE,
];
const TAGS = { owner: "shop", stage: "live", team: "web" };
const HEADERS = { Accept: ["text/html"], "X-A": ["1"], "X-B": ["2"] };
const SETTINGS = { browser_cache_ttl: 14400, http3: "on", websockets: "on" };
const NAMES = ["www", "@", "*"];
const email = NotificationDestination.email("ops@example.com");

/** Every permutation that a property may try, as the positions of what is permuted. */
function order(count: number) {
  const all = [...Array(count).keys()];
  return fc.shuffledSubarray(all, { minLength: count });
}

function inOrder<T>(items: readonly T[], turn: readonly number[]): T[] {
  return turn.flatMap((index) => items.slice(index, index + 1));
}

function members<T extends object>(items: T, turn: readonly number[]): T {
  return Object.fromEntries(inOrder(Object.entries(items), turn)) as T;
}

/** One stack, whose lists are given in one order and whose constructs are made in another. */
function synth(lists: readonly number[], made: readonly number[]): Resources {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  const plan = CloudflarePlan.ENTERPRISE;
  const otherSettings = members(SETTINGS, lists);
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan, otherSettings });
  const origins = inOrder(
    ["A", "B", "C"].map((id, n) => new LiteralOrigin(stack, id, `198.51.100.${n}`)),
    lists,
  );
  const [first] = [...origins].sort((one, two) => (one.node.id < two.node.id ? -1 : 1));
  const shared = { zone, hostname: "www.example.com" };
  const regions = inOrder(REGIONS, lists);
  const headers = members(HEADERS, lists);
  const tags = members(TAGS, lists);
  const makes = [
    () => new ProxiedRecord(stack, "Api", { zone, name: "api", origins, tags }),
    () => new ProxiedSite(stack, "Site", { zone, names: inOrder(NAMES, [0, 1, 2]), origins, tags }),
    () => new OriginlessRecord(stack, "Go", { zone, name: "go", servedBy: EdgeService.WORKER }),
    () => {
      const origin = first as LiteralOrigin;
      const checks = inOrder(["One", "Two", "Three"], lists).map(
        (id) => new HealthCheck(stack, id, { ...shared, origin, regions, headers }),
      );
      new OriginAlerts(stack, "Alerts", { zone, healthChecks: checks, notify: [email] });
    },
  ];
  for (const make of inOrder(makes, made)) make();
  return resourcesOf(stack);
}

it("the order of lists, of members and of making constructs changes nothing that is written", () => {
  const whole = synth([0, 1, 2], [0, 1, 2, 3]);
  fc.assert(
    fc.property(order(3), order(4), (lists, made) => {
      expect(synth(lists, made)).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

it("the main name of a site decides what its checks ask for, and no address", () => {
  const of = (names: readonly string[]) => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const plan = CloudflarePlan.PRO;
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
    const origins = [new LiteralOrigin(stack, "A", "198.51.100.7")];
    new ProxiedSite(stack, "Site", { zone, names, origins, notify: [email] });
    return resourcesOf(stack);
  };
  fc.assert(
    fc.property(order(3), (turn) => {
      const turned = of(inOrder(NAMES, turn));
      expect(Object.keys(turned).sort()).toEqual(Object.keys(of(NAMES)).sort());
    }),
    { numRuns: 6 },
  );
});
