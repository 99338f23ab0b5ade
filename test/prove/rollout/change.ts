import { type Config, parseInput, type Review, reviewInputs } from "originproof/review";
import { parseTerraformGraph } from "../../../lib/read/terraform-graph";
import type { ReviewOptions } from "../../../lib/rules/review";
import type { Sandbox } from "../../../sandbox/terraform";
import { type Blocks, blocks, NETWORK, webBlocks } from "../../support/aws-web";
import { newSandbox, PROVIDERS } from "../../support/terraform";

/** A whole configuration of these blocks; an empty object takes a block away. */
export function configuration(...parts: readonly Blocks[]): object {
  const resource = Object.fromEntries(
    Object.entries(blocks(...parts))
      .map(([type, named]) => [type, Object.entries(named).filter(isThere)] as const)
      .filter(([, named]) => named.length > 0)
      .map(([type, named]) => [type, Object.fromEntries(named)]),
  );
  const provider = { aws: { region: "eu-west-1" }, cloudflare: { api_token: "x" } };
  return { terraform: PROVIDERS, provider, resource };
}

function isThere([, body]: readonly [string, object]): boolean {
  return Object.keys(body).length > 0;
}

/** A plan made by terraform, from what is deployed to what is wanted. */
export interface Change {
  readonly box: Sandbox;
  readonly plan: object;
  readonly dot: string;
  readonly review: (options?: ReviewOptions & { readonly graph?: boolean }) => Review;
}

/** Deploys the first configuration and plans the second. */
export async function changeOf(first: object, second: object): Promise<Change> {
  const box = newSandbox({ configuration: first });
  await box.apply();
  box.configure(second);
  const file = await box.plan();
  const plan = (await box.show(file)) as object;
  const dot = await box.graph(file);
  return { box, plan, dot, review: (options) => reviewOf(plan, dot, options) };
}

function reviewOf(
  plan: object,
  dot: string,
  { graph = false, ...options }: ReviewOptions & { readonly graph?: boolean } = {},
): Review {
  const graphs = graph ? [parseTerraformGraph(dot, "plan.json")] : [];
  return reviewInputs([parseInput(JSON.stringify(plan), "plan.json")], { ...options, graphs });
}

/** The site that the tests change: an instance in a public subnet, on 443 alone. */
export function web(...parts: readonly Blocks[]): object {
  return configuration(NETWORK, webBlocks(), inlineGroup([inlineRule()]), ...parts);
}

/** An element of `ingress`, with every attribute that Terraform asks for. */
export function inlineRule(more: object = {}): object {
  return {
    from_port: 443,
    to_port: 443,
    protocol: "tcp",
    cidr_blocks: ["0.0.0.0/0"],
    ipv6_cidr_blocks: [],
    description: "",
    prefix_list_ids: [],
    security_groups: [],
    self: false,
    ...more,
  };
}

export function inlineGroup(ingress: readonly object[]): Blocks {
  return { aws_security_group: { web: { name: "web", vpc_id: "${aws_vpc.main.id}", ingress } } };
}

/** The rollout of the only path: verdict, state and ids of reasons. */
export function rolloutOf(review: Review) {
  const [path, ...others] = review.paths;
  if (path === undefined || others.length > 0) {
    throw new Error(`${review.paths.length} paths, wanted one`);
  }
  const { rollout } = path;
  const steps = (list: readonly { address: string; action: string; part?: string }[] = []) =>
    list.map(({ action, address, part }) => `${action} ${address}${part ? ` (${part})` : ""}`);
  return {
    verdict: rollout?.verdict,
    ...(rollout?.reasons.length ? { reasons: rollout.reasons.map(({ id }) => id) } : {}),
    ...(rollout?.witness === undefined
      ? {}
      : {
          done: steps(rollout.witness.done),
          pending: steps(rollout.witness.pending),
          cutOff: rollout.witness.cutOff,
        }),
  };
}

export type { Config };
