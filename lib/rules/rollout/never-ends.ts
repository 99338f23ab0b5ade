import { type Draft, defineRule } from "../rule";
import type { UnendingOnPaths } from "../unending";

/** A step that the cloud refuses in every order, so that the apply fails. */
export const neverEnds = defineRule({
  id: "rollout/never-ends",
  severity: "error",
  title: "An apply can't be done to its end: the cloud refuses one of its steps",
  check: ({ unending }) => unending.map(draftOf),
});

/** Others that a finding names. */
const MOST_OTHERS = 2;

function draftOf({ step, because, others, paths }: UnendingOnPaths): Draft {
  const { address } = step;
  const names = [...new Set(others)];
  const more = names.length > MOST_OTHERS ? ` and ${names.length - MOST_OTHERS} more` : "";
  const shown = names.slice(0, MOST_OTHERS).join(", ") + more;
  const itself = names.includes(address);
  const rivals = { text: itself ? "its predecessor" : shown, several: !itself && names.length > 1 };
  const words = WORDS[because];
  return { subject: address, paths, witness: null, ...words(address, rivals, step.replace) };
}

type Words = (
  address: string,
  others: { readonly text: string; readonly several: boolean },
  replace: "create-first" | "delete-first" | undefined,
) => Pick<Draft, "what" | "why" | "fix">;

const END =
  "The apply fails there, and what waits for that step is not done either, so what is proved of its end does not come about.";

const kept: Words = (address) => ({
  what: `the apply can't destroy ${address}: it is protected from that`,
  why: `AWS refuses to delete a load balancer with enable_deletion_protection. ${END}`,
  fix: `set enable_deletion_protection = false on ${address} in an apply of its own first, or leave it`,
});

const taken: Words = (address, { text: others, several }, replace) => ({
  what: `the apply can't create ${address}: ${others} ${several ? "have" : "has"} what only one can have`,
  why: `A second one of the same name, number, destination or rule is refused while the other is there, which is destroyed afterwards or not at all. ${END}`,
  fix: address.includes("cloudflare_dns_record.")
    ? "keep the type and content of the record, or give the new record a name of its own first"
    : replace === "create-first"
      ? `give ${address} another name, number or destination whenever it is replaced (name_prefix makes one), or let it go without create_before_destroy`
      : `take ${others} away in an apply of its own first, or give ${address} another name, number or destination`,
});

const inUse: Words = (address, { text: others, several }, replace) => ({
  what: `the apply can't destroy ${address}: ${others} ${several ? "use" : "uses"} it until afterwards`,
  why: `The cloud refuses to destroy what is in use, and what ends the use comes later in Terraform's order, or never. ${END}`,
  fix:
    replace === "delete-first"
      ? `set create_before_destroy on ${address}, with name_prefix in place of a name that both would have`
      : `take ${address} away from ${others} in an apply of its own first`,
});

const WORDS: Readonly<Record<UnendingOnPaths["because"], Words>> = {
  taken,
  "in-use": inUse,
  protected: kept,
};
