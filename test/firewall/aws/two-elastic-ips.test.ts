import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { TerraformStack, Testing } from "cdktf";
import { InstanceOrigin } from "originproof/aws";
import { firewallIn } from "./support";

describe("two Elastic IPs on one instance", () => {
  it("are refused: AWS keeps the one that is associated last", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const instance = new Instance(stack, "Web", { ami: "ami-1", instanceType: "t3.micro" });
    const firewalls = [firewallIn(stack)];
    const origin = (id: string) =>
      new InstanceOrigin(stack, id, { instance, elasticIp: new Eip(stack, `${id}Ip`), firewalls });
    origin("First");
    expect(() => origin("Second")).toThrow(
      "[shop/Second] 'elasticIp' is shop/SecondIp, but shop/First/Association associates another " +
        "Elastic IP with the same machine, which AWS would put in its place; give one of the two",
    );
  });
});
