import { arrivalsOf } from "../edge/arrivals";
import { join } from "../edge/expression/evaluate";
import { edgeCases, edgeFlows, VISITOR_PORTS, visitorsOn } from "../edge/flows";
import { type HostHeaders, type Hostname, hostHeaders, mayMatch } from "../edge/hostname";
import { type RuledFlow, type RuledFlows, ruledFlows } from "../edge/ruled-flows";
import { isInert } from "../edge/rules";
import type { Reason } from "../model/hop";
import type { EdgeRecord, EdgeZone, ZoneRule } from "../model/zone";

/** What settings and rules make the edge do for a record's hostname. */
export interface HostnameFlows extends Followed {
  /** With which Host headers requests come; undefined: something may set others. */
  readonly hosts: HostHeaders | undefined;
}

/** The same, without its name. */
interface Followed extends RuledFlows {
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
  readonly #plain = new Map<EdgeZone, Map<string, Followed>>();

  /** @param taken names that have records, and for which no wildcard answers */
  constructor(private readonly taken: ReadonlySet<string>) {}

  public of(record: EdgeRecord): HostnameFlows {
    const hosts = this.hostsOf(record);
    if (record.zone.rules.length === 0) {
      return { ...this.plain(record), hosts };
    }
    const hostname = this.hostnameOf(record);
    // Redirects lead to the usual ports, whichever the visitors use.
    const ports = new Set([...VISITOR_PORTS, ...(record.visitorPorts ?? [])]);
    const visitors = visitorsOn([...ports]);
    const possible =
      record.zone.name === undefined
        ? record.zone.rules.map((rule) => completed(rule, record))
        : record.zone.rules;
    const rules = possible.filter((rule) => mayMatch(rule, hostname, visitors));
    const matter = rules.some((rule) => rule.unread !== undefined || !isInert(rule));
    const made = matter ? underRules(record, hostname, rules) : this.plain(record);
    const all =
      matter || rules.some((rule) => rule.rewrites)
        ? withArrivals(made, record, hostname, rules)
        : made;
    return { ...all, hosts: rules.every(keepsHost) ? hosts : undefined };
  }

  private hostnameOf({ hostname, host }: EdgeRecord): Hostname {
    return { name: hostname, host, taken: this.taken, rewritten: true };
  }

  private hostsOf(record: EdgeRecord): HostHeaders {
    const { all, ...rest } = hostHeaders(this.hostnameOf(record), record.visitorPorts ?? []);
    const longer = record.zone.name === undefined ? all.map((host) => join(host, [".", ""])) : [];
    return { all: [...all, ...longer], ...rest };
  }

  private plain(record: EdgeRecord): Followed {
    const cache = this.#plain.get(record.zone) ?? new Map<string, Followed>();
    this.#plain.set(record.zone, cache);
    const key = record.visitorPorts?.join(" ") ?? "";
    const made = cache.get(key) ?? plainFlows(record);
    cache.set(key, made);
    return made;
  }
}

/** A program may send the request on with another Host header, and so may what is not read. */
function keepsHost({ setsHost, unread, effect }: ZoneRule): boolean {
  return !setsHost && unread === undefined && effect.handled !== true;
}

function settingsOf({ zone, visitorPorts }: EdgeRecord) {
  return { ...zone.settings, ...(visitorPorts === undefined ? {} : { visitorPorts }) };
}

function plainFlows(record: EdgeRecord): Followed {
  const settings = settingsOf(record);
  const flows = edgeFlows(settings).map((flow): RuledFlow => ({ ...flow, origin: undefined }));
  return { flows, cases: edgeCases(settings), reasons: [], servers: [] };
}

function underRules(record: EdgeRecord, named: Hostname, rules: readonly ZoneRule[]): Followed {
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
  made: Followed,
  record: EdgeRecord,
  named: Hostname,
  all: readonly ZoneRule[],
): Followed {
  const rewriters = all.filter((rule) => rule.rewrites);
  const rules = all.filter(isActive);
  const hostname = { ...named, rewritten: rewriters.length > 0 };
  const arrivals = arrivalsOf(settingsOf(record), hostname, { rules, rewriters });
  return { ...made, flows: made.flows.map((flow) => ({ ...flow, arrivals: arrivals(flow) })) };
}
