import { type Blocks, named, synth } from "../support/balancer";
import { reviewOf } from "../support/plan";

/** What is said of a record whose known content comes from a block that is not read. */
function told(plan: object): readonly string[] {
  const { paths } = reviewOf([plan]);
  return [...new Set(paths.flatMap(({ availability }) => availability.reasons.map((r) => r.text)))];
}

/** A plan of an apply before: the content is known, and refers to the block. */
function planned(type: string, content: string, references: readonly string[]): object {
  const record = {
    address: "cloudflare_dns_record.www",
    ...{ mode: "managed", type: "cloudflare_dns_record", name: "www" },
    provider_name: "registry.terraform.io/cloudflare/cloudflare",
  };
  const values = { zone_id: "z", name: "www.example.com", type, content, proxied: true, ttl: 1 };
  const change = {
    ...{ actions: ["no-op"], before: values, after: values },
    ...{ after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
  };
  const droplet = {
    address: "digitalocean_droplet.web",
    ...{ mode: "managed", type: "digitalocean_droplet", name: "web" },
    provider_name: "registry.terraform.io/digitalocean/digitalocean",
  };
  const own = { ipv4_address: "198.51.100.77" };
  const kept = { ...change, before: own, after: own };
  const configured = (each: typeof record, expressions: object) => ({
    ...{ address: each.address, mode: "managed", type: each.type, name: each.name },
    ...{ provider_config_key: "x", expressions, schema_version: 0 },
  });
  return {
    ...{ format_version: "1.2", terraform_version: "1.11.4", applyable: false, complete: true },
    resource_changes: [
      { ...record, change },
      { ...droplet, change: kept },
    ],
    configuration: {
      root_module: {
        resources: [configured(record, { content: { references } }), configured(droplet, {})],
      },
    },
  };
}

const REFERENCES = ["digitalocean_droplet.web.ipv4_address", "digitalocean_droplet.web"];

describe("a known address or name that a block of the input gives", () => {
  it("is of that block, which is not read", () => {
    expect(told(planned("A", "198.51.100.77", REFERENCES))).toEqual([
      "198.51.100.77 is the address of digitalocean_droplet.web, which is not read: what filters it can be named by `origins` in originproof.config.json",
    ]);
    expect(told(planned("CNAME", "web.example.net", REFERENCES))).toEqual([
      "web.example.net is of digitalocean_droplet.web, which is not read: what its address admits is unknown",
    ]);
  });

  it("is nobody's where the configuration names none, or more than one", () => {
    const [first] = told(planned("A", "198.51.100.77", []));
    expect(first).toContain("198.51.100.77 is no resource of this input");
    const two = [...REFERENCES, "var.other"];
    expect(told(planned("A", "198.51.100.77", two))[0]).toContain("is no resource of this input");
  });

  it("may be an empty name", () => {
    const blocks: Blocks = named("");
    expect(told(synth(blocks))).toEqual([
      "an empty name is no name of this input: what its address admits is unknown",
    ]);
  });
});
