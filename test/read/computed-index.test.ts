import { EDGE_4, idsOf, type PlannedResource, reviewPlan, verdicts } from "../support/plan";
import { ingress, instance, zone } from "../support/site";

/** Real: `aws_eip.web[count.index + 1].public_ip` lists no more than `[count.index]` does. */
const indexed = (address: string) => ({ references: [address, "count.index"] });

function record(index: number): PlannedResource {
  return {
    address: `cloudflare_dns_record.www[${index}]`,
    values: { name: `w${index}.example.com`, type: "A", proxied: true },
    unknown: { content: true, zone_id: true },
    expressions: {
      content: indexed("aws_eip.web"),
      zone_id: { references: ["cloudflare_zone.main.id", "cloudflare_zone.main"] },
    },
  };
}

/** An Elastic IP with its machine and group; the first group is locked, the others open. */
function host(index: number): readonly PlannedResource[] {
  const cidr_blocks = index === 0 ? EDGE_4 : ["0.0.0.0/0"];
  return [
    {
      address: `aws_eip.web[${index}]`,
      unknown: { instance: true },
      computed: ["id", "public_ip", "allocation_id", "network_interface"],
      expressions: { instance: indexed("aws_instance.web") },
    },
    {
      ...instance({ refs: {} }),
      address: `aws_instance.web[${index}]`,
      values: { subnet_id: "subnet-1", vpc_security_group_ids: [`sg-${index}`] },
    },
    {
      address: `aws_security_group.web[${index}]`,
      values: { id: `sg-${index}`, name: `${index}`, ingress: [ingress({ cidr_blocks })] },
      actions: ["no-op"],
    },
  ];
}

function reviewed(records: number, hosts: number) {
  const all = <T>(size: number, make: (index: number) => T) =>
    Array.from({ length: size }, (_, i) => make(i));
  return reviewPlan([...zone(), ...all(records, record), ...all(hosts, host).flat()]);
}

describe("an index by count.index", () => {
  it("is that number where both blocks have as many instances, under an assumption", () => {
    const review = reviewed(2, 2);
    expect(verdicts(review)).toEqual([
      "w0.example.com IPv4 tcp/443: proved, proved",
      "w1.example.com IPv4 tcp/443: proved, refuted",
    ]);
    expect(idsOf(review).assumptions).toContain("binding/index");
  });

  it.each([
    [1, 2],
    [2, 1],
    [2, 3],
  ])("may be computed where %i instances name one of %i", (records, hosts) => {
    const review = reviewed(records, hosts);
    const own = review.paths.filter(({ hostname }) => hostname === "w0.example.com");
    expect(own.map(({ certain }) => certain)).toEqual(
      Array.from({ length: hosts }, () => hosts === 1),
    );
    expect(own.map((path) => path.origin.resource)).toEqual(
      Array.from({ length: hosts }, (_, index) => `aws_eip.web[${index}]`),
    );
  });

  it("is no assumption where nothing is bound by one", () => {
    expect(idsOf(reviewed(0, 1)).assumptions).not.toContain("binding/index");
  });
});
