import type { Blocks } from "../../support/aws-web";
import { describeWithTerraform, removeSandboxes } from "../../support/terraform";
import { changeOf, web } from "./change";

afterAll(removeSandboxes);

/** A site with a block that runs a command whenever it is made. */
function site(version: string, more: Blocks = {}): object {
  const deploy = {
    triggers_replace: [version],
    provisioner: [{ "local-exec": { command: "true" } }],
  };
  return web({ terraform_data: { deploy } }, more);
}

async function rollouts(first: object, second: object) {
  const { paths } = (await changeOf(first, second)).review();
  return paths.map(({ rollout, assumptions, availability }) => ({
    verdict: rollout?.verdict,
    reasons: rollout?.reasons.map(({ id }) => id),
    available: availability.verdict,
    assumed: assumptions.filter(({ id }) => id === "rollout/provisioners").length,
  }));
}

const OUTSIDE = {
  cloudflare_dns_record: {
    www: {
      ...{ zone_id: "0123456789abcdef0123456789abcdef", name: "www.example.com", type: "A" },
      ...{ content: "203.0.113.10", proxied: true, ttl: 1 },
    },
  },
};

describeWithTerraform("provisioners that an apply runs", () => {
  it("are an assumption of what is proved", async () => {
    const proved = { verdict: "proved", reasons: [], available: "proved" };
    expect(await rollouts(site("1"), site("2"))).toEqual([{ ...proved, assumed: 1 }]);
    expect(await rollouts(site("1"), site("1"))).toEqual([{ ...proved, assumed: 0 }]);
  });

  it("may do anything to an origin outside the input", async () => {
    const [found] = await rollouts(site("1", OUTSIDE), site("2", OUTSIDE));
    expect(found).toMatchObject({ verdict: "undetermined", reasons: ["origin/outside-input"] });
    const [same] = await rollouts(site("1", OUTSIDE), site("1", OUTSIDE));
    expect(same).toMatchObject({ verdict: "proved" });
  });
});
