import { knownString } from "../../model/value";
import { parseAddress } from "../../net/cidr";
import { resolve, scopeOf } from "../../read/references";
import { note } from "../note";
import { defineRule, type RuleContext } from "../rule";
import { type Check, checksOf } from "./checks";

/** Cloudflare runs no checks on an address of its own. */
export const healthCheckProxiedAddress = defineRule({
  id: "resilience/health-check-proxied-address",
  severity: "warning",
  title: "A health check is pointed at Cloudflare instead of the origin",
  check: (context) => {
    const proxied = proxiedNames(context);
    return checksOf(context).flatMap((check) => {
      const target = cloudflareTarget(check, proxied, context);
      const { address } = check.instance;
      return target === undefined
        ? []
        : [
            note(address, {
              what: `${address} checks ${target}`,
              why: "Cloudflare runs no checks on a name or address that leads to Cloudflare: the check says nothing of the origin, and no alert comes from it.",
              fix: "give the check the origin's own address, or a DNS-only name of it, and the hostname as its Host header",
            }),
          ];
    });
  },
});

interface Proxied {
  readonly hostnames: ReadonlySet<string>;
  /** Input and address of the records. */
  readonly records: ReadonlySet<string>;
}

function proxiedNames({ proved, topology }: RuleContext): Proxied {
  const flows = proved.map(({ path }) => path.flow).filter(({ certain }) => certain);
  const all = [...flows, ...topology.originless];
  return {
    hostnames: new Set(all.map(({ hostname }) => hostname)),
    records: new Set(all.map(({ input, record }) => `${input} ${record}`)),
  };
}

/** What of Cloudflare's the check's address is, where it is that for certain. */
function cloudflareTarget(
  { address, instance }: Check,
  { hostnames, records }: Proxied,
  { edge, lookup }: RuleContext,
): string | undefined {
  const text = knownString(address)?.toLowerCase().replace(/\.$/, "");
  if (text !== undefined) {
    const parsed = parseAddress(text);
    if (parsed.ok) {
      const { family, value } = parsed.value;
      return edge(family).has(value) ? `${text}, an address of Cloudflare` : undefined;
    }
    return hostnames.has(text) ? `${text}, which is proxied` : undefined;
  }
  if (address.kind !== "unknown" || address.expression === undefined) {
    return undefined;
  }
  const { targets, exact } = resolve(lookup, address.expression, scopeOf(instance));
  const [target] = targets;
  const [step] = target?.path ?? [];
  const named =
    step !== undefined && "attribute" in step && /^(name|hostname)$/.test(step.attribute);
  const record = target && `${target.instance.input.label} ${target.instance.address}`;
  return exact && named && record !== undefined && records.has(record)
    ? `the name of ${target?.instance.address}, which is proxied`
    : undefined;
}
