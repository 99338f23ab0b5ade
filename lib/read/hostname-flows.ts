import { arrivalsOf } from "../edge/arrivals";
import { join } from "../edge/expression/evaluate";
import { edgeCases, edgeFlows, VISITOR_PORTS, visitorsOn } from "../edge/flows";
import { type Hostname, mayMatch } from "../edge/hostname";
import { type RuledFlow, type RuledFlows, ruledFlows } from "../edge/ruled-flows";
import { isInert } from "../edge/rules";
import type { Reason } from "../model/hop";
import type { EdgeRecord, EdgeZone, ZoneRule } from "../model/zone";

/** What settings and rules make the edge do for a record's hostname. */
export interface HostnameFlows extends RuledFlows {
  /** Why it is open what rules do to some of the hostname's requests. */
  readonly reasons: readonly Reason[];
  /** Rules that answer instead of the record's origin, or send requests elsewhere. */
  readonly servers: readonly string[];
}

/**
 * A name without a zone's may be one that Cloudflare completes: a rule about what it may become may
 * be about it.
 */
function completed(rule: ZoneRule, { host }: EdgeRecord): ZoneRule {
  const when: ZoneRule["when"] = (requests) => {
    const truth = rule.when(requests);
    return truth === false && rule.when({ ...requests, host: join(host, [".", ""]) }) !== false
      ? undefined
      : truth;
  };
  return { ...rule, when };
}

/** Flows of hostnames, made once for all records of a zone that no rule is about. */
export class EdgeFlows {
  readonly #plain = new Map<EdgeZone, Map<string, HostnameFlows>>();

  /** @param taken names that have records, and for which no wildcard answers */
  constructor(private readonly taken: ReadonlySet<string>) {}

  public of(record: EdgeRecord): HostnameFlows {
    if (record.zone.rules.length === 0) {
      return this.plain(record);
    }
    const hostname = { ...this.hostnameOf(record), rewritten: true };
    // Redirects lead to the usual ports, whichever the visitors use.
    const ports = new Set([...VISITOR_PORTS, ...(record.visitorPorts ?? [])]);
    const visitors = visitorsOn([...ports]);
    const all =
      record.zone.name === undefined
        ? record.zone.rules.map((rule) => completed(rule, record))
        : record.zone.rules;
    const rules = all.filter((rule) => mayMatch(rule, hostname, visitors));
    const matter = rules.some((rule) => rule.unread !== undefined || !isInert(rule));
    const made = matter ? underRules(record, hostname, rules) : this.plain(record);
    return matter || rules.some((rule) => rule.rewrites)
      ? withArrivals(made, record, hostname, rules)
      : made;
  }

  private hostnameOf({ hostname, host }: EdgeRecord): Omit<Hostname, "rewritten"> {
    return { name: hostname, host, taken: this.taken };
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

function underRules(
  record: EdgeRecord,
  named: Hostname,
  rules: readonly ZoneRule[],
): HostnameFlows {
  const { hostname } = record;
  const asked: Hostname = { ...named, rewritten: rules.some((rule) => rule.rewrites) };
  const reasons = rules.flatMap((rule) => rule.unread ?? []);
  const active = rules.filter(isActive);
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

/** It changes something, or is a page rule, which keeps the later ones from applying. */
function isActive(rule: ZoneRule): boolean {
  return !isInert(rule) || (rule.stage === "page" && rule.unread === undefined);
}

/** With what tells which paths come by each flow: rules may take some, or change them. */
function withArrivals(
  made: HostnameFlows,
  record: EdgeRecord,
  named: Hostname,
  all: readonly ZoneRule[],
): HostnameFlows {
  const rewriters = all.filter((rule) => rule.rewrites);
  const rules = all.filter(isActive);
  const hostname = { ...named, rewritten: rewriters.length > 0 };
  const arrivals = arrivalsOf(settingsOf(record), hostname, { rules, rewriters });
  return { ...made, flows: made.flows.map((flow) => ({ ...flow, arrivals: arrivals(flow) })) };
}
