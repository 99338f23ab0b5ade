import { spawnSync } from "node:child_process";

/** What commands printed, on both streams in order, and how they ended. */
export interface Ran {
  readonly output: string;
  readonly status: number | null;
}

/** Runs lines of a page as bash does; the first that fails ends it unless a line says otherwise. */
export function runShell(
  lines: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Ran {
  const { stdout, status } = spawnSync("bash", ["-ec", `exec 2>&1\n${lines}`], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { output: stdout.replace(/^npm warn .*\n/gm, ""), status };
}
