import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configOfFolder } from "../../lib/synth/config-file";

describe("originproof.config.json at synth", () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "originproof-config-"));

  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it("declares nothing where there is no file", () => {
    expect(configOfFolder().exceptions).toEqual([]);
  });

  it("is read from the working directory, as review reads it", () => {
    const exception = { cidr: "198.51.100.0/24", ports: [443], reason: "monitor" };
    writeFileSync("originproof.config.json", JSON.stringify({ exceptions: [exception] }));
    expect(configOfFolder().exceptions).toEqual([exception]);
  });

  it("fails where it can't be read", () => {
    rmSync("originproof.config.json");
    mkdirSync("originproof.config.json");
    expect(() => configOfFolder()).toThrow("originproof.config.json: can't be read (EISDIR)");
    rmSync("originproof.config.json", { recursive: true });
  });

  it("fails with the file and the member at fault", () => {
    writeFileSync("originproof.config.json", '{"exceptions": [{"cidr": "198.51.100.1/24"}]}');
    expect(() => configOfFolder()).toThrow(
      /^originproof\.config\.json:1:26: 'exceptions\.0\.cidr': "198\.51\.100\.1\/24" has host bits set/,
    );
  });
});
