/** How a data source finds an object, and which resources manage objects of its kind. */
export interface DataSource {
  /** Resource types that it may find an object of. */
  readonly types: readonly string[];
  /** Arguments that name the object, with the attribute of the resource that they are. */
  readonly identity: Readonly<Record<string, string>>;
  /** Attributes that are an object's identity too, with that of the resource. */
  readonly also?: Readonly<Record<string, string>>;
  /** Its objects are listed: an element of the attribute is an identity. */
  readonly list?: Readonly<Record<string, string>>;
  /** Two objects never have the same name. */
  readonly uniqueNames?: boolean;
  /** An argument that, where true, finds only what AWS made itself, and the types of that. */
  readonly onlyDefault?: { readonly argument: string; readonly types: readonly string[] };
}

const GROUPS = ["aws_security_group", "aws_default_security_group"];
const SUBNETS = ["aws_subnet", "aws_default_subnet"];
const VPCS = ["aws_vpc", "aws_default_vpc"];
const ROUTE_TABLES = ["aws_route_table", "aws_default_route_table"];
const BALANCERS = ["aws_lb", "aws_alb"];
const LISTENERS = ["aws_lb_listener", "aws_alb_listener"];
const TARGET_GROUPS = ["aws_lb_target_group", "aws_alb_target_group"];
const ID = { id: "id" };
const ARN = { arn: "arn" };
const LISTED = { identity: {}, list: { ids: "id" } };

/**
 * Data sources of objects that a path is made of.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs
 */
export const DATA_SOURCES: ReadonlyMap<string, DataSource> = new Map<string, DataSource>([
  ["aws_alb", { types: BALANCERS, identity: ARN }],
  ["aws_alb_listener", { types: LISTENERS, identity: ARN }],
  ["aws_alb_target_group", { types: TARGET_GROUPS, identity: ARN }],
  ["aws_autoscaling_group", { types: ["aws_autoscaling_group"], identity: { name: "name" } }],
  ["aws_ec2_managed_prefix_list", { types: ["aws_ec2_managed_prefix_list"], identity: ID }],
  ["aws_ec2_managed_prefix_lists", { types: ["aws_ec2_managed_prefix_list"], ...LISTED }],
  ["aws_eip", { types: ["aws_eip"], identity: { ...ID, public_ip: "public_ip" } }],
  ["aws_eips", { types: ["aws_eip"], identity: {}, list: { allocation_ids: "id" } }],
  ["aws_elb", { types: ["aws_elb"], identity: { name: "name" } }],
  ["aws_instance", { types: ["aws_instance"], identity: { instance_id: "id" } }],
  ["aws_instances", { types: ["aws_instance"], ...LISTED }],
  [
    "aws_internet_gateway",
    { types: ["aws_internet_gateway"], identity: { internet_gateway_id: "id" } },
  ],
  ["aws_launch_configuration", { types: ["aws_launch_configuration"], identity: { name: "name" } }],
  ["aws_launch_template", { types: ["aws_launch_template"], identity: { ...ID, name: "name" } }],
  ["aws_lb", { types: BALANCERS, identity: ARN }],
  ["aws_lb_listener", { types: LISTENERS, identity: ARN }],
  ["aws_lb_target_group", { types: TARGET_GROUPS, identity: ARN }],
  ["aws_lbs", { types: BALANCERS, identity: {}, list: { arns: "arn" } }],
  ["aws_network_acls", { types: ["aws_network_acl", "aws_default_network_acl"], ...LISTED }],
  ["aws_network_interface", { types: ["aws_network_interface"], identity: ID }],
  ["aws_network_interfaces", { types: ["aws_network_interface"], ...LISTED }],
  ["aws_route_table", { types: ROUTE_TABLES, identity: { route_table_id: "id" } }],
  ["aws_route_tables", { types: ROUTE_TABLES, ...LISTED }],
  ["aws_security_group", { types: GROUPS, identity: ID }],
  ["aws_security_groups", { types: GROUPS, ...LISTED }],
  [
    "aws_subnet",
    {
      types: SUBNETS,
      identity: ID,
      onlyDefault: { argument: "default_for_az", types: ["aws_default_subnet"] },
    },
  ],
  ["aws_subnets", { types: SUBNETS, ...LISTED }],
  [
    "aws_vpc",
    {
      types: VPCS,
      identity: ID,
      onlyDefault: { argument: "default", types: ["aws_default_vpc"] },
    },
  ],
  ["aws_vpcs", { types: VPCS, ...LISTED }],
  [
    "cloudflare_load_balancer_pool",
    { types: ["cloudflare_load_balancer_pool"], identity: { pool_id: "id" } },
  ],
  [
    "cloudflare_zone",
    { types: ["cloudflare_zone"], identity: { zone_id: "id" }, uniqueNames: true },
  ],
  [
    "cloudflare_zones",
    {
      types: ["cloudflare_zone"],
      identity: {},
      list: { result: "id", zones: "id" },
      uniqueNames: true,
    },
  ],
]);

/** Names of `filter` blocks, with the attribute of the resource that they look at. */
export const FILTERS: ReadonlyMap<string, string> = new Map([
  ["availability-zone", "availability_zone"],
  ["availabilityZone", "availability_zone"],
  ["cidr", "cidr_block"],
  ["cidr-block", "cidr_block"],
  ["cidrBlock", "cidr_block"],
  ["group-name", "name"],
  ["prefix-list-name", "name"],
  ["vpc-id", "vpc_id"],
]);

/** Attributes by which an object is told from another one, where both are known. */
export const TELLING: readonly string[] = [
  "availability_zone",
  "cidr_block",
  "load_balancer_arn",
  "name",
  "port",
  "subnet_id",
  "vpc_id",
];
