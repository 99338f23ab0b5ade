import { isHost, join, type Requests } from "../../edge/expression/evaluate";
import { and, type Truth } from "../../edge/expression/truth";
import { matches, type Pattern, type Template } from "../../edge/expression/wildcard";

/** A URL pattern of a page rule or a Workers route: `*` is zero or more of any characters. */
export interface UrlPattern {
  readonly text: string;
  readonly matches: (requests: Requests) => Truth;
  /** The whole pattern, to compare it with others. */
  readonly pattern: Pattern;
  /** A path that it is about, where it names one. */
  readonly paths: readonly string[];
}

/**
 * Reads a pattern. Without a scheme it matches both; without a path it is about `/` alone.
 *
 * @param caseOf `all`: case is ignored, as page rules do; `host`: in the hostname only, as routes do
 * @see https://developers.cloudflare.com/rules/page-rules/reference/wildcard-matching/
 * @see https://developers.cloudflare.com/workers/configuration/routing/routes/#matching-behavior
 */
export function urlPattern(text: string, caseOf: "all" | "host"): UrlPattern {
  const parts = /^(?:([^/]*):\/\/)?([^/]*)(.*)$/s.exec(text.trim()) ?? [];
  const lower = (part: string) => (caseOf === "all" ? part.toLowerCase() : part);
  const host = (parts[2] ?? "").toLowerCase();
  const scheme = (parts[1] ?? "*").toLowerCase();
  // A star at the end stands for the path as well.
  const path = lower(parts[3] || (host.endsWith("*") ? "*" : "/"));
  const wanted = { scheme: scheme.split("*"), host: host.split("*"), path: path.split("*") };
  return {
    text,
    pattern: `${scheme}://${host}${path}`.split("*"),
    paths: [path.replaceAll("*", "x"), path.replaceAll("*", "")],
    matches: (requests) => {
      if (!/[*:]/.test(host) && isHost(requests, host) === false) {
        return false;
      }
      if (requests.hostAlone === true) {
        return matches(join(requests.host, ["", ""]), wanted.host) === false && !host.endsWith("*")
          ? false
          : undefined;
      }
      const shown = shownParts(requests, lower);
      const found = matchOf(requests, shown, wanted);
      const across = host.endsWith("*") && matches(join(...shown), `${host}${path}`.split("*"));
      // The star before the first slash may stand for a part of the path.
      return found === false && across !== false ? undefined : found;
    },
  };
}

interface Wanted {
  readonly scheme: Pattern;
  readonly host: Pattern;
  readonly path: Pattern;
}

/** Hostname and path of a URL. */
function shownParts(requests: Requests, lower: (part: string) => string): [Template, Template] {
  const { host, port, path, query, rewritten } = requests;
  // A port that is not the scheme's own may be in the URL: the documentation does not say.
  const shown: Template = port === 80 || port === 443 ? host : join(host, ["", ""]);
  const known = !rewritten && path.length === 1 && query.length === 1 && query[0] === "";
  return [shown, (known ? path : ["/", ""]).map(lower)];
}

/** Part by part: a star in the hostname is not meant for the path. */
function matchOf({ scheme }: Requests, [host, path]: [Template, Template], wanted: Wanted): Truth {
  return [
    matches([scheme], wanted.scheme),
    matches(host, wanted.host),
    matches(path, wanted.path),
  ].reduce(and);
}
