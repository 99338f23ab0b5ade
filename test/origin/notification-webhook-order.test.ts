import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  CloudflarePlan,
  NotificationDestination,
  NotificationWebhook,
  OriginAlerts,
  Zone,
} from "originproof";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

const accountId = "0123456789abcdef0123456789abcdef";

function alerts(url: string, name = "on call"): object {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  const plan = CloudflarePlan.PRO;
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
  const webhook = new NotificationWebhook(stack, "Webhook", { accountId, name, url });
  new OriginAlerts(stack, "Alerts", { zone, notify: [NotificationDestination.webhook(webhook)] });
  return JSON.parse(Testing.synth(stack));
}

/** What an apply does after another, as `create cloudflare_notification_policy_webhooks`. */
async function change(before: object, after: object): Promise<readonly string[]> {
  const sandbox = newSandbox({ configuration: before, delay: [0, 5], seed: "webhook" });
  await sandbox.apply();
  const done = sandbox.log().length;
  sandbox.configure(after);
  await sandbox.apply();
  const calls = sandbox
    .log()
    .slice(done)
    .filter(({ type }) => /notification/.test(type));
  return calls
    .filter(({ event, operation }) => event === "end" && operation !== "read")
    .map(({ operation, type }) => `${operation} ${type}`);
}

afterAll(removeSandboxes);

describeWithTerraform("NotificationWebhook with real terraform", () => {
  it("makes a new webhook for a new URL, moves policies to it, then deletes the old", async () => {
    const calls = await change(
      alerts("https://alerts.example.net/a"),
      alerts("https://alerts.example.net/b"),
    );
    expect(calls).toEqual([
      "create cloudflare_notification_policy_webhooks",
      "update cloudflare_notification_policy",
      "delete cloudflare_notification_policy_webhooks",
    ]);
  });

  it("changes a name in place", async () => {
    const url = "https://alerts.example.net/a";
    expect(await change(alerts(url), alerts(url, "day shift"))).toEqual([
      "update cloudflare_notification_policy_webhooks",
    ]);
  });
});
