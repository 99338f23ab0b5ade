import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

/** Each block waits for the one before, so that ids are given out in one order. */
const site = (zone: string, ports: number) => `
provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "web" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1${zone}"
}
resource "aws_ec2_managed_prefix_list" "edge" {
  name           = "edge"
  address_family = "IPv4"
  max_entries    = 5
  depends_on     = [aws_subnet.web]
  entry { cidr = "203.0.113.0/${ports}" }
}
resource "aws_security_group" "web" {
  name       = "web"
  vpc_id     = aws_vpc.main.id
  depends_on = [aws_ec2_managed_prefix_list.edge]
  ingress {
    protocol    = "tcp"
    from_port   = ${ports}
    to_port     = ${ports}
    cidr_blocks = ["203.0.113.0/24"]
  }
}
`;

describeWithTerraform("a cloud in memory", () => {
  it("is what one in files is, moment by moment", async () => {
    const boxes = [newSandbox(), newSandbox({ memory: true })];
    for (const box of boxes) {
      box.configure(site("a", 24));
      await box.apply(undefined, "-parallelism=1");
      box.configure(site("b", 25));
      await box.apply(undefined, "-parallelism=1");
    }
    const [files, memory] = boxes.map((box) => ({
      calls: box
        .log()
        .map(({ event, call, type, id, address }) => [event, call, type, id, address]),
      history: box.history().map(({ cloud }) => ({ ...cloud, sequence: 0 })),
      cloud: { ...box.cloud(), sequence: 0 },
      addresses: [...box.addresses()],
    }));
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
    expect(plain(memory)).toEqual(plain(files));
  });

  it("outlives terraform init with another configuration", async () => {
    const box = newSandbox({ configuration: site("a", 24), memory: true });
    await box.apply();
    box.configure(site("a", 24));
    expect((await box.plan()).changes).toBe(false);
  });

  it("has a zone's id for its name", async () => {
    const box = newSandbox({ configuration: site("c", 24), memory: true, history: false });
    await box.apply();
    const [subnet] = Object.values(box.cloud().objects).filter((o) => o.type === "aws_subnet");
    expect(subnet?.attributes.availability_zone_id).toBe("euw1-az3");
  });
});
