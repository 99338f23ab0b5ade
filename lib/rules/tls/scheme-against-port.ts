import type { ProvedPath } from "../../prove/verdict";
import { push } from "../../read/lookup";
import { note } from "../note";
import { portAgainst } from "../port-against";
import { defineRule } from "../rule";

/** Plain HTTP goes to port 443, or TLS to port 80, and no listener of the input says that it fits. */
export const schemeAgainstPort = defineRule({
  id: "tls/scheme-against-port",
  severity: "error",
  title: "Cloudflare speaks plain HTTP to port 443, or TLS to port 80",
  check: ({ proved }) => {
    const groups = new Map<string, number[]>();
    proved.forEach((each, index) => {
      if (isCrossed(each)) {
        const { input, origin } = each.path.flow;
        const target = origin.resource ?? origin.address;
        push(groups, JSON.stringify([input, target, origin.port, origin.scheme]), index);
      }
    });
    return [...groups.values()].flatMap((paths) => {
      const flow = proved[paths[0] ?? -1]?.path.flow;
      if (flow === undefined) {
        return [];
      }
      const { scheme, port } = flow.origin;
      const plain = scheme === "http";
      return [
        note(
          flow.record,
          {
            what: `Cloudflare speaks ${plain ? "plain HTTP" : "TLS"} to tcp/${port} of the origin of ${flow.hostname}`,
            why: plain
              ? `Web servers expect TLS on port 443 and answer plain HTTP there with Error 400 (${flow.because}).`
              : `Web servers speak plain HTTP on port 80, so the TLS handshake fails; visitors see Error 525 (${flow.because}).`,
            fix: plain
              ? "set the SSL mode to strict, so that Cloudflare opens TLS on port 443, or send plain HTTP to port 80"
              : "send these requests to the port where the origin speaks TLS, such as 443",
          },
          paths,
        ),
      ];
    });
  },
});

/** A listener that is read tells what it speaks; so does a refuted path's own finding. */
function isCrossed({ path, availability }: ProvedPath): boolean {
  const { certain, origin } = path.flow;
  const told = path.route.hops.some(({ kind }) => kind === "listener" || kind === "proxy");
  return (
    certain &&
    !told &&
    availability.verdict !== "refuted" &&
    portAgainst(origin.scheme, origin.port)
  );
}
