import type { IConstruct } from "constructs";
import { parseAddress } from "../net/cidr";
import { globallyReachable } from "../net/special-purpose";
import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";

/** Hosts whose URL ends in a secret, which Cloudflare takes out of what it returns. */
const SECRET_HOSTS = ["hooks.slack.com", "discord.com", "chat.googleapis.com", "open.feishu.cn"];

/**
 * @throws ConfigurationError `invalid-url`, `webhook-port`, `secret-in-url`
 * @see https://developers.cloudflare.com/notifications/get-started/configure-webhooks/
 */
export function checkWebhookUrl(url: string, secret: string | undefined, scope: IConstruct): void {
  if (isUnresolved(url)) {
    return;
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // A URL can hold a secret: no message repeats more of it than its host.
  if (parsed === undefined || !["https:", "http:"].includes(parsed.protocol)) {
    throw new ConfigurationError(
      "invalid-url",
      "'url' is no http or https URL; give one such as \"https://alerts.example.net/cloudflare\"",
      scope,
    );
  }
  checkHost(parsed.hostname, scope);
  if (!["", "80", "443"].includes(parsed.port)) {
    throw new ConfigurationError(
      "webhook-port",
      `'url' has port ${parsed.port}, and Cloudflare posts to 80 and 443 alone; use one of them`,
      scope,
    );
  }
  if (SECRET_HOSTS.includes(parsed.hostname) && secret === undefined) {
    throw new ConfigurationError(
      "secret-in-url",
      `'url' is of ${parsed.hostname}, whose URLs end in a secret that Cloudflare keeps apart, so ` +
        "every plan would differ; give that part as 'secret' and the URL without it",
      scope,
    );
  }
}

function checkHost(hostname: string, scope: IConstruct): void {
  const address = parseAddress(hostname.replace(/^\[|\]$/g, ""));
  const far = address.ok && globallyReachable(address.value.family).has(address.value.value);
  if (hostname === "localhost" || (address.ok && !far)) {
    throw new ConfigurationError(
      "invalid-url",
      `'url' leads to ${hostname}, which Cloudflare can't reach; give a public host`,
      scope,
    );
  }
}

/** @throws ConfigurationError `literal-secret` */
export function checkWebhookSecret(secret: string | undefined, scope: IConstruct): void {
  if (secret !== undefined && !isUnresolved(secret)) {
    throw new ConfigurationError(
      "literal-secret",
      "'secret' is a literal, which would stand in cdk.tf.json; " +
        "give a token, such as the stringValue of a sensitive TerraformVariable",
      scope,
    );
  }
}
