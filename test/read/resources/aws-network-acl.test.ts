import {
  type Blocks,
  blocks,
  NETWORK,
  outcome,
  reviewBlocks,
  webBlocks,
} from "../../support/aws-web";

const VPC = "${aws_vpc.main.id}";
const SUBNET = "${aws_subnet.web.id}";
const ACL = "${aws_network_acl.web.id}";

/** A site whose security group admits everyone, or the edge alone, in the network with more blocks. */
function decide(more: Blocks = {}, options: Parameters<typeof webBlocks>[0] = {}) {
  return outcome(reviewBlocks(NETWORK, webBlocks({ edgeOnly: true, ...options }), more));
}

type Row = readonly [number: number, action: string, cidr: string, from?: number, to?: number];

/** A row of an inline list: `cidr_block` is "" on the row of the other family, as in real plans. */
function row([rule_no, action, cidr, from, to]: Row): object {
  const six = cidr.includes(":");
  return {
    rule_no,
    action,
    protocol: from === undefined ? "-1" : "tcp",
    from_port: from ?? 0,
    to_port: to ?? from ?? 0,
    cidr_block: six ? "" : cidr,
    ipv6_cidr_block: six ? cidr : "",
  };
}

const ALL_IN: readonly Row[] = [[100, "allow", "0.0.0.0/0"]];
const ALL_OUT: readonly Row[] = [[100, "allow", "0.0.0.0/0"]];

/** A custom ACL of the subnet with inline rules. */
function acl(ingress: readonly Row[], egress: readonly Row[] = ALL_OUT, more: object = {}): Blocks {
  const body = {
    vpc_id: VPC,
    subnet_ids: [SUBNET],
    ingress: ingress.map(row),
    egress: egress.map(row),
  };
  return { aws_network_acl: { web: { ...body, ...more } } };
}

/** An ACL whose rules are blocks of their own. */
function standalone(...rules: readonly object[]): Blocks {
  const named = rules.map((rule, index) => [`r${index}`, { network_acl_id: ACL, ...rule }]);
  return {
    aws_network_acl: { web: { vpc_id: VPC, subnet_ids: [SUBNET] } },
    aws_network_acl_rule: Object.fromEntries(named) as Record<string, object>,
  };
}

const OPEN = { rule_action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" };
const IN = { ...OPEN, rule_number: 100 };
const OUT = { ...OPEN, rule_number: 100, egress: true };

const PROVED = { verdicts: "proved, proved", rules: [] };

describe("a custom network ACL", () => {
  it("denies everything without rules", () => {
    const none = { aws_network_acl: { web: { vpc_id: VPC, subnet_ids: [SUBNET] } } };
    expect(decide(none)).toMatchObject({
      verdicts: "refuted, proved",
      error: 522,
      rules: ["firewall/misses-port"],
    });
  });

  it("admits what its numbered rules allow, both ways", () => {
    expect(decide(acl(ALL_IN, ALL_OUT))).toMatchObject(PROVED);
    expect(
      decide(acl([[100, "allow", "0.0.0.0/0", 443]], [[100, "allow", "0.0.0.0/0", 1024, 65535]])),
    ).toMatchObject(PROVED);
    expect(decide(acl([[100, "allow", "0.0.0.0/0", 80]]))).toMatchObject({
      verdicts: "refuted, proved",
      rules: ["firewall/misses-port"],
    });
  });

  it("can be the lock by itself", () => {
    const edge = ["103.21.244.0/22", "103.22.200.0/22"];
    const some = acl(edge.map((cidr, index) => [100 + index, "allow", cidr, 443] as const));
    expect(decide(some, { edgeOnly: false })).toMatchObject({
      verdicts: "refuted, proved",
      witness: "103.31.4.0",
      rules: ["firewall/misses-edge-range"],
    });
  });

  it("reads numbers in order, whatever order they are written in", () => {
    const deny: Row = [90, "deny", "131.0.72.0/22", 443];
    expect(decide(acl([...ALL_IN, deny]))).toMatchObject({
      verdicts: "refuted, proved",
      witness: "131.0.72.0",
      rules: ["firewall/misses-edge-range"],
    });
    expect(decide(acl([[110, "deny", "131.0.72.0/22"], ...ALL_IN]))).toMatchObject(PROVED);
    expect(decide(acl([...ALL_IN, deny, [80, "allow", "131.0.72.0/22"]]))).toMatchObject(PROVED);
  });

  it.each(["tcp", "6", "TCP", "-1", "all"])("knows the protocol %s", (protocol) => {
    const rule = { ...IN, protocol, from_port: 443, to_port: 443 };
    expect(decide(standalone(rule, OUT))).toMatchObject(PROVED);
  });

  it.each(["udp", "17", "icmp", "1", "58"])("has no TCP with protocol %s", (protocol) => {
    const rule = { ...IN, protocol, from_port: 0, to_port: 65535 };
    expect(decide(standalone(rule, OUT))).toMatchObject({ verdicts: "refuted, proved" });
  });

  it("has rules of its own for IPv6", () => {
    expect(decide(acl(ALL_IN), { family: 6 })).toMatchObject({ verdicts: "refuted, proved" });
    const six: Row = [101, "allow", "::/0"];
    expect(decide(acl([...ALL_IN, six], [...ALL_OUT, six]), { family: 6 })).toMatchObject(PROVED);
    const deny: Row = [90, "deny", "::/0"];
    expect(decide(acl([...ALL_IN, deny]))).toMatchObject(PROVED);
  });

  it("is undetermined where apply decides a rule that counts", () => {
    const part = (more: object) => decide(standalone({ ...IN, ...more }, OUT));
    const wanted = { verdicts: "undetermined, proved", reasons: ["aws/acl-rule-unknown"] };
    expect(part({ cidr_block: "${var.cidr}" })).toMatchObject(wanted);
    expect(part({ rule_action: "${var.action}" })).toMatchObject(wanted);
    expect(part({ protocol: "${var.protocol}" })).toMatchObject(wanted);
    expect(part({ protocol: "tcp", from_port: "${var.port}", to_port: 443 })).toMatchObject(wanted);
    expect(part({ rule_number: "${var.number}" })).toMatchObject(PROVED);
    const deny = { ...IN, rule_action: "deny", cidr_block: "131.0.72.0/22" };
    const unordered = standalone(IN, { ...deny, rule_number: "${var.number}" }, OUT);
    expect(decide(unordered)).toMatchObject(wanted);
    const after = standalone(IN, { ...deny, rule_number: 200, cidr_block: "${var.cidr}" }, OUT);
    expect(decide(after)).toMatchObject(PROVED);
  });
});

describe("answers", () => {
  const answers = (...rules: readonly Row[]) => decide(acl(ALL_IN, rules));

  it("need every port that clients use", () => {
    const review = reviewBlocks(
      NETWORK,
      webBlocks({ edgeOnly: true }),
      acl(ALL_IN, [[100, "allow", "0.0.0.0/0", 32768, 65535]]),
    );
    expect(outcome(review)).toMatchObject({
      verdicts: "refuted, proved",
      error: 522,
      witness: "103.21.244.0",
      rules: ["firewall/acl-drops-replies"],
    });
    expect(review.findings[0]?.what).toBe(
      "aws_network_acl.web lets out no answers to Cloudflare on client ports 1024 to 32767",
    );
  });

  it("may be let out by several rules, cut anywhere", () => {
    const two: readonly Row[] = [
      [100, "allow", "0.0.0.0/0", 1024, 40000],
      [110, "allow", "0.0.0.0/0", 40001, 65535],
    ];
    expect(answers(...two)).toMatchObject(PROVED);
    const gap: readonly Row[] = [
      [100, "allow", "0.0.0.0/0", 1024, 39999],
      [110, "allow", "0.0.0.0/0", 40001, 65535],
    ];
    const review = reviewBlocks(NETWORK, webBlocks({ edgeOnly: true }), acl(ALL_IN, gap));
    expect(review.findings[0]?.what).toContain("on client port 40000");
  });

  it("may differ by range: one that is missing on one port is missing", () => {
    expect(answers([90, "deny", "131.0.72.0/22", 5000], [100, "allow", "0.0.0.0/0"])).toMatchObject(
      { verdicts: "refuted, proved", witness: "131.0.72.0" },
    );
  });

  it("to one port suffice to let somebody in", () => {
    const open = { edgeOnly: false };
    const others: readonly Row[] = [
      [100, "allow", "0.0.0.0/0", 50000],
      [110, "allow", "104.16.0.0/13", 1024, 65535],
    ];
    expect(decide(acl(ALL_IN, others), open).verdicts).toBe("refuted, refuted");
    // A client may bind a privileged port as well.
    const privileged: readonly Row[] = [[100, "allow", "0.0.0.0/0", 443]];
    expect(decide(acl(ALL_IN, privileged), open).verdicts).toBe("refuted, refuted");
    const none: readonly Row[] = [[100, "allow", "104.16.0.0/13", 1024, 65535]];
    expect(decide(acl(ALL_IN, none), open).verdicts).toBe("refuted, proved");
  });
});

describe("the ACL of a subnet", () => {
  const closed = (more: object = {}): Blocks => ({
    aws_network_acl: { web: { vpc_id: VPC, ...more } },
  });
  const tie = (subnet_id: string, network_acl_id: string): Blocks => ({
    aws_network_acl_association: { web: { subnet_id, network_acl_id } },
  });

  it("is the one that an association names", () => {
    expect(decide(blocks(closed(), tie(SUBNET, ACL)))).toMatchObject({
      verdicts: "refuted, proved",
    });
  });

  it("is its VPC's default without one, which admits everything", () => {
    expect(decide(closed())).toMatchObject(PROVED);
    const other = {
      aws_subnet: { other: { vpc_id: VPC, cidr_block: "10.0.2.0/24" } },
      ...closed({ subnet_ids: ["${aws_subnet.other.id}"] }),
    };
    expect(decide(other)).toMatchObject(PROVED);
  });

  it("is the default that the input manages: nothing passes without rules", () => {
    const managed = (more: object) => ({
      aws_default_network_acl: {
        main: { default_network_acl_id: "${aws_vpc.main.default_network_acl_id}", ...more },
      },
    });
    expect(decide(managed({}))).toMatchObject({ verdicts: "refuted, proved" });
    const rules = { ingress: ALL_IN.map(row), egress: ALL_OUT.map(row) };
    expect(decide(managed(rules))).toMatchObject(PROVED);
  });

  it("may be a default to which a block adds rules", () => {
    const rule = (rule_number: number) => ({
      aws_network_acl_rule: {
        deny: {
          ...IN,
          network_acl_id: "${aws_vpc.main.default_network_acl_id}",
          rule_action: "deny",
          rule_number,
        },
      },
    });
    expect(decide(rule(90))).toMatchObject({ verdicts: "refuted, proved" });
    expect(decide(rule(110))).toMatchObject(PROVED);
  });

  it("lies outside where the input ends: assumed for a subnet, unknown for an ACL", () => {
    const subnet = "subnet-0123456789abcdef0";
    const outside = decide({}, { subnet });
    expect(outside).toMatchObject(PROVED);
    expect(outside.assumes).toContain("aws/default-network-acl");
    expect(decide(tie(SUBNET, "acl-0123456789abcdef0"))).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/acl-outside"],
    });
    const tied = blocks(closed(), tie(subnet, ACL));
    expect(decide(tied, { subnet })).toMatchObject({ verdicts: "refuted, proved" });
    const listed = closed({ subnet_ids: [subnet] });
    expect(decide(listed, { subnet })).toMatchObject({ verdicts: "refuted, proved" });
  });

  it("can't be told where a variable names it or its subnets", () => {
    const wanted = { verdicts: "undetermined, proved" };
    expect(decide(blocks(closed(), tie("${var.subnet}", ACL)))).toMatchObject(PROVED);
    expect(decide(blocks(closed(), tie("${aws_eip.x.id}", ACL)))).toMatchObject(wanted);
    expect(decide(closed({ subnet_ids: "${local.subnets}" }))).toMatchObject(wanted);
    // Whichever it is, it lets everything pass.
    const open = acl(ALL_IN, ALL_OUT, { subnet_ids: "${local.subnets}" });
    expect(decide(open)).toMatchObject(PROVED);
  });

  it("is read where inline and standalone rules fight as may alone", () => {
    const mixed = blocks(acl([[200, "allow", "0.0.0.0/0"]]), {
      aws_network_acl_rule: { deny: { ...IN, network_acl_id: ACL, rule_action: "deny" } },
    });
    expect(decide(mixed)).toMatchObject({ verdicts: "undetermined, proved" });
  });
});
