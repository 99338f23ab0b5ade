import { evaluate } from "../../edge/expression/evaluate";
import { type Program, programOf } from "../../edge/expression/program";
import { and } from "../../edge/expression/truth";
import type { EdgeRule, Effect } from "../../edge/rules";
import type { Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { isObject, knownString } from "../../model/value";
import type { ZoneRule } from "../../model/zone";
import { asBoolean, asNumber, attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import type { Lookup } from "../lookup";
import { isSslValue, notRead, type ReadRule, readRule } from "./cloudflare-rule";
import { plainAttribute } from "./cloudflare-value";

/** What a rule of a phase does: its effect, or why that is not known. Neither: nothing that counts. */
interface Action {
  readonly effect?: Effect;
  readonly unread?: string;
  readonly rewrites?: true;
  /** It holds for some of what the expression matches. */
  readonly partly?: true;
}

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
export function rulesetRules(
  lookup: Lookup,
  keyOf: (instance: Instance) => string | undefined,
): ZoneRule[] {
  return lookup.managed("cloudflare_ruleset").flatMap((instance) => {
    const name = knownString(attribute(bodyOf(instance), "phase"));
    if (name !== undefined && INERT.has(name)) {
      return [];
    }
    const phase = PHASES.get(name ?? "");
    const key = keyOf(instance);
    return phase === undefined
      ? [
          whole(
            instance,
            key,
            `originproof does not read rules of the phase ${name ?? "that it has"}`,
          ),
        ]
      : rulesOf(instance, key, phase);
  });
}

/** A ruleset of which nothing is known: it may do anything to any request of the zone. */
function whole(instance: Instance, key: string | undefined, what: string): ZoneRule {
  const name = instance.address;
  const unread = notRead(instance, what);
  const open = { stage: "origin", effect: {}, paths: [], when: () => undefined } as const;
  return readRule({ ...open, instance, key, name, unread });
}

function rulesOf(instance: Instance, key: string | undefined, phase: Phase): ZoneRule[] {
  const { blocks, open } = nestedBlocks(bodyOf(instance), "rules");
  const rules = blocks.flatMap((block, index) => {
    const name = `rule ${index + 1} of ${instance.address}`;
    const read = ruleOf(block, phase);
    return read === undefined
      ? []
      : [readRule({ ...read, stage: phase.stage, instance, key, name })];
  });
  return open ? [...rules, whole(instance, key, "its rules are known after apply")] : rules;
}

type Read = Pick<ReadRule, "effect" | "unread" | "when" | "paths" | "rewrites">;

/** One rule; undefined where it is off, or does nothing that counts. */
function ruleOf(block: Block, phase: Phase): Read | undefined {
  const enabled = plainAttribute(block, "enabled");
  if (enabled.kind === "known" && asBoolean(enabled.value) === false) {
    return undefined;
  }
  const on = enabled.kind === "unknown" ? undefined : true;
  const action = phase.read(knownString(attribute(block, "action")), block);
  const { effect = {}, unread, rewrites, partly } = action;
  if (Object.keys(effect).length === 0 && unread === undefined && rewrites === undefined) {
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

function parameters(rule: Block): Block | undefined {
  return nestedBlocks(rule, "action_parameters").blocks[0];
}

function redirect(action: string | undefined, rule: Block): Action {
  if (action !== "redirect") {
    return { unread: `what its action ${action ?? "known after apply"} does is not read` };
  }
  const found = parameters(rule);
  const listed = found !== undefined && nestedBlocks(found, "from_list").blocks.length > 0;
  return { effect: { redirected: true }, ...(listed ? { partly: true } : {}) };
}

/** URL rewrites: they change the path that later rules see. */
function rewrite(_action: string | undefined, rule: Block): Action {
  const found = parameters(rule);
  const uri = found === undefined ? undefined : attribute(found, "uri");
  return uri?.kind === "unset" || (uri?.kind === "known" && !isSet(uri.value))
    ? {}
    : { rewrites: true };
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value);
}

function configure(action: string | undefined, rule: Block): Action {
  const found = parameters(rule);
  if (action !== "set_config" || found === undefined) {
    return { unread: `what its action ${action ?? "known after apply"} does is not read` };
  }
  const ssl = attribute(found, "ssl");
  if (ssl.kind === "unset") {
    return {};
  }
  const mode = ssl.kind === "known" ? ssl.value : undefined;
  return isSslValue(mode)
    ? { effect: { ssl: mode } }
    : { unread: "the SSL mode that it sets is not known" };
}

/** @see https://developers.cloudflare.com/rules/origin-rules/features/ */
function route(action: string | undefined, rule: Block): Action {
  const found = parameters(rule);
  if (action !== "route" || found === undefined) {
    return { unread: `what its action ${action ?? "known after apply"} does is not read` };
  }
  const { blocks, open } = nestedBlocks(found, "origin");
  const [origin] = blocks;
  if (open) {
    return { unread: "the origin that it sets is known after apply" };
  }
  if (origin === undefined) {
    // Host header and SNI alone change neither address nor port.
    return {};
  }
  const host = attribute(origin, "host");
  const port = attribute(origin, "port");
  const name = knownString(host)?.toLowerCase().replace(/\.$/, "");
  const number = port.kind === "known" ? asNumber(port.value) : undefined;
  if ((host.kind !== "unset" && !name) || (port.kind !== "unset" && !isPort(number))) {
    return { unread: "the origin or port that it sets is not known" };
  }
  return {
    effect: {
      ...(name === undefined ? {} : { origin: name }),
      ...(number === undefined ? {} : { port: number }),
    },
  };
}

function isPort(port: number | undefined): boolean {
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535;
}
