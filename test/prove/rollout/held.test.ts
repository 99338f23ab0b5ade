import { type Blocks, changed, configuration, listener, site } from "../../support/balancer";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineRule, web } from "./change";

afterAll(removeSandboxes);

async function unending(first: object, second: object) {
  const { findings } = (await changeOf(first, second)).review();
  return findings.filter(({ rule }) => rule === "rollout/never-ends").map(({ subject }) => subject);
}

/** The site's group by another block. */
function renamed(name: string, block: string): object {
  const { resource, ...rest } = web() as { resource: Record<string, Record<string, object>> };
  const instance = { ...resource.aws_instance?.web, vpc_security_group_ids: [idOf(block)] };
  const group = { name, vpc_id: "${aws_vpc.main.id}", ingress: [inlineRule()] };
  const aws_security_group = { [block]: group };
  return {
    ...rest,
    resource: { ...resource, aws_security_group, aws_instance: { web: instance } },
  };
}

const idOf = (block: string) => `\${aws_security_group.${block}.id}`;

describeWithTerraform("a group by another block", () => {
  it("is never made where the old one has its name until the machine lets it go", async () => {
    const found = await unending(renamed("web", "web"), renamed("web", "origin"));
    expect(found).toEqual(["aws_security_group.origin"]);
  });

  it("is made under another name", async () => {
    expect(await unending(renamed("web", "web"), renamed("origin", "origin"))).toEqual([]);
  });
});

/** A balancer whose listener has a certificate of the input. */
function certified(names: readonly string[], lifecycle: object = {}): object {
  const certificate_arn = "${aws_acm_certificate.web.arn}";
  const own: Blocks = {
    aws_acm_certificate: {
      web: {
        domain_name: "example.com",
        validation_method: "DNS",
        subject_alternative_names: names,
        ...lifecycle,
      },
    },
    aws_lb_listener: { https: listener(443, "HTTPS", { certificate_arn }) },
  };
  return configuration(changed(site(), own));
}

describeWithTerraform("a certificate that a listener has", () => {
  const cbd = { lifecycle: { create_before_destroy: true } };

  it("is never destroyed where the listener gets another one afterwards", async () => {
    const found = await unending(certified(["a.example.com"]), certified(["b.example.com"]));
    expect(found).toEqual(["aws_acm_certificate.web"]);
  });

  it("is destroyed after the listener has another one", async () => {
    const [first, second] = [["a.example.com"], ["b.example.com"]];
    expect(await unending(certified(first, cbd), certified(second, cbd))).toEqual([]);
  });
});
