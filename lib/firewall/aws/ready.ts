import { createHash } from "node:crypto";
import { DataResource, type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";

/**
 * Stands after all new rules and, since its input changes with them, before the old ones' end:
 * Terraform updates it before it destroys what it depended on under `create_before_destroy`.
 *
 * @param facts one line for each rule, in an order that comes from content
 */
export function createReady(
  scope: Construct,
  facts: readonly string[],
  rules: readonly TerraformResource[],
): TerraformResource {
  const digest = createHash("sha256").update(facts.join("")).digest("hex");
  return new DataResource(scope, "Ready", {
    // A dynamic attribute: the mapper makes {} of anything but a token.
    input: Token.asAnyMap(`sha256:${digest}`),
    dependsOn: [...rules],
  });
}
