import type { Input, Instance } from "../model/instance";
import { type Json, type JsonObject, member } from "../model/value";
import { InputError } from "./input-error";
import { instanceName } from "./instance-name";

/**
 * Actions of provider aws, without its prefix, that change nothing a path goes through. What a
 * function does is its own.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  "cloudfront_create_invalidation",
  "codebuild_start_build",
  "dynamodb_create_backup",
  "events_put_events",
  "lambda_invoke",
  "ses_send_email",
  "sfn_start_execution",
  "sns_publish",
  "transcribe_start_transcription_job",
]);

/** The type of actions that stop a machine. */
export const STOP_ACTION = "action ec2_stop_instance";

/** The type of actions of which it is not known what they do. */
export const OTHER_ACTION = "action";

const AWS = "aws_";

/**
 * What the actions of a plan may do to machines, as instances: of those that stop one, and of those
 * that nobody has looked at. Terraform 1.14 invokes them before or after a change, or alone.
 *
 * @throws InputError where their shape is not that of a plan
 * @see https://developer.hashicorp.com/terraform/language/invoke-actions
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/actions/ec2_stop_instance
 */
export function actionsIn(plan: JsonObject, input: Input): readonly Instance[] {
  const deferred = listOf(plan, "deferred_action_invocations", input);
  const invoked = [
    ...listOf(plan, "action_invocations", input),
    ...deferred.map((each) => member(each, "action_invocation") ?? null),
  ];
  return invoked.flatMap((entry) => {
    const named = instanceName(input, entry);
    const name = named.type.slice(AWS.length);
    if (!named.type.startsWith(AWS) || HARMLESS.has(name)) {
      return [];
    }
    const stops = STOP_ACTION.endsWith(` ${name}`);
    const values = member(entry, "config_values") ?? null;
    return [
      {
        ...named,
        type: stops ? STOP_ACTION : OTHER_ACTION,
        values,
        unknown: member(entry, "config_unknown") ?? values === null,
        sensitive: member(entry, "config_sensitive") ?? false,
        configured: undefined,
        action: "create" as const,
        before: undefined,
      },
    ];
  });
}

function listOf(plan: JsonObject, name: string, { label }: Input): readonly Json[] {
  const list = member(plan, name) ?? [];
  if (!Array.isArray(list)) {
    throw new InputError(label, `'${name}' is no list, so this is no plan of Terraform's`);
  }
  return list as readonly Json[];
}
