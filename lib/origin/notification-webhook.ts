import { NotificationPolicyWebhooks } from "@cdktf/provider-cloudflare/lib/notification-policy-webhooks";
import { DataResource, Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { declareConstruct } from "../synth/declare-construct";
import { escapeTemplate } from "../synth/literal";
import { present } from "../synth/present";
import { requireProps } from "../synth/required-props";
import { type CloudflareResourceProps, providerOf } from "../zone/cloudflare-provider";
import { checkAccountId } from "../zone/zone-validation";
import { checkWebhookSecret, checkWebhookUrl } from "./webhook-validation";

/** Properties of {@link NotificationWebhook}. */
export interface NotificationWebhookProps extends CloudflareResourceProps {
  /** The account's id; a zone on Pro or above must be in it. */
  readonly accountId: string;
  /** Cloudflare shows it, and puts it in each message. */
  readonly name: string;
  /**
   * Where Cloudflare posts: a public host, port 443 or 80. It should not be served by the origin
   * that it reports on.
   */
  readonly url: string;
  /**
   * Sent in the header `cf-webhook-auth`; for Slack, Discord, Google Chat and Feishu it is the part
   * of their URL that Cloudflare keeps apart. A token, so that it is in no file of the program.
   *
   * @default - none
   */
  readonly secret?: string;
}

/**
 * A webhook that notifications can go to. Cloudflare lets nobody edit its URL or secret, and the
 * provider does not say so: a change makes a new webhook here, and policies move to it before the
 * old one goes.
 *
 * @example
 * const webhook = new NotificationWebhook(this, "Webhook", {
 *   accountId: zone.accountId,
 *   name: "on call",
 *   url: "https://alerts.example.net/cloudflare",
 * });
 * @see https://developers.cloudflare.com/notifications/get-started/configure-webhooks/
 */
export class NotificationWebhook extends Construct {
  /** What policies name it by. */
  readonly webhookId: string;

  /**
   * @throws ConfigurationError `missing-prop`, `invalid-account-id`, `invalid-url`,
   * `webhook-port`, `secret-in-url`, `literal-secret`, `wrong-provider`, `provider-elsewhere`
   */
  constructor(scope: Construct, id: string, props: NotificationWebhookProps) {
    super(scope, id);
    declareConstruct(this);
    requireProps(props, ["accountId", "name", "url"], this);
    const { url, secret } = props;
    checkWebhookUrl(url, secret, this);
    checkWebhookSecret(secret, this);
    // The provider updates both in place, which the API ignores: its issue 7358.
    const endpoint = new DataResource(this, "Endpoint", {
      input: Token.asAnyMap(present({ url, secret: secret && Fn.sha256(secret) })),
    });
    const webhook = new NotificationPolicyWebhooks(this, "Resource", {
      accountId: checkAccountId(props.accountId, this),
      name: escapeTemplate(props.name),
      url,
      lifecycle: {
        createBeforeDestroy: true,
        replaceTriggeredBy: [`${endpoint.terraformResourceType}.${endpoint.friendlyUniqueId}`],
      },
      ...present({ secret }),
      ...providerOf(props, this),
    });
    this.webhookId = webhook.id;
  }
}
