import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { actionsOf, RANGES, site } from "./site";

afterAll(removeSandboxes);

describeWithTerraform("the cloud of the sandbox can refuse", () => {
  it("refuses one call; what was made before stays, and a second apply repairs it", async () => {
    const refuse = [
      {
        call: "AuthorizeSecurityGroupIngress",
        match: "131.0.72.0/22",
        times: 1,
        message: "RequestLimitExceeded: request limit exceeded",
      },
    ];
    const box = newSandbox({ configuration: site(RANGES), refuse });
    await expect(box.apply()).rejects.toThrow(/RequestLimitExceeded/);
    expect(box.log().filter(({ event }) => event === "refuse")).toMatchObject([
      { call: "AuthorizeSecurityGroupIngress", error: expect.stringMatching(/^RequestLimit/) },
    ]);

    const rest = actionsOf(await box.show(await box.plan()));
    expect(rest['aws_vpc_security_group_ingress_rule.edge["131.0.72.0/22"]']).toBe("create");
    expect(rest).not.toHaveProperty('aws_vpc_security_group_ingress_rule.edge["103.21.244.0/22"]');
    expect(rest["cloudflare_dns_record.www"]).toBe("create");

    await box.apply();
    expect((await box.plan()).changes).toBe(false);
  });

  it("replaces what a refusal left half-made", async () => {
    const refuse = [{ call: "AssociateAddress", times: 1, message: "InvalidInstanceID" }];
    const box = newSandbox({ configuration: site(RANGES), refuse });
    await expect(box.apply()).rejects.toThrow(/InvalidInstanceID/);
    expect(actionsOf(await box.show(await box.plan()))["aws_eip.web"]).toBe("delete,create");
  });

  it("has a quota of rules in a group", async () => {
    const box = newSandbox({ configuration: site(RANGES), quota: { permissions: 2 } });
    await expect(box.apply(undefined, "-parallelism=1")).rejects.toThrow(
      /RulesPerSecurityGroupLimitExceeded/,
    );
  });

  it("does not delete a group that an instance still has", async () => {
    const box = newSandbox({ configuration: site(RANGES) });
    await box.apply();
    await box.run("state", "rm", "aws_instance.web");
    await expect(box.destroy()).rejects.toThrow(/DependencyViolation/);
  });

  it("takes the time it is told to", async () => {
    const took = async (delay: readonly [number, number]) => {
      const box = newSandbox({ configuration: site(RANGES), delay });
      const before = Date.now();
      await box.apply(undefined, "-parallelism=1");
      return Date.now() - before;
    };
    expect(await took([100, 120])).toBeGreaterThan(1_200);
  });
});
