import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  CloudflarePlan,
  ErrorRateSlo,
  HealthCheck,
  NotificationDestination,
  OriginAlerts,
  type OriginAlertsProps,
  Zone,
} from "originproof";
import { type Block, errorOf, ofType, pick, synthStack } from "../support/synth";
import golden from "./golden/origin-alerts.json";
import { LiteralOrigin } from "./literal-origin";

const accountId = "0123456789abcdef0123456789abcdef";
const email = NotificationDestination.email("ops@example.com");

interface Site {
  readonly zone: Zone;
  readonly checks: readonly HealthCheck[];
}

function site(stack: TerraformStack, plan: CloudflarePlan, ids: readonly string[] = []): Site {
  const zone = new Zone(stack, "Zone", {
    name: "example.com",
    accountId,
    plan,
    maxHealthChecks: 9,
  });
  const origin = new LiteralOrigin(stack, "Origin", "198.51.100.7");
  const hostname = "www.example.com";
  return { zone, checks: ids.map((id) => new HealthCheck(stack, id, { zone, origin, hostname })) };
}

function policies(
  plan: CloudflarePlan,
  props: (given: Site) => Partial<OriginAlertsProps> = () => ({}),
): readonly Block[] {
  const resources = synthStack((stack) => {
    const given = site(stack, plan, ["B", "A"]);
    new OriginAlerts(stack, "Alerts", { zone: given.zone, notify: [email], ...props(given) });
  });
  return ofType(resources, "cloudflare_notification_policy");
}

function types(blocks: readonly Block[]): readonly unknown[] {
  return blocks.map(({ alert_type }) => alert_type);
}

describe("OriginAlerts", () => {
  it("writes the golden file on Enterprise", () => {
    const resources = synthStack((stack) => {
      const { zone, checks } = site(stack, CloudflarePlan.ENTERPRISE, ["Check"]);
      new OriginAlerts(stack, "Alerts", { zone, healthChecks: checks, notify: [email] });
    });
    expect(pick(resources, "cloudflare_notification_policy")).toEqual(golden);
  });

  it("climbs the ladder of plans", () => {
    const withChecks = ({ checks }: Site) => ({ healthChecks: checks });
    expect(types(policies(CloudflarePlan.FREE))).toEqual(["real_origin_monitoring"]);
    expect(types(policies(CloudflarePlan.PRO))).toEqual(["real_origin_monitoring"]);
    expect(types(policies(CloudflarePlan.PRO, withChecks))).toEqual([
      "health_check_status_notification",
      "real_origin_monitoring",
    ]);
    expect(types(policies(CloudflarePlan.ENTERPRISE, withChecks))).toEqual([
      "health_check_status_notification",
      "http_alert_origin_error",
      "real_origin_monitoring",
    ]);
  });

  it("gives the error rate both filters, without which the API refuses it", () => {
    const slo = ErrorRateSlo.PERCENT_99_7;
    const [rate] = policies(CloudflarePlan.ENTERPRISE, () => ({ slo })).filter(
      ({ alert_type }) => alert_type === "http_alert_origin_error",
    );
    expect(rate?.filters).toEqual({
      zones: ["${cloudflare_zone.Zone_A5DE4B68.id}"],
      slo: ["99.7"],
    });
  });

  it("gives passive monitoring no filters, since it has none", () => {
    expect(policies(CloudflarePlan.FREE)[0]).not.toHaveProperty("filters");
  });

  it("writes only mechanisms that have a destination", () => {
    expect(policies(CloudflarePlan.FREE)[0]?.mechanisms).toEqual({
      email: [{ id: "ops@example.com" }],
    });
    const webhook = NotificationDestination.webhook("b115d5ec-15c6-41ee-8b76-92c449b5227b");
    const [policy] = policies(CloudflarePlan.PRO, () => ({ notify: [webhook] }));
    expect(policy?.mechanisms).toEqual({ webhooks: [{ id: webhook.id }] });
  });

  it("writes each destination once, in an order of its own", () => {
    const more = [
      NotificationDestination.pagerDuty("f174e90a-fafe-4643-bbbc-4a0ed4fc8415"),
      email,
      NotificationDestination.email("a@example.com"),
      email,
    ];
    const [first] = policies(CloudflarePlan.BUSINESS, () => ({ notify: more }));
    const [second] = policies(CloudflarePlan.BUSINESS, () => ({
      notify: [...more].reverse(),
    }));
    expect(first).toEqual(second);
    expect(first?.mechanisms).toEqual({
      email: [{ id: "a@example.com" }, { id: "ops@example.com" }],
      pagerduty: [{ id: "f174e90a-fafe-4643-bbbc-4a0ed4fc8415" }],
    });
  });

  it("sorts the ids of health checks, which only Terraform knows", () => {
    const filters = [0, 1].map((turn) => {
      const [status] = policies(CloudflarePlan.PRO, ({ checks }) => ({
        healthChecks: turn === 0 ? checks : [...checks].reverse(),
      }));
      return status?.filters;
    });
    expect(filters[0]).toEqual({
      health_check_id:
        "${sort([cloudflare_healthcheck.A_CCC8ACD5.id, cloudflare_healthcheck.B_08E7C7AF.id])}",
      status: ["Healthy", "Unhealthy"],
    });
    expect(filters[1]).toEqual(filters[0]);
  });

  it("takes a token as e-mail address", () => {
    const [policy] = ofType(
      synthStack((stack) => {
        const { zone } = site(stack, CloudflarePlan.FREE);
        const ops = new TerraformVariable(stack, "ops", { type: "string" }).stringValue;
        new OriginAlerts(stack, "Alerts", { zone, notify: [NotificationDestination.email(ops)] });
      }),
      "cloudflare_notification_policy",
    );
    expect(policy?.mechanisms).toEqual({ email: [{ id: "${var.ops}" }] });
  });

  it("refuses to tell nobody", () => {
    expect(errorOf(() => policies(CloudflarePlan.FREE, () => ({ notify: [] })))).toMatchObject({
      code: "no-destination",
      message:
        "[shop/Alerts] 'notify' is empty; give at least one, such as " +
        'NotificationDestination.email("ops@example.com")',
    });
  });

  it("refuses what the plan has not", () => {
    const checks = () => policies(CloudflarePlan.FREE, (given) => ({ healthChecks: given.checks }));
    expect(errorOf(checks)).toMatchObject({
      code: "alert-not-in-plan",
      message:
        "[shop/Alerts] 'healthChecks' needs an alert that the plan free has not; " +
        "leave 'healthChecks' out, or use a zone whose 'plan' is pro",
    });
    const rate = () =>
      policies(CloudflarePlan.BUSINESS, () => ({ slo: ErrorRateSlo.PERCENT_99_9 }));
    expect(errorOf(rate)).toMatchObject({
      message:
        "[shop/Alerts] 'slo' needs an alert that the plan business has not; " +
        "leave 'slo' out, or use a zone whose 'plan' is enterprise",
    });
  });

  it("refuses what is no e-mail address", () => {
    expect(errorOf(() => NotificationDestination.email("ops"))).toMatchObject({
      code: "invalid-email",
      message:
        '\'address\' is "ops", which is no e-mail address; give one such as "ops@example.com"',
    });
  });
});
