import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LogEntry, readLog } from "./log";
import { memoryOf, SECTIONS, type Section, type StateChange } from "./memory";
import type { CloudState, Permission } from "./state";

/** The cloud right after one line of the log. */
export interface Moment {
  readonly entry: LogEntry;
  readonly cloud: CloudState;
}

/** What one call did to the state: JSON by section and key, null where something is gone. */
interface Change {
  readonly seq: number;
  readonly parts: readonly (readonly [section: Section, key: string, json: string | null])[];
}

type Parts = Readonly<Record<Section, ReadonlyMap<string, string>>>;

/** Every part of the state by its key, as text, to be compared afterwards. */
export function flatten(state: CloudState): Parts {
  const texts = (record: Readonly<Record<string, unknown>>) =>
    new Map(Object.entries(record).map(([key, value]) => [key, JSON.stringify(value)]));
  return {
    objects: texts(state.objects),
    permissions: new Map(state.permissions.map((p) => [p.id, JSON.stringify(p)])),
    entries: texts(state.entries),
    routes: texts(state.routes),
    associations: texts(state.associations),
    gone: texts(state.gone),
  };
}

/** Adds a line to the history where anything changed. Call it under the store's lock. */
export function recordChange(folder: string, before: Parts, state: CloudState): void {
  const after = flatten(state);
  const parts = SECTIONS.flatMap((section) => [
    ...[...after[section]]
      .filter(([key, json]) => before[section].get(key) !== json)
      .map(([key, json]) => [section, key, json] as const),
    ...[...before[section].keys()]
      .filter((key) => !after[section].has(key))
      .map((key) => [section, key, null] as const),
  ]);
  if (parts.length === 0) return;
  const change: Change = { seq: state.sequence, parts };
  appendFileSync(join(folder, "changes.jsonl"), `${JSON.stringify(change)}\n`);
}

function changes(folder: string): readonly StateChange[] {
  const memory = memoryOf(folder);
  return memory === undefined ? written(folder).map(parsed) : memory.changes;
}

const parsed = ({ seq, parts }: Change): StateChange => ({
  seq,
  parts: parts.map(([section, key, json]) =>
    json === null ? { section, key } : { section, key, value: JSON.parse(json) },
  ),
});

function written(folder: string): readonly Change[] {
  const file = join(folder, "changes.jsonl");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** The cloud after each call that was to change something, in order. */
export function* moments(folder: string): Generator<Moment> {
  const pending = [...changes(folder)].reverse();
  const parts = {
    objects: new Map<string, unknown>(),
    permissions: new Map<string, unknown>(),
    entries: new Map<string, unknown>(),
    routes: new Map<string, unknown>(),
    associations: new Map<string, unknown>(),
    gone: new Map<string, unknown>(),
  };
  for (const entry of readLog(folder)) {
    let changed = false;
    while ((pending.at(-1)?.seq ?? Number.POSITIVE_INFINITY) <= entry.seq) {
      for (const { section, key, value } of pending.pop()?.parts ?? []) {
        if (value === undefined) parts[section].delete(key);
        else parts[section].set(key, value);
      }
      changed = true;
    }
    const asked = entry.event === "call" && !["read", "data"].includes(entry.operation);
    if (changed || asked) yield { entry, cloud: together(entry.seq, parts) };
  }
}

function together(
  sequence: number,
  parts: Readonly<Record<Section, ReadonlyMap<string, unknown>>>,
): CloudState {
  const record = (section: Section) => Object.fromEntries(parts[section]);
  return {
    sequence,
    issued: 0,
    objects: record("objects") as CloudState["objects"],
    permissions: [...parts.permissions.values()] as Permission[],
    entries: record("entries") as CloudState["entries"],
    routes: record("routes") as CloudState["routes"],
    associations: record("associations") as CloudState["associations"],
    gone: record("gone") as CloudState["gone"],
    counters: {},
    steered: {},
  };
}
