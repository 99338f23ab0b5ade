import { isObject, type ObjectValue, type Value } from "../../provider/value";
import { Refused, type Step, type World } from "../handler";
import type { Effect } from "../log";
import type { Permission } from "../state";

export type Direction = Permission["direction"];
export type NewPermission = Omit<Permission, "id"> & { readonly id?: string };

const NUMBERS: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

/** `"TCP"`, `"6"` and `"tcp"` are one protocol; `"all"` is `"-1"`. */
export function protocolOf(value: Value | undefined): string {
  const text = String(value ?? "-1").toLowerCase();
  return text === "all" ? "-1" : (NUMBERS[text] ?? text);
}

const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

/** Every source of a rule as a permission of its own; ports of protocol -1 mean nothing. */
export function permissionsOf(
  rule: ObjectValue,
  group: string,
  direction: Direction,
): NewPermission[] {
  const protocol = protocolOf(rule.protocol ?? rule.ip_protocol);
  const port = (name: string) => (protocol === "-1" ? 0 : Number(rule[name] ?? -1));
  const one = (kind: Permission["kind"]) => (source: string) => ({
    group,
    direction,
    protocol,
    from: port("from_port"),
    to: port("to_port"),
    kind,
    source,
    description: String(rule.description ?? ""),
  });
  const single = (name: string) => (typeof rule[name] === "string" ? [rule[name]] : []);
  return [
    ...[...texts(rule.cidr_blocks), ...single("cidr_ipv4")].map(one("ipv4")),
    ...[...texts(rule.ipv6_cidr_blocks), ...single("cidr_ipv6")].map(one("ipv6")),
    ...[...texts(rule.prefix_list_ids), ...single("prefix_list_id")].map(one("prefix-list")),
    ...[
      ...texts(rule.security_groups),
      ...single("referenced_security_group_id"),
      ...(typeof rule.source_security_group_id === "string" && rule.source_security_group_id !== ""
        ? [rule.source_security_group_id]
        : []),
      ...(rule.self === true ? [group] : []),
    ].map(one("group")),
  ];
}

const place = (p: NewPermission): string =>
  [p.group, p.direction, p.protocol, p.from, p.to, p.kind, p.source].join(" ");

export const samePermission = (a: NewPermission, b: NewPermission): boolean =>
  place(a) === place(b) && a.description === b.description;

const words = (p: NewPermission): string => `${p.protocol} ${p.from}-${p.to} ${p.source}`;

export function effect(
  group: string,
  direction: Direction,
  added: readonly NewPermission[],
  removed: readonly NewPermission[],
): Effect {
  return { filter: group, direction, added: added.map(words), removed: removed.map(words) };
}

export function authorize(
  group: string,
  direction: Direction,
  added: readonly NewPermission[],
): Step {
  return {
    call: `AuthorizeSecurityGroup${direction === "ingress" ? "Ingress" : "Egress"}`,
    run: ({ state, issuer, options }: World) => {
      const own = state.permissions.filter((p) => p.group === group);
      const taken = new Set(own.map(place));
      const twice = added.find((p) => taken.has(place(p)));
      if (twice !== undefined) {
        throw new Refused(
          `InvalidPermission.Duplicate: the specified rule "${words(twice)}" already exists`,
        );
      }
      const there = own.filter((p) => p.direction === direction);
      const most = options.quota.permissions ?? Number.POSITIVE_INFINITY;
      if (there.length + added.length > most) {
        throw new Refused(`RulesPerSecurityGroupLimitExceeded: ${group} can have ${most} rules`);
      }
      state.permissions.push(...added.map((p) => ({ ...p, id: p.id ?? `sgr-0${issuer.hex(16)}` })));
      return [effect(group, direction, added, [])];
    },
  };
}

export function revoke(
  group: string,
  direction: Direction,
  removed: readonly NewPermission[],
): Step {
  return {
    call: `RevokeSecurityGroup${direction === "ingress" ? "Ingress" : "Egress"}`,
    run: ({ state }: World) => {
      const gone = new Set(removed.map(place));
      state.permissions = state.permissions.filter((p) => p.group !== group || !gone.has(place(p)));
      return [effect(group, direction, [], removed)];
    },
  };
}

/** The steps from one list of permissions to another; what is in both is left alone. */
export function difference(
  group: string,
  direction: Direction,
  before: readonly NewPermission[],
  after: readonly NewPermission[],
): readonly Step[] {
  const without = (all: readonly NewPermission[], others: readonly NewPermission[]) =>
    all.filter((p) => !others.some((other) => samePermission(p, other)));
  const [removed, added] = [without(before, after), without(after, before)];
  return [
    ...(removed.length > 0 ? [revoke(group, direction, removed)] : []),
    ...(added.length > 0 ? [authorize(group, direction, added)] : []),
  ];
}

/** Rules as `aws_security_group` shows them: `local` where they are whole, then what others made. */
export function rulesOf(
  local: Value | undefined,
  permissions: readonly Permission[],
  direction: Direction,
): ObjectValue[] {
  let rest = permissions;
  const whole: ObjectValue[] = [];
  for (const rule of Array.isArray(local) ? local.filter(isObject) : []) {
    const parts = permissionsOf(rule, permissions[0]?.group ?? "", direction);
    const there = parts.every((part) => rest.some((p) => samePermission(part, p)));
    if (parts.length === 0 || !there) continue;
    whole.push(rule);
    rest = rest.filter((p) => !parts.some((part) => samePermission(part, p)));
  }
  const keys = new Set(rest.map((p) => JSON.stringify([p.protocol, p.from, p.to, p.description])));
  return [...whole, ...[...keys].map((key) => gathered(key, rest))];
}

function gathered(key: string, permissions: readonly Permission[]): ObjectValue {
  const [protocol, from, to, description] = JSON.parse(key) as [string, number, number, string];
  const mine = permissions.filter(
    (p) =>
      p.protocol === protocol && p.from === from && p.to === to && p.description === description,
  );
  const of = (kind: Permission["kind"]) =>
    mine.filter((p) => p.kind === kind && p.source !== p.group).map((p) => p.source);
  return {
    cidr_blocks: of("ipv4"),
    description,
    from_port: from,
    ipv6_cidr_blocks: of("ipv6"),
    prefix_list_ids: of("prefix-list"),
    protocol,
    security_groups: of("group").sort(),
    self: mine.some((p) => p.source === p.group),
    to_port: to,
  };
}
