import { type Blocks, NETWORK } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";
const ADDRESS = "${aws_instance.web.public_ip}";

function named(name: string, content: string): Blocks {
  const shared = { zone_id: ZONE, type: "A", proxied: true, ttl: 1 };
  return { cloudflare_dns_record: { [name]: { ...shared, name: `${name}.example.com`, content } } };
}

describeWithTerraform("what can't be seen", () => {
  it("may be behind a route to an interface", async () => {
    const appliance = (description: string) => ({
      ...NETWORK,
      aws_route: {
        internet: {
          route_table_id: "${aws_route_table.public.id}",
          destination_cidr_block: "0.0.0.0/0",
          network_interface_id: "${aws_network_interface.fw.id}",
        },
      },
      aws_network_interface: {
        fw: {
          subnet_id: "${aws_subnet.web.id}",
          security_groups: ["${aws_security_group.fw.id}"],
        },
      },
      aws_security_group: {
        fw: {
          name: "fw",
          vpc_id: "${aws_vpc.main.id}",
          ingress: [inlineRule({ description })],
        },
      },
    });
    const change = await changeOf(web(appliance("a")), web(appliance("b")));
    expect(rolloutOf(change.review())).toEqual({
      verdict: "undetermined",
      reasons: ["aws/route-target"],
    });
  });

  it("tells hostnames apart that a rule tells apart in between alone", async () => {
    const records = {
      cloudflare_dns_record: {
        www: {},
        ...named("a", ADDRESS).cloudflare_dns_record,
        ...named("b", ADDRESS).cloudflare_dns_record,
      },
    };
    const site = (ssl: string, ports: readonly number[], more: object = {}) =>
      web(inlineGroup(ports.map((port) => inlineRule({ from_port: port, to_port: port }))), {
        ...records,
        cloudflare_zone_setting: {
          ssl: { zone_id: ZONE, setting_id: "ssl", value: ssl, ...more },
          https: { zone_id: ZONE, setting_id: "always_use_https", value: "off" },
          auto: { zone_id: ZONE, setting_id: "ssl_automatic_mode", value: "custom" },
        },
        cloudflare_ruleset: {
          mode: {
            zone_id: ZONE,
            name: "mode",
            kind: "zone",
            phase: "http_config_settings",
            rules: [
              {
                ref: "b",
                action: "set_config",
                expression: '(http.host eq "b.example.com")',
                action_parameters: { ssl },
              },
            ],
          },
        },
      });
    const waits = { depends_on: ["aws_security_group.web"] };
    const change = await changeOf(site("flexible", [80]), site("full", [80, 443], waits));
    const verdicts = change
      .review()
      .paths.filter(({ origin }) => origin.port === 443)
      .map((path) => `${path.hostname} ${path.rollout?.verdict}`);
    expect(verdicts).toEqual(["a.example.com proved", "b.example.com refuted"]);
  });
});
