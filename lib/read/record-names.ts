import type { Instance } from "../model/instance";
import { knownString } from "../model/value";
import type { EdgeRecord } from "../model/zone";
import type { Lookup } from "./lookup";
import { type Target as Referred, resolve, scopeOf } from "./references";
import { wildcardRecords } from "./wildcard-records";

/** The records of the input that answer for a name. */
export interface Next {
  readonly records: readonly EdgeRecord[];
  readonly certain: boolean;
}

const NO_RECORDS: Next = { records: [], certain: true };

/** Attributes of a record that hold its name; `hostname` in provider version 4. */
const NAMES: ReadonlySet<string> = new Set(["name", "hostname"]);

/** Finds the records that a CNAME names, by value and by reference. */
export class RecordNames {
  #byInstance: ReadonlyMap<Instance, EdgeRecord> | undefined;

  constructor(
    private readonly lookup: Lookup,
    private readonly byHostname: ReadonlyMap<string, readonly EdgeRecord[]>,
  ) {}

  /** The records whose name a CNAME gives. */
  public next(record: EdgeRecord): Next {
    const { content, instance } = record;
    if (content.kind === "known") {
      const name = knownString(content)?.toLowerCase().replace(/\.$/, "");
      const own = name === undefined ? undefined : this.byHostname.get(name);
      const records = own ?? (name === undefined ? [] : wildcardRecords(this.byHostname, name));
      // Records of one name are all in use, unless there may be none of one.
      const sure = records.every((each) => each.instance.certain) && !isContested(records);
      // A record of another type, outside the input, would keep a wildcard from answering.
      return { records, certain: sure && own !== undefined };
    }
    if (content.kind !== "unknown" || content.expression === undefined) {
      return NO_RECORDS;
    }
    const found = resolve(this.lookup, content.expression, scopeOf(instance));
    const records = found.targets.flatMap((target) => this.recordNamed(target) ?? []);
    const closed = found.opaque.length === 0 && !found.wrapped;
    const all = closed && records.length === found.targets.length;
    return all
      ? { records, certain: records.length === 1 && records[0]?.instance.certain === true }
      : NO_RECORDS;
  }

  /**
   * Whether a record that is not proxied names one that is, however many CNAMEs on: Cloudflare then
   * answers with its own addresses, and proxies it too within one account.
   *
   * @see https://developers.cloudflare.com/dns/proxy-status/
   */
  public isFronted(record: EdgeRecord, seen = new Set<EdgeRecord>()): boolean {
    if (record.type !== "CNAME" || seen.has(record)) {
      return false;
    }
    seen.add(record);
    const { records } = this.next(record);
    return records.some((next) => next.proxied === true || this.isFronted(next, seen));
  }

  private recordNamed({ instance, path }: Referred): EdgeRecord | undefined {
    this.#byInstance ??= new Map(
      [...this.byHostname.values()].flat().map((record) => [record.instance, record]),
    );
    const [first] = path;
    const named = first !== undefined && "attribute" in first && NAMES.has(first.attribute);
    return named && path.length === 1 ? this.#byInstance.get(instance) : undefined;
  }
}

/** A load balancer may answer instead of the others. */
function isContested(records: readonly EdgeRecord[]): boolean {
  return records.length > 1 && records.some((record) => record.type === "POOLS");
}

/**
 * A CNAME to a name that another account proxies, which Cloudflare refuses.
 *
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1014/
 */
export function isBanned({ zone: own }: EdgeRecord, { zone, proxied }: EdgeRecord): boolean {
  const both = own.account !== undefined && zone.account !== undefined;
  return proxied === true && both && own.account !== zone.account;
}
