import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import { ProxiedRecord, Zone } from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { readStackFile, synthApp } from "../support/synth";

// To load these takes longer than to prove a small app.
jest.mock("zod", () => {
  throw new Error("zod is loaded, and only configuration files and earlier reviews need it");
});
jest.mock("jsonc-parser", () => {
  throw new Error("jsonc-parser is loaded, and only configuration files need it");
});
jest.mock("../../lib/prove/rollout/rollout", () => {
  throw new Error("rollouts are loaded, and only plans have one");
});

it("a synth loads nothing that only the command needs", () => {
  const synthesized = synthApp((app) => {
    const stack = new TerraformStack(app, "shop");
    new CloudflareProvider(stack, "Cloudflare");
    const zone = new Zone(stack, "Zone", { name: "example.com", accountId: "0".repeat(32) });
    const origin = new LiteralOrigin(stack, "Origin", "198.51.100.7");
    new ProxiedRecord(stack, "Www", { zone, name: "www", origins: [origin] });
  });
  expect(synthesized.error).toBeUndefined();
  expect(synthesized.stderr).toContain("198.51.100.7 is no resource of this input");
  expect(readStackFile(synthesized, "shop", "originproof.json").schemaVersion).toBe(1);
});
