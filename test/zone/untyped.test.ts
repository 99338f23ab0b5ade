import { TerraformStack, Testing } from "cdktf";
import {
  CloudflarePlan,
  ConfigurationError,
  EdgeService,
  FilteredElsewhere,
  HealthCheck,
  NotificationDestination,
  NotificationWebhook,
  OriginAlerts,
  OriginlessRecord,
  ProxiedRecord,
  ProxiedSite,
  Zone,
} from "originproof";
import { errorOf } from "../support/synth";

/*
 * Plain JavaScript may leave out what TypeScript asks for: the prop is named, and no TypeError of
 * the library's inside comes out.
 */
const accountId = "0123456789abcdef0123456789abcdef";
const zoneId = "023e105f4ecef8ad9ca31a8372d0c353";
const zoneName = "example.com";

type Props = Readonly<Record<string, unknown>>;
type Make = (stack: TerraformStack, id: string, props: never) => unknown;

function parts() {
  const stack = new TerraformStack(Testing.app(), "shop");
  const plan = CloudflarePlan.PRO;
  const zone = new Zone(stack, "Zone", { name: zoneName, accountId, plan });
  const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "198.51.100.7", reason: "test" });
  return { stack, zone, origin };
}

type Parts = ReturnType<typeof parts>;

/** What each construct can't do without, given in full. */
const CASES: readonly [string, Make, (given: Parts) => Props][] = [
  ["Zone", (...a) => new Zone(...a), () => ({ name: "example.net", accountId })],
  ["Zone.fromZoneId", (...a) => Zone.fromZoneId(...a), () => ({ zoneName, zoneId })],
  ["Zone.fromZoneName", (...a) => Zone.fromZoneName(...a), () => ({ zoneName })],
  [
    "Zone.fromZoneAttributes",
    (...a) => Zone.fromZoneAttributes(...a),
    () => ({ zoneName, zoneId, accountId }),
  ],
  [
    "ProxiedRecord",
    (...a) => new ProxiedRecord(...a),
    ({ zone, origin }) => ({ zone, name: "www", origins: [origin] }),
  ],
  [
    "OriginlessRecord",
    (...a) => new OriginlessRecord(...a),
    ({ zone }) => ({ zone, name: "go", servedBy: EdgeService.WORKER }),
  ],
  [
    "ProxiedSite",
    (...a) => new ProxiedSite(...a),
    ({ zone, origin }) => ({ zone, names: ["www"], origins: [origin] }),
  ],
  ["FilteredElsewhere", (...a) => new FilteredElsewhere(...a), () => ({ reason: "test" })],
  ["HealthCheck", (...a) => new HealthCheck(...a), ({ zone, origin }) => ({ zone, origin })],
  [
    "OriginAlerts",
    (...a) => new OriginAlerts(...a),
    ({ zone }) => ({ zone, notify: [NotificationDestination.email("ops@example.com")] }),
  ],
  [
    "NotificationWebhook",
    (...a) => new NotificationWebhook(...a),
    () => ({ accountId, name: "x", url: "https://alerts.example.net/x" }),
  ],
];

describe.each(CASES)("%s without types", (_, make, propsOf) => {
  it("names each prop that it can't do without", () => {
    for (const missing of Object.keys(propsOf(parts()))) {
      for (const absent of [undefined, null]) {
        const given = parts();
        const props = { ...propsOf(given), [missing]: absent };
        const error = errorOf(() => make(given.stack, "Tested", props as never));
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error).toMatchObject({ code: "missing-prop", constructPath: "shop/Tested" });
        expect(String(error)).toContain(`'${missing}' is missing`);
      }
    }
  });

  it("says so where all are missing", () => {
    const error = errorOf(() => make(parts().stack, "Tested", undefined as never));
    expect(error).toMatchObject({ code: "missing-prop" });
  });
});
