import { TerraformResource, TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { member } from "../../../model/value";
import { isUnresolved } from "../../../synth/literal";
import { identityOf } from "./identity";
import { ownerOf } from "./owner";

/** A resource as it will be written, overrides included; tokens are not resolved yet. */
export class AppResource {
  readonly type: string;
  /** The construct of the library that made it. */
  readonly owner: IConstruct | undefined;
  private readonly block: unknown;

  constructor(
    readonly element: TerraformResource,
    /** Identity of a resource that is imported → the literal id that it is imported by. */
    private readonly imported: ReadonlyMap<string, string>,
  ) {
    this.type = element.terraformResourceType;
    this.owner = ownerOf(element);
    this.block = member(
      member(member(element.toTerraform(), "resource"), this.type),
      element.friendlyUniqueId,
    );
  }

  /** Whom an error names: the library's construct, or the resource where the app made it. */
  get path(): string {
    return (this.owner ?? this.element).node.path;
  }

  /** Whether it stands for no certain number of resources. */
  get isRepeated(): boolean {
    return this.element.count !== undefined || this.element.forEach !== undefined;
  }

  attribute(name: string): unknown {
    return member(this.block, name);
  }

  /** Is an argument there, as blocks, as an attribute, or as `dynamic` blocks? */
  has(name: string): boolean {
    return [this.block, this.attribute("dynamic")].some(
      (place) => member(place, name) !== undefined,
    );
  }

  /** What an attribute names; `undefined` where it isn't text. */
  named(name: string): string | undefined {
    const text = this.attribute(name);
    return typeof text === "string" ? this.identify(text) : undefined;
  }

  /** What a text of this resource names. */
  identify(text: string): string {
    const identity = identityOf(this.element, text);
    return this.imported.get(identity) ?? identity;
  }

  /** Which resource an attribute refers to, by its id, ARN or name: see {@link AppResources.at}. */
  addressOf(text: unknown): string | undefined {
    const identity = typeof text === "string" ? identityOf(this.element, text) : "";
    const [, stack, address] =
      /^(\S*) \$\{(aws_\w+\.[\w-]+)\.(?:arn|id|name|allocation_id)\}$/.exec(identity) ?? [];
    return address === undefined ? undefined : `${stack} ${address}`;
  }

  /** A list that is known, such as `["sg-…", group.id]`; `undefined` for a token. */
  list(name: string): readonly unknown[] | undefined {
    const value = this.attribute(name);
    return Array.isArray(value) && !Token.isUnresolved(value) ? value : undefined;
  }

  /** A number that is known. */
  number(name: string): number | undefined {
    const value = this.attribute(name);
    return typeof value === "number" && !Token.isUnresolved(value) ? value : undefined;
  }

  /** A text that is known. */
  text(name: string): string | undefined {
    const value = this.attribute(name);
    return typeof value === "string" && !isUnresolved(value) ? value : undefined;
  }

  /** How others name it. */
  get identity(): string {
    return this.identify(ownReference(this.element));
  }
}

/** Of which conflicts are made, and what they are about. */
const RELEVANT: ReadonlySet<string> = new Set([
  "aws_alb",
  "aws_alb_listener",
  "aws_alb_target_group",
  "aws_alb_target_group_attachment",
  "aws_autoscaling_group",
  "aws_default_network_acl",
  "aws_default_security_group",
  "aws_ec2_managed_prefix_list",
  "aws_eip",
  "aws_eip_association",
  "aws_elb",
  "aws_instance",
  "aws_launch_template",
  "aws_lb",
  "aws_lb_listener",
  "aws_lb_target_group",
  "aws_lb_target_group_attachment",
  "aws_network_acl",
  "aws_network_acl_association",
  "aws_network_interface",
  "aws_route",
  "aws_route_table",
  "aws_security_group",
  "aws_security_group_rule",
  "aws_subnet",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
]);

/** The resources of the app that matter here, by type. */
export class AppResources {
  private readonly byType = new Map<string, AppResource[]>();
  private readonly byAddress = new Map<string, AppResource>();

  constructor(root: IConstruct) {
    const elements = root.node
      .findAll()
      .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
      .filter(({ terraformResourceType }) => RELEVANT.has(terraformResourceType));
    const imported = new Map(elements.flatMap(importedAs));
    for (const element of elements) {
      const resource = new AppResource(element, imported);
      const same = this.byType.get(resource.type) ?? [];
      same.push(resource);
      this.byType.set(resource.type, same);
      const { cdktfStack, friendlyUniqueId } = element;
      this.byAddress.set(`${cdktfStack.node.path} ${resource.type}.${friendlyUniqueId}`, resource);
    }
  }

  /** The resource that a text of another refers to; `undefined` where the app hasn't it. */
  at(from: AppResource, text: unknown): AppResource | undefined {
    return this.byAddress.get(from.addressOf(text) ?? "");
  }

  ofType(...types: readonly string[]): readonly AppResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }
}

function ownReference(element: TerraformResource): string {
  return `\${${element.terraformResourceType}.${element.friendlyUniqueId}.id}`;
}

function importedAs(element: TerraformResource): readonly (readonly [string, string])[] {
  const blocks: unknown = element.toTerraform().import;
  const id = Array.isArray(blocks) ? member(blocks[0], "id") : undefined;
  return typeof id === "string"
    ? [[identityOf(TerraformStack.of(element), ownReference(element)), id]]
    : [];
}
