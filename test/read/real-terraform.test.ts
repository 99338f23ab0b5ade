import { EDGE_4, reviewOf, verdicts } from "../support/plan";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const HEAD = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}
provider "aws" { region = "eu-west-1" }
provider "cloudflare" { api_token = "x" }
locals { edge = ${JSON.stringify(EDGE_4)} }
resource "cloudflare_zone" "main" {
  name = "example.com"
  account = { id = "0" }
}
resource "cloudflare_zone_setting" "all" {
  for_each   = { ssl = "strict", always_use_https = "on", ssl_automatic_mode = "custom" }
  zone_id    = cloudflare_zone.main.id
  setting_id = each.key
  value      = each.value
}
`;

const INSTANCE = `
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = "subnet-1"
`;

/** A record and its Elastic IP, by expressions. */
const record = (content: string, more = "") => `
resource "cloudflare_dns_record" "www" {
  ${more}
  zone_id = cloudflare_zone.main.id
  name    = "www.example.com"
  type    = "A"
  ttl     = 1
  proxied = true
  content = ${content}
}
`;

const group = (name: string, cidrs = "local.edge") => `
resource "aws_security_group" "${name}" {
  name = "${name}"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ${cidrs}
  }
}
`;

const web = (groups: string, more = "") => `
resource "aws_instance" "web" {
  ${more}
  ${INSTANCE}
  vpc_security_group_ids = ${groups}
}
`;

const EIP = `
resource "aws_eip" "web" {
  instance = aws_instance.web.id
}
`;

async function decided(hcl: string): Promise<string> {
  const box = newSandbox({ configuration: HEAD + hcl });
  const review = reviewOf([await box.show(await box.plan())]);
  return [...new Set(verdicts(review).map((line) => line.replace(/^.* tcp/, "tcp")))].join("; ");
}

const SIMPLE = record("aws_eip.web.public_ip") + EIP;

describeWithTerraform("plans of real terraform, by the idiom", () => {
  it.each<[string, string, string]>([
    ["an inline group", SIMPLE + web("[aws_security_group.a.id]") + group("a"), "proved, proved"],
    [
      "two groups, which may hide a literal beside them",
      SIMPLE +
        web("[aws_security_group.a.id, aws_security_group.b.id]") +
        group("a") +
        group("b", '["10.0.0.0/8"]'),
      "proved, proved",
    ],
    [
      "a condition over two groups that both admit the edge",
      `variable "blue" { default = true }${SIMPLE}${web("[var.blue ? aws_security_group.a.id : aws_security_group.b.id]")}${group("a")}${group("b")}`,
      "undetermined, undetermined",
    ],
    [
      "rules with for_each over a local",
      `${SIMPLE}${web("[aws_security_group.a.id]")}
      resource "aws_security_group" "a" { name = "a" }
      resource "aws_vpc_security_group_ingress_rule" "edge" {
        for_each          = toset(local.edge)
        security_group_id = aws_security_group.a.id
        cidr_ipv4         = each.value
        ip_protocol       = "tcp"
        from_port         = 443
        to_port           = 443
      }`,
      "proved, proved",
    ],
    [
      "a dynamic block over known ranges",
      `${SIMPLE}${web("[aws_security_group.a.id]")}
      resource "aws_security_group" "a" {
        name = "a"
        dynamic "ingress" {
          for_each = local.edge
          content {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = [ingress.value]
          }
        }
      }`,
      "proved, proved",
    ],
    [
      "a dynamic block over what only apply tells",
      `${SIMPLE}${web("[aws_security_group.a.id]")}
      resource "aws_instance" "other" {
        ${INSTANCE}
      }
      resource "aws_security_group" "a" {
        name = "a"
        dynamic "ingress" {
          for_each = aws_instance.other.secondary_private_ips
          content {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["\${ingress.value}/32"]
          }
        }
      }`,
      "undetermined, undetermined",
    ],
    [
      "instances, addresses and records by each.key",
      `${record("aws_eip.web[each.key].public_ip", 'for_each = toset(["a", "b"])').replace('"www.example.com"', '"${each.key}.example.com"')}
      resource "aws_eip" "web" {
        for_each = toset(["a", "b"])
        instance = aws_instance.web[each.key].id
      }
      ${web("[aws_security_group.a.id]", 'for_each = toset(["a", "b"])')}${group("a")}`,
      "proved, proved",
    ],
    [
      "a splat, and count.index",
      `${record("aws_eip.web[count.index].public_ip", "count = 2").replace('"www.example.com"', '"w${count.index}.example.com"')}
      resource "aws_eip" "web" {
        count    = 2
        instance = element(aws_instance.web.*.id, count.index)
      }
      ${web("aws_security_group.a[*].id", "count = 2")}${group("a").replace('name = "a"', 'name = "a"\n  count = 1')}`,
      "proved, proved",
    ],
    [
      "an index through a map",
      `variable "host" { default = { a = "b", b = "a" } }
      ${record("aws_eip.web[var.host[each.key]].public_ip", 'for_each = toset(["a", "b"])').replace('"www.example.com"', '"${each.key}.example.com"')}
      resource "aws_eip" "web" {
        for_each = toset(["a", "b"])
        instance = aws_instance.web[each.key].id
      }
      ${web('[each.key == "a" ? aws_security_group.a.id : aws_security_group.b.id]', 'for_each = toset(["a", "b"])')}${group("a")}${group("b", '["10.0.0.0/8"]')}`,
      "undetermined, undetermined",
    ],
    ["no list of groups, and an empty one", SIMPLE + web("[]"), "undetermined, undetermined"],
  ])("%s", async (_, hcl, expected) => {
    expect(await decided(hcl)).toBe(`tcp/443: ${expected}`);
  });

  it("after the apply, everything is known: no assumption about lists is left", async () => {
    const hcl =
      SIMPLE +
      web("[aws_security_group.a.id, aws_security_group.b.id]") +
      group("a") +
      group("b", '["10.0.0.0/8"]');
    const box = newSandbox({ configuration: HEAD + hcl });
    await box.apply();
    const plan = await box.show(await box.plan());
    const state = await box.show();
    for (const document of [plan, state]) {
      const review = reviewOf([document]);
      expect(verdicts(review)).toEqual(["www.example.com IPv4 tcp/443: proved, proved"]);
      expect(JSON.stringify(review)).not.toContain("binding/list-of-ids");
    }
  });
});
