import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { changeOf, RANGES, site, valuesOf } from "./site";

afterAll(removeSandboxes);

describeWithTerraform("the sandbox takes a site through its life", () => {
  const sandbox = () => newSandbox({ configuration: site(RANGES) });

  it("plans what the cloud decides as unknown, applies it, and then has nothing to do", async () => {
    const box = sandbox();
    const plan = await box.plan();
    const json = await box.show(plan);
    expect(plan.changes).toBe(true);

    const group = changeOf(json, "aws_security_group.web");
    expect(group.after).toMatchObject({ name: "web", description: "Managed by Terraform" });
    expect(group.after_unknown).toMatchObject({ id: true, arn: true, ingress: true, egress: true });
    const record = changeOf(json, "cloudflare_dns_record.www");
    expect(record.after).not.toHaveProperty("content");
    expect(record.after_unknown).toMatchObject({ content: true, zone_id: true, id: true });
    const instance = changeOf(json, "aws_instance.web");
    expect(instance.after_unknown).toMatchObject({ vpc_security_group_ids: true, public_ip: true });

    await box.apply(plan);
    const state = await box.show();
    const address = valuesOf(state, "aws_eip.web").public_ip;
    expect(address).toMatch(/^203\.0\.113\.\d+$/);
    expect(valuesOf(state, "cloudflare_dns_record.www").content).toBe(address);
    expect(valuesOf(state, "aws_security_group.web").id).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(valuesOf(state, "cloudflare_zone_setting.age").value).toBe(60);

    expect((await box.plan()).changes).toBe(false);

    await box.destroy();
    expect(await box.show()).not.toHaveProperty("values");
  });

  it("shows the rules that standalone resources made as drift of their group", async () => {
    const box = sandbox();
    await box.apply();
    const json = await box.show(await box.plan());
    expect(json).toMatchObject({
      resource_drift: expect.arrayContaining([
        expect.objectContaining({
          address: "aws_security_group.web",
          change: expect.objectContaining({
            after: expect.objectContaining({
              egress: [],
              ingress: [
                expect.objectContaining({
                  cidr_blocks: expect.arrayContaining(RANGES),
                  from_port: 443,
                  protocol: "tcp",
                  self: false,
                }),
              ],
            }),
          }),
        }),
      ]),
    });
  });

  it("keeps what others know of a dynamic value, a string or a number", async () => {
    const box = sandbox();
    const json = await box.show(await box.plan());
    expect(changeOf(json, "cloudflare_zone_setting.ssl").after.value).toBe("strict");
    expect(changeOf(json, "cloudflare_zone_setting.age").after.value).toBe(60);
  });

  it("takes backends, versions and modules as cdktf writes them", async () => {
    const box = newSandbox();
    const written = site(RANGES) as { terraform: object };
    mkdirSync(join(box.folder, "module"));
    writeFileSync(
      join(box.folder, "module", "main.tf"),
      'resource "aws_security_group" "inner" { name = "inner" }',
    );
    box.configure({
      ...written,
      terraform: {
        required_providers: {
          aws: { source: "aws", version: "6.25.0" },
          cloudflare: { source: "cloudflare/cloudflare", version: "5.14.0" },
        },
        backend: { local: { path: join(box.folder, "terraform.site.tfstate") } },
      },
      module: { inner: { source: "./module" } },
    });
    await box.apply();
    expect((await box.plan()).changes).toBe(false);
    const addresses = box.log().map(({ address }) => address);
    expect(addresses).toContain("module.inner.aws_security_group.inner");
  });

  it("answers terraform's own errors as they are", async () => {
    const box = newSandbox({ configuration: 'resource "aws_security_group" "web" { nme = "x" }' });
    await expect(box.plan()).rejects.toThrow(/An argument named "nme" is not expected here/);
  });
});
