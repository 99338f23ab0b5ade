import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import { Construct, type IConstruct } from "constructs";
import type { Family } from "../../net/cidr";
import { ConfigurationError } from "../../synth/configuration-error";
import { escapeTemplate, isUnresolved, requireLiteral } from "../../synth/literal";
import { requireProps } from "../../synth/required-props";
import { EdgeRanges } from "../edge-ranges";
import { type AwsResourceProps, providerOf } from "./aws-provider";
import { declareAws } from "./declare-aws";
import { requireId } from "./resource-id";

/** A managed prefix list of one family. */
export interface FamilyPrefixList {
  readonly id: string;
  /** What each rule that names the list costs of a group's quota. */
  readonly maxEntries: number;
}

/** The edge's ranges as managed prefix lists, one for each family. */
export interface IEdgePrefixList extends IConstruct {
  /** The list of a family; `undefined` where it has no range of it. */
  list(family: Family): FamilyPrefixList | undefined;
}

/** Properties of {@link EdgePrefixList}. */
export interface EdgePrefixListProps extends AwsResourceProps {
  /**
   * Whom to list.
   *
   * @default EdgeRanges.pinned()
   */
  readonly ranges?: EdgeRanges;
  /**
   * Room in the IPv4 list. A rule that names the list costs so many rules of its group's quota,
   * however many entries there are. It can't grow while a group that names the list has no room.
   *
   * @default 20
   */
  readonly maxEntriesIpv4?: number;
  /**
   * Room in the IPv6 list.
   *
   * @default 10
   */
  readonly maxEntriesIpv6?: number;
  /**
   * How the lists' names begin; `-ipv4` and `-ipv6` follow.
   *
   * @default "cloudflare"
   */
  readonly namePrefix?: string;
}

/** Properties of {@link EdgePrefixList.fromPrefixListAttributes}; at least one list. */
export interface EdgePrefixListAttributes {
  readonly ipv4?: FamilyPrefixList;
  readonly ipv6?: FamilyPrefixList;
}

/**
 * Cloudflare's ranges as two managed prefix lists, which any number of groups, route tables and
 * stacks of one region share. A change of ranges is one call of AWS's, so it has no gap.
 *
 * Entries have no descriptions: AWS can't change one without taking the range out for a moment.
 *
 * @example
 * const edge = new EdgePrefixList(this, "Edge");
 * const firewall = new OriginSecurityGroup(this, "Firewall", {
 *   vpcId: "vpc-0123456789abcdef0",
 *   listeners: [Listener.https()],
 *   prefixList: edge,
 * });
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export class EdgePrefixList extends Construct implements IEdgePrefixList {
  /**
   * Lists that something else keeps. What they hold is taken on trust, and the proof says so.
   *
   * @throws ConfigurationError `no-list`, `missing-prop`, `invalid-id`, `invalid-limit`
   */
  static fromPrefixListAttributes(
    scope: Construct,
    id: string,
    attributes: EdgePrefixListAttributes,
  ): IEdgePrefixList {
    return new ImportedPrefixList(scope, id, attributes);
  }

  private readonly lists = new Map<Family, FamilyPrefixList>();

  /**
   * @throws ConfigurationError `too-few-entries`, `invalid-limit`, `invalid-name`,
   * `invalid-provider`
   */
  constructor(scope: Construct, id: string, props: EdgePrefixListProps = {}) {
    super(scope, id);
    declareAws(this);
    this.checkName(props.namePrefix);
    this.create(4, props.maxEntriesIpv4 ?? 20, props);
    this.create(6, props.maxEntriesIpv6 ?? 10, props);
  }

  list(family: Family): FamilyPrefixList | undefined {
    return this.lists.get(family);
  }

  private create(family: Family, maxEntries: number, props: EdgePrefixListProps): void {
    const { ranges = EdgeRanges.pinned(), namePrefix = "cloudflare" } = props;
    const cidrs = ranges.cidrs(family);
    requireEntries(`maxEntriesIpv${family}`, maxEntries, this);
    if (cidrs.length > maxEntries) {
      throw new ConfigurationError(
        "too-few-entries",
        `'maxEntriesIpv${family}' is ${maxEntries}, and 'ranges' has ${cidrs.length} of ` +
          `IPv${family}; give at least ${cidrs.length}, with room for more`,
        this,
      );
    }
    if (cidrs.length === 0) {
      return;
    }
    const list = new Ec2ManagedPrefixList(this, `Ipv${family}`, {
      name: `${escapeTemplate(namePrefix)}-ipv${family}`,
      addressFamily: `IPv${family}`,
      maxEntries,
      // Inline: as resources of their own, each entry would be a call and a version.
      entry: cidrs.map((cidr) => ({ cidr })),
      ...providerOf(props, this),
    });
    this.lists.set(family, { id: list.id, maxEntries });
  }

  private checkName(name: string | undefined): void {
    if (name === undefined || isUnresolved(name)) {
      return;
    }
    if (name === "" || name.startsWith("com.amazonaws") || name.length > 250) {
      throw new ConfigurationError(
        "invalid-name",
        `'namePrefix' is ${JSON.stringify(name)}; give 1 to 250 characters that don't begin with ` +
          "com.amazonaws",
        this,
      );
    }
  }
}

class ImportedPrefixList extends Construct implements IEdgePrefixList {
  private readonly lists: Readonly<Record<Family, FamilyPrefixList | undefined>>;

  constructor(scope: Construct, id: string, { ipv4, ipv6 }: EdgePrefixListAttributes) {
    super(scope, id);
    declareAws(this);
    for (const list of [ipv4, ipv6]) {
      if (list !== undefined) {
        requireProps(list, ["id", "maxEntries"], this);
        requireId("id", "pl", list.id, this);
        requireEntries("maxEntries", list.maxEntries, this);
      }
    }
    if (ipv4 === undefined && ipv6 === undefined) {
      throw new ConfigurationError("no-list", "'ipv4' and 'ipv6' are missing; give one", this);
    }
    this.lists = { 4: ipv4, 6: ipv6 };
  }

  list(family: Family): FamilyPrefixList | undefined {
    return this.lists[family];
  }
}

/** AWS's most: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const MOST_ENTRIES = 1000;

function requireEntries(prop: string, value: number, scope: IConstruct): void {
  requireLiteral(prop, value, "20", scope);
  if (!Number.isInteger(value) || value < 1 || value > MOST_ENTRIES) {
    throw new ConfigurationError(
      "invalid-limit",
      `'${prop}' is ${value}; give a whole number from 1 to ${MOST_ENTRIES}`,
      scope,
    );
  }
}
