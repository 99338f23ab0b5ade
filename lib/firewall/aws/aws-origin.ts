import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { hasLists, type Members, requireList } from "../../synth/required-list";
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

/** Others may implement the interface, and without types leave out a part of it. */
const FIREWALLS: Members = {
  what: "OriginSecurityGroup",
  example: "[firewall]",
  fits: (value) =>
    hasLists(value, "listeners") &&
    typeof value === "object" &&
    value !== null &&
    "ready" in value &&
    value.ready !== undefined &&
    "securityGroupIds" in value &&
    Array.isArray(value.securityGroupIds),
};

/** @throws ConfigurationError `no-firewall`, `not-a-list` */
export function requireFirewall({ firewalls }: AwsOriginProps, scope: IConstruct): void {
  requireList("firewalls", firewalls, FIREWALLS, scope);
  if (firewalls.length === 0) {
    throw new ConfigurationError(
      "no-firewall",
      "'firewalls' is empty; give at least one OriginSecurityGroup, which admits the edge",
      scope,
    );
  }
}
