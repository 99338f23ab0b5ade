import { EDGE_4, type Written } from "./plan";
import { PROVIDERS } from "./terraform";

/** Resources of a configuration: type → name → body. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Written>>>>;

const ZONE_ID = "0123456789abcdef0123456789abcdef";
export const VPC_ID = "vpc-0123456789abcdef0";

function setting(setting_id: string, value: string): Written {
  return { zone_id: ZONE_ID, setting_id, value };
}

/** A proxied CNAME in a zone that only has a flow to 443. */
export function named(content: string, more: Written = {}): Blocks {
  return {
    cloudflare_zone_setting: {
      ssl: setting("ssl", "strict"),
      always_use_https: setting("always_use_https", "on"),
      ssl_automatic_mode: setting("ssl_automatic_mode", "custom"),
    },
    cloudflare_dns_record: {
      www: {
        zone_id: ZONE_ID,
        name: "www.example.com",
        type: "CNAME",
        content,
        proxied: true,
        ttl: 1,
        ...more,
      },
    },
  };
}

/** A group with its rules inline, as JSON wants them: every member is there. */
export function group(ingress: readonly Written[], egress?: readonly Written[]): Written {
  return {
    name_prefix: "x",
    description: "x",
    vpc_id: VPC_ID,
    ingress: ingress.map(whole),
    ...(egress === undefined ? {} : { egress: egress.map(whole) }),
  };
}

/** A rule with every member that JSON wants. */
export function whole(rule: Written): Written {
  return {
    description: "",
    protocol: "tcp",
    cidr_blocks: [],
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    security_groups: [],
    self: false,
    ...rule,
  };
}

export function onPort(port: number, source: Written): Written {
  return { from_port: port, to_port: port, ...source };
}

export const FROM_EDGE = onPort(443, { cidr_blocks: EDGE_4 });
export const FROM_BALANCER = onPort(8080, { security_groups: ["${aws_security_group.lb.id}"] });
export const ANYWHERE = { from_port: 0, to_port: 0, protocol: "-1", cidr_blocks: ["0.0.0.0/0"] };

/** A site behind an application balancer with one instance: proved both ways. */
export function site(): Blocks {
  return {
    ...named("${aws_lb.web.dns_name}"),
    aws_lb: {
      web: {
        name: "web",
        load_balancer_type: "application",
        security_groups: ["${aws_security_group.lb.id}"],
        subnets: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
      },
    },
    aws_lb_listener: { https: listener(443, "HTTPS") },
    aws_lb_target_group: {
      app: { name: "app", port: 8080, protocol: "HTTP", vpc_id: VPC_ID },
    },
    aws_lb_target_group_attachment: {
      app: {
        target_group_arn: "${aws_lb_target_group.app.arn}",
        target_id: "${aws_instance.app.id}",
      },
    },
    aws_instance: {
      app: {
        ami: "ami-0123456789abcdef0",
        instance_type: "t3.micro",
        subnet_id: "subnet-0aaaaaaaaaaaaaaa1",
        vpc_security_group_ids: ["${aws_security_group.app.id}"],
      },
    },
    aws_security_group: {
      lb: group([FROM_EDGE], [ANYWHERE]),
      app: group([FROM_BALANCER], [ANYWHERE]),
    },
  };
}

export function listener(port: number, protocol: string, more: Written = {}): Written {
  return {
    load_balancer_arn: "${aws_lb.web.arn}",
    port,
    protocol,
    default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.app.arn}" }],
    ...more,
  };
}

/** Blocks with members of theirs changed, or others beside them. A null takes one away. */
export function changed(
  blocks: Blocks,
  changes: Readonly<Record<string, Readonly<Record<string, Written | null>>>>,
): Blocks {
  const types = new Set([...Object.keys(blocks), ...Object.keys(changes)]);
  return Object.fromEntries(
    [...types].map((type) => {
      const named = { ...blocks[type] };
      for (const [name, change] of Object.entries(changes[type] ?? {})) {
        if (change === null) {
          delete named[name];
        } else {
          named[name] = { ...named[name], ...change };
        }
      }
      return [type, named];
    }),
  );
}

/** As cdktf writes it. */
export function synth(blocks: Blocks): Written {
  return { resource: blocks };
}

/** As a configuration that the sandbox plans. */
export function configuration(blocks: Blocks): Written {
  return { terraform: PROVIDERS, resource: blocks };
}
