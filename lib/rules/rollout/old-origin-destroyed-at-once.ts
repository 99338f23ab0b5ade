import type { Step } from "../../model/rollout";
import { type Json, member } from "../../model/value";
import { defineRule } from "../rule";

/** The apply that moves a record destroys the origin that it leaves. */
export const oldOriginDestroyedAtOnce = defineRule({
  id: "rollout/old-origin-destroyed-at-once",
  severity: "warning",
  title: "The apply that moves a record also destroys the origin that the record leaves",
  check: (context) => {
    const holders = new Map<string, Step>();
    for (const step of context.steps.filter(({ action }) => action === "delete")) {
      for (const address of addressesOf(step.before)) {
        holders.set(address, step);
      }
    }
    return context.steps.flatMap((step) => {
      const old = RECORDS.has(step.type) ? contentOf(step.before) : undefined;
      const left = old === undefined ? undefined : holders.get(old);
      const paths = context.proved.flatMap(({ path: { flow } }, index) =>
        flow.record === step.address && flow.input === step.input.label ? [index] : [],
      );
      return left === undefined || step.action !== "update" || paths.length === 0
        ? []
        : [draftOf(step, left, paths)];
    });
  },
});

function draftOf(record: Step, old: Step, paths: readonly number[]) {
  return {
    subject: record.address,
    paths,
    witness: null,
    what: `${record.address} leaves ${old.address}, which the same apply destroys`,
    why: "Cloudflare's edge needs a moment to use the new address everywhere, and requests on open connections are lost when the old origin goes. The order of an apply gives neither any time.",
    fix: `move the record in one apply, and destroy ${old.address} in a later one`,
  };
}

const RECORDS: ReadonlySet<string> = new Set(["cloudflare_dns_record", "cloudflare_record"]);

function contentOf(values: Json): string | undefined {
  const content = member(values, "content") ?? member(values, "value");
  return typeof content === "string" && content !== "" ? content : undefined;
}

/** The addresses and names that an object has on the internet. */
function addressesOf(values: Json): readonly string[] {
  return ["public_ip", "dns_name", "ipv6_addresses"].flatMap((name) => {
    const value = member(values, name);
    const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
    return items.filter((item): item is string => typeof item === "string" && item !== "");
  });
}
