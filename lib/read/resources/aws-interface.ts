import type { Assumption, Hop, Reason } from "../../model/hop";
import type { Instance } from "../../model/instance";
import { type Bounds, mayOnly, unionBounds } from "../../net/bounds";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { afterApply } from "../after-apply";
import { attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import { bind, bindList, type ListBinding, type Wanted } from "../binding";
import type { Lookup } from "../lookup";
import { scopeOf } from "../references";
import { defaultGroups } from "./aws-default-group";
import { GroupAttachments } from "./aws-group-attachments";
import { groupDeciders } from "./aws-group-deciders";
import { DetachedGroups, groupList, inDefaultVpc } from "./aws-group-list";
import { contestedReason } from "./aws-group-words";
import { GROUP, type GroupKey, type GroupView, type SecurityGroups } from "./aws-security-group";
import { bindSubnet } from "./aws-subnet";
import { asList, membersOf } from "./aws-target";

const INTERFACE: Wanted = { types: ["aws_network_interface"], attribute: "id" };
const GROUP_NAME: Wanted = { types: ["aws_security_group"], attribute: "name" };

/** Which groups filter a network interface, and how surely. */
export interface Members {
  readonly list: ListBinding;
  /** Groups that an attachment adds; the interface's own list may take them off again. */
  readonly attached: readonly { readonly group: GroupKey; readonly certain: boolean }[];
  readonly reasons: readonly Reason[];
}

/** The security groups of instances and network interfaces, as one filter each. */
export class Interfaces {
  readonly #attachments: GroupAttachments;
  readonly #detached: DetachedGroups;

  constructor(
    private readonly lookup: Lookup,
    private readonly groups: SecurityGroups,
    private readonly locks: ReadonlySet<string>,
    private readonly edge: (family: Family) => CidrSet,
  ) {
    this.#attachments = new GroupAttachments(lookup);
    this.#detached = new DetachedGroups(lookup);
  }

  /** The filter before an instance's or interface's address: the union of its groups. */
  public filter(holder: Instance, port: number, family: Family): Hop {
    return this.filterOf(this.membersOf(holder), holder.address, port, family);
  }

  /** The filter of an address outside the input that these groups are declared to filter. */
  public declaredFilter(
    groups: readonly Instance[],
    address: string,
    port: number,
    family: Family,
  ): Hop {
    const list = { certain: groups, candidates: [], open: false, text: "", onlyIds: false };
    return this.filterOf({ list, attached: [], reasons: [] }, address, port, family);
  }

  /** The filter that groups make, whatever has them. */
  public filterOf(members: Members, holder: string, port: number, family: Family): Hop {
    const view = (group: GroupKey) => this.groups.view(group, port, family);
    const certain = members.list.certain.map(view);
    // Of a group whose count is unknown there may be none, and then the list has another.
    const candidates = members.list.candidates.map((group) =>
      group.certain ? view(group) : { ...view(group), bounds: mayOnly(view(group).bounds) },
    );
    const attached = members.attached.map(({ group, certain: sure }) => {
      const found = view(group);
      return sure ? found : { ...found, bounds: mayOnly(found.bounds) };
    });
    const all = [...certain, ...candidates, ...attached];
    const fixed = [...certain, ...attached].map((group) => group.bounds);
    const keys = [
      ...members.list.certain,
      ...members.list.candidates,
      ...members.attached.map((each) => each.group),
    ];
    const union = unionBounds(family, [...fixed, ...candidates.map((group) => group.bounds)]);
    return {
      kind: "filter",
      resources: keys.map((key) => ("foreign" in key ? key.foreign : key.address)),
      ...this.boundsOf(members.list, fixed, candidates, union, holder, family),
      name: "security groups",
      stop: "dropped",
      port,
      deciders: (source) =>
        keys.flatMap((key) => groupDeciders(this.groups, key, port, { family, source })),
      elsewhere: {
        ports: keys.flatMap((key) => this.groups.portsOf(key)),
        at: (otherPort, otherFamily) =>
          unionBounds(
            otherFamily,
            keys.map((key) => this.groups.view(key, otherPort, otherFamily).bounds),
          ),
      },
      reasons: joined([members.reasons, ...all.map((group) => group.reasons)]),
      assumptions: all.flatMap((group) => group.assumptions),
      internal: [...new Set(all.flatMap((group) => group.internal))],
      admissions: joined(all.map((group) => group.admissions)),
      locked: this.isLocked(keys),
      sensitive: all.some((group) => group.sensitive),
    };
  }

  /**
   * References are candidates, not a list: what all of them admit is sure, and what else a list
   * of them can hold (a literal id beside them) only the assumption rules out.
   */
  private boundsOf(
    list: ListBinding,
    fixed: readonly Bounds[],
    candidates: readonly GroupView[],
    union: Bounds,
    holder: string,
    family: Family,
  ): Pick<Hop, "bounds" | "alternative"> {
    if (candidates.length === 0 && !list.open) {
      return { bounds: union };
    }
    const common = candidates.map((group) => group.bounds.must);
    const shared = list.open
      ? CidrSet.empty(family)
      : common.reduce((left, right) => left.intersect(right), CidrSet.all(family));
    const must = unionBounds(family, fixed).must.union(shared);
    const bounds = { must, may: CidrSet.all(family) };
    if (!list.onlyIds) {
      return { bounds };
    }
    const text = `the security groups of ${holder} are ${list.text}, and no others`;
    const assumption: Assumption = { id: "binding/list-of-ids", subject: holder, text };
    return { bounds, alternative: { bounds: union, assumption } };
  }

  /** A lock was meant: the library's own firewall, or a source that lies inside the edge. */
  private isLocked(keys: readonly GroupKey[]): boolean {
    return keys.some((key) => {
      const own = !("foreign" in key) && this.locks.has(key.address);
      return own || this.groups.hasSourceInside(key, this.edge);
    });
  }

  /** Which groups an instance or interface has. */
  public membersOf(holder: Instance): Members {
    const own = this.ownList(holder);
    const attachments = this.#attachments.of(holder);
    const attached = attachments.flatMap(({ attachment, sure: mine }) => {
      const id = attribute(bodyOf(attachment), "security_group_id");
      const bound = bind(this.lookup, id, scopeOf(attachment), GROUP);
      const sure = mine && !own.owned && attachment.certain;
      return bound.kind === "bound" ? [{ group: bound.instance, certain: sure }] : [];
    });
    const open = attached.length < attachments.length || this.#attachments.strays;
    const list = open ? { ...own.list, open: true, onlyIds: false } : own.list;
    const contested = attached.some((each) => !each.certain) ? [contestedReason(holder)] : [];
    const unsure = list.open || list.candidates.length > 0;
    return { list, attached, reasons: [...(unsure ? own.reasons : []), ...contested] };
  }

  /** The list that a holder is given; `owned`: its configuration sets it, and restores it. */
  private ownList(holder: Instance): { list: ListBinding; owned: boolean; reasons: Reason[] } {
    const subject = holder.address;
    const [block, name] = this.holderOf(holder);
    const ids = block === undefined ? "unset" : groupList(block, name);
    const names = block === undefined ? "unset" : groupList(block, "security_groups");
    if (block !== undefined && (ids !== "unset" || names !== "unset")) {
      const byName = ids === "unset" && name !== "security_groups" && !hasSubnet(block);
      const list = ids !== "unset" ? ids : names;
      const scope = scopeOf(block.instance);
      const wanted = byName ? GROUP_NAME : GROUP;
      const found = list === "unset" ? NO_LIST : bindList(this.lookup, list, scope, wanted);
      const bound = byName ? inDefaultVpc(found) : this.#detached.leave(found, block, name);
      const text = afterApply(`which security groups ${subject} has`, bound.text);
      const owned = [name, "security_groups"].some((each) => block.configured(each) !== undefined);
      return { list: bound, owned, reasons: [{ id: "aws/groups-unknown", subject, text }] };
    }
    const group = block && this.defaultOf(block);
    if (group !== undefined) {
      return { list: membersOf(group).list, owned: false, reasons: [] };
    }
    const text =
      block === undefined
        ? `the network interface of ${subject} is not in the input, so its security groups are unknown`
        : `${subject} names no security group, so it has its VPC's default group, or its launch template's`;
    return {
      list: NO_LIST,
      owned: false,
      reasons: [{ id: "aws/default-security-group", subject, text }],
    };
  }

  /** The default group of the VPC, where no launch template may name others. */
  private defaultOf(block: Block): GroupKey | undefined {
    const { blocks, open } = nestedBlocks(block, "launch_template");
    return open || blocks.length > 0
      ? undefined
      : defaultGroups(this.lookup).of(asList(bindSubnet(this.lookup, block)));
  }

  /** Where the groups of an instance are set: on itself, or on the interface it is given. */
  private holderOf(holder: Instance): [Block | undefined, string] {
    if (holder.type === "aws_network_interface") {
      return [bodyOf(holder), "security_groups"];
    }
    const given = ["network_interface", "primary_network_interface"].flatMap((name) => {
      const { blocks, open } = nestedBlocks(bodyOf(holder), name);
      const owned = bodyOf(holder).configured(name) !== undefined;
      return open || owned ? [...blocks, ...(open ? [undefined] : [])] : [];
    });
    if (given.length === 0) {
      return [bodyOf(holder), "vpc_security_group_ids"];
    }
    const [only] = given;
    const id = only && attribute(only, "network_interface_id");
    const bound = id && given.length === 1 && bind(this.lookup, id, scopeOf(holder), INTERFACE);
    return bound !== undefined && bound !== false && bound.kind === "bound"
      ? [bodyOf(bound.instance), "security_groups"]
      : [undefined, ""];
  }
}

/** One list of several; where only one has something it is shared, since it can be long. */
function joined<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const [only, ...others] = lists.filter((list) => list.length > 0);
  return others.length === 0 ? (only ?? []) : lists.flat();
}

/** With a subnet, `security_groups` of an instance holds ids; without one, names. */
function hasSubnet(block: Block): boolean {
  return attribute(block, "subnet_id").kind !== "unset";
}

const NO_LIST: ListBinding = { certain: [], candidates: [], open: true, text: "", onlyIds: false };
