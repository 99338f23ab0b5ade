import { edgeRanges } from "../edge/ranges";
import type { Fate } from "../prove/why";
import type { Why, WhyHop, WhyRule } from "../rules/why-types";
import type { Line } from "./block";
import { forTerminal } from "./escape";

/** More than a reader takes in are counted. */
const MOST = 4;

const LABELS: Readonly<Record<Fate, string>> = {
  admitted: "admits",
  partly: "stops some",
  perhaps: "perhaps",
  stopped: "stops",
};

/** A hop as labelled lines: what it is, and the rules that decide. */
export function hopFacts(hop: WhyHop, source: Why["source"]): Line[] {
  const { verdict, name, resources } = hop;
  const what = resources.length === 0 ? name : `${name} ${shortList(resources)}`;
  const texts = [what, ...ruleTexts(hop, source), ...placeTexts(hop.place)];
  return texts.map((text, index) => [index === 0 ? LABELS[verdict] : "", forTerminal(text)]);
}

function ruleTexts(hop: WhyHop, source: Why["source"]): readonly string[] {
  // A group that stops an address has no rule that counts for it.
  const rules = hop.rules.filter(({ effect }) => hop.verdict !== "stopped" || effect !== "allow");
  const shown = rules.slice(0, MOST).flatMap((rule) => ruleText(rule, hop));
  const more = rules.length > MOST ? [`and ${rules.length - MOST} more (see --format json)`] : [];
  const silent = rules.length === 0 && hop.kind === "filter" && hop.verdict === "stopped";
  const none = silent ? noRuleTexts(hop, source) : [];
  const told = rules.some(({ sure }) => sure) || none.length > 0;
  const why = told && hop.verdict !== "perhaps" ? [] : hop.reasons.map(({ text }) => text);
  const reasons = hop.verdict === "admitted" ? [] : why.slice(0, MOST);
  const based = rules.length + none.length === 0 && hop.verdict === "admitted";
  const assumed = based ? distinctTexts(hop.assumptions) : [];
  return [...shown, ...more, ...none, ...reasons, ...assumed];
}

function distinctTexts(assumptions: WhyHop["assumptions"]): readonly string[] {
  return [...new Set(assumptions.map(({ text }) => `assumed: ${text}`))].slice(0, MOST);
}

const VERBS = {
  allow: { sure: "allows", may: "may allow" },
  deny: { sure: "denies", may: "may deny" },
  unknown: { sure: "allows or denies", may: "may allow or deny" },
  route: { sure: "sends", may: "may send" },
} as const;

function ruleText(one: WhyRule, { kind, verdict }: WhyHop): readonly string[] {
  const { resource, rule, effect, sure, text } = one;
  const certain = sure && verdict !== "perhaps";
  const does =
    kind === "route"
      ? VERBS.route[certain ? "sure" : "may"]
      : VERBS[effect][certain ? "sure" : "may"];
  const which = rule === undefined ? "" : `, ${rule},`;
  const clause = resource === null ? text : `${resource}${which} ${does} ${text}`;
  return [clause, ...placeTexts(one)];
}

/** A filter without a rule for the address: what its rules admit instead. */
function noRuleTexts(hop: WhyHop, { address, family }: Why["source"]): readonly string[] {
  const on = `tcp/${hop.port}`;
  const one = `no rule of ${hop.resources.length > 1 ? "them" : "it"} admits ${address} on ${on}`;
  const ports = hop.admittedOn.map((port) => `tcp/${port}`).join(", ");
  const also = ports === "" ? [] : [`its rules do admit it on ${ports}`];
  if (hop.admits === null) {
    return [one, ...also];
  }
  return [`${one}; admitted on ${on}: ${admittedText(hop.admits, family)}`, ...also];
}

/** Ranges of the edge counted, others by name. */
function admittedText(admits: readonly string[], family: 4 | 6): string {
  const all = edgeRanges()
    .cidrs(family)
    .map(({ text }) => text);
  const others = admits.filter((cidr) => !all.includes(cidr));
  const count = admits.length - others.length;
  const edge =
    count === 0
      ? []
      : count === all.length
        ? [`all ${count} of Cloudflare's IPv${family} ranges`]
        : [`${count} of Cloudflare's ${all.length} IPv${family} ranges`];
  const rest = others.length === 0 ? [] : [shortList(others)];
  return [...edge, ...rest].join(" and ") || "nothing";
}

function placeTexts({ constructPath, source }: WhyHop["place"]): readonly string[] {
  if (source !== null) {
    const path = constructPath === "" ? "the app" : constructPath;
    return [`at ${source.file}:${source.line} (${path})`];
  }
  return constructPath === null || constructPath === "" ? [] : [`at ${constructPath}`];
}

/** The first few, and how many more. */
export function shortList(all: readonly string[], between = ", "): string {
  const more = all.length - MOST;
  const shown = all.slice(0, MOST).join(between);
  return more > 0 ? `${shown}${between}and ${more} more` : shown;
}
