import { TerraformStack, Testing } from "cdktf";
import {
  CloudflarePlan,
  FilteredElsewhere,
  HealthCheck,
  NotificationDestination,
  OriginAlerts,
  OriginlessRecord,
  Zone,
} from "originproof";
import { errorOf } from "../support/synth";

/* A choice as its text, which callers without types may pass, is refused, not half understood. */
const accountId = "0123456789abcdef0123456789abcdef";

function refusal(prop: string, text: unknown) {
  const stack = new TerraformStack(Testing.app(), "shop");
  const plan = CloudflarePlan.ENTERPRISE;
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
  const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "198.51.100.7", reason: "test" });
  const notify = [NotificationDestination.email("ops@example.com")];
  const hostname = "www.example.com";
  const given = JSON.parse(JSON.stringify({ [prop]: text }));
  const check = (props: object) =>
    new HealthCheck(stack, "Check", { zone, origin, hostname, ...props });
  const alerts = (props: object) =>
    new OriginAlerts(stack, "X", { zone, notify, healthChecks: [check({})], ...props });
  const makes: Readonly<Record<string, () => unknown>> = {
    plan: () => new Zone(stack, "X", { name: "example.net", accountId, ...given }),
    minTlsVersion: () => new Zone(stack, "X", { name: "example.net", accountId, ...given }),
    servedBy: () => new OriginlessRecord(stack, "X", { zone, name: "go", ...given }),
    type: () => check(given),
    method: () => check(given),
    regions: () => check(given),
    healthStatuses: () => alerts(given),
    accountPlan: () => alerts(given),
    slo: () => alerts(given),
  };
  return errorOf(() => makes[prop]?.());
}

it.each<[string, unknown, string]>([
  ["plan", "pro", '"pro", which is no CloudflarePlan; give one such as CloudflarePlan.PRO'],
  ["minTlsVersion", "1.3", '"1.3", which is no TlsVersion; give one such as TlsVersion.TLS_1_2'],
  ["servedBy", "worker", '"worker", which is no EdgeService; give one such as EdgeService.WORKER'],
  ["type", "TCP", '"TCP", which is no HealthCheckType; give one such as HealthCheckType.HTTPS'],
  [
    "method",
    "HEAD",
    '"HEAD", which is no HealthCheckMethod; give one such as HealthCheckMethod.HEAD',
  ],
  [
    "regions",
    ["WEU"],
    '"WEU", which is no HealthCheckRegion; give one such as HealthCheckRegion.WESTERN_EUROPE',
  ],
  [
    "healthStatuses",
    ["Unhealthy"],
    '"Unhealthy", which is no HealthStatus; give one such as HealthStatus.UNHEALTHY',
  ],
  ["accountPlan", 2, "2, which is no CloudflarePlan; give one such as CloudflarePlan.PRO"],
  ["slo", "99.9", '"99.9", which is no ErrorRateSlo; give one such as ErrorRateSlo.PERCENT_99_9'],
])("%s is refused as %j", (prop, text, said) => {
  const error = refusal(prop, text);
  expect(error).toMatchObject({ code: "not-a-choice" });
  expect(String(error)).toContain(`'${prop}' is ${said}`);
});
