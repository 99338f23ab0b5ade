import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack } from "cdktf";
import { requireProof } from "originproof";
import { fullSite } from "./full-site";

it("says that nothing is proved where HCL is written, which the provider would not take", () => {
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const outdir = mkdtempSync(join(tmpdir(), "originproof-hcl-"));
  const app = new App({ outdir, hclOutput: true });
  const stack = new TerraformStack(app, "shop");
  new CloudflareProvider(stack, "Cloudflare");
  fullSite(stack);
  app.synth();
  spy.mockRestore();
  expect(written.join("")).toContain("nothing is proved at synth with hclOutput; write JSON");
});

it("fails the synth where HCL is written and a proof is required", () => {
  const outdir = mkdtempSync(join(tmpdir(), "originproof-hcl-"));
  const app = new App({ outdir, hclOutput: true });
  const stack = new TerraformStack(app, "shop");
  new CloudflareProvider(stack, "Cloudflare");
  fullSite(stack);
  requireProof(stack);
  expect(() => app.synth()).toThrow("requireProof: nothing is proved with hclOutput; write JSON");
});
