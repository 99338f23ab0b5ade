import { reaches } from "../../sandbox/packets";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { configurationOf, NETWORK, type Resources, ref, serverFor } from "./network";

afterAll(removeSandboxes);

const account_id = "0123456789abcdef0123456789abcdef";
const zone_id = ref("cloudflare_zone.zone.id");

const EDGE: Resources = {
  cloudflare_zone: { zone: { account: { id: account_id }, name: "example.com" } },
  cloudflare_ruleset: {
    origin: {
      ...{ zone_id, kind: "zone", name: "origin", phase: "http_request_origin" },
      rules: [
        {
          ...{ action: "route", expression: 'http.host eq "www.example.com"', enabled: true },
          action_parameters: { origin: { port: 8443 } },
        },
      ],
    },
  },
  cloudflare_page_rule: {
    ssl: { zone_id, target: "www.example.com/*", actions: { ssl: "strict" } },
  },
  cloudflare_load_balancer_monitor: { check: { account_id, type: "https", path: "/healthz" } },
  cloudflare_load_balancer_pool: {
    pool: {
      ...{ account_id, name: "pool", monitor: ref("cloudflare_load_balancer_monitor.check.id") },
      origins: [{ name: "web", address: "203.0.113.7" }],
    },
  },
  cloudflare_load_balancer: {
    www: {
      ...{ zone_id, name: "www.example.com", proxied: true },
      default_pools: [ref("cloudflare_load_balancer_pool.pool.id")],
      fallback_pool: ref("cloudflare_load_balancer_pool.pool.id"),
    },
  },
  cloudflare_spectrum_application: {
    ssh: {
      ...{ zone_id, protocol: "tcp/22", origin_direct: ["tcp://203.0.113.7:22"] },
      dns: { type: "CNAME", name: "ssh.example.com" },
    },
  },
  cloudflare_zero_trust_tunnel_cloudflared: { tunnel: { account_id, name: "tunnel" } },
  cloudflare_zero_trust_tunnel_cloudflared_config: {
    tunnel: {
      ...{ account_id, tunnel_id: ref("cloudflare_zero_trust_tunnel_cloudflared.tunnel.id") },
      config: { ingress: [{ service: "http_status:404" }] },
    },
  },
  cloudflare_workers_route: { www: { zone_id, pattern: "www.example.com/*", script: "www" } },
  cloudflare_workers_custom_domain: {
    app: { account_id, hostname: "app.example.com", service: "app", zone_id },
  },
  cloudflare_custom_hostname: {
    shop: { zone_id, hostname: "shop.example.org", ssl: { method: "http", type: "dv" } },
  },
  cloudflare_custom_hostname_fallback_origin: { zone: { zone_id, origin: "o.example.com" } },
  cloudflare_access_rule: {
    office: {
      ...{ zone_id, mode: "whitelist" },
      configuration: { target: "ip", value: "198.51.100.1" },
    },
  },
  cloudflare_cloud_connector_rules: {
    rules: {
      zone_id,
      rules: [{ provider: "aws_s3", expression: "true", parameters: { host: "b.example.net" } }],
    },
  },
};

const SERVICES: Resources = {
  aws_elb: {
    classic: {
      ...{ name: "classic", subnets: [ref("aws_subnet.a.id")] },
      security_groups: [ref("aws_security_group.web.id")],
      listener: [
        { instance_port: 80, instance_protocol: "http", lb_port: 443, lb_protocol: "tcp" },
      ],
    },
  },
  aws_elb_attachment: {
    web: { elb: ref("aws_elb.classic.name"), instance: ref("aws_instance.web.id") },
  },
  aws_ecs_cluster: { main: { name: "main" } },
  aws_ecs_task_definition: { web: { family: "web", container_definitions: "[]" } },
  aws_ecs_service: {
    web: {
      ...{ name: "web", launch_type: "FARGATE", desired_count: 1 },
      cluster: ref("aws_ecs_cluster.main.id"),
      task_definition: ref("aws_ecs_task_definition.web.arn"),
      network_configuration: [{ subnets: [ref("aws_subnet.a.id")] }],
    },
  },
  aws_ec2_transit_gateway: { main: { description: "main" } },
  aws_vpc_peering_connection: {
    other: { vpc_id: ref("aws_vpc.main.id"), peer_vpc_id: "vpc-12345678" },
  },
  aws_globalaccelerator_accelerator: { main: { name: "main" } },
  aws_cloudfront_distribution: {
    cdn: {
      enabled: true,
      origin: [{ domain_name: "origin.example.com", origin_id: "origin" }],
      default_cache_behavior: [
        {
          ...{ allowed_methods: ["GET", "HEAD"], cached_methods: ["GET", "HEAD"] },
          ...{ target_origin_id: "origin", viewer_protocol_policy: "https-only" },
        },
      ],
      restrictions: [{ geo_restriction: [{ restriction_type: "none" }] }],
      viewer_certificate: [{ cloudfront_default_certificate: true }],
    },
  },
  aws_api_gateway_rest_api: { api: { name: "api" } },
  aws_apigatewayv2_api: { api: { name: "api", protocol_type: "HTTP" } },
  aws_apigatewayv2_domain_name: {
    api: {
      domain_name: "api.example.com",
      domain_name_configuration: [
        {
          certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0",
          ...{ endpoint_type: "REGIONAL", security_policy: "TLS_1_2" },
        },
      ],
    },
  },
};

describeWithTerraform("the sandbox knows what else a record may lead to", () => {
  it.each([
    ["Cloudflare's", [EDGE]],
    ["AWS's", [NETWORK, serverFor(["131.0.72.0/22"]), SERVICES]],
  ] as const)("%s: plans, applies, plans no change and destroys", async (_, parts) => {
    const box = newSandbox({ configuration: configurationOf(...parts) });
    await box.apply();
    const again = await box.plan();
    expect(again.changes ? await box.run("show", "-no-color", again.file) : "no change").toBe(
      "no change",
    );
    expect(JSON.stringify(box.cloud())).not.toContain("[object");
    await box.destroy();
    expect(await box.show()).not.toHaveProperty("values");
  });

  it("a classic balancer's target is one that is attached", async () => {
    const server = serverFor(["131.0.72.0/22"]);
    const target: Resources = {
      aws_vpc_security_group_ingress_rule: {
        self: {
          security_group_id: ref("aws_security_group.web.id"),
          referenced_security_group_id: ref("aws_security_group.web.id"),
          ip_protocol: "-1",
        },
      },
      aws_vpc_security_group_egress_rule: {
        out: {
          security_group_id: ref("aws_security_group.web.id"),
          ...{ ip_protocol: "-1", cidr_ipv4: "10.0.0.0/16" },
        },
      },
    };
    const box = newSandbox({
      configuration: configurationOf(NETWORK, server, target, SERVICES),
    });
    await box.apply();
    const cloud = box.cloud();
    const balancer = Object.values(cloud.objects).find(({ type }) => type === "aws_elb");
    const to = String(balancer?.attributes.dns_name);
    expect(reaches(cloud, { from: "131.0.72.0", to, port: 443 }).stops).toEqual([]);
    expect(reaches(cloud, { from: "131.0.76.0", to, port: 443 }).sometimes).toBe(false);
  });

  it("public access can be blocked for a whole region", async () => {
    const block: Resources = {
      aws_vpc_block_public_access_options: {
        all: { internet_gateway_block_mode: "block-ingress" },
      },
    };
    const box = newSandbox({
      configuration: configurationOf(NETWORK, serverFor(["131.0.72.0/22"]), block),
    });
    await box.apply();
    const cloud = box.cloud();
    const elastic = Object.values(cloud.objects).find(({ type }) => type === "aws_eip");
    const to = String(elastic?.attributes.public_ip);
    expect(reaches(cloud, { from: "131.0.72.0", to, port: 443 }).stops).toMatchObject([
      { by: "block-public-access" },
    ]);
  });
});
