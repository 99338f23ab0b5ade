import { figure } from "./names";

/** Things of one kind in a report, of which the last can be left out where there is no room. */
export interface Section {
  /** What they are, for the notice: one and several. */
  readonly nouns: readonly [one: string, several: string];
  /** Markdown before and after them; neither is there without any of them. */
  readonly head: string;
  readonly tail: string;
  /** The worst first, each whole in itself. */
  readonly units: readonly string[];
  readonly between: "\n" | "\n\n";
  /** Of two sections, that with the lower one is filled first. */
  readonly priority: number;
  /** The part of the room that it may take while others still need some. */
  readonly share: number;
}

/** A section with how many of its units are shown. */
interface Filled {
  readonly section: Section;
  shown: number;
  size: number;
}

/** The notice of what is left out, at its longest. */
const NOTICE_ROOM = 1_000;

/**
 * A head and sections, in their order, within a limit of characters. Whole units are left out, the
 * last first, and a notice after the head says how many.
 *
 * @param where how a reader gets the rest
 */
export function assemble(
  head: string,
  sections: readonly Section[],
  { limit, where }: { readonly limit: number; readonly where: string },
): string {
  const room = limit - head.length - NOTICE_ROOM;
  const filled = sections.map((section): Filled => ({ section, shown: 0, size: 0 }));
  const byPriority = filled.toSorted((left, right) => {
    return left.section.priority - right.section.priority;
  });
  let used = 0;
  for (const share of [true, false]) {
    for (const each of byPriority) {
      const most = share ? each.section.share * room : room;
      const size = each.size;
      fill(each, Math.min(most, room - used + size));
      used += each.size - size;
    }
  }
  const parts = [head, noticeOf(filled, where), ...filled.map(markdownOf)];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Takes in as many units as there is room for, without leaving one out between two. */
function fill(each: Filled, most: number): void {
  const { head, tail, units, between } = each.section;
  for (let unit = units[each.shown]; unit !== undefined; unit = units[each.shown]) {
    const frame = each.shown === 0 ? head.length + tail.length + 2 : 0;
    const size = each.size + frame + unit.length + between.length;
    if (size > most) {
      return;
    }
    each.size = size;
    each.shown += 1;
  }
}

function markdownOf({ section, shown }: Filled): string {
  const { head, tail, units, between } = section;
  return shown === 0 ? "" : head + units.slice(0, shown).join(between) + tail;
}

function noticeOf(filled: readonly Filled[], where: string): string {
  const cuts = filled.flatMap(({ section, shown }) => {
    const [all, left] = [section.units.length, section.units.length - shown];
    const noun = section.nouns[all === 1 ? 0 : 1];
    return left === 0 ? [] : [`${figure(left)} of ${figure(all)} ${noun}`];
  });
  return cuts.length === 0
    ? ""
    : `> **Shortened:** ${cuts.join(", ")} ${CUT}. The worst are shown; ${where}`;
}

const CUT = "had no room and are left out";
