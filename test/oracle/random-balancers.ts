import type { Blocks } from "../support/aws-web";
import { blocks } from "../support/aws-web";
import type { Facets } from "./dice";
import { edgeRules, groupBlocks, type Rule, type Source } from "./random-groups";
import { ref } from "./random-network";
import type { Front } from "./random-servers";

export type BalancerKind = "application" | "network" | "classic";
const PORT = 8080;

/** A balancer in one subnet or both, with an instance in one of them. */
export function randomBalancer(site: string, kind: BalancerKind, facets: Facets): Front {
  const bare = kind === "network" && facets.of("bare fixed").chance(0.4);
  const subnets = facets
    .of("nodes fixed")
    .pick([["a", "b"], ["a", "b"], ["a"], ["b"]])
    .map((name) => ref(`aws_subnet.${site}${name}.id`));
  const balancer = {
    ...{ name: `${site}-lb`, subnets },
    ...(bare ? {} : { security_groups: frontGroups(site, facets) }),
  };
  const parts = [frontBlocks(site, facets), targetBlocks(site, kind, bare, facets)];
  const made =
    kind === "classic"
      ? classicBlocks(site, balancer, facets)
      : modernBlocks(site, kind, balancer, facets);
  const type = kind === "classic" ? "aws_elb" : "aws_lb";
  const content = ref(`${type}.${site}.dns_name`);
  return { blocks: blocks(...parts, made), type: "CNAME", content };
}

/** Which groups the balancer has: one of two that are for the edge, or both. */
function frontGroups(site: string, facets: Facets): readonly string[] {
  const names = facets.of("front").pick([["g0"], ["g0"], ["g1"], ["g0", "g1"]]);
  return names.map((name) => ref(`aws_security_group.${site}${name}.id`));
}

function frontBlocks(site: string, facets: Facets): Blocks {
  const made = ["g0", "g1"].map((name) => {
    const egress = egressRules(site, `${name} egress`, facets);
    return groupBlocks(site, name, [...edgeRules(name, facets), ...egress], facets);
  });
  return blocks(...made);
}

function egressRules(site: string, name: string, facets: Facets): readonly Rule[] {
  // Inline rules that name each other's groups are a cycle.
  const mutual = facets.of("leg by group fixed").chance(0.5);
  const target = { group: ref(`aws_security_group.${site}t.id`) };
  const sources = facets
    .of(name)
    .pick<readonly Source[]>([
      [{ cidr: "0.0.0.0/0" }],
      [{ cidr: "0.0.0.0/0" }],
      [{ cidr: "10.0.0.0/16" }],
      [{ cidr: "10.0.2.0/24" }],
      [mutual ? { cidr: "10.0.0.0/8" } : target],
      [],
    ]);
  const port = facets.of(`${name} port`).pick([PORT, PORT, PORT, 443]);
  const shared = { direction: "egress", description: "out", from: port, to: port } as const;
  return [{ ...shared, protocol: facets.of(`${name} all`).pick(["tcp", "-1"]), sources }];
}

/** The group of the targets: what it admits is the second leg. */
function targetBlocks(site: string, kind: BalancerKind, bare: boolean, facets: Facets): Blocks {
  const fronts = ["g0", "g1"].map((name) => ({
    group: ref(`aws_security_group.${site}${name}.id`),
  }));
  const byGroup = facets.of("leg by group fixed").chance(bare ? 0 : 0.5);
  const edge = edgeRules("t", facets)[0]?.sources ?? [];
  const ranges = facets
    .of("leg sources")
    .pick<readonly Source[]>([
      [{ cidr: "10.0.0.0/16" }],
      [{ cidr: "10.0.1.0/24" }],
      [{ cidr: "0.0.0.0/0" }],
      kind === "network" ? edge : [{ cidr: "10.0.0.0/8" }],
      [],
    ]);
  const port = facets.of("leg port").pick([PORT, PORT, PORT, PORT, 443]);
  const shared = { direction: "ingress", description: "leg", protocol: "tcp" } as const;
  const sources = byGroup ? facets.of("leg groups").pick([fronts, fronts.slice(0, 1)]) : ranges;
  const rule = { ...shared, from: port, to: port, sources };
  const outgoing: Rule = {
    ...{ direction: "egress", description: "all", protocol: "-1", from: 0, to: 0 },
    sources: [{ cidr: "0.0.0.0/0" }],
  };
  return groupBlocks(
    site,
    "t",
    facets.of("leg open").chance(0.5) ? [rule, outgoing] : [rule],
    facets,
  );
}

function targets(site: string, facets: Facets): Blocks {
  const subnet = facets.of("target subnet fixed").pick(["a", "b"]);
  return {
    aws_instance: {
      [site]: {
        ...{ ami: "ami-0123456789abcdef0", instance_type: "t3.micro" },
        subnet_id: ref(`aws_subnet.${site}${subnet}.id`),
        vpc_security_group_ids: [ref(`aws_security_group.${site}t.id`)],
      },
    },
  };
}

function classicBlocks(site: string, balancer: object, facets: Facets): Blocks {
  const lb_port = facets.of("listener").pick([443, 443, 443, 443, 8443]);
  const listener = {
    ...{ lb_port, lb_protocol: "ssl", instance_port: PORT, instance_protocol: "tcp" },
    ssl_certificate_id: "arn:aws:acm:eu-west-1:123456789012:certificate/x",
  };
  const cross = facets.of("cross").chance(0.8);
  return blocks(targets(site, facets), {
    aws_elb: {
      [site]: {
        ...balancer,
        cross_zone_load_balancing: cross,
        listener: [listener],
        instances: [ref(`aws_instance.${site}.id`)],
      },
    },
  });
}

function modernBlocks(
  site: string,
  kind: "application" | "network",
  balancer: object,
  facets: Facets,
): Blocks {
  const web = kind === "application";
  const byAddress = facets.of("target type fixed").chance(0.3);
  const preserve = facets.of("preserve").pick([undefined, undefined, "true", "false"]);
  const cross = facets.of("cross").chance(0.6);
  const dual = web && facets.of("families").chance(0.1);
  const target_group_arn = ref(`aws_lb_target_group.${site}.arn`);
  const port = facets.of("listener").pick([443, 443, 443, 443, 443, 8443]);
  const target = byAddress ? `aws_instance.${site}.private_ip` : `aws_instance.${site}.id`;
  return blocks(targets(site, facets), {
    aws_lb: {
      [site]: {
        ...{ ...balancer, load_balancer_type: kind, internal: false },
        ...(web ? {} : { enable_cross_zone_load_balancing: cross }),
        ...(dual ? { ip_address_type: "dualstack" } : {}),
      },
    },
    aws_lb_target_group: {
      [site]: {
        ...{ name: `${site}-tg`, port: PORT, protocol: web ? "HTTP" : "TCP" },
        ...{ vpc_id: ref(`aws_vpc.${site}.id`), target_type: byAddress ? "ip" : "instance" },
        ...(web || preserve === undefined ? {} : { preserve_client_ip: preserve }),
      },
    },
    aws_lb_target_group_attachment: { [site]: { target_group_arn, target_id: ref(target) } },
    aws_lb_listener: {
      [site]: {
        ...{ load_balancer_arn: ref(`aws_lb.${site}.arn`), port, protocol: web ? "HTTPS" : "TCP" },
        ...(web ? { certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/x" } : {}),
        default_action: [{ type: "forward", target_group_arn }],
      },
    },
  });
}
