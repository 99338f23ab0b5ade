/** How many of each there are. */
export interface Size {
  readonly records: number;
  readonly groups: number;
  readonly balancers: number;
}

/** The size that docs/benchmarks.md speaks of. */
export const LARGE: Size = { records: 10_000, groups: 500, balancers: 50 };

/** A part of a size. */
export function scaled({ records, groups, balancers }: Size, factor: number): Size {
  const of = (count: number) => Math.max(1, Math.round(count * factor));
  return { records: of(records), groups: of(groups), balancers: of(balancers) };
}

/**
 * A configuration as plain Terraform has it: instances with Elastic IPs behind groups of one rule
 * per range and port, application balancers with second legs, and records that lead to both.
 *
 * @param ranges the edge's
 */
export function bigSite(size: Size, ranges: readonly string[]): object {
  const site = new Site(ranges);
  site.network();
  for (let index = 0; index < size.groups; index++) {
    site.instance(index);
  }
  for (let index = 0; index < size.balancers; index++) {
    site.balancer(index);
  }
  for (let index = 0; index < size.records; index++) {
    site.record(index, size);
  }
  return site.configuration;
}

type Blocks = { [type: string]: { [name: string]: object } };

class Site {
  readonly #resource: Blocks = {};

  constructor(private readonly ranges: readonly string[]) {}

  public get configuration(): object {
    return {
      terraform: {
        required_providers: {
          aws: { source: "hashicorp/aws" },
          cloudflare: { source: "cloudflare/cloudflare" },
        },
      },
      provider: { aws: [{ region: "eu-west-1" }], cloudflare: [{}] },
      resource: this.#resource,
    };
  }

  public network(): void {
    this.add("aws_vpc", "main", { cidr_block: "10.0.0.0/16" });
    this.add("aws_internet_gateway", "main", { vpc_id: "${aws_vpc.main.id}" });
    this.add("aws_route_table", "main", { vpc_id: "${aws_vpc.main.id}" });
    this.add("aws_route", "world", {
      route_table_id: "${aws_route_table.main.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.main.id}",
    });
    for (const [index, name] of ["a", "b"].entries()) {
      this.add("aws_subnet", name, {
        vpc_id: "${aws_vpc.main.id}",
        cidr_block: `10.0.${index * 16}.0/20`,
        availability_zone: `eu-west-1${name}`,
      });
      this.add("aws_route_table_association", name, {
        subnet_id: `\${aws_subnet.${name}.id}`,
        route_table_id: "${aws_route_table.main.id}",
      });
    }
    this.add("cloudflare_zone", "main", { name: "example.com", account: { id: "0".repeat(32) } });
    for (const [setting, value] of [
      ["ssl", "strict"],
      ["always_use_https", "on"],
      ["ssl_automatic_mode", "custom"],
    ] as const) {
      this.add("cloudflare_zone_setting", setting, {
        zone_id: "${cloudflare_zone.main.id}",
        setting_id: setting,
        value,
      });
    }
  }

  /** An instance with an Elastic IP behind a group that admits the edge on 80 and 443. */
  public instance(index: number): void {
    const name = `web${index}`;
    this.group(name, [80, 443]);
    this.add("aws_instance", name, {
      ami: "ami-00000000",
      instance_type: "t3.micro",
      subnet_id: "${aws_subnet.a.id}",
      vpc_security_group_ids: [`\${aws_security_group.${name}.id}`],
    });
    this.add("aws_eip", name, { instance: `\${aws_instance.${name}.id}`, domain: "vpc" });
  }

  /** An application balancer, whose targets are two of the instances. */
  public balancer(index: number): void {
    const name = `alb${index}`;
    this.group(name, [443]);
    this.rule("egress", `${name}_out`, name, { cidr_ipv4: "10.0.0.0/16", ip_protocol: "-1" });
    this.add("aws_lb", name, {
      name,
      load_balancer_type: "application",
      internal: false,
      security_groups: [`\${aws_security_group.${name}.id}`],
      subnets: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
    });
    this.add("aws_lb_target_group", name, {
      name,
      port: 8080,
      protocol: "HTTP",
      vpc_id: "${aws_vpc.main.id}",
    });
    this.add("aws_lb_listener", name, {
      load_balancer_arn: `\${aws_lb.${name}.arn}`,
      port: 443,
      protocol: "HTTPS",
      certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/example",
      default_action: [
        { type: "forward", target_group_arn: `\${aws_lb_target_group.${name}.arn}` },
      ],
    });
    const target = `web${index}`;
    this.add("aws_lb_target_group_attachment", name, {
      target_group_arn: `\${aws_lb_target_group.${name}.arn}`,
      target_id: `\${aws_instance.${target}.id}`,
      port: 8080,
    });
    this.rule("ingress", `${name}_in`, target, {
      referenced_security_group_id: `\${aws_security_group.${name}.id}`,
      ip_protocol: "tcp",
      from_port: 8080,
      to_port: 8080,
    });
  }

  public record(index: number, { groups, balancers }: Size): void {
    const place = index % (groups + balancers);
    const content =
      place < groups
        ? { type: "A", content: `\${aws_eip.web${place}.public_ip}` }
        : { type: "CNAME", content: `\${aws_lb.alb${place - groups}.dns_name}` };
    this.add("cloudflare_dns_record", `r${index}`, {
      zone_id: "${cloudflare_zone.main.id}",
      name: `r${index}.example.com`,
      ttl: 1,
      proxied: true,
      ...content,
    });
  }

  private group(name: string, ports: readonly number[]): void {
    this.add("aws_security_group", name, { name, vpc_id: "${aws_vpc.main.id}" });
    for (const port of ports) {
      for (const range of this.ranges) {
        const family = range.includes(":") ? "cidr_ipv6" : "cidr_ipv4";
        const id = `${name}_${port}_${range.replace(/[^0-9a-f]/g, "_")}`;
        const open = { ip_protocol: "tcp", from_port: port, to_port: port, [family]: range };
        this.rule("ingress", id, name, open);
      }
    }
  }

  private rule(direction: string, id: string, group: string, rule: object): void {
    const security_group_id = `\${aws_security_group.${group}.id}`;
    this.add(`aws_vpc_security_group_${direction}_rule`, id, { security_group_id, ...rule });
  }

  private add(type: string, name: string, block: object): void {
    this.#resource[type] ??= {};
    const blocks = this.#resource[type];
    if (blocks !== undefined) {
      blocks[name] = block;
    }
  }
}
