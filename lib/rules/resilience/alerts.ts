import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { asBoolean, attribute, type Block, bodyOf, nestedBlocks } from "../../read/attributes";
import type { RuleContext } from "../rule";

/** A notification policy of Cloudflare, as far as it is known. */
export interface Alert {
  readonly instance: Instance;
  readonly type: string | undefined;
  /** False where it is surely off. */
  readonly enabled: boolean;
  /** Whether anybody may be told. */
  readonly heard: boolean;
  /** Blocks of `filters`; several only in version 4 of the provider. */
  readonly filters: readonly Block[];
}

/** How somebody is told: in version 5 below `mechanisms`, in version 4 as blocks of their own. */
const MECHANISMS = ["email", "pagerduty", "webhooks"];

/** The notification policies of the input. */
export function alertsOf({ lookup }: RuleContext): readonly Alert[] {
  return lookup.managed("cloudflare_notification_policy").map((instance) => {
    const body = bodyOf(instance);
    const enabled = attribute(body, "enabled");
    return {
      instance,
      type: knownString(attribute(body, "alert_type")),
      enabled: enabled.kind !== "known" || asBoolean(enabled.value) !== false,
      heard: isHeard(body),
      filters: nestedBlocks(body, "filters").blocks,
    };
  });
}

function isHeard(body: Block): boolean {
  const nested = nestedBlocks(body, "mechanisms");
  const given = nested.blocks.some((block) => MECHANISMS.some((name) => has(block, name)));
  return nested.open || given || MECHANISMS.some((name) => has(body, `${name}_integration`));
}

function has(block: Block, name: string): boolean {
  const { blocks, open } = nestedBlocks(block, name);
  return open || blocks.length > 0;
}
