import type { ProvedPath } from "../../prove/verdict";
import { bodyOf } from "../../read/attributes";
import { type Lookup, push } from "../../read/lookup";
import { LISTENERS } from "../../read/resources/aws-arn";
import { Listeners } from "../../read/resources/aws-listeners";
import { leadsToHttps } from "../../read/resources/aws-redirect";
import { note } from "../note";
import { defineRule } from "../rule";

/** Visitors are on https, the balancer hears http, and sends them to https: for ever. */
export const redirectLoop = defineRule({
  id: "tls/redirect-loop",
  severity: "error",
  title:
    "A balancer redirects to https what Cloudflare sends it for visitors who use https already",
  check: ({ lookup, proved }) =>
    [...pathsInLoops(lookup, proved)].flatMap(([listener, paths]) => {
      const flow = proved[paths[0] ?? -1]?.path.flow;
      return flow === undefined
        ? []
        : [
            note(
              listener,
              {
                what: `${listener} redirects every request to https, those of visitors too who use https already`,
                why: `For https visitors of ${flow.hostname} Cloudflare speaks plain HTTP to it on tcp/${flow.origin.port} (${flow.because}), so they get the same redirect again and again, and the browser says "too many redirects".`,
                fix: "set the SSL mode to strict and give the balancer a listener with TLS on 443, and let Cloudflare redirect (Always Use HTTPS)",
              },
              paths,
            ),
          ];
    }),
});

/** Indexes of the paths that end in a loop, by the listener that makes it. */
export function pathsInLoops(
  lookup: Lookup,
  proved: readonly ProvedPath[],
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  const https = proved.flatMap((each, index) => (isPlainForHttps(each) ? [index] : []));
  const loops = https.length === 0 ? new Set<string>() : loopsIn(lookup);
  for (const index of https) {
    const listener = proved[index] && listenerOf(proved[index], loops);
    if (listener !== undefined) {
      push(found, listener, index);
    }
  }
  return found;
}

/** Listeners that send every request to https, and have no rule that may do otherwise. */
function loopsIn(lookup: Lookup): ReadonlySet<string> {
  const listeners = new Listeners(lookup);
  const sure = LISTENERS.flatMap((type) => lookup.managed(type)).filter((each) => {
    const block = bodyOf(each);
    const listening = { block, resource: each.address, certain: each.certain };
    const rules = listeners.rulesOf({ ...listening, port: undefined, protocol: undefined });
    return each.certain && rules.length === 0 && leadsToHttps(block);
  });
  return new Set(sure.map(({ address }) => address));
}

/** Cloudflare surely takes https from visitors on 443 and speaks HTTP to the origin. */
function isPlainForHttps({ path, availability }: ProvedPath): boolean {
  const { certain, origin, visitors } = path.flow;
  return (
    certain &&
    availability.verdict === "proved" &&
    origin.scheme === "http" &&
    visitors.some(({ scheme, port }) => scheme === "https" && port === 443)
  );
}

function listenerOf({ path }: ProvedPath, loops: ReadonlySet<string>): string | undefined {
  const hops = path.route.hops.filter(({ kind }) => kind === "listener");
  return hops.flatMap((hop) => hop.resources).find((address) => loops.has(address));
}
