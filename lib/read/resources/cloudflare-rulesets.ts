import { evaluate } from "../../edge/expression/evaluate";
import { type Program, programOf } from "../../edge/expression/program";
import { and } from "../../edge/expression/truth";
import type { EdgeRule } from "../../edge/rules";
import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import type { ZoneRule } from "../../model/zone";
import { asBoolean, attribute, type Block, bodyOf } from "../attributes";
import { type Lookup, push } from "../lookup";
import { notRead, perhaps, type ReadRule, readRule } from "./cloudflare-rule";
import { type Action, configure, redirect, rewrite, route } from "./cloudflare-rule-actions";
import { plainAttribute, setBlocks } from "./cloudflare-value";
import type { ZoneKeys } from "./cloudflare-zone-keys";

interface Phase {
  readonly stage: EdgeRule["stage"];
  readonly read: (action: string | undefined, rule: Block) => Action;
}

/** Phases that decide how, or whether, the edge connects to the origin. */
const PHASES: ReadonlyMap<string, Phase> = new Map<string, Phase>([
  ["http_request_dynamic_redirect", { stage: "redirect", read: redirect }],
  ["http_request_redirect", { stage: "redirect", read: redirect }],
  ["http_request_transform", { stage: "redirect", read: rewrite }],
  ["http_config_settings", { stage: "config", read: configure }],
  ["http_request_origin", { stage: "origin", read: route }],
  ["http_request_snippets", { stage: "handler", read: () => ({ effect: { handled: true } }) }],
]);

/**
 * Phases that see a request before or after that, and change nothing about the connection: they
 * block, count, cache, log, compress, or change headers and answers.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const INERT: ReadonlySet<string> = new Set([
  "ddos_l4",
  "ddos_l7",
  "http_custom_errors",
  "http_log_custom_fields",
  "http_ratelimit",
  "http_request_api_gateway_early",
  "http_request_api_gateway_late",
  "http_request_cache_settings",
  "http_request_firewall_custom",
  "http_request_firewall_managed",
  "http_request_late_transform",
  "http_request_sanitize",
  "http_request_sbfm",
  "http_response_cache_settings",
  "http_response_compression",
  "http_response_firewall_managed",
  "http_response_headers_transform",
  "magic_transit",
  "magic_transit_ids_managed",
  "magic_transit_managed",
  "magic_transit_ratelimit",
]);

/** The rules of every ruleset, in the order in which each ruleset has them. */
export function rulesetRules(lookup: Lookup, keys: ZoneKeys): ZoneRule[] {
  const byPlace = new Map<string, Instance[]>();
  for (const instance of lookup.managed("cloudflare_ruleset")) {
    const name = textOf(instance, "phase");
    if (name === undefined || !INERT.has(name)) {
      push(byPlace, JSON.stringify([name, textOf(instance, "kind") ?? "zone"]), instance);
    }
  }
  return [...byPlace.values()].flatMap((all) =>
    all.flatMap((instance) => {
      const rules = phaseRules(instance, keys.of(instance));
      return all.some((other) => isRival(instance, other, keys)) ? rules.map(perhaps) : rules;
    }),
  );
}

function textOf(instance: Instance, name: string): string | undefined {
  return knownString(attribute(bodyOf(instance), name));
}

/** Of two rulesets for one phase of a zone, the one that is written last takes the other's place. */
function isRival(one: Instance, other: Instance, keys: ZoneKeys): boolean {
  const [own, its] = [keys.of(one), keys.of(other)];
  return one !== other && (own === undefined || its === undefined || keys.same(own, its) !== false);
}

function phaseRules(instance: Instance, key: string | undefined): readonly ZoneRule[] {
  const name = textOf(instance, "phase");
  const phase = PHASES.get(name ?? "");
  const text = `originproof does not read rules of the phase ${name ?? "that it has"}`;
  return phase === undefined ? [whole(instance, key, text)] : rulesOf(instance, key, phase);
}

/** A ruleset of which nothing is known: it may do anything to any request of the zone. */
function whole(instance: Instance, key: string | undefined, what: string): ZoneRule {
  const name = instance.address;
  const unread = notRead(instance, what);
  const open = { stage: "origin", effect: {}, paths: [], when: () => undefined } as const;
  return readRule({ ...open, instance, key, name, unread });
}

function rulesOf(instance: Instance, key: string | undefined, phase: Phase): ZoneRule[] {
  const { blocks, open } = setBlocks(bodyOf(instance), "rules");
  const rules = blocks.flatMap((block, index) => {
    const name = `rule ${index + 1} of ${instance.address}`;
    const read = ruleOf(block, phase);
    return read === undefined
      ? []
      : [readRule({ ...read, stage: phase.stage, instance, key, name })];
  });
  return open ? [...rules, whole(instance, key, "its rules are known after apply")] : rules;
}

type Read = Pick<ReadRule, "effect" | "unread" | "when" | "paths" | "rewrites" | "setsHost">;

/** One rule; undefined where it is off, or does nothing that counts. */
function ruleOf(block: Block, phase: Phase): Read | undefined {
  const enabled = plainAttribute(block, "enabled");
  if (enabled.kind === "known" && asBoolean(enabled.value) === false) {
    return undefined;
  }
  const on = enabled.kind === "unknown" ? undefined : true;
  const action = phase.read(knownString(attribute(block, "action")), block);
  const { effect = {}, unread, rewrites, setsHost, partly } = action;
  const changes = unread !== undefined || rewrites === true || setsHost === true;
  if (Object.keys(effect).length === 0 && !changes) {
    return undefined;
  }
  const text = knownString(attribute(block, "expression"));
  const program = text === undefined ? undefined : compiled(text);
  const open = partly === true ? undefined : on;
  return {
    effect,
    unread: unread === undefined ? undefined : reasonOf(block, unread),
    paths: program === undefined ? [] : pathsIn(program),
    when: (requests) => and(open, program && evaluate(program, requests)),
    ...(rewrites === true ? { rewrites } : {}),
    ...(setsHost === true ? { setsHost } : {}),
  };
}

function reasonOf(block: Block, what: string): Reason {
  return notRead(block.instance, what);
}

const programs = new Map<string, Program | undefined>();

/** The same expression in many rules and reviews is read once. */
function compiled(text: string): Program | undefined {
  if (!programs.has(text)) {
    if (programs.size > 10_000) {
      programs.clear();
    }
    programs.set(text, programOf(text));
  }
  return programs.get(text);
}

/** The paths that the texts of an expression are about. */
function pathsIn(program: Program): readonly string[] {
  const texts = program.flatMap((step) => {
    if (step.op === "in") {
      return step.set.flatMap((member) => (member.kind === "text" ? [member.text] : []));
    }
    return step.op === "text" ? [step.text] : [];
  });
  return texts.flatMap((text) => {
    const path = text.replace(/^[^/]*:\/\/[^/]*/, "");
    const whole = path.replaceAll("*", "x");
    return path.startsWith("/") ? [whole, `${whole}x`] : [`/x${whole}`, `/${whole}x`];
  });
}
