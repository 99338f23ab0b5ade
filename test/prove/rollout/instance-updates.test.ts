import { parseInput, reviewInputs } from "originproof/review";
import type { Json, JsonObject } from "../../../lib/model/value";
import { mannerOf } from "../../../lib/prove/rollout/atomicity";
import { type Blocks, webBlocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, rolloutOf, web } from "./change";
import { callsOf } from "./updates";

afterAll(removeSandboxes);

function machine(more: object): Blocks {
  const { web: own } = webBlocks().aws_instance ?? {};
  return { aws_instance: { web: { ...own, ...more } } };
}

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly before: JsonObject; readonly after: JsonObject };
  }[];
}

/** Of a machine that is otherwise as it was, one attribute is updated. */
async function rolloutWith(name: string, before: Json, after: Json) {
  const { plan } = await changeOf(web(), web());
  const patched = (plan as Plan).resource_changes.map((entry) =>
    entry.address === "aws_instance.web"
      ? {
          ...entry,
          change: {
            ...entry.change,
            actions: ["update"],
            before: { ...entry.change.before, [name]: before },
            after: { ...entry.change.after, [name]: after },
          },
        }
      : entry,
  );
  const text = JSON.stringify({ ...plan, resource_changes: patched });
  return rolloutOf(reviewInputs([parseInput(text, "plan.json")]));
}

describeWithTerraform("an update of a machine", () => {
  it("stops it for other CPU options", async () => {
    const cores = (core_count: number) =>
      web(machine({ cpu_options: [{ core_count, threads_per_core: 2 }] }));
    const { review } = await changeOf(cores(2), cores(1));
    expect(rolloutOf(review())).toMatchObject({
      verdict: "refuted",
      done: ["update aws_instance.web (stops the instance)"],
    });
  });

  it.each([
    ["placement_group", "a", "b"],
    ["unheard_of", null, 1],
  ])("is not known where it is of %s", async (name, before, after) => {
    expect(await rolloutWith(name, before, after)).toEqual({
      verdict: "undetermined",
      reasons: ["rollout/update-not-known"],
    });
  });

  it("goes on while what no visitor notices is changed", async () => {
    const quiet = (on: boolean) =>
      web(
        machine({
          monitoring: on,
          tags: { on: String(on) },
          ...{ source_dest_check: on, disable_api_termination: on, volume_tags: { on: `${on}` } },
          metadata_options: [{ http_tokens: on ? "required" : "optional" }],
          root_block_device: [{ volume_size: on ? 10 : 8 }],
          credit_specification: [{ cpu_credits: on ? "unlimited" : "standard" }],
        }),
      );
    const { review, plan } = await changeOf(quiet(false), quiet(true));
    const { resource_changes: changes } = plan as { resource_changes: readonly object[] };
    expect(changes).toContainEqual(
      expect.objectContaining({
        address: "aws_instance.web",
        change: expect.objectContaining({ actions: ["update"] }),
      }),
    );
    expect(rolloutOf(review())).toEqual({ verdict: "proved" });
  });
});

describe("what is known of a machine's updates", () => {
  it("is by a row for each attribute, and of an interface too", () => {
    expect(mannerOf("aws_instance", "cpu_options")).toBe("stop-then-start");
    expect(mannerOf("aws_instance", "iam_instance_profile")).toBe("inert");
    expect(mannerOf("aws_instance", "tags")).toBe("inert");
    expect(mannerOf("aws_instance", "tenancy")).toBeUndefined();
    expect(mannerOf("aws_instance", "unheard_of")).toBeUndefined();
    // An address of a record may be one of its prefixes.
    expect(mannerOf("aws_network_interface", "ipv6_prefix_count")).toBeUndefined();
    expect(mannerOf("aws_network_interface", "source_dest_check")).toBe("inert");
  });

  it("says which attribute is not known", () => {
    const calls = callsOf("aws_instance", { placement_group: "a" }, { placement_group: "b" });
    expect(calls).toEqual({ named: [undefined], unlisted: ["placement_group"] });
  });
});
