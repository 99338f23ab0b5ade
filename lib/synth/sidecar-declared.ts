import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Sidecar } from "../read/sidecar";
import { zoneOf } from "./declaration";
import { isUnresolved } from "./literal";
import { present } from "./present";
import { type DeclaredWeakening, weakeningsOf } from "./weakening";

type Zones = NonNullable<Sidecar["zones"]>;
type Weakened = Sidecar["weakened"][number];

/** What the user knows of the zones that the constructs of a stack import. */
export function zonesIn(constructs: readonly IConstruct[]): Zones {
  const known = constructs.flatMap((construct) => zoneOf(construct) ?? []);
  return Object.fromEntries(
    known.map(({ name, ssl, alwaysUseHttps }): [string, Zones[string]] => {
      return [name, present({ ssl, always_use_https: onOff(alwaysUseHttps) })];
    }),
  );
}

function onOff(value: boolean | undefined): "on" | "off" | undefined {
  return value === undefined ? undefined : value ? "on" : "off";
}

/**
 * Those of the constructs around a stack are in its file too, which can be read alone.
 *
 * @param constructs the stack and all below it
 */
export function weakenedIn(stack: TerraformStack, constructs: readonly IConstruct[]): Weakened[] {
  const around = stack.node.scopes.slice(0, -1);
  return [...around, ...constructs].flatMap(weakenedAt);
}

function weakenedAt(construct: IConstruct): Weakened[] {
  return weakeningsOf(construct).map((each) => weakenedOf(each, construct.node.path));
}

function weakenedOf(each: DeclaredWeakening, constructPath: string): Weakened {
  const { reason, source, expires = null } = each;
  const shared = { constructPath, source, reason, expires };
  switch (each.kind) {
    case "acknowledged":
      return { kind: each.kind, rule: each.rule, ...shared };
    case "exception":
      return { kind: each.kind, cidr: each.cidr, ports: [...each.ports], ...shared };
    case "filtered-elsewhere":
      return { kind: each.kind, addresses: each.addresses.map(readable), ...shared };
  }
}

/** What Terraform decides is no use to a reader as a token of cdktf's. */
function readable(address: string): string {
  return isUnresolved(address) ? "(known after apply)" : address;
}
