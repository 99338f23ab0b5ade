import type { LogEntry } from "../../sandbox/cloud/log";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { RANGES, site } from "./site";

afterAll(removeSandboxes);

const changes = (log: readonly LogEntry[], run: string) =>
  log.filter(
    ({ event, operation, run: of }) => of === run && event === "call" && operation !== "read",
  );

describeWithTerraform("the sandbox logs every call in its order", () => {
  it("adds the new ranges, then moves the record, then removes the old range", async () => {
    const box = newSandbox({ configuration: site(RANGES), delay: [1, 30], seed: "order" });
    await box.apply();
    const next = ["103.21.244.0/22", "131.0.72.0/23", "131.0.74.0/23", "198.41.128.0/17"];
    const moved = site(next, {}) as {
      resource: { cloudflare_dns_record: { www: { ttl: number } } };
    };
    moved.resource.cloudflare_dns_record.www.ttl = 300;
    box.configure(moved);
    const before = box.log().length;
    await box.apply();

    const run = box.log()[before]?.run ?? "";
    const order = changes(box.log(), run).map(
      ({ operation, address }) => `${operation} ${address}`,
    );
    const rule = (range: string) => `aws_vpc_security_group_ingress_rule.edge["${range}"]`;
    expect(order.slice(0, 2).sort()).toEqual([
      `create ${rule("131.0.72.0/23")}`,
      `create ${rule("131.0.74.0/23")}`,
    ]);
    // Terraform orders the removal after all creations, and the record after the gate, but not
    // the removal against the record.
    expect(order.slice(2).sort()).toEqual([
      `delete ${rule("131.0.72.0/22")}`,
      "update cloudflare_dns_record.www",
    ]);
  });

  it("names the calls and what they did to a filter", async () => {
    const box = newSandbox({ configuration: site(["131.0.72.0/22"]) });
    await box.apply();
    const calls = changes(box.log(), "1-apply");
    const of = (type: string) =>
      calls.filter((entry) => entry.type === type).map(({ call }) => call);
    expect(of("aws_security_group")).toEqual(["CreateSecurityGroup", "RevokeSecurityGroupEgress"]);
    expect(of("aws_eip")).toEqual(["AllocateAddress", "AssociateAddress"]);
    const authorize = calls.find(({ call }) => call === "AuthorizeSecurityGroupIngress");
    expect(authorize).toMatchObject({
      operation: "create",
      type: "aws_vpc_security_group_ingress_rule",
      address: 'aws_vpc_security_group_ingress_rule.edge["131.0.72.0/22"]',
      effects: [
        {
          filter: expect.stringMatching(/^sg-/),
          direction: "ingress",
          added: ["tcp 443-443 131.0.72.0/22"],
          removed: [],
        },
      ],
    });
  });

  it("counts without gaps, and every operation starts and ends", async () => {
    const box = newSandbox({ configuration: site(RANGES), delay: [0, 20] });
    await box.apply(undefined, "-parallelism=20");
    await box.destroy();
    const log = box.log();
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const ops = (event: string) =>
      log
        .filter((e) => e.event === event)
        .map(({ op }) => op)
        .sort();
    expect(ops("end")).toEqual(ops("start"));
  });
});
