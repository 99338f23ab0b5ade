import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const FACE = "${aws_network_interface.web.id}";
const CBD = { lifecycle: { create_before_destroy: true } };

/** A machine by an interface of its own, and a second group of that. */
function site(type: string, description: string, more: Blocks = {}): object {
  return web(
    {
      aws_security_group: {
        more: { name_prefix: "more-", description, vpc_id: "${aws_vpc.main.id}", ...CBD },
      },
      aws_network_interface: {
        web: {
          subnet_id: "${aws_subnet.web.id}",
          security_groups: ["${aws_security_group.web.id}", "${aws_security_group.more.id}"],
        },
      },
      aws_eip: { web: { domain: "vpc", network_interface: FACE } },
      aws_instance: {
        web: {
          ami: "ami-0123456789abcdef0",
          instance_type: type,
          network_interface: [{ device_index: 0, network_interface_id: FACE }],
        },
      },
      cloudflare_dns_record: {
        www: {
          ...{ zone_id: "0123456789abcdef0123456789abcdef", name: "www.example.com", type: "A" },
          ...{ content: "${aws_eip.web.public_ip}", proxied: true, ttl: 1 },
        },
      },
    },
    more,
  );
}

describeWithTerraform("an interface whose machine stops", () => {
  it("answers nobody, though its groups are known after apply", async () => {
    const change = await changeOf(site("t3.small", "x"), site("t3.micro", "y"));
    expect(rolloutOf(change.review()).verdict).toBe("refuted");
  });

  it("answers nobody, though a group is attached to it", async () => {
    const attached = {
      aws_network_interface_sg_attachment: {
        web: { network_interface_id: FACE, security_group_id: "${aws_security_group.web.id}" },
      },
    };
    const change = await changeOf(site("t3.small", "x", attached), site("t3.micro", "x", attached));
    expect(rolloutOf(change.review()).verdict).toBe("refuted");
  });
});
