import { parseInput } from "../../lib/read/parse-input";
import { undoneIn, withoutUndone } from "../../lib/read/undone";
import { type PlannedResource, planOf, type Written } from "../support/plan";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/app/1";

const readOf = (...resources: readonly PlannedResource[]) =>
  parseInput(JSON.stringify(planOf({ resources })), "plan.json");

const renamed = (type: string, values: Written, next: Written = values, makes = type) =>
  readOf(
    { address: `${type}.old`, before: values, actions: ["delete"] },
    { address: `${makes}.new`, values: next, actions: ["create"] },
  );

const told = (read: ReturnType<typeof readOf>, when?: "first" | "last") =>
  undoneIn([read], when && (() => when)).map(({ instance, gone, sure }) => {
    return `${instance.address} ${gone.address} ${sure}`;
  });

const TARGET = { target_group_arn: ARN, target_id: "i-1" };

describe("what is made again while another block of the same is deleted", () => {
  it.each<[string, Written]>([
    ["aws_lb_target_group_attachment", TARGET],
    ["aws_elb_attachment", { elb: "web", instance: "i-1" }],
    ["aws_autoscaling_attachment", { autoscaling_group_name: "app", lb_target_group_arn: ARN }],
    ["aws_main_route_table_association", { vpc_id: "vpc-1", route_table_id: "rtb-1" }],
    [
      "cloudflare_record",
      { zone_id: "z", name: "www", type: "A", content: "192.0.2.1", allow_overwrite: true },
    ],
  ])("may be undone: %s", (type, values) => {
    expect(told(renamed(type, values))).toEqual([`${type}.new ${type}.old false`]);
    expect(told(renamed(type, values), "last")).toEqual([`${type}.new ${type}.old true`]);
    expect(told(renamed(type, values), "first")).toEqual([]);
  });

  it("may be undone under the older name of its type", () => {
    const alb = renamed(
      "aws_alb_target_group_attachment",
      TARGET,
      TARGET,
      "aws_lb_target_group_attachment",
    );
    expect(told(alb)).toHaveLength(1);
  });

  it("is not undone by what said something else, or fails where it is there", () => {
    const other = { ...TARGET, target_id: "i-2" };
    expect(told(renamed("aws_lb_target_group_attachment", other, TARGET))).toEqual([]);
    const record = { zone_id: "z", name: "www", type: "A", content: "192.0.2.1" };
    expect(told(renamed("cloudflare_record", record))).toEqual([]);
    const rule = { security_group_id: "sg-1", cidr_ipv4: "192.0.2.0/24" };
    expect(told(renamed("aws_vpc_security_group_ingress_rule", rule))).toEqual([]);
  });

  it("is a listener with the settings of the old one, as far as is known", () => {
    const place = { load_balancer_arn: "arn:aws:x:lb", port: 443 };
    const action = (target_group_arn: string, type = "forward") => [{ type, target_group_arn }];
    const old = { protocol: "HTTPS", certificate_arn: "a", default_action: action(ARN) };
    const told443 = (next: Written) =>
      told(renamed("aws_lb_listener", { ...place, ...old }, { ...place, ...old, ...next })).length;
    expect(told443({})).toBe(1);
    expect(told443({ protocol: "https", ssl_policy: "b" })).toBe(1);
    expect(told443({ certificate_arn: null, default_action: [{ type: "forward" }] })).toBe(1);
    expect(told443({ port: 8443 })).toBe(0);
    expect(told443({ load_balancer_arn: "arn:aws:x:other" })).toBe(0);
    // AWS refuses these while the old one is there.
    expect(told443({ certificate_arn: "b" })).toBe(0);
    expect(told443({ protocol: "TLS" })).toBe(0);
    expect(told443({ default_action: action("arn:other") })).toBe(0);
    expect(told443({ default_action: action(ARN, "redirect") })).toBe(0);
  });

  it("is not certain, or is gone", () => {
    const read = renamed("aws_lb_target_group_attachment", TARGET);
    const left = (when: "last" | "unordered" | "first") =>
      withoutUndone([read], () => when).flatMap(({ instances }) => instances.map((i) => i.certain));
    expect([left("first"), left("unordered"), left("last")]).toEqual([[true], [false], []]);
  });

  it("is gone where it replaces itself, the new one first", () => {
    const group = { address: "aws_lb_target_group.app", values: { arn: ARN, port: 8080 } };
    const replaced = (before: Written, values: Written) => {
      const address = "aws_lb_target_group_attachment.app";
      return readOf(group, { address, before, values, actions: ["create", "delete"] });
    };
    const at = (port: number | null) => ({ ...TARGET, port });
    expect(told(replaced(at(null), at(8080)), "last")).toHaveLength(1);
    expect(told(replaced(at(null), at(8080)), "first")).toEqual([]);
    expect(told(replaced(at(8081), at(8080)), "last")).toEqual([]);
    expect(told(replaced(at(null), at(8081)), "last")).toEqual([]);
  });
});
