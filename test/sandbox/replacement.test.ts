import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { actionsOf, changeOf, RANGES, site } from "./site";

afterAll(removeSandboxes);

describeWithTerraform("the sandbox replaces what real providers replace", () => {
  it("replaces an instance for another image, and updates it for another type", async () => {
    const box = newSandbox({ configuration: site(RANGES) });
    await box.apply();
    const web = (values: object) => ({
      aws_instance: {
        web: { ami: "ami-12345678", instance_type: "t3.micro", ...values },
      },
    });
    box.configure(site(RANGES, web({ instance_type: "t3.small" })));
    const update = await box.show(await box.plan());
    expect(changeOf(update, "aws_instance.web").actions).toEqual(["update"]);
    expect(changeOf(update, "aws_instance.web").after_unknown).not.toHaveProperty("public_ip");

    box.configure(site(RANGES, web({ ami: "ami-87654321" })));
    const replace = await box.show(await box.plan());
    expect(changeOf(replace, "aws_instance.web")).toMatchObject({
      actions: ["delete", "create"],
      replace_paths: [["ami"]],
      after_unknown: { id: true, public_ip: true },
    });
    expect(actionsOf(replace)).toEqual({
      "aws_instance.web": "delete,create",
      "aws_eip.web": "update",
    });
  });

  it("replaces a record that becomes a CNAME, and updates one for another address", async () => {
    const record = (values: object) => ({
      cloudflare_dns_record: {
        www: {
          zone_id: `\${cloudflare_zone.zone.id}`,
          name: "www.example.com",
          ttl: 1,
          ...values,
        },
      },
    });
    const box = newSandbox({
      configuration: site(RANGES, record({ type: "A", content: "192.0.2.1" })),
    });
    await box.apply();
    box.configure(site(RANGES, record({ type: "A", content: "192.0.2.2" })));
    const update = changeOf(await box.show(await box.plan()), "cloudflare_dns_record.www");
    expect(update.actions).toEqual(["update"]);
    expect(update.after_unknown).toEqual({ modified_on: true, settings: {}, tags: [] });

    box.configure(site(RANGES, record({ type: "CNAME", content: "origin.example.net" })));
    const replace = changeOf(await box.show(await box.plan()), "cloudflare_dns_record.www");
    expect(replace).toMatchObject({ actions: ["delete", "create"], replace_paths: [["type"]] });
  });

  it("replaces a rule whose source is of another kind", async () => {
    const rule = (source: object) => ({
      aws_vpc_security_group_ingress_rule: {
        edge: {
          security_group_id: `\${aws_security_group.web.id}`,
          from_port: 443,
          to_port: 443,
          ip_protocol: "tcp",
          ...source,
        },
      },
    });
    const box = newSandbox({ configuration: site([], rule({ cidr_ipv4: "131.0.72.0/22" })) });
    await box.apply();
    box.configure(site([], rule({ cidr_ipv4: "131.0.74.0/23" })));
    expect(actionsOf(await box.show(await box.plan()))).toEqual({
      "aws_vpc_security_group_ingress_rule.edge": "update",
    });
    box.configure(site([], rule({ cidr_ipv6: "2400:cb00::/32" })));
    // Created first, because the gate that depends on it is: Terraform hands the order down.
    expect(actionsOf(await box.show(await box.plan()))).toEqual({
      "aws_vpc_security_group_ingress_rule.edge": "create,delete",
    });
  });
});
