import { parseInput, type Review, reviewInputs } from "originproof/review";
import { renderJson } from "../../lib/report/json";
import { renderText } from "../../lib/report/text";
import { planOf, type Written } from "../support/plan";

const ZONE = "0123456789abcdef0123456789abcdef";

function drifted(address: string, actions: readonly string[], after: Written | null): Written {
  const [type, name] = address.split(".");
  const before = { ingress: [], tags: {} };
  return { address, mode: "managed", type, name, change: { actions, before, after } };
}

/** A site whose plan says that these resources drifted. */
function review(...drift: readonly Written[]): Review {
  return reviewOf({ ingress: [], tags: {} }, drift);
}

function reviewOf(group: Written, drift: readonly Written[]): Review {
  const record = { zone_id: ZONE, name: "www.example.com", type: "A", proxied: true, ttl: 1 };
  const plan = planOf({
    resources: [
      {
        address: "cloudflare_dns_record.www",
        values: record,
        refs: { content: ["aws_eip.web.public_ip"] },
      },
      { address: "aws_eip.web", refs: { instance: ["aws_instance.web.id"] } },
      {
        address: "aws_instance.web",
        values: { subnet_id: "subnet-1" },
        refs: { vpc_security_group_ids: ["aws_security_group.web.id"] },
      },
      { address: "aws_security_group.web", values: { vpc_id: "vpc-1", ...group } },
    ],
    more: { resource_drift: drift },
  });
  return reviewInputs([parseInput(JSON.stringify(plan), "plan.json")]);
}

const GROUP = drifted("aws_security_group.web", ["update"], { ingress: [{}], tags: {} });

test("what was changed outside Terraform is told, where it is on a path", () => {
  const found = review(GROUP);
  expect(found.drift).toEqual([
    {
      input: "plan.json",
      address: "aws_security_group.web",
      action: "update",
      attributes: ["ingress"],
      paths: found.paths.map((_, index) => index),
    },
  ]);
  expect(renderText(found)).toContain(
    "drift   aws_security_group.web was changed outside Terraform (ingress)\n",
  );
  expect(JSON.parse(renderJson(found)).drift).toEqual(found.drift);
});

test("so is what was deleted", () => {
  const found = review(drifted("aws_eip.web", ["delete"], null));
  expect(found.drift.map(({ address, action }) => `${action} ${address}`)).toEqual([
    "delete aws_eip.web",
  ]);
  expect(renderText(found)).toContain("drift   aws_eip.web was deleted outside Terraform\n");
});

test("a change of tags alone, and of what is on no path, is left out", () => {
  const tags = drifted("aws_security_group.web", ["update"], { ingress: [], tags: { a: "b" } });
  const elsewhere = drifted("aws_s3_bucket.logs", ["update"], { ingress: [{}] });
  const found = review(tags, elsewhere);
  expect(found.drift).toEqual([]);
  expect(renderText(found)).not.toContain("drift");
});

test("a list that the configuration leaves to rule resources is left out", () => {
  expect(reviewOf({}, [GROUP]).drift).toEqual([]);
});

test("a list of another shape is no drift", () => {
  expect(review({ address: 3 }, { address: "aws_eip.web", change: null }).drift).toEqual([]);
});
