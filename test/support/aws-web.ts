import { parseInput, type Review, reviewInputs } from "originproof/review";
import { edgeRanges } from "../../lib/edge/ranges";

/** Resources of Terraform's JSON syntax: type, name, attributes. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

const ZONE_ID = "0123456789abcdef0123456789abcdef";

/** A VPC with a subnet, an internet gateway and a route table that leads to it. */
export const NETWORK = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { web: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24" } },
  aws_internet_gateway: { main: { vpc_id: "${aws_vpc.main.id}" } },
  aws_route_table: { public: { vpc_id: "${aws_vpc.main.id}" } },
  aws_route_table_association: {
    web: { subnet_id: "${aws_subnet.web.id}", route_table_id: "${aws_route_table.public.id}" },
  },
  aws_route: {
    internet: {
      route_table_id: "${aws_route_table.public.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.main.id}",
    },
    internet6: {
      route_table_id: "${aws_route_table.public.id}",
      destination_ipv6_cidr_block: "::/0",
      gateway_id: "${aws_internet_gateway.main.id}",
    },
  },
} as const;

export interface WebOptions {
  /** @default the subnet of NETWORK */
  readonly subnet?: string;
  /** Which record there is. @default 4 */
  readonly family?: 4 | 6;
  /** The security group admits the edge alone. @default it admits everyone */
  readonly edgeOnly?: boolean;
}

/** Blocks joined; the same name is replaced, and an empty object takes it away. */
export function blocks(...parts: readonly Blocks[]): Blocks {
  const joined: Record<string, Record<string, object>> = {};
  for (const [type, named] of parts.flatMap((part) => Object.entries(part))) {
    joined[type] = { ...joined[type], ...named };
  }
  return joined;
}

/** A proxied record that leads to an instance, on 443 alone. */
export function webBlocks(options: WebOptions = {}): Blocks {
  const { family = 4, edgeOnly = false, subnet = "${aws_subnet.web.id}" } = options;
  const ranges = (of: 4 | 6) =>
    edgeOnly
      ? edgeRanges()
          .cidrs(of)
          .map((cidr) => cidr.text)
      : [of === 4 ? "0.0.0.0/0" : "::/0"];
  const content =
    family === 4 ? "${aws_instance.web.public_ip}" : "${aws_instance.web.ipv6_addresses[0]}";
  return {
    cloudflare_zone_setting: {
      ssl: { zone_id: ZONE_ID, setting_id: "ssl", value: "strict" },
      https: { zone_id: ZONE_ID, setting_id: "always_use_https", value: "on" },
    },
    cloudflare_dns_record: {
      www: {
        zone_id: ZONE_ID,
        name: "www.example.com",
        type: family === 4 ? "A" : "AAAA",
        content,
        proxied: true,
        ttl: 1,
      },
    },
    aws_instance: {
      web: {
        associate_public_ip_address: true,
        ami: "ami-0123456789abcdef0",
        instance_type: "t3.micro",
        subnet_id: subnet,
        vpc_security_group_ids: ["${aws_security_group.web.id}"],
      },
    },
    aws_security_group: {
      web: {
        ingress: [
          {
            from_port: 443,
            to_port: 443,
            protocol: "tcp",
            cidr_blocks: ranges(4),
            ipv6_cidr_blocks: ranges(6),
          },
        ],
      },
    },
  };
}

/** A review of blocks as synth writes them. */
export function reviewBlocks(...parts: readonly Blocks[]): Review {
  const resource = Object.fromEntries(
    Object.entries(blocks(...parts)).map(([type, named]) => [
      type,
      Object.fromEntries(Object.entries(named).filter(([, body]) => Object.keys(body).length > 0)),
    ]),
  );
  const text = JSON.stringify({ resource });
  return reviewInputs([parseInput(text, "cdk.tf.json")]);
}

/** What became of the only path, in one line each. */
export function outcome(review: Review): {
  readonly verdicts: string;
  readonly error: number | null;
  readonly witness: string | null;
  readonly reasons: readonly string[];
  readonly assumes: readonly string[];
  readonly rules: readonly string[];
} {
  const [path, ...others] = review.paths;
  if (path === undefined || others.length > 0) {
    throw new Error(`${review.paths.length} paths, wanted one`);
  }
  const { availability, exclusivity, assumptions } = path;
  const reasons = [...availability.reasons, ...exclusivity.reasons].map((reason) => reason.id);
  return {
    verdicts: `${availability.verdict}, ${exclusivity.verdict}`,
    error: availability.error,
    witness: availability.witness,
    reasons: [...new Set(reasons)].sort(),
    assumes: assumptions.map((each) => each.id).filter((id) => id.startsWith("aws/")),
    rules: review.findings.map((finding) => finding.rule),
  };
}
