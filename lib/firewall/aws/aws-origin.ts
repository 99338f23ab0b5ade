import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import type { EdgeRoutes } from "./edge-routes";
import type { OriginNetworkAcl } from "./origin-network-acl";
import type { IOriginSecurityGroup } from "./security-group";

/** What all origins on AWS take. */
export interface AwsOriginProps {
  /** Who filters it; the groups are added to the origin's own. At least one. */
  readonly firewalls: readonly IOriginSecurityGroup[];
  /**
   * Network ACLs of the origin's subnets, which records wait for.
   *
   * @default - none of the library's
   */
  readonly networkAcls?: readonly OriginNetworkAcl[];
  /**
   * Routes back to the edge from the origin's subnets, which records wait for.
   *
   * @default - none of the library's
   */
  readonly routes?: readonly EdgeRoutes[];
}

/** What a record of the origin has to wait for. */
export function dependenciesOf(props: AwsOriginProps): readonly TerraformResource[] {
  const { firewalls, networkAcls = [], routes = [] } = props;
  return [...firewalls, ...networkAcls, ...routes].flatMap((part) =>
    "dependencies" in part ? part.dependencies : [part.ready],
  );
}

/** @throws ConfigurationError `no-firewall` */
export function requireFirewall({ firewalls }: AwsOriginProps, scope: IConstruct): void {
  if (firewalls.length === 0) {
    throw new ConfigurationError(
      "no-firewall",
      "'firewalls' is empty; give at least one OriginSecurityGroup, which admits the edge",
      scope,
    );
  }
}
