import { evaluate, isHost } from "../../edge/expression/evaluate";
import { programOf } from "../../edge/expression/program";
import { and, not, or, type Truth } from "../../edge/expression/truth";
import { matches } from "../../edge/expression/wildcard";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import type { ZoneRule } from "../../model/zone";
import { asBoolean, attribute, bodyOf, nestedBlocks } from "../attributes";
import type { Lookup } from "../lookup";
import { notRead, readRule } from "./cloudflare-rule";
import { type UrlPattern, urlPattern } from "./cloudflare-url-pattern";
import { plainAttribute, setBlocks } from "./cloudflare-value";

type KeyOf = (instance: Instance) => string | undefined;

/** Names of one resource in the provider's versions 5 and 4. */
const ROUTES = ["cloudflare_workers_route", "cloudflare_worker_route"];
const DOMAINS = [
  "cloudflare_workers_custom_domain",
  "cloudflare_workers_domain",
  "cloudflare_worker_domain",
  "cloudflare_r2_custom_domain",
  "cloudflare_pages_domain",
];

/** What else serves a hostname, and the attributes that hold the name. */
const SERVED: ReadonlyMap<string, readonly [string, readonly string[]]> = new Map([
  ["cloudflare_r2_custom_domain", ["bucket", ["domain"]]],
  ["cloudflare_pages_domain", ["site", ["name", "domain"]]],
]);

interface Route {
  readonly instance: Instance;
  readonly pattern: UrlPattern | undefined;
  /** False: a route without a script, which keeps Workers away. */
  readonly script: boolean;
}

/**
 * Workers, Snippets and Cloud Connector: programs that answer instead of the origin, and may pass a
 * request on.
 *
 * @see https://developers.cloudflare.com/workers/configuration/routing/routes/
 */
export function handlerRules(lookup: Lookup, keyOf: KeyOf): ZoneRule[] {
  return [
    ...routeRules(lookup, keyOf),
    ...DOMAINS.flatMap((type) => lookup.managed(type).map((each) => domainRule(each, keyOf))),
    ...lookup.managed("cloudflare_snippet_rules").flatMap((each) => snippets(each, keyOf)),
    ...lookup
      .managed("cloudflare_cloud_connector_rules")
      .flatMap((each) => connectors(each, keyOf)),
  ];
}

function routeRules(lookup: Lookup, keyOf: KeyOf): ZoneRule[] {
  const routes = ROUTES.flatMap((type) => lookup.managed(type)).map((instance): Route => {
    const body = bodyOf(instance);
    const text = knownString(attribute(body, "pattern"));
    const names = ["script", "script_name"].map((name) => attribute(body, name));
    return {
      instance,
      pattern: text === undefined ? undefined : urlPattern(text, "host"),
      script: names.some((name) => name.kind !== "unset" && knownString(name) !== ""),
    };
  });
  const without = routes.filter((route) => !route.script);
  return routes
    .filter((route) => route.script)
    .map((route) => {
      const { instance, pattern } = route;
      const key = keyOf(instance);
      const bypasses = without.filter((other) => keyOf(other.instance) === key);
      return readRule({
        instance,
        key,
        stage: "handler",
        name: `the Worker of ${instance.address}`,
        effect: { handled: true },
        paths: [
          ...(pattern?.paths ?? []),
          ...bypasses.flatMap((other) => other.pattern?.paths ?? []),
        ],
        unread: undefined,
        when: (requests) => {
          const bypassed = bypasses.map((other) =>
            and(isCloser(other, route), other.pattern?.matches(requests)),
          );
          return and(pattern?.matches(requests), not(bypassed.reduce<Truth>(or, false)));
        },
      });
    });
}

/** The most specific route wins: one whose every URL is the other's as well. */
function isCloser({ pattern: one }: Route, { pattern: other }: Route): Truth {
  if (one === undefined || other === undefined) {
    return undefined;
  }
  const inside = matches(one.pattern, other.pattern);
  return inside === true || inside === false
    ? inside
    : matches(other.pattern, one.pattern) === true
      ? false
      : undefined;
}

/**
 * A Worker, a bucket or a site of Pages that is the origin of a hostname itself. A site of Pages
 * names no zone: its hostname is in one zone alone.
 */
function domainRule(instance: Instance, keyOf: KeyOf): ZoneRule {
  const [kind, names] = SERVED.get(instance.type) ?? ["Worker", ["hostname"]];
  const own = names.map((name) => knownString(attribute(bodyOf(instance), name)));
  const hostname = own.find((name) => name !== undefined)?.toLowerCase();
  return readRule({
    instance,
    key: keyOf(instance),
    stage: "handler",
    name: `the ${kind} of ${instance.address}`,
    effect: { handled: true },
    paths: [],
    unread: undefined,
    when: (requests) => (hostname === undefined ? undefined : isHost(requests, hostname)),
  });
}

function snippets(instance: Instance, keyOf: KeyOf): ZoneRule[] {
  return listed(instance, keyOf, "snippet").map(({ rule }) =>
    readRule({ ...rule, stage: "handler", effect: { handled: true } }),
  );
}

/** @see https://developers.cloudflare.com/rules/cloud-connector/ */
function connectors(instance: Instance, keyOf: KeyOf): ZoneRule[] {
  return listed(instance, keyOf, "rule").map(({ rule, host }) => {
    const unread =
      host === undefined ? notRead(instance, "the host that it names is not known") : rule.unread;
    const effect = host === undefined ? {} : { origin: host };
    return readRule({ ...rule, stage: "origin", effect, unread, setsHost: true });
  });
}

/** The rules of a resource that holds a list of them, each with an expression. */
function listed(instance: Instance, keyOf: KeyOf, what: string) {
  const { blocks, open } = setBlocks(bodyOf(instance), "rules");
  const key = keyOf(instance);
  const rules = blocks.flatMap((block, index) => {
    const enabled = plainAttribute(block, "enabled");
    const on = enabled.kind === "unknown" ? undefined : true;
    const text = knownString(attribute(block, "expression"));
    const program = text === undefined ? undefined : programOf(text);
    const off = enabled.kind === "known" && asBoolean(enabled.value) === false;
    const [parameters] = nestedBlocks(block, "parameters").blocks;
    const host = parameters && knownString(attribute(parameters, "host"))?.toLowerCase();
    const name = `${what} ${index + 1} of ${instance.address}`;
    const when: ZoneRule["when"] = (requests) => and(on, program && evaluate(program, requests));
    return off ? [] : [{ rule: { instance, key, name, when, paths: [], unread: undefined }, host }];
  });
  const unread = notRead(instance, "its rules are known after apply");
  const name = `${what}s of ${instance.address}`;
  const rest = {
    rule: { instance, key, name, when: () => undefined, paths: [], unread },
    host: undefined,
  };
  return open ? [...rules, rest] : rules;
}
