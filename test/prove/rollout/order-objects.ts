import type { PlannedApply, PlannedObject } from "../../../lib/model/apply";
import type { Step } from "../../../lib/model/rollout";
import { INPUT, stepOf } from "./instances";

type Action = Step["action"];

/** An object of a plan by its address, with what the apply does to it. */
export function objectOf(
  address: string,
  actions: readonly Action[] = [],
  more: Partial<PlannedObject> & { readonly step?: Partial<Step> } = {},
): PlannedObject {
  const { step, ...rest } = more;
  const module = /^(module\.[^.[]+(\[[^\]]*\])?\.)*/.exec(address)?.[0].slice(0, -1) ?? "";
  const withoutKeys = (text: string) => text.replaceAll(/\[[^\]]*\]/g, "");
  return {
    address,
    block: withoutKeys(address),
    key: /\[[^\]]*\]$/.exec(address)?.[0] ?? "",
    module,
    modulePath: withoutKeys(module),
    provider: "aws",
    servedBy: ["provider:aws"],
    steps: actions.map((action) =>
      stepOf(action, address, {
        before: action === "create" ? null : {},
        after: action === "delete" ? null : {},
        replace: actions.length < 2 ? undefined : `${actions[0] as "create" | "delete"}-first`,
        ...step,
      }),
    ),
    read: false,
    checked: false,
    deposed: undefined,
    ...rest,
  };
}

interface Parts {
  /** By vertex of the configuration, those it waits for. */
  readonly edges?: Readonly<Record<string, readonly string[]>>;
  readonly hidden?: Readonly<Record<string, string>>;
  /** By address, blocks that it depends on in the prior state. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

export function plannedOf(objects: readonly PlannedObject[], parts: Parts = {}): PlannedApply {
  const map = <T>(record: Readonly<Record<string, T>> = {}) => new Map(Object.entries(record));
  return {
    input: INPUT,
    objects,
    references: { edges: map(parts.edges), hidden: map(parts.hidden) },
    dependencies: map(parts.dependencies),
  };
}
