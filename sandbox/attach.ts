import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionsFrom } from "./cloud/options";
import { ROOT, STAND_INS } from "./install";
import { serve } from "./provider/server";

export interface Attached {
  /** Environment that lets terraform find the providers that already run. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * Serves every stand-in from this process, so that a run of terraform starts none.
 *
 * @see https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-workflow
 */
export async function attach(environment: Readonly<Record<string, string>>): Promise<Attached> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const entries = Object.entries(STAND_INS).map(async ([provider, { source }]) => {
    const socket = join(folder, provider);
    const server = await serve(
      { root: ROOT, provider, socket },
      optionsFrom(environment),
      () => undefined,
    );
    const reattach = {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "unix", String: socket },
    };
    return { server, reattach, address: `registry.terraform.io/${source}` };
  });
  const attached = await Promise.all(entries);
  return {
    env: {
      TF_REATTACH_PROVIDERS: JSON.stringify(
        Object.fromEntries(attached.map(({ address, reattach }) => [address, reattach])),
      ),
    },
    close: () => {
      for (const { server } of attached) server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
