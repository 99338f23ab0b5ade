import { type Json, member } from "./value";

const SETTINGS = ["alpn_policy", "certificate_arn", "protocol", "ssl_policy"];

/**
 * Whether two listeners for one port of a balancer surely differ: AWS refuses the second one then.
 * One with the same settings it answers with the listener that is there.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/35121
 */
export function listenersDiffer(old: Json, next: Json): boolean {
  const [left, right] = [settingsOf(old), settingsOf(next)];
  return left.some((text, at) => {
    const other = right[at];
    return text !== undefined && other !== undefined && text !== other;
  });
}

/** Texts that are set and known, each at a place of its own. */
function settingsOf(values: Json): readonly (string | undefined)[] {
  const list = member(values, "default_action");
  const [action = null] = Array.isArray(list) ? (list as readonly Json[]) : [];
  return [
    ...SETTINGS.map((name) => textOf(values, name)),
    ...["type", "target_group_arn"].map((name) => textOf(action, name)),
  ];
}

function textOf(values: Json, name: string): string | undefined {
  const value = member(values, name);
  return typeof value === "string" && value !== "" ? value.toUpperCase() : undefined;
}
