import { EDGE_4 } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";

function www(name: string, proxied: boolean) {
  const shared = { zone_id: ZONE, name: "www.example.com", type: "A", ttl: 1 };
  const content = "${aws_instance.web.public_ip}";
  return { cloudflare_dns_record: { [name]: { ...shared, content, proxied } } };
}

const opened = (...cidr_blocks: readonly string[]) => inlineGroup([inlineRule({ cidr_blocks })]);

async function rollout(first: object, second: object) {
  return rolloutOf((await changeOf(first, second)).review());
}

describeWithTerraform("a record of another family", () => {
  it("is owed nothing, though the hostname has one already", async () => {
    const { www: record } = www("www", true).cloudflare_dns_record;
    const machine = { aws_instance: { web: { ipv6_address_count: 1 } } };
    const open = inlineGroup([inlineRule({ cidr_blocks: EDGE_4, ipv6_cidr_blocks: ["::/0"] })]);
    const six = { ...record, type: "AAAA", content: "${aws_instance.web.ipv6_addresses[0]}" };
    const before = web(www("www", true), open, machine);
    const after = web(www("www", true), { cloudflare_dns_record: { six } }, open, machine);
    const { paths } = (await changeOf(before, after)).review();
    const found = Object.fromEntries(paths.map((path) => [path.family, path.rollout?.verdict]));
    expect(found).toEqual({ 4: "proved", 6: "notOwed" });
  });
});

describeWithTerraform("a hostname that was DNS-only", () => {
  it("is owed nothing: Cloudflare connected to nothing for it", async () => {
    const found = await rollout(web(www("www", false)), web(www("www", true)));
    expect(found).toEqual({ verdict: "notOwed", reasons: ["rollout/new"] });
  });

  it("is owed nothing where the edge is let in by the same apply", async () => {
    const before = web(www("www", false), opened("198.51.100.0/24"));
    const found = await rollout(before, web(www("www", true), opened(...EDGE_4)));
    expect(found).toEqual({ verdict: "notOwed", reasons: ["rollout/new"] });
  });

  it("is owed what it had where another record of its name was proxied", async () => {
    const machine = {
      ...{ associate_public_ip_address: true, ami: "ami-0123456789abcdef0" },
      ...{ instance_type: "t3.micro", subnet_id: "${aws_subnet.web.id}" },
      vpc_security_group_ids: ["${aws_security_group.web.id}"],
    };
    const { old } = www("old", false).cloudflare_dns_record;
    const other = { old: { ...old, content: "${aws_instance.old.public_ip}" } };
    const first = web(www("www", true), {
      aws_instance: { old: machine },
      cloudflare_dns_record: other,
    });
    const described = inlineGroup([inlineRule({ description: "the edge" })]);
    const second = web(www("www", true), described, {
      aws_instance: { old: machine },
      cloudflare_dns_record: other,
    });
    const [path, ...others] = (await changeOf(first, second)).review().paths;
    expect([path, ...others].map((each) => each?.rollout?.verdict)).toEqual(["refuted", "refuted"]);
  });
});
