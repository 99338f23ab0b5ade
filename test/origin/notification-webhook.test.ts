import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  CloudflarePlan,
  FilteredElsewhere,
  HealthCheck,
  HealthStatus,
  NotificationDestination,
  NotificationWebhook,
  type NotificationWebhookProps,
  OriginAlerts,
  type OriginAlertsProps,
  Zone,
} from "originproof";
import { errorOf, ofType, only, synthStack } from "../support/synth";
import golden from "./golden/notification-webhook.json";

const accountId = "0123456789abcdef0123456789abcdef";
const url = "https://alerts.example.net/cloudflare";
const email = NotificationDestination.email("ops@example.com");

function build(stack: TerraformStack, props: Partial<NotificationWebhookProps> = {}) {
  return new NotificationWebhook(stack, "Webhook", { accountId, name: "on call", url, ...props });
}

function secretIn(stack: TerraformStack): string {
  const variable = new TerraformVariable(stack, "secret", { type: "string", sensitive: true });
  return variable.stringValue;
}

function refusal(props: Partial<NotificationWebhookProps>) {
  return errorOf(() =>
    synthStack((stack) => {
      build(stack, props);
    }),
  );
}

describe("NotificationWebhook", () => {
  it("writes the golden file with a secret", () => {
    const resources = synthStack((stack) => {
      build(stack, { secret: secretIn(stack) });
    });
    expect(resources).toEqual(golden);
  });

  it("is replaced, new before old, when its URL or secret changes", () => {
    const resources = synthStack((stack) => {
      build(stack, { secret: secretIn(stack) });
    });
    const webhook = only(resources, "cloudflare_notification_policy_webhooks");
    const [endpoint = ""] = Object.keys(resources).filter((one) =>
      one.startsWith("terraform_data"),
    );
    expect(webhook.lifecycle).toEqual({
      create_before_destroy: true,
      replace_triggered_by: [endpoint],
    });
    expect(only(resources, "terraform_data").input).toEqual({
      url,
      secret: "${sha256(var.secret)}",
    });
  });

  it("takes a token as URL, and escapes its name", () => {
    const resources = synthStack((stack) => {
      const token = new TerraformVariable(stack, "url", { type: "string" }).stringValue;
      build(stack, { url: token, name: "on ${call}" });
    });
    const webhook = only(resources, "cloudflare_notification_policy_webhooks");
    expect(webhook).toMatchObject({ url: "${var.url}", name: "on $${call}" });
  });

  it.each<[string, string, string]>([
    [
      "alerts",
      "invalid-url",
      "'url' is no http or https URL; give one such as \"https://alerts.example.net/cloudflare\"",
    ],
    [
      "ftp://alerts.example.net",
      "invalid-url",
      "'url' is no http or https URL; give one such as \"https://alerts.example.net/cloudflare\"",
    ],
    [
      "https://10.0.0.1/x",
      "invalid-url",
      "'url' leads to 10.0.0.1, which Cloudflare can't reach; give a public host",
    ],
    [
      "https://[::1]/x",
      "invalid-url",
      "'url' leads to [::1], which Cloudflare can't reach; give a public host",
    ],
    [
      "http://localhost/x",
      "invalid-url",
      "'url' leads to localhost, which Cloudflare can't reach; give a public host",
    ],
    [
      "https://alerts.example.net:8443/",
      "webhook-port",
      "'url' has port 8443, and Cloudflare posts to 80 and 443 alone; use one of them",
    ],
    [
      "https://hooks.slack.com/services/T0/B0/x",
      "secret-in-url",
      "'url' is of hooks.slack.com, whose URLs end in a secret that Cloudflare keeps apart, so " +
        "every plan would differ; give that part as 'secret' and the URL without it",
    ],
  ])("refuses %s", (bad, code, text) => {
    expect(refusal({ url: bad })).toMatchObject({ code, message: `[shop/Webhook] ${text}` });
  });

  it("refuses a secret that would stand in the synthesized file", () => {
    expect(refusal({ secret: "hunter2" })).toMatchObject({ code: "literal-secret" });
    expect(String(refusal({ secret: "hunter2" }))).not.toContain("hunter2");
  });
});

describe("destinations and filters of OriginAlerts", () => {
  function policies(
    plan: CloudflarePlan,
    props: (stack: TerraformStack) => Partial<OriginAlertsProps>,
  ) {
    return ofType(
      synthStack((stack) => {
        const zone = new Zone(stack, "Zone", {
          name: "example.com",
          accountId,
          plan,
          maxHealthChecks: 9,
        });
        new OriginAlerts(stack, "Alerts", { zone, notify: [email], ...props(stack) });
      }),
      "cloudflare_notification_policy",
    );
  }

  function checkIn(stack: TerraformStack): HealthCheck {
    const zone = stack.node.findChild("Zone") as Zone;
    const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "198.51.100.7", reason: "test" });
    return new HealthCheck(stack, "Check", { zone, origin, hostname: "www.example.com" });
  }

  it("include a webhook of the app", () => {
    const [policy] = policies(CloudflarePlan.PRO, (stack) => ({
      notify: [NotificationDestination.webhook(build(stack))],
    }));
    expect(policy?.mechanisms).toEqual({
      webhooks: [{ id: "${cloudflare_notification_policy_webhooks.Webhook_B701416B.id}" }],
    });
  });

  it("are refused below their plan, unless the account has a better zone", () => {
    const webhook = NotificationDestination.webhook("b115d5ec-15c6-41ee-8b76-92c449b5227b");
    const pager = NotificationDestination.pagerDuty("f174e90a-fafe-4643-bbbc-4a0ed4fc8415");
    expect(
      errorOf(() => policies(CloudflarePlan.FREE, () => ({ notify: [webhook] }))),
    ).toMatchObject({
      code: "destination-not-in-plan",
      message:
        "[shop/Alerts] 'notify' has webhooks, for which a zone of the account must be on pro; " +
        "use e-mail, or set 'accountPlan' to the plan of the account's best zone",
    });
    expect(errorOf(() => policies(CloudflarePlan.PRO, () => ({ notify: [pager] })))).toMatchObject({
      code: "destination-not-in-plan",
    });
    const accountPlan = CloudflarePlan.BUSINESS;
    expect(
      policies(CloudflarePlan.FREE, () => ({ notify: [pager, webhook], accountPlan })),
    ).toHaveLength(1);
  });

  it("tell of one turn alone where asked, and of none never", () => {
    const statuses = (healthStatuses: readonly HealthStatus[]) =>
      policies(CloudflarePlan.PRO, (stack) => ({ healthChecks: [checkIn(stack)], healthStatuses }));
    const [status] = statuses([HealthStatus.UNHEALTHY, HealthStatus.UNHEALTHY]);
    expect(status?.filters).toMatchObject({ status: ["Unhealthy"] });
    expect(errorOf(() => statuses([]))).toMatchObject({ code: "no-status" });
  });

  it("leave passive monitoring to another of the account where asked, but not nothing at all", () => {
    const passiveMonitoring = false;
    const some = policies(CloudflarePlan.PRO, (stack) => ({
      healthChecks: [checkIn(stack)],
      passiveMonitoring,
    }));
    expect(some.map(({ alert_type }) => alert_type)).toEqual(["health_check_status_notification"]);
    expect(
      errorOf(() => policies(CloudflarePlan.PRO, () => ({ passiveMonitoring }))),
    ).toMatchObject({
      code: "no-alert",
    });
  });
});
