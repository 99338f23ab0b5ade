import { type Hop, plainHop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { everything, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import type { Binding } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { bindBy } from "./aws-arn";

const PRINCIPAL = "elasticloadbalancing.amazonaws.com";
const ACTIONS = ["lambda:InvokeFunction", "lambda:*", "*"];

/** What a registration's `target_id` names. */
export function functionOf(lookup: Lookup, registration: Instance): Instance | undefined {
  const id = attribute(bodyOf(registration), "target_id");
  const types = ["aws_lambda_function"];
  const found = bindBy(lookup, [id, scopeOf(registration)], types, ["arn", "qualified_arn"]);
  return found.kind === "bound" && found.instance.mode === "managed" ? found.instance : undefined;
}

/**
 * What a balancer needs of a function that is registered with a target group: that it is there, and
 * a permission to invoke it. One that the input lacks may be elsewhere, but not one that an apply
 * takes away for a while.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function lambdaHops(lookup: Lookup, registration: Instance, family: Family): readonly Hop[] {
  const id = attribute(bodyOf(registration), "target_id");
  const name = knownString(id) ?? registration.address;
  const own = functionOf(lookup, registration);
  const hop = plainHop("proxy", [own?.address ?? name], everything(family), [], "second-leg-http");
  const there = { name: `function ${name}`, taken: own !== undefined };
  if (own === undefined) {
    return [{ ...hop, place: there }];
  }
  const named = permissions(lookup, own);
  const sure = named.find((each) => each.sure);
  const place = { name: `permission to invoke ${name}`, taken: sure !== undefined };
  const permitted = { ...hop, resources: [sure?.by.address ?? own.address], place };
  const [unsure] = named;
  if (sure === undefined && unsure !== undefined) {
    const { address } = unsure.by;
    const text = `whether ${address} lets the balancer invoke ${own.address} is known after apply`;
    const reasons = [{ id: "aws/target-not-read", subject: own.address, text }];
    const open = { ...permitted, bounds: unknownBounds(family), reasons };
    return [{ ...hop, place: there }, open];
  }
  return [{ ...hop, place: there }, permitted];
}

interface Permission {
  readonly by: Instance;
  readonly sure: boolean;
}

/** The permissions that are or may be a balancer's to invoke a function. */
function permissions(lookup: Lookup, own: Instance): readonly Permission[] {
  return lookup.managed("aws_lambda_permission").flatMap((by): Permission[] => {
    const body = bodyOf(by);
    const name = attribute(body, "function_name");
    const types = ["aws_lambda_function"];
    const found = bindBy(lookup, [name, scopeOf(by)], types, ["function_name", "arn", "id"]);
    const answers = [
      names(found, own),
      isOne(knownString(attribute(body, "principal")), [PRINCIPAL]),
      isOne(knownString(attribute(body, "action")), ACTIONS),
    ];
    const sure = by.certain && answers.every((answer) => answer === true);
    return answers.includes(false) ? [] : [{ by, sure }];
  });
}

function names(found: Binding, own: Instance): boolean | undefined {
  return found.kind === "bound"
    ? found.instance === own
    : found.kind === "uncertain"
      ? found.open || found.candidates.includes(own)
        ? undefined
        : false
      : false;
}

function isOne(text: string | undefined, wanted: readonly string[]): boolean | undefined {
  return text === undefined ? undefined : wanted.includes(text);
}
