import { PROVIDERS } from "../support/terraform";

/** A site: a filter with one rule a range, a ready gate, a server, an address, zone and record. */
export function site(ranges: readonly string[], overrides: object = {}): object {
  return {
    terraform: PROVIDERS,
    provider: { aws: { region: "eu-west-1" }, cloudflare: { api_token: "x" } },
    resource: {
      aws_security_group: { web: { name: "web" } },
      aws_vpc_security_group_ingress_rule: {
        edge: {
          for_each: `\${toset(${JSON.stringify(ranges)})}`,
          security_group_id: `\${aws_security_group.web.id}`,
          cidr_ipv4: `\${each.value}`,
          from_port: 443,
          to_port: 443,
          ip_protocol: "tcp",
          lifecycle: { create_before_destroy: true },
        },
      },
      terraform_data: {
        ready: {
          input: ranges.join(),
          depends_on: ["aws_vpc_security_group_ingress_rule.edge"],
          lifecycle: { create_before_destroy: true },
        },
      },
      aws_instance: {
        web: {
          ami: "ami-12345678",
          instance_type: "t3.micro",
          vpc_security_group_ids: [`\${aws_security_group.web.id}`],
        },
      },
      aws_eip: { web: { domain: "vpc", instance: `\${aws_instance.web.id}` } },
      cloudflare_zone: {
        zone: { account: { id: "0123456789abcdef0123456789abcdef" }, name: "example.com" },
      },
      cloudflare_zone_setting: {
        ssl: { zone_id: `\${cloudflare_zone.zone.id}`, setting_id: "ssl", value: "strict" },
        age: { zone_id: `\${cloudflare_zone.zone.id}`, setting_id: "browser_cache_ttl", value: 60 },
      },
      cloudflare_dns_record: {
        www: {
          zone_id: `\${cloudflare_zone.zone.id}`,
          name: "www.example.com",
          type: "A",
          content: `\${aws_eip.web.public_ip}`,
          proxied: true,
          ttl: 1,
          depends_on: ["terraform_data.ready"],
        },
      },
      cloudflare_healthcheck: {
        web: {
          zone_id: `\${cloudflare_zone.zone.id}`,
          name: "web",
          address: `\${aws_eip.web.public_ip}`,
          type: "HTTPS",
          http_config: { port: 443, path: "/healthz" },
        },
      },
      cloudflare_notification_policy: {
        web: {
          account_id: "0123456789abcdef0123456789abcdef",
          name: "web",
          alert_type: "health_check_status_notification",
          enabled: true,
          mechanisms: { email: [{ id: "ops@example.com" }] },
          filters: {
            health_check_id: [`\${cloudflare_healthcheck.web.id}`],
            status: ["Unhealthy"],
          },
        },
      },
      ...overrides,
    },
  };
}

export const RANGES = ["103.21.244.0/22", "131.0.72.0/22", "198.41.128.0/17"];

/** The parts of `terraform show -json` that the tests look at. */
export interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly after: Readonly<Record<string, unknown>>;
      readonly after_unknown: Readonly<Record<string, unknown>>;
      readonly after_sensitive: unknown;
      readonly replace_paths?: readonly (readonly string[])[];
    };
  }[];
  readonly resource_drift?: readonly { readonly address: string }[];
  readonly configuration: {
    readonly root_module: { readonly resources: readonly { readonly address: string }[] };
  };
}

export interface StateJson {
  readonly values?: {
    readonly root_module?: {
      readonly resources?: readonly {
        readonly address: string;
        readonly values: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

export function changeOf(plan: unknown, address: string) {
  const found = (plan as PlanJson).resource_changes.find((change) => change.address === address);
  if (found === undefined) throw new Error(`the plan has no ${address}`);
  return found.change;
}

/** Addresses and actions of what a plan does. */
export function actionsOf(plan: unknown): Readonly<Record<string, string>> {
  const changes = (plan as PlanJson).resource_changes ?? [];
  return Object.fromEntries(
    changes
      .map(({ address, change }) => [address, change.actions.join()] as const)
      .filter(([, actions]) => actions !== "no-op"),
  );
}

export function valuesOf(state: unknown, address: string): Readonly<Record<string, unknown>> {
  const resources = (state as StateJson).values?.root_module?.resources ?? [];
  const found = resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`the state has no ${address}`);
  return found.values;
}
