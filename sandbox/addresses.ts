import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LogEntry } from "./cloud/log";

interface State {
  readonly resources?: readonly {
    readonly mode: string;
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes?: { readonly id?: unknown };
    }[];
  }[];
}

/** A provider isn't told the addresses; the state before and after each run has them by id. */
export function learnAddresses(folder: string, seen: Map<string, string>): void {
  const state: State = json(stateFile(folder)) ?? {};
  for (const resource of state.resources ?? []) {
    if (resource.mode !== "managed") continue;
    const prefix = resource.module === undefined ? "" : `${resource.module}.`;
    for (const { index_key, attributes } of resource.instances) {
      const index = index_key === undefined ? "" : `[${JSON.stringify(index_key)}]`;
      const address = `${prefix}${resource.type}.${resource.name}${index}`;
      seen.set(`${resource.type} ${attributes?.id}`, address);
    }
  }
}

export function withAddresses(
  log: readonly LogEntry[],
  seen: ReadonlyMap<string, string>,
): readonly LogEntry[] {
  const ids = new Map(log.flatMap(({ op, id }) => (id === undefined ? [] : [[op, id] as const])));
  return log.map((entry) => {
    const address = seen.get(`${entry.type} ${entry.id ?? ids.get(entry.op)}`);
    return address === undefined ? entry : { ...entry, address };
  });
}

/** Where the state is that state-server.ts serves: `terraform init` empties the usual file. */
export const SERVED_STATE = "served.tfstate";

/** Where the local backend keeps the state: cdktf names a file, and init wrote the name down. */
function stateFile(folder: string): string {
  const served = join(folder, SERVED_STATE);
  if (existsSync(served)) return served;
  const initialized: { backend?: { config?: { path?: string } } } | undefined = json(
    join(folder, ".terraform", "terraform.tfstate"),
  );
  return resolve(folder, initialized?.backend?.config?.path ?? "terraform.tfstate");
}

function json<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  return text === "" ? undefined : JSON.parse(text);
}
