import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { compiledProvider } from "./compile";

interface StandIn {
  readonly source: string;
  /** What the bindings ask for; a lock file is never written. */
  readonly version: string;
}

/** The providers that have a `schemas/<type>.json`, in the versions of the bindings. */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  aws: { source: "hashicorp/aws", version: "6.25.0" },
  cloudflare: { source: "cloudflare/cloudflare", version: "5.14.0" },
};

/** The folder that this file is in: schemas, semantics and protocol are read from there. */
export const ROOT = resolve(__dirname);

/**
 * Writes the provider executables below `folder` and a Terraform CLI configuration that names them.
 * `dev_overrides` needs no `terraform init`; `mirror` serves it, as cdktf always runs it.
 *
 * @returns the environment terraform needs, besides its own
 */
export function install(folder: string, mode: "dev_overrides" | "mirror"): Record<string, string> {
  const main = compiledProvider(ROOT);
  const entries = Object.entries(STAND_INS).map(([type, standIn]) => {
    const place =
      mode === "mirror"
        ? join(
            folder,
            "mirror",
            "registry.terraform.io",
            standIn.source,
            standIn.version,
            platform(),
          )
        : join(folder, "providers", type);
    mkdirSync(place, { recursive: true });
    const name = `terraform-provider-${type}${mode === "mirror" ? `_v${standIn.version}` : ""}`;
    writeFileSync(join(place, name), launcher(main, type), { mode: 0o755 });
    return `    ${JSON.stringify(standIn.source)} = ${JSON.stringify(place)}`;
  });
  const installation =
    mode === "mirror"
      ? `  filesystem_mirror {\n    path = ${JSON.stringify(join(folder, "mirror"))}\n  }`
      : `  dev_overrides {\n${entries.join("\n")}\n  }\n  direct {}`;
  const configuration = join(folder, `${mode}.tfrc`);
  writeFileSync(configuration, `provider_installation {\n${installation}\n}\n`);
  return {
    TF_CLI_CONFIG_FILE: configuration,
    TF_DISABLE_PLUGIN_TLS: "1",
    CHECKPOINT_DISABLE: "1",
    SANDBOX_DIR: join(folder, "cloud"),
  };
}

function launcher(main: string, provider: string): string {
  const words = [process.execPath, main, provider, ROOT].map(
    (word) => `'${word.replace(/'/g, `'\\''`)}'`,
  );
  return `#!/bin/sh\nexec ${words.join(" ")}\n`;
}

function platform(): string {
  const names: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64", ia32: "386" };
  return `${process.platform}_${names[process.arch] ?? process.arch}`;
}
