import { HTTP_PORTS, HTTPS_PORTS } from "../../edge/ports";
import type { Hop } from "../../model/hop";
import { formatAddress } from "../../net/cidr";
import { strangers } from "../allowed";
import { note } from "../note";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { mergedIndexes, sharedRoutes } from "../shared-routes";
import { targetsInTheOpen } from "./targets";

/** A lock keeps strangers out of one door, and the same server has another one. */
export const sideDoor = defineRule({
  id: "exposure/side-door",
  severity: "warning",
  title: "A locked origin has another door that is open to strangers",
  check: (context) => [...otherPorts(context), ...targetsInTheOpen(context)],
});

const WEB_PORTS = [...HTTP_PORTS, ...HTTPS_PORTS];

/** Ports of web servers that the same filter opens; what SSH or a database does is not its business. */
function otherPorts(context: RuleContext): readonly Draft[] {
  const found = new Map<string, { readonly hop: Hop; readonly lists: (readonly number[])[] }>();
  for (const { route, input, family, paths } of sharedRoutes(context.proved)) {
    const [hop, ...others] = route.hops.filter(({ kind }) => kind === "filter");
    const proved = paths.filter((at) => context.proved[at]?.exclusivity.verdict === "proved");
    const locked = proved.length > 0 && hop?.locked === true && !hop.sensitive;
    if (hop !== undefined && others.length === 0 && locked) {
      const key = JSON.stringify([input, family, hop.resources]);
      const group = found.get(key) ?? { hop, lists: [] };
      group.lists.push(proved);
      found.set(key, group);
    }
  }
  // Ports that have paths of their own have findings of their own.
  const own = new Set(context.proved.map(({ path }) => path.flow.origin.port));
  const ports = WEB_PORTS.filter((port) => !own.has(port));
  return [...found.values()].flatMap(({ hop, lists }) =>
    draftOf({ hop, paths: mergedIndexes(lists) }, ports, context),
  );
}

interface Door {
  readonly hop: Hop;
  readonly paths: readonly number[];
}

function draftOf({ hop, paths }: Door, asked: readonly number[], context: RuleContext): Draft[] {
  const flow = context.proved[paths[0] ?? -1]?.path.flow;
  // What no rule names is open to nobody for certain, and need not be computed.
  const named = asked.filter((port) =>
    hop.elsewhere?.ports.some(({ from, to }) => from <= port && port <= to),
  );
  const open = named.flatMap((port) => {
    const bounds = flow && hop.elsewhere?.at(port, flow.family);
    const others = bounds && strangers(bounds.must, { port, resources: hop.resources }, context);
    return others === undefined || others.isEmpty ? [] : [{ port, others }];
  });
  const [first] = open;
  if (flow === undefined || first === undefined) {
    return [];
  }
  const ports = open.map(({ port }) => `tcp/${port}`).join(", ");
  const flows = paths.flatMap((index) => context.proved[index]?.path.flow ?? []);
  const subject = [...new Set(hop.resources)].join(", ");
  const words = note(
    subject,
    {
      what: `${subject} admits Cloudflare alone on the proxied ${portsOf(flows)} and others on ${ports}`,
      why: "A web server mostly serves the same site on all of its ports. Whoever knows the address then gets past Cloudflare's WAF, rate limits and access rules by the other door.",
      fix: "remove the rules of these ports, or declare their sources with a reason: as `exceptions` of the construct, or in originproof.config.json",
    },
    paths,
  );
  return [{ ...words, witness: formatAddress(flow.family, first.others.lowest() ?? 0n) }];
}

function portsOf(flows: readonly { readonly origin: { readonly port: number } }[]): string {
  return [...new Set(flows.map(({ origin }) => `tcp/${origin.port}`))].join(", ");
}
