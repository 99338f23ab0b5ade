import { type TerraformProvider, type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";

/** What every construct takes that makes resources of AWS. */
export interface AwsResourceProps {
  /**
   * An `AwsProvider` of the same stack, such as one with an alias for another region. Every
   * resource of AWS that the construct makes gets it.
   *
   * @default - that of the resource which the new ones are for, else the one without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * The member `provider` of a resource, if it needs one.
 *
 * @param like a resource that the new ones are for, whose provider counts where none is given
 * @throws ConfigurationError `invalid-provider`
 */
export function providerOf(
  { provider }: AwsResourceProps,
  scope: IConstruct,
  like?: TerraformResource,
): AwsResourceProps {
  if (provider !== undefined) {
    checkProvider(provider, scope);
    return { provider };
  }
  const inherited = like?.provider;
  return inherited !== undefined && TerraformStack.of(inherited) === TerraformStack.of(scope)
    ? { provider: inherited }
    : {};
}

function checkProvider(provider: TerraformProvider, scope: IConstruct): void {
  const refuse = (text: string): never => {
    throw new ConfigurationError("invalid-provider", `'provider' is ${text}`, scope);
  };
  const { terraformResourceType: kind, node } = provider;
  if (kind !== "aws") {
    refuse(`${node.path}, a provider of ${kind}; give an AwsProvider`);
  }
  const [home, own] = [TerraformStack.of(provider), TerraformStack.of(scope)];
  if (home !== own) {
    refuse(`of the stack ${home.node.path}; give one of ${own.node.path}, where its resources are`);
  }
}
