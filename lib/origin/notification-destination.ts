import { ConfigurationError } from "../synth/configuration-error";
import { isUnresolved } from "../synth/literal";
import { CloudflarePlan } from "../zone/cloudflare-plan";
import type { NotificationWebhook } from "./notification-webhook";

/** Where notifications go: the member of `mechanisms` a destination belongs to. */
type Mechanism = "email" | "webhooks" | "pagerduty";

/**
 * Who gets a notification.
 *
 * @example
 * const notify = [NotificationDestination.email("ops@example.com")];
 * @see https://developers.cloudflare.com/notifications/get-started/
 */
export class NotificationDestination {
  /**
   * An e-mail address, which Cloudflare may ask to confirm.
   *
   * @throws ConfigurationError `invalid-email`
   */
  static email(address: string): NotificationDestination {
    if (!isUnresolved(address) && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
      throw new ConfigurationError(
        "invalid-email",
        `'address' is ${JSON.stringify(address)}, which is no e-mail address; ` +
          'give one such as "ops@example.com"',
      );
    }
    return new NotificationDestination("email", address, CloudflarePlan.FREE);
  }

  /**
   * A webhook. Needs a zone on Pro in the account.
   *
   * @param webhook one of the app's, or the id of one that the account has
   * @throws ConfigurationError `invalid-destination`
   */
  static webhook(webhook: NotificationWebhook | string): NotificationDestination {
    const id = typeof webhook === "string" ? webhook : webhook?.webhookId;
    return new NotificationDestination("webhooks", checkId("webhook", id), CloudflarePlan.PRO);
  }

  /**
   * A PagerDuty service that the account is connected to. Needs a zone on Business in the account.
   *
   * @param id the connection's id
   * @throws ConfigurationError `invalid-destination`
   */
  static pagerDuty(id: string): NotificationDestination {
    return new NotificationDestination("pagerduty", checkId("id", id), CloudflarePlan.BUSINESS);
  }

  private constructor(
    readonly mechanism: Mechanism,
    /** The address of an e-mail, else Cloudflare's id. */
    readonly id: string,
    /** What the best zone of the account must be on. */
    readonly plan: CloudflarePlan,
  ) {}
}

/** Cloudflare's ids of both: 32 hex digits, with or without hyphens. */
const ID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

function checkId(param: string, id: string): string {
  if (!isUnresolved(id) && !ID.test(id)) {
    throw new ConfigurationError(
      "invalid-destination",
      `'${param}' is ${JSON.stringify(id)}, which is no id of Cloudflare; give 32 hex digits as the ` +
        "API lists them, or a token",
    );
  }
  return id;
}
