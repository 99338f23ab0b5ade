import { TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { isUnresolved } from "../../../synth/literal";
import { resolvedText } from "../../../synth/resolved-text";

/**
 * What a text names, the same whichever stack names it: a literal id is itself, a token is what it
 * reads as in the stack of its resource.
 */
export function identityOf(scope: IConstruct, text: string): string {
  if (!isUnresolved(text)) {
    return text;
  }
  const home = homeOf(text) ?? TerraformStack.of(scope);
  return `${home.node.path} ${resolvedText(home, text)}`;
}

/** An identity for people: `aws_security_group.Web`, `var.group`, `sg-0123456789abcdef0`. */
export function nameOf(identity: string): string {
  const reference = identity.slice(identity.indexOf(" ") + 1);
  return reference.replace(/^\$\{(.*?)(?:\.(?:id|arn))?\}$/, "$1");
}

/** The stack of a reference. cdktf keeps it in a private member, which cdktn kept too. */
function homeOf(text: string): TerraformStack | undefined {
  const [token, ...more] = Tokenization.reverseString(text).tokens;
  const stack: unknown =
    token !== undefined && "originStack" in token ? token.originStack : undefined;
  return more.length === 0 && TerraformStack.isStack(stack) ? stack : undefined;
}
