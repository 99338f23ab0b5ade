import { edgeCases, edgeFlows, VISITOR_PORTS, visitorsOn } from "../edge/flows";
import { type Hostname, mayMatch } from "../edge/hostname";
import { type RuledFlow, type RuledFlows, ruledFlows } from "../edge/ruled-flows";
import type { Reason } from "../model/hop";
import type { EdgeRecord, EdgeZone, ZoneRule } from "../model/zone";

/** What settings and rules make the edge do for a record's hostname. */
export interface HostnameFlows extends RuledFlows {
  /** Why it is open what rules do to some of the hostname's requests. */
  readonly reasons: readonly Reason[];
  /** Rules that answer instead of the record's origin, or send requests elsewhere. */
  readonly servers: readonly string[];
}

/** Flows of hostnames, made once for all records of a zone that no rule is about. */
export class EdgeFlows {
  readonly #plain = new Map<EdgeZone, Map<string, HostnameFlows>>();

  public of(record: EdgeRecord): HostnameFlows {
    const hostname = { name: record.hostname, rewritten: true };
    // Redirects lead to the usual ports, whichever the visitors use.
    const ports = new Set([...VISITOR_PORTS, ...(record.visitorPorts ?? [])]);
    const visitors = record.zone.rules.length === 0 ? [] : visitorsOn([...ports]);
    const rules = record.zone.rules.filter((rule) => mayMatch(rule, hostname, visitors));
    return rules.length === 0 ? this.plain(record) : underRules(record, rules);
  }

  private plain(record: EdgeRecord): HostnameFlows {
    const cache = this.#plain.get(record.zone) ?? new Map<string, HostnameFlows>();
    this.#plain.set(record.zone, cache);
    const key = record.visitorPorts?.join(" ") ?? "";
    const made = cache.get(key) ?? plainFlows(record);
    cache.set(key, made);
    return made;
  }
}

function settingsOf({ zone, visitorPorts }: EdgeRecord) {
  return { ...zone.settings, ...(visitorPorts === undefined ? {} : { visitorPorts }) };
}

function plainFlows(record: EdgeRecord): HostnameFlows {
  const settings = settingsOf(record);
  const flows = edgeFlows(settings).map((flow): RuledFlow => ({ ...flow, origin: undefined }));
  return { flows, cases: edgeCases(settings), reasons: [], servers: [] };
}

function underRules(record: EdgeRecord, rules: readonly ZoneRule[]): HostnameFlows {
  const { hostname } = record;
  const asked: Hostname = { name: hostname, rewritten: rules.some((rule) => rule.rewrites) };
  const reasons = rules.flatMap((rule) => rule.unread ?? []);
  const active = rules.filter(({ effect }) => Object.keys(effect).length > 0);
  const made = ruledFlows(settingsOf(record), asked, active);
  const servers = active
    .filter(({ effect }) => effect.handled || effect.redirected || effect.origin !== undefined)
    .map((rule) => rule.name);
  if (made !== undefined) {
    return { ...made, reasons, servers };
  }
  const text = `the rules for ${hostname} combine in more ways than originproof follows`;
  const reason = { id: "cloudflare/rule-not-read", subject: hostname, text };
  return { ...plainFlows(record), reasons: [...reasons, reason], servers };
}
