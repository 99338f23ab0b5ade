import type { PlannedApply, PlannedObject } from "../model/apply";
import type { Input } from "../model/instance";
import type { Step } from "../model/rollout";
import { type Json, type JsonObject, member } from "../model/value";
import { referenceGraph } from "./apply-references";
import { conditionsOf } from "./conditions";
import { InputError } from "./input-error";
import { keyText, parseModuleAddress } from "./module-address";
import { changeOf } from "./plan-shape";
import { ProviderConfigurations } from "./provider-configuration";
import { resourcesIn } from "./resources-in";

/**
 * Reads what plan JSON says about the order of the apply: the steps of `resource_changes`, the
 * references of the configuration, and the dependencies stored in the prior state.
 *
 * @throws InputError where its shape is not that of a plan
 */
export function readApply(plan: JsonObject, input: Input): PlannedApply {
  const conditions = conditionsOf(plan);
  const providers = new ProviderConfigurations(plan);
  const references = referenceGraph(plan, providers, conditions);
  const modules = new Modules();
  const changes = member(plan, "resource_changes") ?? [];
  const objects = (Array.isArray(changes) ? (changes as readonly Json[]) : []).map((entry) => {
    const named = placeOf(entry, modules, input.label);
    const served = providers.serving(named.block, member(entry, "provider_name"));
    return {
      ...named,
      provider: served.name,
      servedBy: served.vertices,
      ...doneTo(entry, input, {
        checked: conditions.has(`block:${named.block}`),
        provisioned: references.provisioned?.has(`block:${named.block}`) === true,
      }),
    };
  });
  return { input, objects, references, dependencies: dependenciesOf(plan, input.label) };
}

type Placed = Pick<PlannedObject, "address" | "block" | "key" | "module" | "modulePath">;

function placeOf(entry: Json, modules: Modules, label: string): Placed {
  const [address, type, name] = ["address", "type", "name"].map((key) => text(entry, key));
  if (address === undefined || type === undefined || name === undefined) {
    throw new InputError(label, "a resource lacks its 'address', 'type' or 'name'");
  }
  const key = member(entry, "index");
  const block = `${member(entry, "mode") === "data" ? "data." : ""}${type}.${name}`;
  const module = text(entry, "module_address") ?? "";
  const modulePath = modules.pathOf(module);
  return {
    address,
    block: modulePath === "" ? block : `${modulePath}.${block}`,
    key: keyText(typeof key === "string" || typeof key === "number" ? key : undefined),
    module,
    modulePath,
  };
}

/** Addresses of module instances without their keys; a plan names few of them often. */
class Modules {
  readonly #paths = new Map<string, string>();

  public pathOf(address: string): string {
    let path = this.#paths.get(address);
    if (path === undefined) {
      const steps = parseModuleAddress(address);
      path = steps?.map((step) => `module.${step.name}`).join(".") ?? address;
      this.#paths.set(address, path);
    }
    return path;
  }
}

type Done = Pick<PlannedObject, "steps" | "read" | "checked" | "deposed">;

interface Marks {
  readonly checked: boolean;
  readonly provisioned: boolean;
}

function doneTo(entry: Json, input: Input, { checked, provisioned }: Marks): Done {
  const { change, actions } = changeOf(entry, input.label);
  const deposed = member(entry, "deposed");
  const data = member(entry, "mode") === "data";
  return {
    steps: data ? [] : stepsOf(entry, input, { change, actions }, provisioned),
    read: data && actions[0] === "read",
    checked: checked && actions[0] === "no-op",
    deposed: typeof deposed === "string" ? deposed : undefined,
  };
}

type Change = ReturnType<typeof changeOf>;

/**
 * What runs commands on machines as soon as it is made or changed, as provisioners do.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-about.html
 */
const RUNS: ReadonlySet<string> = new Set(["aws_ssm_association"]);

function stepsOf(
  entry: Json,
  input: Input,
  { change, actions }: Change,
  provisioned: boolean,
): readonly Step[] {
  const before = member(change, "before") ?? null;
  const after = member(change, "after") ?? null;
  const afterUnknown = member(change, "after_unknown") ?? after === null;
  const common = {
    input,
    address: text(entry, "address") ?? "",
    type: text(entry, "type") ?? "",
    deposed: text(entry, "deposed"),
    replace: replaceOf(actions),
    previousAddress: text(entry, "previous_address"),
  };
  const runs = RUNS.has(common.type);
  const own = provisioned || runs ? { provisioned: true } : {};
  return actions.flatMap((action): readonly Step[] => {
    switch (action) {
      case "create":
        return [{ ...common, ...own, action, before: null, after, afterUnknown }];
      case "update":
        return [{ ...common, ...(runs ? own : {}), action, before, after, afterUnknown }];
      case "delete":
        return [
          {
            ...common,
            ...(provisioned ? own : {}),
            action,
            before,
            after: null,
            afterUnknown: false,
          },
        ];
      case "forget":
        return [{ ...common, action, before, after: null, afterUnknown: false }];
      default:
        return [];
    }
  });
}

function replaceOf(actions: readonly string[]): Step["replace"] {
  if (actions.length < 2) {
    return undefined;
  }
  return actions[0] === "create" ? "create-first" : "delete-first";
}

function text(entry: Json, key: string): string | undefined {
  const value = member(entry, key);
  return typeof value === "string" ? value : undefined;
}

/** `depends_on` of each current object of the prior state. */
function dependenciesOf(plan: JsonObject, label: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const resource of resourcesIn(member(member(plan, "prior_state"), "values"), label)) {
    const address = text(resource, "address");
    if (address !== undefined && member(resource, "deposed_key") === undefined) {
      const listed = member(resource, "depends_on");
      const blocks = Array.isArray(listed) ? (listed as readonly Json[]) : [];
      found.set(
        address,
        blocks.filter((block) => typeof block === "string"),
      );
    }
  }
  return found;
}
