import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runShell } from "../support/shell";
import { describeWithTerraform } from "../support/terraform";
import { environment, follow, GUIDES, type Ids, prepare, readGuide } from "./guide";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The site that somebody made by hand before the guide begins. */
const BY_HAND = `
terraform {
  required_providers {
    aws        = { source = "hashicorp/aws" }
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}
provider "aws" {
  region = "eu-west-1"
}
resource "cloudflare_zone" "zone" {
  account = { id = "0123456789abcdef0123456789abcdef" }
  name    = "example.com"
}
resource "cloudflare_dns_record" "record" {
  zone_id = cloudflare_zone.zone.id
  name    = "www.example.com"
  type    = "A"
  content = aws_eip.address.public_ip
  proxied = true
  ttl     = 1
}
resource "aws_eip" "address" {
  domain   = "vpc"
  instance = aws_instance.web.id
}
resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = "subnet-0123456789abcdef0"
  vpc_security_group_ids = [aws_security_group.group.id]
}
resource "aws_security_group" "group" {
  name        = "web"
  description = "Web servers"
  vpc_id      = "vpc-0123456789abcdef0"
}
resource "aws_vpc_security_group_ingress_rule" "rule" {
  security_group_id = aws_security_group.group.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
output "ids" {
  value = {
    "023e105f4ecef8ad9ca31a8372d0c353" = cloudflare_zone.zone.id
    "372e67954025e0ba6aaae57f4ea4a0ad" = cloudflare_dns_record.record.id
    "eipalloc-0123456789abcdef0"       = aws_eip.address.id
    "i-0123456789abcdef0"              = aws_instance.web.id
    "sg-0123456789abcdef0"             = aws_security_group.group.id
    "sgr-0123456789abcdef0"            = aws_vpc_security_group_ingress_rule.rule.id
  }
}
`;

/** Deploys it into the folder's cloud. */
function madeByHand(folder: string): Ids {
  const before = join(folder, "by-hand");
  mkdirSync(before);
  writeFileSync(join(before, "main.tf"), BY_HAND);
  const env = environment(folder);
  const { output, status } = runShell(
    "terraform init >&2\nterraform apply -auto-approve >&2",
    before,
    env,
  );
  if (status !== 0) {
    throw new Error(output);
  }
  return JSON.parse(runShell("terraform output -json ids", before, env).output);
}

/** The three stacks, before the first pull request. */
function threeStacks(folder: string): Ids {
  copyFileSync(join(GUIDES, "../../examples/three-stacks/main.ts"), join(folder, "main.ts"));
  return {};
}

/** They are deployed, so that each plan has what is there. */
function deployed(folder: string): Ids {
  prepare(folder);
  threeStacks(folder);
  const apply = (stack: string) => {
    const chdir = `terraform -chdir=cdktf.out/stacks/${stack}`;
    return `${chdir} init\n${chdir} apply -auto-approve\n`;
  };
  const lines = `npx ts-node main.ts\n${["domain", "shop", "names"].map(apply).join("")}`;
  const { output, status } = runShell(lines, folder, environment(folder));
  if (status !== 0) {
    throw new Error(output);
  }
  return {};
}

const GUIDES_FOLLOWED: Readonly<Record<string, (folder: string) => Ids>> = {
  adopting: madeByHand,
  "pull-requests": deployed,
  "several-stacks": threeStacks,
  "terraform-without-cdktf": () => ({}),
  why: () => ({}),
};

// Terraform starts its providers for each command here, as it does for a user.
jest.setTimeout(240_000);

describeWithTerraform("guides, followed line by line", () => {
  it.each(Object.entries(GUIDES_FOLLOWED))(
    "docs/guides/%s.md prints what it says",
    (name, before) => {
      const folder = mkdtempSync(join(tmpdir(), "originproof-guide-"));
      folders.push(folder);
      const followed = follow(readGuide(name), folder, before(folder));
      if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
        writeFileSync(join(GUIDES, `${name}.md`), followed);
      }
      expect(readGuide(name)).toBe(followed);
    },
  );
});
