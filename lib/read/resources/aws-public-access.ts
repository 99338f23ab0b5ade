import type { Hop } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { knownString, type Value } from "../../model/value";
import { everything, nothing, unknownBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { attribute, bodyOf } from "../attributes";
import type { Lookup } from "../lookup";
import { hopOfNothing } from "./aws-either";
import { bindTo, type Key, keyOf, mayName, nameOf, SUBNET, VPC, vpcOf } from "./aws-vpc";

type Answer = "yes" | "no" | "unknown";

/**
 * VPC Block Public Access closes the internet gateways of every VPC of an account and region,
 * apart from what an exclusion names.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export function publicAccessHops(lookup: Lookup, subnet: Key, family: Family): readonly Hop[] {
  const options = lookup.managed("aws_vpc_block_public_access_options");
  return options.flatMap((each) => {
    const blocks = isOne(attribute(bodyOf(each), "internet_gateway_block_mode"), [
      "block-bidirectional",
      "block-ingress",
    ]);
    const excluded = exclusion(lookup, subnet);
    const here = isSamePlace(lookup, each, subnet);
    if (blocks === "no" || here === "no" || excluded.answer === "yes") {
      return [];
    }
    const sure = blocks === "yes" && here === "yes" && excluded.answer === "no" && each.certain;
    const what = sure
      ? `${each.address} keeps everything from the internet out of the subnet ${nameOf(subnet)}`
      : `whether ${each.address} keeps the internet out of the subnet ${nameOf(subnet)} is known after apply`;
    const id = sure ? "aws/public-access-blocked" : "aws/public-access-unknown";
    return [
      {
        ...hopOfNothing(family, "route"),
        name: "VPC Block Public Access",
        resources: [each.address],
        bounds: sure ? nothing(family) : { ...unknownBounds(family), may: everything(family).may },
        reasons: [{ id, subject: each.address, text: what }],
      },
    ];
  });
}

/**
 * Whether the options are of the account and region of a subnet. Two providers of one region may be
 * of two accounts.
 */
function isSamePlace(lookup: Lookup, options: Instance, subnet: Key): Answer {
  if (typeof subnet === "string") {
    return "yes";
  }
  const [own, other] = [options, subnet].map((each) => ({
    key: lookup.providerOf(each)?.key,
    region: knownString(attribute(bodyOf(each), "region")) ?? lookup.providerOf(each)?.region,
  }));
  if (own?.region !== undefined && other?.region !== undefined && own.region !== other.region) {
    return "no";
  }
  const apart = own?.key !== other?.key && options.input === subnet.input;
  return apart && own?.key !== undefined && other?.key !== undefined ? "unknown" : "yes";
}

/** Whether an exclusion lets a subnet, or its VPC, be reached from the internet. */
function exclusion(lookup: Lookup, subnet: Key): { answer: Answer } {
  const answers = lookup
    .managed("aws_vpc_block_public_access_exclusion")
    .map((each) => answerOf(lookup, each, subnet));
  return {
    answer: answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no",
  };
}

function answerOf(lookup: Lookup, each: Instance, subnet: Key): Answer {
  const body = bodyOf(each);
  const mode = isOne(attribute(body, "internet_gateway_exclusion_mode"), ["allow-bidirectional"]);
  const vpc = keyOf(vpcOf(lookup, subnet));
  const named = [
    covers(bindTo(lookup, body, "subnet_id", [SUBNET]), subnet),
    covers(bindTo(lookup, body, "vpc_id", [VPC]), vpc),
  ];
  const covered = named.includes("yes") ? "yes" : named.includes("unknown") ? "unknown" : "no";
  if (mode === "no" || covered === "no") {
    return "no";
  }
  return mode === "yes" && covered === "yes" && each.certain ? "yes" : "unknown";
}

function covers(binding: ReturnType<typeof bindTo>, key: Key | undefined): Answer {
  if (binding.kind === "unset") {
    return "no";
  }
  if (key === undefined) {
    return "unknown";
  }
  return keyOf(binding) === key ? "yes" : mayName(binding, key) ? "unknown" : "no";
}

function isOne(value: Value, texts: readonly string[]): Answer {
  const text = knownString(value);
  return text === undefined ? "unknown" : texts.includes(text) ? "yes" : "no";
}
