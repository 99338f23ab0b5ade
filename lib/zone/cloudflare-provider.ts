import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import type { IZone } from "./zone";

/** What every construct takes that makes resources of Cloudflare. */
export interface CloudflareResourceProps {
  /**
   * The provider of every resource of Cloudflare that the construct makes, such as one with an
   * alias for another account. It must be in the construct's own stack.
   *
   * @default - that of the zone where it is in the same stack, else the stack's CloudflareProvider
   * without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * The member `provider` of a resource, if it needs one.
 *
 * @param zone whose provider counts where none is given
 * @throws ConfigurationError `wrong-provider`, `provider-elsewhere`
 */
export function providerOf(
  { provider }: CloudflareResourceProps,
  scope: IConstruct,
  zone?: IZone,
): CloudflareResourceProps {
  const home = TerraformStack.of(scope);
  if (provider !== undefined) {
    checkProvider(provider, scope);
    checkHome(provider, scope);
    return { provider };
  }
  const inherited = zone?.provider;
  return inherited !== undefined && TerraformStack.of(inherited) === home
    ? { provider: inherited }
    : {};
}

function checkProvider(
  { terraformResourceType: kind, node }: TerraformProvider,
  scope: IConstruct,
) {
  if (kind !== "cloudflare") {
    throw new ConfigurationError(
      "wrong-provider",
      `'provider' is ${node.path}, a provider of ${kind}; give a CloudflareProvider`,
      scope,
    );
  }
}

function checkHome(provider: TerraformProvider, scope: IConstruct): void {
  const [home, own] = [TerraformStack.of(provider), TerraformStack.of(scope)];
  if (home !== own) {
    throw new ConfigurationError(
      "provider-elsewhere",
      `'provider' is of the stack ${home.node.path}, and a resource takes one of its own stack; ` +
        `make a CloudflareProvider in ${own.node.path}`,
      scope,
    );
  }
}
