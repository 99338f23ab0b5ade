import type { Fate } from "../prove/why";
import type { Owner, Why, WhyPath } from "../rules/why-types";
import { type Line, renderBlock, wrapped } from "./block";
import { forTerminal } from "./escape";
import { grouped, namesOf } from "./text-paths";
import { hopFacts, shortList } from "./why-hop";

/** The answer of `originproof why` for a terminal: one block for all paths that are alike. */
export function renderWhy(why: Why, width = 80): string {
  const groups = grouped(why.paths, kindOf);
  const lines = [
    ...wrapped("", ownerText(why), width),
    ...groups.map((paths) => blockOf(paths, why, width)),
    ...wrapped("", summaryText(why), width),
  ];
  return `${lines.join("\n")}\n`;
}

/** Alike: the same hops do the same to it, of the same origin. */
function kindOf({ hostname: _, record: __, ...path }: WhyPath): string {
  return JSON.stringify(path);
}

function ownerText({ source, edge }: Why): string {
  const { address, specialPurpose, originOf } = source;
  const special = specialPurpose === null ? "" : `; it is set aside (${specialPurpose})`;
  const own =
    originOf.length === 0
      ? ""
      : `. It is the origin of ${forTerminal(shortList(originOf))}: give the address that connects to it`;
  return `${address} ${ownerWords(source.owner, edge.date)}${special}${own}`;
}

function ownerWords(owner: Owner, date: string): string {
  switch (owner.kind) {
    case "edge":
      return `is Cloudflare's: ${owner.range}, as pinned on ${owner.date}`;
    case "declared-edge":
      return `is declared to be Cloudflare's: ${owner.range}, ${forTerminal(owner.reason)}`;
    case "exception": {
      const { what, reason, expires, expired } = owner;
      const verb = expired ? "was" : "is";
      const end =
        expires === null ? "" : expired ? `, expired after ${expires}` : `, until ${expires}`;
      return `${verb} an exception: ${forTerminal(what)}, ${forTerminal(reason)}${end}`;
    }
    case "nobody":
      return `is neither Cloudflare's (ranges of ${date}) nor an exception's`;
  }
}

const HEADS: Readonly<Record<Fate, string>> = {
  admitted: "Admitted",
  partly: "Stopped in part",
  perhaps: "Undetermined",
  stopped: "Stopped",
};

function blockOf(paths: readonly WhyPath[], { source }: Why, width: number): string {
  const [first] = paths;
  if (first === undefined) {
    return "";
  }
  const { hops, verdict, stoppedBy, error, assumptions } = first;
  const by = stoppedBy === null ? undefined : hops[stoppedBy];
  const head = by === undefined ? HEADS[verdict] : `${HEADS[verdict]} by ${forTerminal(by.name)}`;
  const lines: Line[] = [
    `${head}: ${forTerminal(namesOf(paths, 3))}`,
    "",
    ...hops.flatMap((hop) => hopFacts(hop, source)),
    ...(error === null ? [] : [["visitor", error] as const]),
    ...onlyFact(first),
    ...first.reasons.map((reason): Line => ["reason", forTerminal(reason.text)]),
    ...(verdict === "admitted" && assumptions.length > 0
      ? [["assumes", assumedText(assumptions)] as const]
      : []),
  ];
  return renderBlock(lines, width, { hard: false });
}

function assumedText(assumptions: WhyPath["assumptions"]): string {
  const texts = new Set(assumptions.map(({ text }) => forTerminal(text)));
  return shortList([...texts], " · ");
}

/** When the edge uses the path, where that is open. */
function onlyFact({ certain, because }: WhyPath): Line[] {
  return certain ? [] : [["edge", `connects this way ${forTerminal(because)}`]];
}

/** `40 paths on tcp/443 by IPv4: 40 stopped`. */
function summaryText({ paths, source, others }: Why): string {
  const on = `on tcp/${source.port} by IPv${source.family}`;
  if (paths.length === 0) {
    return `no path ${on}${othersText(others)}`;
  }
  const fates = ["admitted", "partly", "stopped", "perhaps"] as const;
  const counts = fates.flatMap((fate) => {
    const count = paths.filter(({ verdict }) => verdict === fate).length;
    return count === 0 ? [] : [`${count} ${HEADS[fate].toLowerCase()}`];
  });
  return `${paths.length} path${paths.length === 1 ? "" : "s"} ${on}: ${counts.join(", ")}`;
}

function othersText(others: Why["others"]): string {
  if (others.length === 0) {
    return ": the input has no proxied record with an origin";
  }
  const all = others.map(({ port, family }) => `tcp/${port} by IPv${family}`);
  return `; Cloudflare connects on ${shortList(all)}`;
}
