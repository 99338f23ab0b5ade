import type { Instance } from "../../model/instance";
import { attribute, bodyOf, listAttribute } from "../../read/attributes";
import { bind, bindList } from "../../read/binding";
import { scopeOf } from "../../read/references";
import { note } from "../note";
import { Resources } from "../record-instances";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { type Alert, alertsOf } from "./alerts";
import { checksOf } from "./checks";

/**
 * Nobody is told when the origins of a zone stop answering. Many make their alerts in the dashboard:
 * so only where the input has health checks of the zone, or makes the zone and alerts of some kind.
 */
export const noAlert = defineRule({
  id: "resilience/no-alert",
  severity: "warning",
  title: "No alert tells that the origins of a zone stopped answering",
  check: (context) => {
    const all = alertsOf(context);
    const alerts = all.filter(isOfOrigins);
    const checked = checksByZone(context);
    if (all.length === 0 && checked.size === 0) {
      return [];
    }
    return [...zonesWithOrigins(context)].flatMap(([key, { zone, paths }]) => {
      const check = checked.get(key);
      const subject = all.length > 0 && zone !== undefined ? zone.address : check;
      const told = alerts.some((alert) => mayCover(alert, zone, context));
      return subject === undefined || told ? [] : [draft(subject, check, paths)];
    });
  },
});

function draft(subject: string, check: string | undefined, paths: readonly number[]): Draft {
  return note(
    subject,
    {
      what:
        check === undefined
          ? `${subject} has proxied origins, and no alert of the input tells when they stop answering`
          : `${check} checks an origin, and no alert of the input tells what it finds`,
      why: "No configuration prevents that a server crashes or a provider fails. Without an alert the first to know are the visitors.",
      fix: "add a cloudflare_notification_policy with alert_type real_origin_monitoring, which every plan has; in cdktf, OriginAlerts. Acknowledge the finding where the alert is made elsewhere",
    },
    paths,
  );
}

/** What fires when an origin fails. */
const ORIGIN_ALERTS: ReadonlySet<string | undefined> = new Set([
  // Known after apply: it may be any.
  undefined,
  "advanced_http_alert_error",
  "health_check_status_notification",
  "http_alert_edge_error",
  "http_alert_origin_error",
  "load_balancing_health_alert",
  "real_origin_monitoring",
  "traffic_anomalies_alert",
]);

function isOfOrigins({ type, enabled }: Alert): boolean {
  return enabled && ORIGIN_ALERTS.has(type);
}

const ZONE = { types: ["cloudflare_zone"], attribute: "id" };

interface ZoneOnPaths {
  /** Undefined: the input does not make it. */
  readonly zone: Instance | undefined;
  readonly paths: number[];
}

/** The zones of the paths, by what names them. */
function zonesWithOrigins(context: RuleContext): ReadonlyMap<string, ZoneOnPaths> {
  const resources = new Resources(context);
  const zones = new Map<Instance | undefined, Named | undefined>();
  const found = new Map<string, ZoneOnPaths>();
  context.proved.forEach(({ path: { flow, reasons } }, index) => {
    // Until a zone is active, Cloudflare connects to none of its origins.
    if (!flow.certain || reasons.some(({ id }) => /^cloudflare\/zone-/.test(id))) {
      return;
    }
    const record = resources.recordOf(flow);
    const named = zones.has(record) ? zones.get(record) : zoneOf(record, context);
    zones.set(record, named);
    if (named !== undefined) {
      const known = found.get(named.key) ?? { zone: named.zone, paths: [] };
      known.paths.push(index);
      found.set(named.key, known);
    }
  });
  return found;
}

/** A health check of each zone that has one, by what names the zone. */
function checksByZone(context: RuleContext): ReadonlyMap<string, string> {
  const checks = checksOf(context).map(({ instance }) => instance);
  return new Map(
    checks.flatMap((check) => {
      const named = zoneOf(check, context);
      return named === undefined ? [] : [[named.key, check.address] as const];
    }),
  );
}

interface Named {
  readonly key: string;
  readonly zone: Instance | undefined;
}

function zoneOf(member: Instance | undefined, { lookup }: RuleContext): Named | undefined {
  const id = member && attribute(bodyOf(member), "zone_id");
  const binding = id && member && bind(lookup, id, scopeOf(member), ZONE);
  if (binding?.kind === "foreign") {
    return { key: binding.text, zone: undefined };
  }
  if (binding?.kind !== "bound") {
    return undefined;
  }
  const { instance } = binding;
  const key = `${lookup.numberOf(instance.input)} ${instance.address}`;
  return { key, zone: instance.mode === "managed" ? instance : undefined };
}

/** A policy is the whole account's unless its filter names other zones alone. */
function mayCover(
  { filters, instance }: Alert,
  zone: Instance | undefined,
  { lookup }: RuleContext,
): boolean {
  return filters.every((block) => {
    const list = listAttribute(block, "zones");
    if (list === "unset" || zone === undefined) {
      return true;
    }
    const { certain, candidates, open } = bindList(lookup, list, scopeOf(instance), ZONE);
    const named = [...certain, ...candidates];
    return open || named.some((each) => each === zone || "foreign" in each);
  });
}
