import { Route } from "@cdktf/provider-aws/lib/route";
import type { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireLiteral } from "../../synth/literal";
import { requireProps } from "../../synth/required-props";
import { EdgeRanges } from "../edge-ranges";
import { FAMILIES } from "./admission";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import { cidrId } from "./read-cidr";
import { createReady } from "./ready";
import { requireId } from "./resource-id";

/** Properties of {@link EdgeRoutes}. */
export interface EdgeRoutesProps extends AwsResourceProps {
  /** The route table of the origin's subnets: a resource without inline routes, or an id. */
  readonly routeTable: RouteTable | string;
  /** The internet gateway by which the edge's packets come in. */
  readonly gatewayId: string;
  /**
   * Where answers go.
   *
   * @default EdgeRanges.pinned()
   */
  readonly ranges?: EdgeRanges;
  /**
   * How many routes of one family the account allows in a table.
   *
   * @default 50
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   */
  readonly routeQuota?: number;
}

/**
 * A route to each range of the edge through the internet gateway, more specific than broad routes
 * elsewhere: `172.0.0.0/8` to a peer or a transit gateway, say, swallows the answers to
 * `172.64.0.0/13`, and visitors see Error 522.
 *
 * @example
 * const routes = new EdgeRoutes(this, "Routes", {
 *   routeTable,
 *   gatewayId: "igw-0123456789abcdef0",
 * });
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-tables-priority
 */
export class EdgeRoutes extends Construct {
  /** Done once every route is in place. */
  readonly ready: TerraformResource;

  /**
   * @throws ConfigurationError `missing-prop`, `invalid-id`, `invalid-provider`, `inline-routes`,
   * `route-quota-exceeded`, `invalid-limit`
   */
  constructor(scope: Construct, id: string, props: EdgeRoutesProps) {
    super(scope, id);
    declareAws(this);
    requireProps(props, ["routeTable", "gatewayId"], this);
    const { routeTable, gatewayId, ranges = EdgeRanges.pinned(), routeQuota = 50 } = props;
    this.checkTable(routeTable);
    requireId("gatewayId", "igw", gatewayId, this);
    this.checkQuota(ranges, routeQuota);
    const [routeTableId, table] =
      typeof routeTable === "string" ? [routeTable] : [routeTable.id, routeTable];
    const provider = providerOf(props, this, table);
    const routes = FAMILIES.flatMap((family) =>
      ranges.cidrs(family).map(
        (cidr) =>
          new Route(this, cidrId(cidr), {
            routeTableId,
            gatewayId,
            ...(family === 4 ? { destinationCidrBlock: cidr } : { destinationIpv6CidrBlock: cidr }),
            lifecycle: { createBeforeDestroy: true },
            ...provider,
          }),
      ),
    );
    const facts = FAMILIES.flatMap((family) => ranges.cidrs(family).map((cidr) => `${cidr}\n`));
    this.ready = createReady(this, facts, routes);
  }

  private checkTable(routeTable: RouteTable | string): void {
    if (typeof routeTable === "string") {
      requireId("routeTable", "rtb", routeTable, this);
    } else if (routeTable.routeInput !== undefined) {
      throw new ConfigurationError(
        "inline-routes",
        "'routeTable' has inline routes, which take away every other at each apply; " +
          "make each a Route",
        this,
      );
    }
  }

  private checkQuota(ranges: EdgeRanges, quota: number): void {
    requireLiteral("routeQuota", quota, "50", this);
    if (!Number.isInteger(quota) || quota < 1) {
      const message = `'routeQuota' is ${quota}; give a whole number from 1 up`;
      throw new ConfigurationError("invalid-limit", message, this);
    }
    const over = FAMILIES.find((family) => ranges.cidrs(family).length > quota);
    if (over !== undefined) {
      throw new ConfigurationError(
        "route-quota-exceeded",
        `'ranges' has ${ranges.cidrs(over).length} ranges of IPv${over}, more than the ${quota} ` +
          "routes of one family that AWS allows in a route table; use fewer and wider ranges, or " +
          "set 'routeQuota' to your account's quota",
        this,
      );
    }
  }
}
