import { NETWORK } from "../../support/aws-web";
import {
  ANYWHERE,
  type Blocks,
  changed,
  configuration,
  FROM_BALANCER,
  FROM_EDGE,
  group,
  listener,
  onPort,
  site,
  VPC_ID,
} from "../../support/balancer";
import { EDGE_4, type Written } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf } from "./change";

afterAll(removeSandboxes);

const [, ...REST] = EDGE_4;
const SPLIT = onPort(443, { cidr_blocks: ["103.21.244.0/23", "103.21.246.0/23", ...REST] });
const CBD = { lifecycle: { create_before_destroy: true } };

/** A target group of its own with the only instance in it. */
function targets(name: string, more: Written = {}, attached: Written = {}) {
  return {
    aws_lb_target_group: {
      [name]: { name, port: 8080, protocol: "HTTP", vpc_id: VPC_ID, ...more },
    },
    aws_lb_target_group_attachment: {
      [name]: {
        target_group_arn: `\${aws_lb_target_group.${name}.arn}`,
        target_id: "${aws_instance.app.id}",
        ...attached,
      },
    },
  };
}

function action(...groups: readonly string[]) {
  const [name = ""] = groups;
  return {
    default_action: [{ type: "forward", target_group_arn: `\${aws_lb_target_group.${name}.arn}` }],
  };
}

async function rollout(first: Blocks, second: Blocks) {
  const change = await changeOf(configuration(first), configuration(second));
  return rolloutOf(change.review());
}

describeWithTerraform("a change of an application balancer", () => {
  const admitsBoth = group(
    [FROM_BALANCER, onPort(8080, { security_groups: ["${aws_security_group.next.id}"] })],
    [ANYWHERE],
  );
  const next = { next: group([FROM_EDGE], [ANYWHERE]) };
  const moved = { web: { security_groups: ["${aws_security_group.next.id}"] } };

  it("is proved where another group takes over that the targets know already", async () => {
    const before = changed(site(), { aws_security_group: { ...next, app: admitsBoth } });
    const found = await rollout(before, changed(before, { aws_lb: moved }));
    expect(found).toEqual({ verdict: "proved" });
  });

  it("is refuted where the targets learn of the other group in the same apply", async () => {
    const before = changed(site(), { aws_security_group: next });
    const app = group(
      [onPort(8080, { security_groups: ["${aws_security_group.next.id}"] })],
      [ANYWHERE],
    );
    const after = changed(before, { aws_lb: moved, aws_security_group: { app } });
    const found = await rollout(before, after);
    expect(found).toMatchObject({ verdict: "refuted", done: ["update aws_lb.web"] });
    expect(found.cutOff).toHaveLength(15);
  });

  it("is refuted in between where its groups go first and its subnets afterwards", async () => {
    const admitted = (more: Written) => group([onPort(8080, more)], [ANYWHERE]);
    const both = { security_groups: [BALANCERS], cidr_blocks: ["10.0.2.0/24"] };
    const before = changed(within("web"), {
      aws_security_group: { ...next, app: admitted(both) },
    });
    const after = changed(before, {
      aws_lb: { web: { ...moved.web, subnets: ["${aws_subnet.other.id}"] } },
    });
    const found = await rollout(before, after);
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["update aws_lb.web (changes security_groups)"],
      pending: ["update aws_lb.web (changes subnets)"],
    });
  });

  it("is proved where the listener forwards to another group of targets", async () => {
    const before = changed(site(), targets("second"));
    const after = changed(before, { aws_lb_listener: { https: action("second") } });
    expect(await rollout(before, after)).toEqual({ verdict: "proved" });
  });

  it("is refuted where the targets admit the other group's port only afterwards", async () => {
    const second = targets("second", { port: 8081 });
    const before = changed(site(), second);
    const admits = (port: number) => onPort(port, { security_groups: [BALANCERS] });
    const after = changed(before, {
      aws_lb_listener: { https: action("second") },
      aws_security_group: { app: group([admits(8080), admits(8081)], [ANYWHERE]) },
    });
    expect(await rollout(before, after)).toMatchObject({
      verdict: "refuted",
      done: ["update aws_lb_listener.https"],
      pending: ["update aws_security_group.app"],
    });
  });

  it("is proved where a second listener goes", async () => {
    const before = changed(site(), { aws_lb_listener: { other: listener(8443, "HTTPS") } });
    expect(await rollout(before, site())).toEqual({ verdict: "proved" });
  });

  it("is refuted where the target group is replaced: its target goes before the next one comes", async () => {
    const before = changed(site(), { aws_lb_target_group: { app: CBD } });
    const after = changed(before, { aws_lb_target_group: { app: { name: "next" } } });
    expect(await rollout(before, after)).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_lb_target_group_attachment.app"],
    });
  });

  it("is proved where only the health check of its targets changes", async () => {
    const after = changed(site(), {
      aws_lb_target_group: { app: { health_check: [{ path: "/up" }] } },
    });
    expect(await rollout(site(), after)).toEqual({ verdict: "proved" });
  });

  it("is proved where the instance gets another group that admits the balancer", async () => {
    const after = changed(site(), {
      aws_security_group: { second: group([FROM_BALANCER], [ANYWHERE]) },
      aws_instance: { app: { vpc_security_group_ids: ["${aws_security_group.second.id}"] } },
    });
    expect(await rollout(site(), after)).toEqual({ verdict: "proved" });
  });

  it("is refuted where the balancer itself is replaced", async () => {
    const after = changed(site(), { aws_lb: { web: { name: "next" } } });
    const found = await rollout(site(), after);
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_lb_listener.https"],
    });
  });

  it("is refuted where the edge's rules of its group are split inline", async () => {
    const after = changed(site(), { aws_security_group: { lb: group([SPLIT], [ANYWHERE]) } });
    expect(await rollout(site(), after)).toMatchObject({
      verdict: "refuted",
      done: ["update aws_security_group.lb (revokes ingress rules)"],
      cutOff: ["103.21.244.0/22"],
    });
  });
});

const BALANCERS = "${aws_security_group.lb.id}";

/** The site in a network of its own, with the balancer in one of two public subnets. */
function within(subnet: "web" | "other"): Blocks {
  const inVpc = { vpc_id: "${aws_vpc.main.id}" };
  return changed(
    { ...NETWORK, ...site() },
    {
      aws_subnet: { other: { ...inVpc, cidr_block: "10.0.2.0/24" } },
      aws_route_table_association: {
        other: {
          subnet_id: "${aws_subnet.other.id}",
          route_table_id: "${aws_route_table.public.id}",
        },
      },
      aws_lb: { web: { subnets: [`\${aws_subnet.${subnet}.id}`] } },
      aws_lb_target_group: { app: inVpc },
      aws_instance: { app: { subnet_id: "${aws_subnet.web.id}" } },
      aws_security_group: { lb: inVpc, app: inVpc },
    },
  );
}

/** A network balancer that keeps the clients' addresses, with no group of its own. */
function network(ingress: Written = FROM_EDGE): Blocks {
  const probes = onPort(443, { cidr_blocks: ["10.0.0.0/16"] });
  const subnets = ["${aws_subnet.web.id}"];
  return changed(
    {
      ...within("web"),
      aws_lb: { web: { name: "web", load_balancer_type: "network", subnets } },
    },
    {
      aws_lb_listener: { https: { port: 443, protocol: "TCP" } },
      aws_lb_target_group: { app: { protocol: "TCP", port: 443 } },
      aws_security_group: {
        app: { ...group([ingress, probes], [ANYWHERE]), vpc_id: "${aws_vpc.main.id}" },
      },
    },
  );
}

describeWithTerraform("a change of a network balancer", () => {
  it("is refuted where its target's rules are split inline", async () => {
    expect(await rollout(network(), network(SPLIT))).toMatchObject({
      verdict: "refuted",
      done: ["update aws_security_group.app (revokes ingress rules)"],
      cutOff: ["103.21.244.0/22"],
    });
  });

  it("is proved where its target's rules get one more range", async () => {
    const more = onPort(443, { cidr_blocks: [...EDGE_4, "198.51.100.0/24"] });
    expect(await rollout(network(), network(more))).toEqual({ verdict: "proved" });
  });

  it("is proved where its target group no longer keeps clients' addresses", async () => {
    const after = changed(network(), { aws_lb_target_group: { app: KEEPS_NOTHING } });
    expect(await rollout(network(), after)).toEqual({ verdict: "proved" });
  });
});

const KEEPS_NOTHING = { preserve_client_ip: "false" };
