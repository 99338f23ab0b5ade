import type { ProvedPath } from "../../prove/verdict";
import { push } from "../../read/lookup";
import { note } from "../note";
import { defineRule } from "../rule";
import { pathsInLoops } from "../tls/redirect-loop";

/** What visitors send by https goes on to the origin in the clear. */
export const flexibleMode = defineRule({
  id: "exposure/flexible-mode",
  severity: "warning",
  title: "Cloudflare passes what visitors send by https on to the origin in the clear",
  check: ({ lookup, proved }) => {
    const groups = new Map<string, number[]>();
    const looping = new Set([...pathsInLoops(lookup, proved).values()].flat());
    proved.forEach((each, index) => {
      if (isInTheClear(each) && !looping.has(index)) {
        const { input, because } = each.path.flow;
        push(groups, JSON.stringify([input, because]), index);
      }
    });
    return [...groups.values()].flatMap((paths) => {
      const flow = proved[paths[0] ?? -1]?.path.flow;
      return flow === undefined
        ? []
        : [
            note(
              flow.record,
              {
                what: `Cloudflare takes https from the visitors of ${flow.hostname} and speaks plain HTTP to the origin on tcp/${flow.origin.port}`,
                why: `Visitors see a lock in the browser, and between Cloudflare and the origin everybody on the way reads passwords and sessions (${flow.because}). An origin that redirects to https answers these requests with the same redirect for ever.`,
                fix: "give the origin a certificate, such as one of Cloudflare's Origin CA, and set the SSL mode to strict",
              },
              paths,
            ),
          ];
    });
  },
});

/** Refuted paths have a finding that comes first: nothing passes there, in the clear or not. */
function isInTheClear({ path, availability }: ProvedPath): boolean {
  const { certain, origin, visitors } = path.flow;
  return (
    certain &&
    origin.scheme === "http" &&
    visitors.some(({ scheme }) => scheme === "https") &&
    availability.verdict !== "refuted"
  );
}
