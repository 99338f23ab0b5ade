import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, web } from "./change";

afterAll(removeSandboxes);

const ZONE = "0123456789abcdef0123456789abcdef";

/** Always Use HTTPS on or off, with rules that open these ports. */
function site(value: "on" | "off", ...ports: readonly number[]): object {
  const rules = ports.map((port) => [
    `p${port}`,
    {
      ...{ security_group_id: "${aws_security_group.web.id}", cidr_ipv4: "0.0.0.0/0" },
      ...{ ip_protocol: "tcp", from_port: port, to_port: port },
    },
  ]);
  const blocks: Blocks = {
    aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(rules),
    cloudflare_zone_setting: { https: { zone_id: ZONE, setting_id: "always_use_https", value } },
  };
  return web(blocks);
}

/** By port of the origin: the rollout, with the last step of a refuted state. */
async function rollouts(first: object, second: object) {
  const review = (await changeOf(first, second)).review();
  return review.paths.map(({ origin, rollout }) => {
    const last = rollout?.witness?.done.at(-1);
    return `${origin.port} ${rollout?.verdict}${last ? ` ${last.action} ${last.address}` : ""}`;
  });
}

describeWithTerraform("visitors whom the edge sends to https from now on", () => {
  it("are refused in between where their port closes first", async () => {
    expect(await rollouts(site("off", 80, 443), site("on", 443))).toEqual([
      "443 refuted delete aws_vpc_security_group_ingress_rule.p80",
    ]);
  });

  it("are served throughout where their port stays", async () => {
    const found = await rollouts(site("off", 80, 443), site("on", 80, 443));
    expect(found).toEqual(["443 proved"]);
  });
});

describeWithTerraform("visitors whom the edge sends to https no more", () => {
  it("are refused in between where their port opens later", async () => {
    expect(await rollouts(site("on", 443), site("off", 80, 443))).toEqual([
      "80 refuted update cloudflare_zone_setting.https",
      "443 proved",
    ]);
  });

  it("are served throughout where their port was open", async () => {
    const found = await rollouts(site("on", 80, 443), site("off", 80, 443));
    expect(found).toEqual(["80 proved", "443 proved"]);
  });
});
