import type { LogEntry } from "./log";
import type { CloudObject, CloudState, Permission } from "./state";

export const SECTIONS = [
  "objects",
  "permissions",
  "entries",
  "routes",
  "associations",
  "gone",
] as const;
export type Section = (typeof SECTIONS)[number];

/** What one call did to a part of the state; without a value it is gone. */
export interface PartChange {
  readonly section: Section;
  readonly key: string;
  readonly value?: unknown;
}

/** What one call did, under the number of its line in the log. */
export interface StateChange {
  readonly seq: number;
  readonly parts: readonly PartChange[];
}

/** The parts of a section by key, each as what is the same object while nothing changes it. */
type Known = Readonly<Record<Section, Map<string, unknown>>>;

/**
 * A cloud that this process alone has: neither it nor its log is in files. What a call leaves as it
 * is stays the same object, so that a change shows without comparing texts.
 */
export class Memory {
  readonly log: LogEntry[] = [];
  readonly changes: StateChange[] = [];
  private readonly known: Known = {
    objects: new Map(),
    permissions: new Map(),
    entries: new Map(),
    routes: new Map(),
    associations: new Map(),
    gone: new Map(),
  };

  /** Without a history it is quicker. */
  constructor(
    readonly state: CloudState,
    readonly history: boolean,
  ) {
    this.note();
  }

  update<T>(change: (state: CloudState) => T): T {
    const result = change(this.state);
    this.note();
    return result;
  }

  /** The same state, with a log of its own and a history that begins with it. */
  copy(): Memory {
    return new Memory(JSON.parse(JSON.stringify(this.state)), true);
  }

  private note(): void {
    if (!this.history) return;
    const parts = SECTIONS.flatMap((section) =>
      section === "permissions"
        ? differences(this.known, section, byId(this.state.permissions))
        : differences(this.known, section, this.state[section]),
    );
    if (parts.length > 0) this.changes.push({ seq: this.state.sequence, parts });
  }
}

function byId(permissions: readonly Permission[]): Readonly<Record<string, Permission>> {
  return Object.fromEntries(permissions.map((permission) => [permission.id, permission]));
}

/** What is not as it was known, which is known from now on. */
function differences(
  all: Known,
  section: Section,
  now: Readonly<Record<string, unknown>>,
): readonly PartChange[] {
  const known = all[section];
  const parts: PartChange[] = [];
  let there = 0;
  for (const key in now) {
    there += 1;
    const value = now[key];
    // An object of the cloud is kept while its attributes are replaced.
    const mark = section === "objects" ? (value as CloudObject).attributes : value;
    if (known.get(key) === mark) continue;
    known.set(key, mark);
    const kept = section === "objects" ? { ...(value as CloudObject) } : value;
    parts.push({ section, key, value: kept });
  }
  if (known.size === there) return parts;
  for (const key of [...known.keys()].filter((each) => now[each] === undefined)) {
    known.delete(key);
    parts.push({ section, key });
  }
  return parts;
}

const memories = new Map<string, Memory>();

export const memoryOf = (folder: string): Memory | undefined => memories.get(folder);

/** Keeps the cloud of this folder in memory from now on. */
export function remember(folder: string, memory: Memory): void {
  memories.set(folder, memory);
}

export function forget(folder: string): void {
  memories.delete(folder);
}
