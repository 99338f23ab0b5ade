import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contains } from "../../sandbox/packets/addresses";
import { boundaries, lookup, reaches } from "../../sandbox/packets/index";
import { configurationOf, removeRuns, runApp } from "../support/run-app";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);
afterAll(removeRuns);

const ROOT = join(__dirname, "../..");
const PINNED: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } = JSON.parse(
  readFileSync(join(ROOT, "lib/edge/ranges.pinned.json"), "utf8"),
);
const EDGE = [...PINNED.ipv4, ...PINNED.ipv6];

const EXAMPLES = ["quickstart", "proxied-site", "balancer-autoscaling"];

describeWithTerraform("the packet view agrees with what the examples prove", () => {
  it.each(EXAMPLES)("%s: all of the edge gets in, and nobody else", async (example) => {
    const run = runApp(() => require(join(ROOT, "examples", example, "main.ts")));
    const box = newSandbox({ configuration: configurationOf(run, "shop") });
    await box.apply();
    const cloud = box.cloud();
    const names = Object.values(cloud.objects)
      .filter(({ type, attributes }) => type === "cloudflare_dns_record" && attributes.proxied)
      .map(({ attributes }) => String(attributes.name));
    const places = names.flatMap((name) => {
      const { addresses, names: others } = lookup(cloud, name);
      return [...addresses, ...others];
    });
    // Hostnames without an origin lead to 192.0.2.1.
    const origins = new Set(places.filter((place) => place !== "192.0.2.1"));
    expect(origins.size).toBeGreaterThan(0);

    const { addresses } = boundaries(cloud, EDGE);
    for (const to of origins) {
      const isV6 = to.includes(":");
      const asked = addresses.filter((from) => from.includes(":") === isV6);
      const results = asked.map((from) => ({ from, ...reaches(cloud, { from, to, port: 443 }) }));
      const inside = ({ from }: { from: string }) => EDGE.some((range) => contains(range, from));
      expect(results.filter((r) => inside(r) && !r.always)).toEqual([]);
      const others = results.filter((r) => !inside(r) && r.sometimes);
      expect(others.map(({ from }) => from)).toEqual([]);
    }
  });
});
