/** Plan JSON as these laws change it: a copy of its own for each. */
export interface PlanJson {
  resource_changes?: Changed[];
  configuration?: { root_module?: { resources?: Named[] } };
  [name: string]: unknown;
}

interface Named {
  address: string;
  mode: string;
  type: string;
  name: string;
  [more: string]: unknown;
}

interface Changed extends Named {
  change: { actions: string[]; after: Record<string, unknown> | null; [more: string]: unknown };
}

interface InlineRule {
  cidr_blocks?: string[] | null;
  ipv6_cidr_blocks?: string[] | null;
  [more: string]: unknown;
}

const RULE_TYPES = ["aws_vpc_security_group_ingress_rule", "aws_security_group_rule"];

export const parsed = (text: string): PlanJson => JSON.parse(text) as PlanJson;

/** The plan with one allow less, for some of its allows: inline rules and blocks. */
export function withoutAnAllow(text: string): readonly PlanJson[] {
  const plan = parsed(text);
  const inline = places(plan, "aws_security_group").flatMap(({ at, after }) =>
    rulesOf(after).map((_, rule) => (copy: PlanJson) => {
      rulesOf(copy.resource_changes?.[at]?.change.after).splice(rule, 1);
    }),
  );
  const blocks = RULE_TYPES.flatMap((type) => places(plan, type)).map(
    ({ at }) =>
      (copy: PlanJson) => {
        copy.resource_changes?.splice(at, 1);
      },
  );
  return some([...inline, ...blocks]).map((change) => changed(text, change));
}

/** The plan with one source that is everybody, for some of its sources. */
export function withEverybody(text: string): readonly PlanJson[] {
  const plan = parsed(text);
  const inline = places(plan, "aws_security_group").flatMap(({ at, after }) =>
    rulesOf(after).map((_, index) => (copy: PlanJson) => {
      const rule = rulesOf(copy.resource_changes?.[at]?.change.after)[index];
      if (rule?.cidr_blocks?.length) rule.cidr_blocks = ["0.0.0.0/0"];
      if (rule?.ipv6_cidr_blocks?.length) rule.ipv6_cidr_blocks = ["::/0"];
    }),
  );
  const blocks = RULE_TYPES.flatMap((type) => places(plan, type)).map(
    ({ at }) =>
      (copy: PlanJson) => {
        const after = copy.resource_changes?.[at]?.change.after ?? {};
        if (typeof after.cidr_ipv4 === "string") after.cidr_ipv4 = "0.0.0.0/0";
        if (typeof after.cidr_ipv6 === "string") after.cidr_ipv6 = "::/0";
        if (Array.isArray(after.cidr_blocks)) after.cidr_blocks = ["0.0.0.0/0"];
      },
  );
  return some([...inline, ...blocks]).map((change) => changed(text, change));
}

/** Every list of blocks the other way round, and every object's members. */
export function reordered(text: string): PlanJson {
  const turned = (value: unknown, name = ""): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => turned(item, name));
      return ["resource_changes", "resources", "child_modules"].includes(name)
        ? items.reverse()
        : items;
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner, key)] as const);
    return Object.fromEntries(entries.reverse());
  };
  return turned(parsed(text)) as PlanJson;
}

/** Every resource with another name. */
export function renamed(text: string): PlanJson {
  const names = new Map<string, string>();
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { type, name, mode } = value as Partial<Named>;
    if (typeof type === "string" && typeof name === "string" && typeof mode === "string") {
      names.set(`${type}.${name}`, `${type}.${name}_renamed`);
    }
    Object.values(value).forEach(collect);
  };
  collect(parsed(text));
  const address = (word: string) =>
    word.replace(/(?<![\w-])[a-z]\w*\.[\w-]+/g, (found) => names.get(found) ?? found);
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return address(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const own = value as Partial<Named>;
    const isNamed = names.has(`${own.type}.${own.name}`) && typeof own.mode === "string";
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        isNamed && key === "name" ? `${own.name}_renamed` : walk(inner),
      ]),
    );
  };
  return walk(parsed(text)) as PlanJson;
}

/** One more group, open to everybody, that nothing has. */
export function withUnrelated(text: string): PlanJson {
  const rule = { from_port: 0, to_port: 0, protocol: "-1", cidr_blocks: ["0.0.0.0/0"] };
  const rest = { ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false };
  const after = { name: "unrelated", ingress: [{ ...rule, ...rest, description: "" }], egress: [] };
  const named = {
    address: "aws_security_group.unrelated",
    mode: "managed",
    type: "aws_security_group",
    name: "unrelated",
  };
  return changed(text, (plan) => {
    plan.resource_changes?.push({
      ...named,
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: {
        ...{ actions: ["create"], before: null, after, after_unknown: { id: true, vpc_id: true } },
        ...{ before_sensitive: false, after_sensitive: {} },
      },
    });
    plan.configuration?.root_module?.resources?.push({
      ...named,
      provider_config_key: "aws",
      expressions: { name: { constant_value: "unrelated" } },
      schema_version: 1,
    });
  });
}

function changed(text: string, change: (plan: PlanJson) => void): PlanJson {
  const copy = parsed(text);
  change(copy);
  return copy;
}

function places(plan: PlanJson, type: string) {
  return (plan.resource_changes ?? []).flatMap((resource, at) =>
    resource.type === type && resource.change.after !== null
      ? [{ at, after: resource.change.after }]
      : [],
  );
}

const rulesOf = (after: Record<string, unknown> | null | undefined): InlineRule[] =>
  Array.isArray(after?.ingress) ? (after.ingress as InlineRule[]) : [];

/** The first, the middle and the last. */
function some<T>(items: readonly T[]): readonly T[] {
  const chosen = [0, Math.floor(items.length / 2), items.length - 1];
  return [...new Set(chosen)].flatMap((index) => items[index] ?? []);
}
