import { parseInput, reviewInputs } from "originproof/review";
import { configuration, inlineGroup, inlineRule } from "../prove/rollout/change";
import { NETWORK, webBlocks } from "../support/aws-web";
import { EDGE_4 } from "../support/plan";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";

afterAll(removeSandboxes);

const OTHER = {
  aws_security_group: { other: { name: "other", vpc_id: "${aws_vpc.main.id}" } },
};

/** Verdicts on a machine whose groups are given by an expression, in a first plan. */
async function verdicts(groups: string, extra: readonly string[] = []) {
  const machine = { aws_instance: { web: { vpc_security_group_ids: groups } } };
  const locked = inlineGroup([inlineRule({ cidr_blocks: EDGE_4 })]);
  const whole = {
    ...configuration(NETWORK, webBlocks(), locked, OTHER, machine),
    variable: {
      extra: { type: "list(string)", default: extra },
      create: { type: "bool", default: true },
    },
  };
  const box = newSandbox({ configuration: whole });
  const shown = JSON.stringify(await box.show(await box.plan()));
  // Terraform's JSON syntax shows the template beside its references, HCL the references alone.
  const plan = shown.replace(/"constant_value":"\$\{[^"]*\}",("references")/g, "$1");
  const { paths } = reviewInputs([parseInput(plan, "plan.json")]);
  return paths.map(({ availability, exclusivity }) => [availability.verdict, exclusivity.verdict]);
}

const PROVED = [["proved", "proved"]];
const UNDETERMINED = [["undetermined", "undetermined"]];

describeWithTerraform("variables beside the ids of a list that is known after apply", () => {
  it.each([
    ["concat([aws_security_group.web.id], var.extra)"],
    ["compact(concat(aws_security_group.web[*].id, var.extra))"],
    ["var.create ? concat([aws_security_group.web.id], var.extra) : var.extra"],
  ])("add nothing where they are empty: %s", async (expression) => {
    expect(await verdicts(`\${${expression}}`)).toEqual(PROVED);
  });

  it("may add what they hold", async () => {
    const groups = "${concat([aws_security_group.web.id], var.extra)}";
    expect(await verdicts(groups, ["sg-0123456789abcdef0"])).toEqual(UNDETERMINED);
  });

  it("may choose between several", async () => {
    const groups = "${[var.create ? aws_security_group.web.id : aws_security_group.other.id]}";
    expect(await verdicts(groups)).toEqual(UNDETERMINED);
  });
});
