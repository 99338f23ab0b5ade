import { TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import {
  CloudflarePlan,
  HealthCheck,
  HealthStatus,
  type IZone,
  NotificationDestination,
  OriginAlerts,
  Zone,
} from "originproof";
import { errorOf, ofType, resourcesOf, synthStack } from "../support/synth";
import { LiteralOrigin } from "./literal-origin";

const accountId = "0123456789abcdef0123456789abcdef";
const email = NotificationDestination.email("ops@example.com");

function zoneIn(stack: TerraformStack, name = "example.com"): Zone {
  const plan = CloudflarePlan.ENTERPRISE;
  return new Zone(stack, `Zone-${name}`, { name, accountId, plan });
}

function checkIn(stack: TerraformStack, zone: IZone, id = "Check"): HealthCheck {
  const origin = new LiteralOrigin(stack, `${id}Origin`, "198.51.100.7");
  return new HealthCheck(stack, id, { zone, origin, hostname: `www.${zone.zoneName}` });
}

describe("several OriginAlerts", () => {
  it("of one zone make policies of names that are all different", () => {
    const resources = synthStack((stack) => {
      const zone = zoneIn(stack);
      for (const id of ["Alerts", "Night"]) {
        new OriginAlerts(stack, id, { zone, notify: [email] });
      }
    });
    const names = ofType(resources, "cloudflare_notification_policy").map(({ name }) => name);
    expect(names).toEqual([
      "example.com: rate of origin errors (shop/Alerts)",
      "example.com: origin refuses connections, Error 521 (shop/Alerts)",
      "example.com: rate of origin errors (shop/Night)",
      "example.com: origin refuses connections, Error 521 (shop/Night)",
    ]);
  });
});

describe("health checks of OriginAlerts", () => {
  it("are of the same zone", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const healthChecks = [checkIn(stack, zoneIn(stack, "example.net"))];
    const zone = zoneIn(stack);
    const make = () => new OriginAlerts(stack, "Alerts", { zone, healthChecks, notify: [email] });
    expect(errorOf(make)).toMatchObject({
      code: "check-of-another-zone",
      message:
        "[shop/Alerts] 'healthChecks' has shop/Check, which is of the zone example.net, and these " +
        "alerts are of example.com; make OriginAlerts for that zone too",
    });
  });

  it("are told apart by literal ids, and taken where the zone may be the same", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const byId = (id: string, zoneId: string) =>
      Zone.fromZoneId(stack, id, { zoneId, zoneName: "example.com", maxHealthChecks: 9 });
    const one = byId("One", "023e105f4ecef8ad9ca31a8372d0c353");
    const same = byId("Same", "023e105f4ecef8ad9ca31a8372d0c353");
    const other = byId("Other", "123e105f4ecef8ad9ca31a8372d0c353");
    const plan = CloudflarePlan.PRO;
    const named = Zone.fromZoneName(stack, "Named", { zoneName: "example.com", plan });
    const healthChecks = [checkIn(stack, one)];
    const make = (id: string, zone: IZone) =>
      new OriginAlerts(stack, id, {
        zone: Object.assign(zone, { plan }),
        healthChecks,
        notify: [email],
      });
    expect(errorOf(() => make("A", other))).toMatchObject({ code: "check-of-another-zone" });
    expect([make("B", same), make("C", named)]).toHaveLength(2);
  });

  it("are what statuses need", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const zone = zoneIn(stack);
    const healthStatuses = [HealthStatus.UNHEALTHY];
    const make = () => new OriginAlerts(stack, "Alerts", { zone, healthStatuses, notify: [email] });
    expect(errorOf(make)).toMatchObject({
      code: "statuses-without-checks",
      message:
        "[shop/Alerts] 'healthStatuses' is given without 'healthChecks', so it filters nothing; " +
        "give both or neither",
    });
  });
});

describe("a destination", () => {
  it.each([
    ["webhook", () => NotificationDestination.webhook("")],
    ["webhook", () => NotificationDestination.webhook("https://alerts.example.net")],
    ["id", () => NotificationDestination.pagerDuty("")],
    // As a caller without types gives it.
    ["webhook", () => NotificationDestination.webhook(JSON.parse("null"))],
  ])("without an id of Cloudflare is refused", (param, make) => {
    const error = errorOf(make);
    expect(error).toMatchObject({ code: "invalid-destination" });
    expect(String(error)).toContain(`'${param}' is `);
  });
});

it("alerts are the same in whatever order checks, statuses and destinations come", () => {
  const destinations = [
    email,
    NotificationDestination.email("a@example.com"),
    NotificationDestination.pagerDuty("f174e90a-fafe-4643-bbbc-4a0ed4fc8415"),
    NotificationDestination.webhook("b115d5ec-15c6-41ee-8b76-92c449b5227b"),
  ];
  const statuses = [HealthStatus.HEALTHY, HealthStatus.UNHEALTHY];
  const order = (count: number) =>
    fc.shuffledSubarray([...Array(count).keys()], { minLength: count });
  const synth = (turns: readonly (readonly number[])[]) => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const zone = zoneIn(stack);
    const checks = ["A", "B", "C"].map((id) => checkIn(stack, zone, id));
    const [byCheck = [], byStatus = [], byDestination = []] = turns;
    new OriginAlerts(stack, "Alerts", {
      zone,
      healthChecks: byCheck.flatMap((n) => checks[n] ?? []),
      healthStatuses: byStatus.flatMap((n) => statuses[n] ?? []),
      notify: byDestination.flatMap((n) => destinations[n] ?? []),
    });
    return resourcesOf(stack);
  };
  const first = synth([
    [0, 1, 2],
    [0, 1],
    [0, 1, 2, 3],
  ]);
  fc.assert(
    fc.property(order(3), order(2), order(4), (...turns) => {
      expect(synth(turns)).toEqual(first);
    }),
    { numRuns: 15 },
  );
});
