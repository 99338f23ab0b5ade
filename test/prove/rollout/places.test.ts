import {
  type Blocks,
  changed,
  configuration,
  listener,
  site,
  VPC_ID,
} from "../../support/balancer";
import type { Written } from "../../support/plan";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf } from "./change";

afterAll(removeSandboxes);

const { app: machine = {} } = site().aws_instance ?? {};
const { app: attached = {} } = site().aws_lb_target_group_attachment ?? {};
const CBD = { lifecycle: { create_before_destroy: true } };
const TWO = { aws_instance: { two: machine } };
const TO_TWO = { target_id: "${aws_instance.two.id}" };

/** Types without any block are none. */
const whole = (blocks: Blocks) =>
  configuration(
    Object.fromEntries(Object.entries(blocks).filter(([, named]) => Object.keys(named).length > 0)),
  );

async function reviewOf(first: Blocks, second: Blocks) {
  return (await changeOf(whole(first), whole(second))).review();
}

async function rollout(first: Blocks, second: Blocks) {
  return rolloutOf(await reviewOf(first, second));
}

describeWithTerraform("the only target that the input shows", () => {
  const both = changed(site(), TWO);
  const toTwo = changed(both, { aws_lb_target_group_attachment: { app: TO_TWO } });

  it("is missed by everybody while another is registered in its stead", async () => {
    const review = await reviewOf(both, toTwo);
    expect(rolloutOf(review)).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_lb_target_group_attachment.app"],
      pending: ["create aws_lb_target_group_attachment.app"],
    });
    expect(review.paths[0]?.availability.verdict).toBe("proved");
    expect(review.findings.map(({ rule, fix }) => [rule, fix])).toEqual([
      [
        "rollout/cut-off-during-apply",
        "set create_before_destroy on aws_lb_target_group_attachment.app",
      ],
    ]);
  });

  it("is missed while its machine is made anew, be it before the old one goes", async () => {
    const made = changed(site(), { aws_instance: { app: { ami: "ami-0fedcba9876543210" } } });
    expect(await rollout(site(), made)).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_lb_target_group_attachment.app"],
    });
    const first = changed(site(), { aws_instance: { app: CBD } });
    const next = changed(made, { aws_instance: { app: CBD } });
    expect(await rollout(first, next)).toMatchObject({ verdict: "refuted" });
  });

  it("is missed under another key of for_each, unless the new one is surely made first", async () => {
    const keyed = (name: string, id: string, more: Written = {}) =>
      changed(both, {
        aws_lb_target_group_attachment: {
          app: {
            for_each: `\${toset(["${name}"])}`,
            target_id: `\${aws_instance.${id}.id}`,
            ...more,
          },
        },
      });
    const found = await rollout(keyed("a", "app"), keyed("b", "two"));
    expect(found).toMatchObject({
      verdict: "refuted",
      done: ['delete aws_lb_target_group_attachment.app["a"]'],
      pending: ['create aws_lb_target_group_attachment.app["b"]'],
    });
  });

  it("is not missed where another is registered first, or stays", async () => {
    const first = changed(both, { aws_lb_target_group_attachment: { app: CBD } });
    const next = changed(toTwo, { aws_lb_target_group_attachment: { app: CBD } });
    expect(await rollout(first, next)).toEqual({ verdict: "proved" });
    const more = changed(both, {
      aws_lb_target_group_attachment: { two: { ...attached, ...TO_TWO } },
    });
    const stays = changed(more, { aws_lb_target_group_attachment: { app: { port: 8080 } } });
    expect(await rollout(more, stays)).toEqual({ verdict: "proved" });
  });

  it("is missed in a target group that is made anew, or that a listener turns to too early", async () => {
    const next = { app: { name: "next", ...CBD } };
    const before = changed(site(), { aws_lb_target_group: { app: CBD } });
    expect(await rollout(before, changed(site(), { aws_lb_target_group: next }))).toMatchObject({
      verdict: "refuted",
    });
    const api = changed(site(), {
      aws_lb_target_group: { api: { name: "api", port: 8080, protocol: "HTTP", vpc_id: VPC_ID } },
      aws_lb_target_group_attachment: {
        api: { ...attached, target_group_arn: "${aws_lb_target_group.api.arn}" },
      },
      aws_lb_listener: {
        https: {
          default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" }],
        },
      },
    });
    expect(await rollout(site(), api)).toMatchObject({
      verdict: "refuted",
      done: expect.arrayContaining(["update aws_lb_listener.https"]) as unknown,
      pending: ["create aws_lb_target_group_attachment.api"],
    });
  });

  it("may not be the only one where something that is not read names its target group", async () => {
    const deploys = (reference: string): Blocks => ({
      terraform_data: { a: { input: reference } },
    });
    const named = deploys("${aws_lb_target_group.app.arn}");
    expect(await rollout({ ...both, ...named }, { ...toTwo, ...named })).toEqual({
      verdict: "undetermined",
      reasons: ["aws/no-target"],
    });
    const script = "register ${aws_lb_target_group.app.arn}";
    const itself = (blocks: Blocks) =>
      changed(blocks, { aws_instance: { two: { user_data: script } } });
    expect(await rollout(itself(both), itself(toTwo))).toMatchObject({ verdict: "undetermined" });
    const watched = deploys("${aws_lb_target_group.app.arn_suffix}");
    expect(await rollout({ ...both, ...watched }, { ...toTwo, ...watched })).toMatchObject({
      verdict: "refuted",
    });
  });

  it("is open where no end of the apply shows one for certain", async () => {
    const none = changed(both, { aws_lb_target_group_attachment: { app: null } });
    expect(await rollout(none, toTwo)).toMatchObject({ verdict: "undetermined" });
    expect(await rollout(both, none)).toMatchObject({ verdict: "undetermined" });
  });
});

describeWithTerraform("the only machines that the input shows", () => {
  const fleet = (name: string, more: Written = {}): Blocks =>
    changed(site(), {
      aws_lb_target_group_attachment: { app: null },
      aws_launch_template: {
        app: { name: "app", vpc_security_group_ids: ["${aws_security_group.app.id}"] },
      },
      aws_autoscaling_group: {
        app: {
          ...{ name, min_size: 1, max_size: 2, desired_capacity: 1 },
          vpc_zone_identifier: ["subnet-0aaaaaaaaaaaaaaa1"],
          target_group_arns: ["${aws_lb_target_group.app.arn}"],
          launch_template: [{ id: "${aws_launch_template.app.id}", version: "1" }],
          ...more,
        },
      },
    });

  it("are missed while their autoscaling group is made anew, unless the new one comes first", async () => {
    expect(await rollout(fleet("app"), fleet("next"))).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_autoscaling_group.app"],
    });
    expect(await rollout(fleet("app", CBD), fleet("next", CBD))).toEqual({ verdict: "proved" });
  });
});

describeWithTerraform("the listener of a port", () => {
  const certificate = (name: string) => ({
    certificate_arn: `arn:aws:acm:eu-west-1:111122223333:certificate/${name}`,
  });
  const of = (name: string, more: Written): Blocks =>
    changed(site(), { aws_lb_listener: { https: null, [name]: listener(443, "HTTPS", more) } });

  it("is missed while it is made anew, since a balancer has one for each port", async () => {
    const review = await reviewOf(of("a", certificate("a")), of("b", certificate("b")));
    expect(rolloutOf(review)).toMatchObject({
      verdict: "refuted",
      done: ["delete aws_lb_listener.a"],
      pending: ["create aws_lb_listener.b"],
    });
    expect(review.findings.map(({ fix }) => fix)).toEqual([
      "write a moved block from aws_lb_listener.a to aws_lb_listener.b, so that nothing is deleted",
    ]);
  });

  it("may be deleted for good where it is made again first, as it was", async () => {
    const review = await reviewOf(of("a", certificate("a")), of("b", certificate("a")));
    expect(review.paths[0]?.availability.verdict).toBe("undetermined");
    expect(review.findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      "rollout/deletes-what-stays aws_lb_listener.b",
    ]);
  });

  it("is not missed on another port, nor where it is another balancer's", async () => {
    const other = { aws_lb_listener: { other: listener(8443, "HTTPS") } };
    expect(await rollout(changed(site(), other), site())).toEqual({ verdict: "proved" });
  });

  it("keeps another from being made", async () => {
    const twice = changed(site(), {
      aws_lb_listener: { next: listener(443, "HTTPS", certificate("b")) },
    });
    const first = changed(site(), { aws_lb_listener: { https: certificate("a") } });
    const review = await reviewOf(
      first,
      changed(twice, { aws_lb_listener: { https: certificate("a") } }),
    );
    expect(review.findings.map(({ rule, subject }) => `${rule} ${subject}`)).toContain(
      "rollout/never-ends aws_lb_listener.next",
    );
  });
});
