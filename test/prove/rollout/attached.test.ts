import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const CARD = "${aws_network_interface.web.id}";
const GROUP = "${aws_security_group.web.id}";
const WHAT = { ami: "ami-0123456789abcdef0", instance_type: "t3.micro" };
const ON_SUBNET = { subnet_id: "${aws_subnet.web.id}" };
const GIVEN = { network_interface: [{ network_interface_id: CARD, device_index: 0 }] };

/** A record of the Elastic IP of an interface, and machines of which one may be given it. */
function site(machines: Readonly<Record<string, object>>, more: Blocks = {}): object {
  const named = Object.entries(machines).map(([name, own]) => [
    name,
    Object.keys(own).length > 0 ? { ...WHAT, ...own } : {},
  ]);
  return web(
    {
      aws_network_interface: { web: { ...ON_SUBNET, security_groups: [GROUP] } },
      aws_eip: { web: { domain: "vpc", network_interface: CARD } },
      aws_instance: { web: {}, ...Object.fromEntries(named) },
      cloudflare_dns_record: {
        www: {
          ...{ zone_id: "0123456789abcdef0123456789abcdef", name: "www.example.com" },
          ...{ type: "A", content: "${aws_eip.web.public_ip}", proxied: true, ttl: 1 },
        },
      },
    },
    more,
  );
}

async function rollout(first: object, second: object) {
  return rolloutOf((await changeOf(first, second)).review());
}

const LARGER = { instance_type: "t3.large" };

describeWithTerraform("another machine than the one that an interface is given to", () => {
  it("may stop, or go: an interface has one machine", async () => {
    const other = { ...ON_SUBNET, vpc_security_group_ids: [GROUP] };
    const before = site({ web: GIVEN, other });
    const stopped = site({ web: GIVEN, other: { ...other, ...LARGER } });
    expect(await rollout(before, stopped)).toEqual({ verdict: "proved" });
    expect(await rollout(before, site({ web: GIVEN, other: {} }))).toEqual({ verdict: "proved" });
  });

  it("may be its machine where none has it before, or none afterwards", async () => {
    const other = { ...ON_SUBNET, ...LARGER };
    const open = { verdict: "undetermined", reasons: ["rollout/dependencies"] };
    expect(await rollout(site({ other: ON_SUBNET }), site({ other }))).toEqual(open);
    const leaves = await rollout(site({ web: GIVEN, other: ON_SUBNET }), site({ other }));
    expect(leaves).toEqual(open);
  });

  it("changes nothing of what its own machine does", async () => {
    const before = site({ web: GIVEN, other: ON_SUBNET });
    const both = { web: { ...GIVEN, ...LARGER }, other: { ...ON_SUBNET, ...LARGER } };
    expect(await rollout(before, site(both))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.web (stops the instance)"],
    });
  });

  it("may get the interface by an attachment that this apply makes or ends", async () => {
    const attached: Blocks = {
      aws_network_interface_attachment: {
        other: {
          ...{ instance_id: "${aws_instance.other.id}", device_index: 1 },
          network_interface_id: CARD,
        },
      },
    };
    const machines = { web: GIVEN, other: ON_SUBNET };
    const found = await rollout(site(machines), site(machines, attached));
    expect(found.verdict).toBe("undetermined");
  });
});
