import type { Instance } from "../../model/instance";
import { member } from "../../model/value";
import { type Block, type ListValue, listAttribute } from "../../read/attributes";
import { resolve, scopeOf } from "../../read/references";
import { note } from "../note";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { type Alert, alertsOf } from "./alerts";

/** A filter that nothing passes is accepted without a word. */
export const alertNeverFires = defineRule({
  id: "resilience/alert-never-fires",
  severity: "warning",
  title: "An alert has a filter that nothing ever passes",
  check: (context) =>
    alertsOf(context)
      .filter(({ enabled }) => enabled)
      .flatMap((alert) => draftOf(alert, context)),
});

/**
 * What Cloudflare sends, by alert and filter. The API takes any text.
 *
 * @see https://developers.cloudflare.com/notifications/notification-available/
 */
const SENT: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  health_check_status_notification: { status: /^(Healthy|Unhealthy)$/ },
  load_balancing_health_alert: {
    new_health: /^(Healthy|Unhealthy)$/,
    event_source: /^(pool|origin)$/,
  },
  load_balancing_pool_enablement_alert: { enabled: /^(true|false)$/ },
  tunnel_health_event: { new_status: /^TUNNEL_STATUS_TYPE_[A-Z]+$/ },
  incident_alert: { incident_impact: /^INCIDENT_IMPACT_(NONE|MINOR|MAJOR|CRITICAL)$/ },
};

/** What a filter's ids are of, in all versions of the provider. */
const KINDS: Readonly<Record<string, RegExp>> = {
  health_check_id: /^cloudflare_healthcheck$/,
  pool_id: /^cloudflare_load_balancer_pool$/,
  tunnel_id: /tunnel/,
  zones: /^cloudflare_zone$/,
};

function draftOf({ instance, type, filters }: Alert, context: RuleContext): Draft[] {
  const found = filters.flatMap((block) => [
    ...deadValues(block, SENT[type ?? ""] ?? {}),
    ...deadIds(block, instance, context),
  ]);
  const [first] = found;
  return first === undefined
    ? []
    : [
        note(instance.address, {
          what: `${instance.address} never fires: ${first}`,
          why: "Cloudflare accepts filters that match nothing, so the alert looks well and stays silent through an outage.",
          fix: "give the filter values that Cloudflare sends, and ids of what the configuration makes, by reference",
        }),
      ];
}

/** Of several values, one that is sent is enough. */
function deadValues(block: Block, sent: Readonly<Record<string, RegExp>>): readonly string[] {
  return Object.entries(sent).flatMap(([name, pattern]) => {
    const list = listAttribute(block, name);
    const dead =
      list !== "unset" &&
      !list.open &&
      list.known.length > 0 &&
      list.known.every((value) => !pattern.test(String(value)));
    return dead ? [`no ${name} is ${shown(list)}`] : [];
  });
}

function shown({ known, sensitive }: ListValue): string {
  return sensitive
    ? "the sensitive value"
    : known.map((value) => JSON.stringify(value)).join(" or ");
}

function deadIds(block: Block, instance: Instance, context: RuleContext): readonly string[] {
  return Object.entries(KINDS).flatMap(([name, kind]) => {
    const list = listAttribute(block, name);
    if (list === "unset") {
      return [];
    }
    const gone = list.open ? [] : destroyed(list, kind, context);
    if (gone.length > 0 && gone.length === list.known.length) {
      return [`${name} names ${gone.join(" and ")}, which this apply destroys`];
    }
    return list.open && list.known.length === 0
      ? ofOtherKind(list, name, kind, [instance, context])
      : [];
  });
}

function destroyed({ known }: ListValue, kind: RegExp, { steps }: RuleContext): readonly string[] {
  return known.flatMap((id) => {
    const step = steps.find(({ action, type, before }) => {
      return action === "delete" && kind.test(type) && member(before, "id") === id;
    });
    return step === undefined ? [] : [step.address];
  });
}

function ofOtherKind(
  { expression }: ListValue,
  name: string,
  kind: RegExp,
  [instance, { lookup }]: readonly [Instance, RuleContext],
): readonly string[] {
  if (expression === undefined) {
    return [];
  }
  const { targets, opaque, wrapped } = resolve(lookup, expression, scopeOf(instance));
  const types = targets.map((target) => target.instance);
  const known = opaque.length === 0 && !wrapped && types.length > 0;
  return known && types.every(({ type, mode }) => mode === "managed" && !kind.test(type))
    ? [`${name} names ${types.map(({ address }) => address).join(" and ")}, which has no such id`]
    : [];
}
