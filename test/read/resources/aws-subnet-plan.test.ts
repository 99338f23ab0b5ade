import { parseInput, type Review, reviewInputs } from "originproof/review";
import { edgeRanges } from "../../../lib/edge/ranges";
import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../../support/terraform";

const RANGES = edgeRanges()
  .cidrs(4)
  .map((cidr) => `"${cidr.text}"`)
  .join(", ");

const SITE = `
terraform {
  required_providers {
    aws = { source = "${PROVIDERS.required_providers.aws.source}" }
    cloudflare = { source = "${PROVIDERS.required_providers.cloudflare.source}" }
  }
}
resource "cloudflare_zone_setting" "ssl" {
  zone_id    = "0123456789abcdef0123456789abcdef"
  setting_id = "ssl"
  value      = "strict"
}
resource "cloudflare_zone_setting" "https" {
  zone_id    = "0123456789abcdef0123456789abcdef"
  setting_id = "always_use_https"
  value      = "on"
}
resource "cloudflare_dns_record" "www" {
  zone_id = "0123456789abcdef0123456789abcdef"
  name    = "www.example.com"
  type    = "A"
  content = aws_eip.web.public_ip
  proxied = true
  ttl     = 1
}
resource "aws_eip" "web" {
  instance = aws_instance.web.id
  domain   = "vpc"
}
resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.web[0].id
  vpc_security_group_ids = [aws_security_group.web.id]
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_security_group_ingress_rule" "edge" {
  for_each          = toset([${RANGES}])
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.key
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "web" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.\${count.index}.0/24"
}
resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}
`;

const ROUTES = `
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
}
resource "aws_route_table_association" "web" {
  count          = 2
  subnet_id      = aws_subnet.web[count.index].id
  route_table_id = aws_route_table.public.id
}
resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}
`;

const INLINE_ROUTES = `
resource "aws_ec2_transit_gateway" "hub" {}
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
  route {
    cidr_block         = "172.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}
resource "aws_route_table_association" "web" {
  count          = 2
  subnet_id      = aws_subnet.web[count.index].id
  route_table_id = aws_route_table.public.id
}
`;

const row = (name: string, action: string, number: number, cidr: string) => `
  ${name} {
    rule_no    = ${number}
    action     = "${action}"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "${cidr}"
  }`;

const acl = (...rows: readonly string[]) => `
resource "aws_network_acl" "web" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = aws_subnet.web[*].id${rows.join("")}
}
`;

const TIED_ACL = `
resource "aws_network_acl" "web" {
  vpc_id = aws_vpc.main.id
}
resource "aws_network_acl_association" "web" {
  count          = 2
  subnet_id      = aws_subnet.web[count.index].id
  network_acl_id = aws_network_acl.web.id
}
`;

const rule = (name: string, egress: boolean, body: string) => `
resource "aws_network_acl_rule" "${name}" {
  network_acl_id = aws_network_acl.web.id
  egress         = ${egress}
  protocol       = "-1"
  ${body}
}
`;

const ALLOW = `
  rule_number    = 100
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0"`;

const DENY = `
  rule_number    = 90
  rule_action    = "deny"
  cidr_block     = "131.0.72.0/22"`;

const RULES = rule("in", false, ALLOW) + rule("out", true, ALLOW);

function reviewed(json: unknown): Review {
  return reviewInputs([parseInput(JSON.stringify(json), "plan.json")]);
}

function shown(review: Review): string[] {
  return review.paths.map(
    ({ availability, exclusivity, ...path }) =>
      `${path.before?.availability ?? "new"} → ${availability.verdict}, ${exclusivity.verdict} ${availability.witness ?? ""}`,
  );
}

/** Makes a list show what AWS has: the sandbox does not join an object with its rule blocks. */
function showing(json: unknown, address: string, lists: Record<string, readonly object[]>): object {
  const plan = structuredClone(json) as {
    resource_changes: { address: string; change: { before: object; after: object } }[];
  };
  const found = plan.resource_changes.find((change) => change.address === address);
  Object.assign(found?.change.before ?? {}, lists);
  Object.assign(found?.change.after ?? {}, lists);
  return plan;
}

const shownRow = (rule_no: number, action: string, cidr_block: string) => ({
  ...{ rule_no, action, cidr_block, protocol: "-1", from_port: 0, to_port: 0 },
  ...{ icmp_code: 0, icmp_type: 0, ipv6_cidr_block: "" },
});

/** Plans each configuration after applying those before it. */
async function plans(...configurations: readonly string[]): Promise<string[]> {
  const box = newSandbox();
  const found: string[] = [];
  for (const configuration of configurations) {
    box.configure(configuration);
    const plan = await box.plan();
    found.push(...shown(reviewed(await box.show(plan))));
    await box.apply(plan);
  }
  return found;
}

describeWithTerraform("subnets in plans of real terraform", () => {
  afterAll(removeSandboxes);

  it("have no way to the internet without a route", async () => {
    expect(await plans(SITE, SITE + ROUTES, SITE + ROUTES)).toEqual([
      "new → refuted, proved 103.21.244.0",
      "refuted → proved, proved ",
      "proved → proved, proved ",
    ]);
  });

  it("have inline routes, whose targets are references of one attribute", async () => {
    expect(await plans(SITE + INLINE_ROUTES, SITE + INLINE_ROUTES)).toEqual([
      "new → refuted, proved 172.64.0.0",
      "refuted → refuted, proved 172.64.0.0",
    ]);
  });

  it("have an ACL with inline rows, whose list of subnets is a splat", async () => {
    const open = acl(
      row("ingress", "allow", 100, "0.0.0.0/0"),
      row("egress", "allow", 100, "0.0.0.0/0"),
    );
    const closed = acl(
      row("ingress", "deny", 90, "131.0.72.0/22"),
      row("ingress", "allow", 100, "0.0.0.0/0"),
      row("egress", "allow", 100, "0.0.0.0/0"),
    );
    expect(await plans(SITE + ROUTES + open, SITE + ROUTES + closed, SITE + ROUTES + open)).toEqual(
      ["new → proved, proved ", "proved → refuted, proved 131.0.72.0", "refuted → proved, proved "],
    );
  });

  it("have an ACL with rules in blocks of their own, which its computed lists show", async () => {
    const open = SITE + ROUTES + TIED_ACL + RULES;
    const denied = open + rule("deny", false, DENY);
    expect(await plans(SITE + ROUTES + TIED_ACL, open, denied, denied, open)).toEqual([
      "new → refuted, proved 103.21.244.0",
      "refuted → proved, proved ",
      "proved → refuted, proved 131.0.72.0",
      "refuted → refuted, proved 131.0.72.0",
      "refuted → proved, proved ",
    ]);
  });

  it("lose what a plan takes away though computed lists still show it", async () => {
    const open = SITE + ROUTES + TIED_ACL + RULES;
    const box = newSandbox({ configuration: open + rule("deny", false, DENY) });
    await box.apply();
    box.configure(open);
    const plan = await box.show(await box.plan());
    const allow = shownRow(100, "allow", "0.0.0.0/0");
    const deny = shownRow(90, "deny", "131.0.72.0/22");
    const lists = { ingress: [allow, deny], egress: [allow] };
    const acl = "aws_network_acl.web";
    expect(shown(reviewed(showing(plan, acl, lists)))).toEqual(["refuted → proved, proved "]);
    const byHand = { ingress: [allow, { ...deny, rule_no: 80 }], egress: [allow] };
    const review = reviewed(showing(plan, acl, byHand));
    expect(shown(review)).toEqual(["refuted → undetermined, proved "]);
    expect(review.paths[0]?.availability.reasons.map((reason) => reason.id)).toContain(
      "aws/rules-by-hand",
    );
  });

  it("keep routes that were added by hand as possible", async () => {
    const box = newSandbox({ configuration: SITE + ROUTES });
    await box.apply();
    const plan = await box.show(await box.plan());
    const route = (cidr_block: string, more: object) => ({
      cidr_block,
      ipv6_cidr_block: "",
      ...more,
    });
    const own = route("0.0.0.0/0", { gateway_id: "igw-0123456789abcdef0" });
    const table = "aws_route_table.public";
    expect(shown(reviewed(showing(plan, table, { route: [own] })))).toEqual([
      "proved → proved, proved ",
    ]);
    const captured = route("172.0.0.0/8", { transit_gateway_id: "tgw-0123456789abcdef0" });
    expect(shown(reviewed(showing(plan, table, { route: [own, captured] })))).toEqual([
      "undetermined → undetermined, proved ",
    ]);
  });
});
