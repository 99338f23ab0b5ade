import { Eip } from "@cdktf/provider-aws/lib/eip";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { EdgeRanges, ProxiedRecord, Zone } from "originproof";
import { InstanceOrigin } from "originproof/aws";
import type { LogEntry } from "../../../sandbox/cloud/log";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../../support/terraform";
import { firewallIn, IPV4, instanceIn } from "./support";

/** A handful by default; `ORDER_RUNS=50` for the whole claim. */
const RUNS = Number(process.env.ORDER_RUNS ?? 4);
const OLD = "131.0.72.0/22";
const NEW = ["198.51.100.0/25", "198.51.100.128/25"];

/** A site with as many records as `names`. */
function site(cidrs: readonly string[], names: readonly string[]): object {
  const stack = new TerraformStack(Testing.app(), "shop");
  new CloudflareProvider(stack, "Cloudflare");
  new AwsProvider(stack, "Aws", { region: "eu-west-1" });
  const accountId = "0123456789abcdef0123456789abcdef";
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const firewalls = [firewallIn(stack, { ranges: EdgeRanges.of(cidrs) })];
  const elasticIp = new Eip(stack, "Address", { domain: "vpc" });
  const instance = instanceIn(stack);
  const origin = new InstanceOrigin(stack, "Origin", { instance, elasticIp, firewalls });
  for (const name of names) {
    new ProxiedRecord(stack, name, { zone, name, origins: [origin] });
  }
  return JSON.parse(Testing.synth(stack));
}

function changed(log: readonly LogEntry[], kind: "added" | "removed", cidr: string): number {
  const entry = log.find(({ effects = [] }) =>
    effects.some((effect) => effect[kind].some((text) => text.endsWith(` ${cidr}`))),
  );
  return entry?.seq ?? Number.NaN;
}

/** What became of the rules and of the gate, in the order in which Terraform was done with each. */
function stepsOf(printed: string): readonly string[] {
  const line =
    /^(?:aws_vpc_security_group_ingress_rule\.\S+: (Creation|Destruction)|terraform_data\.Firewall_Ready_\w+: Modifications) complete/gm;
  return [...printed.matchAll(line)].map(([, done]) =>
    done === undefined ? "ready" : done === "Creation" ? "create" : "delete",
  );
}

afterAll(removeSandboxes);

describeWithTerraform("one range replaced by two, with parallel calls of random length", () => {
  const kept = IPV4.filter((cidr) => cidr !== OLD);

  it.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
    "adds both, then names the host, and then removes the old one (run %i)",
    async (run) => {
      const box = newSandbox({
        configuration: site([...kept, OLD], ["www"]),
        delay: [0, 30],
        seed: `swap-${run}`,
      });
      await box.apply();
      const done = box.log().length;
      box.configure(site([...kept, ...NEW], ["www", "shop"]));
      const steps = stepsOf(await box.apply());
      // The gate is nothing in the cloud: Terraform's own lines say when it is done.
      expect(steps).toEqual(["create", "create", "ready", "delete"]);
      const log = box.log().slice(done);
      const added = NEW.map((cidr) => changed(log, "added", cidr));
      const removed = changed(log, "removed", OLD);
      const [record] = log.filter(
        ({ event, type, operation }) =>
          event === "call" && type === "cloudflare_dns_record" && operation === "create",
      );
      expect(Math.max(...added)).toBeLessThan(removed);
      // The record waits for the gate too.
      expect(record?.seq).toBeGreaterThan(Math.max(...added));
      expect((await box.plan()).changes).toBe(false);
    },
  );

  it("takes the names away before the rules", async () => {
    const box = newSandbox({ configuration: site(IPV4, ["www"]), delay: [0, 10], seed: "end" });
    await box.apply();
    const done = box.log().length;
    await box.destroy();
    const gone = box
      .log()
      .slice(done)
      .filter(({ event, operation }) => event === "call" && operation === "delete");
    const where = (type: string) =>
      gone.filter((entry) => entry.type === type).map(({ seq }) => seq);
    const rules = where("aws_vpc_security_group_ingress_rule");
    expect(rules).toHaveLength(IPV4.length);
    expect(Math.max(...where("cloudflare_dns_record"))).toBeLessThan(Math.min(...rules));
  });
});
