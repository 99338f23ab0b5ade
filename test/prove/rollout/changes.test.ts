import { parseRawState } from "../../../lib/read/raw-state";
import { EDGE_4 } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, configuration, inlineGroup, inlineRule, rolloutOf, web } from "./change";

afterAll(removeSandboxes);

const [FIRST = "", ...REST] = EDGE_4;
const SPLIT = ["103.21.244.0/23", "103.21.246.0/23"];

/** One block with many ranges. */
function manyInOne(cidrs: readonly string[], lifecycle: object = {}) {
  return {
    aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
    aws_security_group_rule: {
      edge: {
        type: "ingress",
        security_group_id: "${aws_security_group.web.id}",
        from_port: 443,
        to_port: 443,
        protocol: "tcp",
        cidr_blocks: cidrs,
        ...lifecycle,
      },
    },
  };
}

/** One block a range, with a gate that the record waits for. */
function onePerRange(cidrs: readonly string[], lifecycle: object = CBD) {
  return {
    aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}" } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(
      cidrs.map((cidr) => [
        `r${cidr.replace(/\W/g, "-")}`,
        {
          security_group_id: "${aws_security_group.web.id}",
          from_port: 443,
          to_port: 443,
          ip_protocol: "tcp",
          cidr_ipv4: cidr,
          ...lifecycle,
        },
      ]),
    ),
    terraform_data: {
      ready: {
        input: cidrs.join(),
        depends_on: cidrs.map(
          (cidr) => `aws_vpc_security_group_ingress_rule.r${cidr.replace(/\W/g, "-")}`,
        ),
      },
    },
  };
}

const CBD = { lifecycle: { create_before_destroy: true } };

function www(more: object) {
  const zone = "0123456789abcdef0123456789abcdef";
  const shared = { zone_id: zone, name: "www.example.com", type: "A", proxied: true, ttl: 1 };
  return { cloudflare_dns_record: { www: { ...shared, ...more } } };
}

function instance(name: string, more: object = {}) {
  return {
    aws_instance: {
      [name]: {
        associate_public_ip_address: true,
        ami: "ami-0123456789abcdef0",
        instance_type: "t3.micro",
        subnet_id: "${aws_subnet.web.id}",
        vpc_security_group_ids: ["${aws_security_group.web.id}"],
        ...more,
      },
    },
  };
}

describeWithTerraform("a change of one range", () => {
  it("is refuted where one block holds them all", async () => {
    const change = await changeOf(web(manyInOne(EDGE_4)), web(manyInOne([...SPLIT, ...REST])));
    const found = rolloutOf(change.review());
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_security_group_rule.edge"],
      pending: ["create aws_security_group_rule.edge"],
    });
    expect(found.cutOff).toHaveLength(15);
  });

  it("never ends where the new block must fail since the old one is still there", async () => {
    const change = await changeOf(
      web(manyInOne(EDGE_4, CBD)),
      web(manyInOne([...SPLIT, ...REST], CBD)),
    );
    // Nothing changes: AWS refuses the duplicate, and the old rule stays.
    expect(rolloutOf(change.review())).toEqual({ verdict: "proved" });
  });

  it("is proved with a block a range, new ones first", async () => {
    const change = await changeOf(web(onePerRange(EDGE_4)), web(onePerRange([...SPLIT, ...REST])));
    expect(rolloutOf(change.review())).toEqual({
      verdict: "undetermined",
      reasons: ["order/stored-flag"],
    });
    expect(rolloutOf(change.review({ graph: true }))).toEqual({ verdict: "proved" });
  });

  it("has the opposite verdict, with the same plan, where the flag is not set", async () => {
    const change = await changeOf(
      web(onePerRange(EDGE_4, {})),
      web(onePerRange([...SPLIT, ...REST], {})),
    );
    const same = await changeOf(web(onePerRange(EDGE_4)), web(onePerRange([...SPLIT, ...REST])));
    const stripped = (plan: object) =>
      JSON.stringify({ ...plan, timestamp: "" }).replaceAll(/sg-\w+|sgr-\w+|"[0-9a-f-]{36}"/g, "");
    expect(stripped(change.plan)).toHaveLength(stripped(same.plan).length);
    expect(rolloutOf(change.review())).toEqual({
      verdict: "undetermined",
      reasons: ["order/stored-flag"],
    });
    expect(rolloutOf(change.review({ graph: true }))).toEqual({
      verdict: "refuted",
      done: ["delete aws_vpc_security_group_ingress_rule.r103-21-244-0-22"],
      pending: [
        "create aws_vpc_security_group_ingress_rule.r103-21-244-0-23",
        "create aws_vpc_security_group_ingress_rule.r103-21-246-0-23",
      ],
      cutOff: [FIRST],
    });
  });

  it("is proved by the state, or under an assumption by the configuration", async () => {
    const change = await changeOf(web(onePerRange(EDGE_4)), web(onePerRange([...SPLIT, ...REST])));
    const state = parseRawState(JSON.stringify(await change.box.stateJson()), "plan.json");
    expect(rolloutOf(change.review({ states: [state] }))).toEqual({ verdict: "proved" });
    const gone = "aws_vpc_security_group_ingress_rule.r103-21-244-0-22";
    const resource = { constructPath: "site/rule", source: null, createBeforeDestroy: true };
    const sidecar = { stack: "plan.json", resources: { [gone]: resource } };
    const empty = { schemaVersion: 1 as const, locks: [], records: {}, weakened: [] };
    const review = change.review({ sidecars: [{ ...empty, ...sidecar }] });
    expect(rolloutOf(review)).toEqual({ verdict: "proved" });
    const assumed = review.paths[0]?.assumptions.filter(({ id }) => id === "order/cbd-in-state");
    expect(assumed?.map(({ subject }) => subject)).toEqual([gone]);
    const forbidden = change.review({
      sidecars: [{ ...empty, ...sidecar }],
      forbiddenAssumptions: ["order/cbd-in-state"],
    });
    expect(rolloutOf(forbidden)).toEqual({
      verdict: "undetermined",
      reasons: ["order/cbd-in-state"],
    });
  });

  it("is refuted inline where it splits a range, by the calls of the update", async () => {
    const group = (cidrs: readonly string[]) => inlineGroup([inlineRule({ cidr_blocks: cidrs })]);
    const change = await changeOf(web(group(EDGE_4)), web(group([...SPLIT, ...REST])));
    expect(rolloutOf(change.review())).toEqual({
      verdict: "refuted",
      done: ["update aws_security_group.web (revokes ingress rules)"],
      pending: ["update aws_security_group.web (authorizes ingress rules)"],
      cutOff: [FIRST],
    });
  });

  it("is refuted inline where only a description changes", async () => {
    const group = (description: string) => inlineGroup([inlineRule({ description })]);
    const change = await changeOf(web(group("a")), web(group("b")));
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["update aws_security_group.web (revokes ingress rules)"],
    });
  });

  it("is proved inline where a range is only added", async () => {
    const group = (cidrs: readonly string[]) => inlineGroup([inlineRule({ cidr_blocks: cidrs })]);
    const change = await changeOf(web(group(EDGE_4)), web(group([...EDGE_4, "198.51.100.0/24"])));
    expect(rolloutOf(change.review())).toEqual({ verdict: "proved" });
  });
});

describeWithTerraform("a change of the record", () => {
  it("is refuted from an address to a name: the name is gone in between", async () => {
    const app = www({
      name: "app.example.com",
      proxied: false,
      content: "${aws_instance.web.public_ip}",
    }).cloudflare_dns_record.www;
    const records = (record: object) => ({
      cloudflare_dns_record: { ...www(record).cloudflare_dns_record, app },
    });
    const change = await changeOf(
      web(records({ content: "${aws_instance.web.public_ip}" })),
      web(records({ type: "CNAME", content: "app.example.com" })),
    );
    const found = rolloutOf(change.review());
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ["delete cloudflare_dns_record.www"],
      pending: ["create cloudflare_dns_record.www"],
    });
  });

  it("is proved to another instance that stays beside the old one", async () => {
    const change = await changeOf(
      web(instance("next"), www({ content: "${aws_instance.web.public_ip}" })),
      web(instance("next"), www({ content: "${aws_instance.next.public_ip}" })),
    );
    expect(rolloutOf(change.review())).toEqual({ verdict: "proved" });
  });

  it("is refuted where the new instance has no rules yet when the record moves", async () => {
    const group = { aws_security_group: { next: { name: "next", vpc_id: "${aws_vpc.main.id}" } } };
    const rule = {
      aws_vpc_security_group_ingress_rule: {
        next: {
          security_group_id: "${aws_security_group.next.id}",
          from_port: 443,
          to_port: 443,
          ip_protocol: "tcp",
          cidr_ipv4: "0.0.0.0/0",
        },
      },
    };
    const next = instance("next", {
      vpc_security_group_ids: ["${aws_security_group.next.id}"],
    });
    const change = await changeOf(
      web(group, next, www({ content: "${aws_instance.web.public_ip}" })),
      web(group, next, rule, www({ content: "${aws_instance.next.public_ip}" })),
    );
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["update cloudflare_dns_record.www"],
      pending: ["create aws_vpc_security_group_ingress_rule.next"],
    });
  });
});

describeWithTerraform("what an apply owes", () => {
  it("is nothing to a hostname that it makes", async () => {
    const change = await changeOf(configuration({ aws_eip: { other: { domain: "vpc" } } }), web());
    expect(rolloutOf(change.review())).toEqual({ verdict: "notOwed", reasons: ["rollout/new"] });
  });

  it("is nothing new where nothing on the path changes", async () => {
    const change = await changeOf(web(), web({ aws_eip: { other: { domain: "vpc" } } }));
    expect(rolloutOf(change.review())).toEqual({ verdict: "proved" });
  });

  it("is nothing of what it repairs", async () => {
    const group = (port: number) => inlineGroup([inlineRule({ from_port: port, to_port: port })]);
    const change = await changeOf(web(group(80)), web(group(443)));
    expect(rolloutOf(change.review())).toEqual({
      verdict: "notOwed",
      reasons: ["rollout/repaired"],
    });
  });

  it("is an answer while an instance stops and starts", async () => {
    const change = await changeOf(web(), web(instance("web", { instance_type: "t3.small" })));
    expect(rolloutOf(change.review())).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.web (stops the instance)"],
    });
  });
});
