import { parseInput, reviewInputs } from "originproof/review";
import type { JsonObject } from "../../lib/model/value";
import { changeOf, web } from "../prove/rollout/change";
import { describeWithTerraform, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const SITE = web();
const TAGGED = web({ aws_instance: { web: { tags: { owner: "web" } } } });

/** As Terraform 1.14 writes them: the one that runs here has none. */
function invocation(type: string, more: JsonObject): JsonObject {
  return {
    address: `action.${type}.x`,
    type,
    name: "x",
    provider_name: "registry.terraform.io/hashicorp/aws",
    lifecycle_action_trigger: {
      triggering_resource_address: "aws_security_group.web",
      action_trigger_event: "AfterUpdate",
      action_trigger_block_index: 0,
      actions_list_index: 0,
    },
    ...more,
  };
}

let plan: JsonObject;

function machineId(): string {
  const changes = plan.resource_changes as readonly JsonObject[];
  const change = changes.find(({ address }) => address === "aws_instance.web")
    ?.change as JsonObject;
  return String((change.before as JsonObject).id);
}

function decided(...action_invocations: readonly JsonObject[]): readonly unknown[] {
  return reviewed({ action_invocations });
}

function reviewed(more: JsonObject): readonly unknown[] {
  const input = parseInput(JSON.stringify({ ...plan, ...more }), "plan.json");
  return reviewInputs([input]).paths.flatMap(({ availability, rollout }) => [
    availability.verdict,
    rollout?.verdict,
    ...availability.reasons.map(({ id, subject }) => `${id} ${subject}`),
  ]);
}

const PROVED = ["proved", "proved"];
const stopped = (type: string) => [
  "undetermined",
  "undetermined",
  `aws/instance-stopped action.${type}.x`,
];

describeWithTerraform("an action", () => {
  const STOP = "aws_ec2_stop_instance";

  beforeAll(async () => {
    plan = (await changeOf(SITE, TAGGED)).plan as JsonObject;
  });

  it("that stops a machine stops its site", () => {
    const stop = invocation(STOP, { config_values: { instance_id: machineId() } });
    expect(decided(stop)).toEqual(stopped(STOP));
  });

  it("that is put off stops it too", () => {
    const action_invocation = invocation(STOP, { config_values: { instance_id: machineId() } });
    const deferred = [{ reason: "provider_config_unknown", action_invocation }];
    expect(reviewed({ deferred_action_invocations: deferred })).toEqual(stopped(STOP));
  });

  it("that stops another machine is of no account", () => {
    const stop = invocation(STOP, { config_values: { instance_id: "i-0fedcba9876543210" } });
    expect(decided(stop)).toEqual(PROVED);
  });

  it("may stop any machine where its own is known after apply", () => {
    const stop = invocation(STOP, { config_values: {}, config_unknown: { instance_id: true } });
    expect(decided(stop)).toEqual(stopped(STOP));
  });

  it("of which nobody knows what it does may stop a machine", () => {
    const type = "aws_ec2_do_something";
    expect(decided(invocation(type, { config_values: {} }))).toEqual(stopped(type));
  });

  it("that does nothing to machines is of no account, nor one of a provider that has none", () => {
    const harmless = ["aws_cloudfront_create_invalidation", "ansible_playbook_run"];
    expect(decided(...harmless.map((type) => invocation(type, {})))).toEqual(PROVED);
  });

  it("is refused where it is none", () => {
    const told = "plan.json: 'action_invocations' is no list, so this is no plan of Terraform's";
    expect(() => reviewed({ action_invocations: {} })).toThrow(told);
    expect(() => reviewed({ action_invocations: [null] })).toThrow("lacks its 'address'");
  });
});
