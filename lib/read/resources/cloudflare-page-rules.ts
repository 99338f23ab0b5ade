import type { Effect } from "../../edge/rules";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import type { ZoneRule } from "../../model/zone";
import { asBoolean, asNumber, attribute, bodyOf, nestedBlocks } from "../attributes";
import type { Lookup } from "../lookup";
import { isSslValue, notRead, readRule } from "./cloudflare-rule";
import { type UrlPattern, urlPattern } from "./cloudflare-url-pattern";
import { setBlocks } from "./cloudflare-value";

interface PageRule {
  readonly instance: Instance;
  readonly pattern: UrlPattern | undefined;
  readonly priority: number | undefined;
  /** Undefined: whether it is on is not known. */
  readonly on: true | undefined;
}

/**
 * Page rules, the one with the highest priority first: only the first that matches takes effect.
 *
 * @see https://developers.cloudflare.com/rules/page-rules/
 */
export function pageRules(
  lookup: Lookup,
  keyOf: (instance: Instance) => string | undefined,
): ZoneRule[] {
  const all = lookup
    .managed("cloudflare_page_rule")
    .flatMap((instance) => pageRule(instance) ?? []);
  const sorted = all.sort((left, right) => (right.priority ?? 0) - (left.priority ?? 0));
  return sorted.map((rule) => zoneRule(rule, rivals(rule, all, keyOf), keyOf(rule.instance)));
}

function pageRule(instance: Instance): PageRule | undefined {
  const body = bodyOf(instance);
  const status = attribute(body, "status");
  if (status.kind === "known" && status.value === "disabled") {
    return undefined;
  }
  const target = knownString(attribute(body, "target"));
  const priority = attribute(body, "priority");
  return {
    instance,
    pattern: target === undefined ? undefined : urlPattern(target, "all"),
    priority:
      priority.kind === "known"
        ? asNumber(priority.value)
        : priority.kind === "unset"
          ? DEFAULT_PRIORITY
          : undefined,
    // Version 4 of the provider switches a rule on that does not say so, version 5 off.
    on: status.kind === "known" && instance.certain ? true : undefined,
  };
}

const DEFAULT_PRIORITY = 1;

/** Other rules of the zone of which it is not known whether they come first. */
function rivals(
  rule: PageRule,
  all: readonly PageRule[],
  keyOf: (instance: Instance) => string | undefined,
): readonly PageRule[] {
  const zone = keyOf(rule.instance);
  return all.filter((other) => {
    const known = other.priority !== undefined && rule.priority !== undefined;
    const key = keyOf(other.instance);
    const together = key === zone || key === undefined || zone === undefined;
    return other !== rule && together && !(known && other.priority !== rule.priority);
  });
}

function zoneRule(rule: PageRule, others: readonly PageRule[], key: string | undefined): ZoneRule {
  const { instance, pattern, on } = rule;
  const { effect, unread } = effectOf(instance);
  return readRule({
    instance,
    key,
    stage: "page",
    name: instance.address,
    effect,
    paths: pattern?.paths ?? [],
    unread,
    setsHost: setsHost(instance),
    when: (requests) => {
      const truth = pattern === undefined ? undefined : pattern.matches(requests);
      const contested = others.some((other) => other.pattern?.matches(requests) !== false);
      return truth === false ? false : contested ? undefined : on && truth;
    },
  });
}

function effectOf(instance: Instance): { effect: Effect; unread: ZoneRule["unread"] } {
  const { blocks, open } = nestedBlocks(bodyOf(instance), "actions");
  const [actions] = blocks;
  const reason = (what: string) => notRead(instance, what);
  if (actions === undefined || open || blocks.length > 1) {
    return { effect: {}, unread: reason("its actions are known after apply") };
  }
  const unknown = ACTIONS.find((name) => attribute(actions, name).kind === "unknown");
  const ssl = attribute(actions, "ssl");
  const mode = ssl.kind === "known" && isSslValue(ssl.value) ? ssl.value : undefined;
  const origin = knownString(attribute(actions, "resolve_override"))?.toLowerCase();
  const https = attribute(actions, "always_use_https");
  const forwards = setBlocks(actions, "forwarding_url");
  const odd = ssl.kind === "known" && mode === undefined ? "ssl" : unknown;
  return {
    effect: {
      ...(mode === undefined ? {} : { ssl: mode }),
      ...(https.kind === "known" && asBoolean(https.value) === true
        ? { alwaysUseHttps: "on" }
        : {}),
      ...(origin === undefined || origin === "" ? {} : { origin }),
      ...(forwards.blocks.length > 0 ? { redirected: true } : {}),
    },
    unread:
      odd !== undefined || forwards.open
        ? reason(`what it sets as ${odd ?? "forwarding_url"} is not known`)
        : undefined,
  };
}

function setsHost(instance: Instance): boolean {
  const { blocks } = nestedBlocks(bodyOf(instance), "actions");
  return blocks.some((actions) => {
    const host = attribute(actions, "host_header_override");
    return host.kind === "unknown" || (host.kind === "known" && host.value !== "");
  });
}

/** Actions that decide how, or whether, the edge connects to the origin. */
const ACTIONS = ["ssl", "always_use_https", "resolve_override"] as const;
