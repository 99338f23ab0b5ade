import {
  type Blocks,
  blocks,
  NETWORK,
  outcome,
  reviewBlocks,
  webBlocks,
} from "../../support/aws-web";

const TABLE = "${aws_route_table.public.id}";
const GATEWAY = "${aws_internet_gateway.main.id}";

/** A site that is locked to the edge, in the network with more blocks. */
function decide(more: Blocks = {}, options: Parameters<typeof webBlocks>[0] = {}) {
  return outcome(reviewBlocks(NETWORK, webBlocks({ edgeOnly: true, ...options }), more));
}

/** A standalone route of the public table. */
function route(body: object): Blocks {
  return { aws_route: { more: { route_table_id: TABLE, ...body } } };
}

/** Takes the standalone routes away and gives the table its own. */
function inline(...routes: readonly object[]): Blocks {
  const table = { vpc_id: "${aws_vpc.main.id}", route: routes };
  return { aws_route: { internet: {}, internet6: {} }, aws_route_table: { public: table } };
}

const NO_ASSOCIATION: Blocks = { aws_route_table_association: { web: {} } };

describe("the way to the internet", () => {
  it("is proved with a route of all addresses to the VPC's internet gateway", () => {
    expect(decide()).toMatchObject({ verdicts: "proved, proved", rules: [] });
    expect(decide({}, { family: 6 })).toMatchObject({ verdicts: "proved, proved" });
  });

  it("reads inline routes", () => {
    const both = [
      { cidr_block: "0.0.0.0/0", gateway_id: GATEWAY },
      { ipv6_cidr_block: "::/0", gateway_id: GATEWAY },
    ];
    expect(decide(inline(...both))).toMatchObject({ verdicts: "proved, proved" });
    expect(decide(inline(...both), { family: 6 })).toMatchObject({ verdicts: "proved, proved" });
    expect(decide(inline(...both.slice(1)))).toMatchObject({ verdicts: "refuted, proved" });
  });

  it("tells the gateways of several inline routes apart by what can be one", () => {
    const routes = [
      { cidr_block: "0.0.0.0/0", gateway_id: GATEWAY },
      { cidr_block: "10.1.0.0/16", transit_gateway_id: "${aws_ec2_transit_gateway.hub.id}" },
    ];
    const hub = { aws_ec2_transit_gateway: { hub: { description: "hub" } } };
    expect(decide(blocks(inline(...routes), hub))).toMatchObject({ verdicts: "proved, proved" });
  });

  it("takes two half routes for the world", () => {
    const halves = ["0.0.0.0/1", "128.0.0.0/1"].map((cidr_block) => ({
      cidr_block,
      gateway_id: GATEWAY,
    }));
    expect(decide(inline(...halves))).toMatchObject({ verdicts: "proved, proved" });
    expect(decide(inline(...halves.slice(1)))).toMatchObject({
      verdicts: "refuted, proved",
      witness: "103.21.244.0",
      error: 523,
      rules: ["route/no-internet-route"],
    });
  });

  it("is refuted without a route, in a VPC of the input", () => {
    const none = { aws_route: { internet: {}, internet6: {} } };
    const wanted = { verdicts: "refuted, proved", error: 523, rules: ["route/no-internet-route"] };
    expect(decide(none)).toMatchObject(wanted);
    expect(decide(blocks(none, NO_ASSOCIATION))).toMatchObject(wanted);
  });

  it("has a route of its own for IPv6", () => {
    expect(decide({ aws_route: { internet6: {} } })).toMatchObject({ verdicts: "proved, proved" });
    expect(decide({ aws_route: { internet6: {} } }, { family: 6 })).toMatchObject({
      verdicts: "refuted, proved",
      rules: ["route/no-internet-route"],
    });
  });
});

describe("a longer prefix", () => {
  const captured = {
    verdicts: "refuted, proved",
    witness: "172.64.0.0",
    error: 522,
    rules: ["route/captures-edge-range"],
  };

  it.each([
    ["transit_gateway_id", "tgw-0123456789abcdef0"],
    ["nat_gateway_id", "nat-0123456789abcdef0"],
    ["vpc_peering_connection_id", "pcx-0123456789abcdef0"],
    ["gateway_id", "vgw-0123456789abcdef0"],
    ["egress_only_gateway_id", "eigw-0123456789abcdef0"],
  ])("captures 172.64.0.0/13 for %s", (name, id) => {
    const broad = route({ destination_cidr_block: "172.0.0.0/8", [name]: id });
    expect(decide(broad)).toMatchObject(captured);
  });

  it("captures where the target is an unknown value", () => {
    const body = { transit_gateway_id: "${aws_ec2_transit_gateway.hub.id}" };
    const hub = { aws_ec2_transit_gateway: { hub: { description: "hub" } } };
    const broad = route({ destination_cidr_block: "172.0.0.0/8", ...body });
    expect(decide(blocks(broad, hub))).toMatchObject(captured);
  });

  it("captures nothing of the edge where it is 172.16.0.0/12", () => {
    const body = { transit_gateway_id: "tgw-0123456789abcdef0" };
    expect(decide(route({ destination_cidr_block: "172.16.0.0/12", ...body }))).toMatchObject({
      verdicts: "proved, proved",
    });
  });

  it("leads back to the internet gateway where it is longer still", () => {
    const broad = { destination_cidr_block: "172.0.0.0/8", transit_gateway_id: "tgw-01234567" };
    const more = {
      aws_route: {
        broad: { route_table_id: TABLE, ...broad },
        back: {
          route_table_id: TABLE,
          destination_cidr_block: "172.64.0.0/13",
          gateway_id: GATEWAY,
        },
      },
    };
    expect(decide(more)).toMatchObject({ verdicts: "proved, proved", rules: [] });
  });

  it("is the VPC's own where its range holds addresses of the edge", () => {
    const vpc = { aws_vpc: { main: { cidr_block: "172.64.0.0/16" } } };
    expect(decide(vpc)).toMatchObject(captured);
    const second = {
      aws_vpc_ipv4_cidr_block_association: {
        more: { vpc_id: "${aws_vpc.main.id}", cidr_block: "172.64.0.0/16" },
      },
    };
    expect(decide(second)).toMatchObject(captured);
  });

  it.each([
    ["network_interface_id", "eni-0123456789abcdef0"],
    ["vpc_endpoint_id", "vpce-0123456789abcdef0"],
    ["carrier_gateway_id", "cagw-0123456789abcdef0"],
    ["local_gateway_id", "lgw-0123456789abcdef0"],
    ["core_network_arn", "arn:aws:networkmanager::123456789012:core-network/x"],
  ])("leaves it open with %s", (name, id) => {
    const broad = route({ destination_cidr_block: "172.0.0.0/8", [name]: id });
    expect(decide(broad)).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/route-target"],
    });
  });

  it("leaves it open with a destination that apply decides", () => {
    const peer = { aws_vpc: { peer: { ipv4_ipam_pool_id: "ipam-pool-01234567" } } };
    const body = {
      destination_cidr_block: "${aws_vpc.peer.cidr_block}",
      vpc_peering_connection_id: "pcx-0123456789abcdef0",
    };
    expect(decide(blocks(route(body), peer))).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/route-unknown"],
    });
  });

  it("may come from a prefix list", () => {
    const list = (cidr: string) => ({
      aws_ec2_managed_prefix_list: {
        far: { name: "far", address_family: "IPv4", max_entries: 5, entry: [{ cidr }] },
      },
    });
    const body = {
      destination_prefix_list_id: "${aws_ec2_managed_prefix_list.far.id}",
      transit_gateway_id: "tgw-0123456789abcdef0",
    };
    expect(decide(blocks(route(body), list("172.0.0.0/8")))).toMatchObject(captured);
    expect(decide(blocks(route(body), list("10.0.0.0/8")))).toMatchObject({
      verdicts: "proved, proved",
    });
    // Of equal prefixes a static route decides.
    expect(decide(blocks(route(body), list("0.0.0.0/0")))).toMatchObject({
      verdicts: "proved, proved",
    });
    const outside = route({ ...body, destination_prefix_list_id: "pl-0123456789abcdef0" });
    expect(decide(outside)).toMatchObject({ verdicts: "undetermined, proved" });
  });
});

describe("the internet gateway", () => {
  const routed = (gateway_id: string) => ({
    aws_route: {
      internet: { route_table_id: TABLE, destination_cidr_block: "0.0.0.0/0", gateway_id },
    },
  });

  it("may be known by id", () => {
    const known = decide(routed("igw-0123456789abcdef0"));
    expect(known).toMatchObject({ verdicts: "proved, proved" });
    expect(known.assumes).toContain("aws/gateway-attached");
  });

  it("is a dead end where nothing attaches it, or to another VPC", () => {
    const wanted = { verdicts: "refuted, proved", rules: ["route/no-internet-route"] };
    expect(decide({ aws_internet_gateway: { main: { tags: {} } } })).toMatchObject(wanted);
    const other = {
      aws_vpc: { other: { cidr_block: "10.9.0.0/16" } },
      aws_internet_gateway: { main: { vpc_id: "${aws_vpc.other.id}" } },
    };
    expect(decide(other)).toMatchObject(wanted);
  });

  it("may be attached by a block of its own", () => {
    const attached = {
      aws_internet_gateway: { main: { tags: {} } },
      aws_internet_gateway_attachment: {
        main: { vpc_id: "${aws_vpc.main.id}", internet_gateway_id: GATEWAY },
      },
    };
    expect(decide(attached)).toMatchObject({ verdicts: "proved, proved" });
  });

  it("is open where a variable names it", () => {
    expect(decide(routed("${var.gateway}"))).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/route-target"],
    });
  });
});

describe("the table of a subnet", () => {
  const to = (route_table_id: string) => ({
    aws_route: {
      internet: { route_table_id, destination_cidr_block: "0.0.0.0/0", gateway_id: GATEWAY },
    },
  });

  it("is the VPC's main one without an association", () => {
    const main = blocks(NO_ASSOCIATION, to("${aws_vpc.main.main_route_table_id}"));
    expect(decide(main)).toMatchObject({ verdicts: "proved, proved" });
    const first = blocks(NO_ASSOCIATION, to("${aws_vpc.main.default_route_table_id}"));
    expect(decide(first)).toMatchObject({ verdicts: "proved, proved" });
  });

  it("is what an association makes the main one", () => {
    const main = {
      aws_main_route_table_association: {
        main: { vpc_id: "${aws_vpc.main.id}", route_table_id: TABLE },
      },
    };
    expect(decide(blocks(NO_ASSOCIATION, main))).toMatchObject({ verdicts: "proved, proved" });
  });

  it("is the default one that the input manages", () => {
    const managed = {
      aws_default_route_table: {
        main: {
          default_route_table_id: "${aws_vpc.main.default_route_table_id}",
          route: [{ cidr_block: "0.0.0.0/0", gateway_id: GATEWAY }],
        },
      },
    };
    expect(decide(blocks(NO_ASSOCIATION, managed))).toMatchObject({ verdicts: "proved, proved" });
  });

  it("of the account's default VPC leads to an internet gateway from the start", () => {
    const adopted = {
      ...NO_ASSOCIATION,
      aws_vpc: { main: {} },
      aws_default_vpc: { main: { enable_dns_hostnames: true } },
      aws_internet_gateway: { main: {} },
      aws_route_table: { public: {} },
      aws_route: { internet: {}, internet6: {} },
      aws_subnet: { web: { vpc_id: "${aws_default_vpc.main.id}", cidr_block: "172.31.0.0/20" } },
    };
    const found = decide(adopted);
    expect(found).toMatchObject({ verdicts: "proved, proved" });
    expect(found.assumes).toEqual(
      expect.arrayContaining(["aws/public-subnet", "aws/other-routes"]),
    );
    const route_table_id = "${aws_default_vpc.main.main_route_table_id}";
    const captured = {
      aws_route: {
        ...adopted.aws_route,
        broad: {
          route_table_id,
          destination_cidr_block: "172.0.0.0/8",
          transit_gateway_id: "tgw-0123456789abcdef0",
        },
      },
    };
    expect(decide(blocks(adopted, captured))).toMatchObject({
      verdicts: "refuted, proved",
      witness: "172.64.0.0",
    });
    const subnet = "${aws_default_subnet.a.id}";
    const own = { ...adopted, aws_default_subnet: { a: { availability_zone: "eu-west-1a" } } };
    expect(decide(own, { subnet })).toMatchObject({ verdicts: "proved, proved" });
  });

  it("is unknown where the association names a table outside", () => {
    const outside = {
      aws_route_table_association: {
        web: { subnet_id: "${aws_subnet.web.id}", route_table_id: "rtb-0123456789abcdef0" },
      },
    };
    expect(decide(outside)).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/route-table-outside"],
    });
  });

  it("is read for a subnet that is known by id alone", () => {
    const subnet = "subnet-0123456789abcdef0";
    const tied = {
      aws_subnet: { web: {} },
      aws_route_table_association: { web: { subnet_id: subnet, route_table_id: TABLE } },
    };
    expect(decide(tied, { subnet })).toMatchObject({ verdicts: "proved, proved" });
    const untied = decide(NO_ASSOCIATION, { subnet });
    expect(untied).toMatchObject({ verdicts: "proved, proved" });
    expect(untied.assumes).toContain("aws/public-subnet");
  });

  it("is open where inline and standalone routes fight, or a gateway learns routes", () => {
    const mixed = {
      aws_route_table: {
        public: {
          vpc_id: "${aws_vpc.main.id}",
          route: [{ cidr_block: "10.1.0.0/16", transit_gateway_id: "tgw-01234567" }],
        },
      },
    };
    expect(decide(mixed)).toMatchObject({ verdicts: "undetermined, proved" });
    const learned = {
      aws_vpn_gateway_route_propagation: {
        main: { route_table_id: TABLE, vpn_gateway_id: "vgw-0123456789abcdef0" },
      },
    };
    expect(decide(learned)).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/routes-propagated"],
    });
  });

  it("is not all where a gateway route table routes what comes in", () => {
    const incoming = {
      aws_route_table: { in: { vpc_id: "${aws_vpc.main.id}" } },
      aws_route_table_association: {
        in: { gateway_id: GATEWAY, route_table_id: "${aws_route_table.in.id}" },
      },
    };
    expect(decide(incoming)).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/gateway-route-table"],
    });
  });
});

describe("VPC Block Public Access", () => {
  const options = (internet_gateway_block_mode: string) => ({
    aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode } },
  });
  const exclusion = (body: object) => ({ aws_vpc_block_public_access_exclusion: { web: body } });

  it.each(["block-bidirectional", "block-ingress"])("closes every path with %s", (mode) => {
    expect(decide(options(mode))).toMatchObject({
      verdicts: "refuted, proved",
      error: 522,
      rules: ["route/public-access-blocked"],
    });
  });

  it("closes nothing when off, or with an exclusion", () => {
    expect(decide(options("off"))).toMatchObject({ verdicts: "proved, proved" });
    const excluded = [
      { subnet_id: "${aws_subnet.web.id}", internet_gateway_exclusion_mode: "allow-bidirectional" },
      { vpc_id: "${aws_vpc.main.id}", internet_gateway_exclusion_mode: "allow-bidirectional" },
    ];
    for (const body of excluded) {
      const more = blocks(options("block-ingress"), exclusion(body));
      expect(decide(more)).toMatchObject({ verdicts: "proved, proved" });
    }
    const egress = {
      subnet_id: "${aws_subnet.web.id}",
      internet_gateway_exclusion_mode: "allow-egress",
    };
    expect(decide(blocks(options("block-ingress"), exclusion(egress)))).toMatchObject({
      verdicts: "refuted, proved",
    });
  });

  it("is open with a mode that apply decides", () => {
    expect(decide(options("${var.mode}"))).toMatchObject({
      verdicts: "undetermined, proved",
      reasons: ["aws/public-access-unknown"],
    });
  });
});
