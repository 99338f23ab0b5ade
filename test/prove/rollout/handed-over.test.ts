import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ADDRESS = "${aws_instance.web.public_ip}";

function record(name: string) {
  const zone_id = "0123456789abcdef0123456789abcdef";
  return { zone_id, name, type: "A", content: ADDRESS, proxied: true, ttl: 1 };
}

const WILDCARD = { all: record("*.example.com") };
const after = web({ cloudflare_dns_record: { www: {}, ...WILDCARD } });

describeWithTerraform("a hostname that a wildcard takes over", () => {
  it("may be answered by nobody between the two records", async () => {
    const review = (await changeOf(web(), after)).review();
    expect(rolloutOf(review)).toEqual({
      verdict: "undetermined",
      reasons: ["rollout/name-gone"],
    });
  });

  it("goes over at once to a wildcard that stays", async () => {
    const before = web({ cloudflare_dns_record: WILDCARD });
    expect(rolloutOf((await changeOf(before, after)).review())).toEqual({ verdict: "proved" });
  });
});
