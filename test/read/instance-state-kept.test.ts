import { parseInput, reviewInputs } from "originproof/review";
import type { JsonObject } from "../../lib/model/value";
import { changeOf, configuration, inlineGroup, inlineRule } from "../prove/rollout/change";
import { type Blocks, NETWORK, webBlocks } from "../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const EIP = { aws_eip: { web: { domain: "vpc", instance: "${aws_instance.web.id}" } } };
const { www = {} } = webBlocks().cloudflare_dns_record ?? {};
const RECORD = { cloudflare_dns_record: { www: { ...www, content: "${aws_eip.web.public_ip}" } } };

/** A site on an Elastic IP, whose machine stays there when it is stopped and started. */
function site(...parts: readonly Blocks[]): object {
  const own = [NETWORK, webBlocks(), inlineGroup([inlineRule()]), EIP, RECORD];
  return configuration(...own, ...parts);
}

function block(name: string, state: string): Blocks {
  const instance_id = "${aws_instance.web.id}";
  return { aws_ec2_instance_state: { [name]: { instance_id, state } } };
}

interface Plan {
  readonly resource_changes: readonly { readonly change: JsonObject }[];
}

/** What a plan without a refresh says: the machine is as the last apply found it when it made it. */
function unrefreshed(plan: object): object {
  const text = JSON.stringify(plan).replaceAll(
    '"instance_state":"stopped"',
    '"instance_state":"running"',
  );
  return JSON.parse(text) as object;
}

async function verdicts(first: object, second: object) {
  const { plan } = await changeOf(first, second);
  const review = reviewInputs([parseInput(JSON.stringify(unrefreshed(plan)), "plan.json")]);
  const found = review.paths.map(
    ({ availability, rollout }) => `${availability.verdict}, ${rollout?.verdict}`,
  );
  return { actions: actionsIn(plan as Plan), found };
}

function actionsIn({ resource_changes }: Plan): readonly unknown[] {
  return resource_changes.flatMap(({ change }) => {
    const [action] = change.actions as readonly string[];
    return action === "no-op" ? [] : [action];
  });
}

describeWithTerraform("the deletion of a block that stops a machine", () => {
  it("leaves it stopped", async () => {
    expect(await verdicts(site(block("web", "stopped")), site())).toEqual({
      actions: ["delete"],
      found: ["undetermined, proved"],
    });
  });

  it("leaves it running where it says so", async () => {
    expect(await verdicts(site(block("web", "running")), site())).toEqual({
      actions: ["delete"],
      found: ["proved, proved"],
    });
  });

  it("is no matter where another block starts the machine", async () => {
    const found = await verdicts(site(block("web", "stopped")), site(block("other", "running")));
    expect(found.found).toEqual(["proved, undetermined"]);
  });

  it("is no matter to the machine that replaces it", async () => {
    const { web = {} } = webBlocks().aws_instance ?? {};
    const next = { aws_instance: { web: { ...web, ami: "ami-0fedcba9876543210" } } };
    const found = await verdicts(site(block("web", "stopped")), site(next));
    expect(found.found).toEqual(["proved, undetermined"]);
  });

  it("takes nothing away from another block of the same machine", async () => {
    const both = site(block("web", "running"), block("other", "running"));
    expect(await verdicts(both, site(block("web", "running")))).toEqual({
      actions: ["delete"],
      found: ["proved, proved"],
    });
    const stopped = site(block("web", "stopped"), block("other", "stopped"));
    expect(await verdicts(stopped, site(block("web", "stopped")))).toEqual({
      actions: ["delete"],
      found: ["undetermined, proved"],
    });
  });

  it("goes with its machine", async () => {
    const { web = {} } = webBlocks().aws_instance ?? {};
    const two = { aws_instance: { two: web } };
    const to = "${aws_instance.two.id}";
    const stops = { aws_ec2_instance_state: { two: { instance_id: to, state: "stopped" } } };
    expect((await verdicts(site(two, stops), site())).found).toEqual(["proved, proved"]);
  });
});
