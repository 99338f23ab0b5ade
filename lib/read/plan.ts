import type { Input, Instance } from "../model/instance";
import { isForgotten } from "../model/kept-on-delete";
import { type Json, type JsonObject, member } from "../model/value";
import { actionsIn } from "./actions";
import { blockSizes } from "./block-sizes";
import { readApply } from "./changes";
import { conditionsOf } from "./conditions";
import { blockKey, type ModuleConfiguration, planConfiguration } from "./configuration";
import { driftIn } from "./drift";
import { instanceName, type Named, type Planned } from "./instance-name";
import { withoutOrphans } from "./orphans";
import { changeOf, changesIn, checkConfiguration } from "./plan-shape";
import { planProviders } from "./provider-keys";
import { resourcesIn } from "./resources-in";
import type { ReadInput } from "./snapshot";
import { Variables } from "./variables";

/**
 * Reads plan JSON (`terraform show -json tfplan`), format versions 0.x and 1.x.
 *
 * @throws InputError where its shape is not that of a plan
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(plan: JsonObject, label: string): ReadInput {
  const input: Input = { kind: "plan", label, partial: partialReason(plan) };
  checkConfiguration(plan, label);
  const variables = Variables.ofRoot(member(plan, "variables"));
  const root = planConfiguration(member(member(plan, "configuration"), "root_module"), variables);
  const reader = new PlanReader(input, root);
  for (const change of changesIn(plan, label)) {
    reader.change(change);
  }
  for (const resource of resourcesIn(member(member(plan, "prior_state"), "values"), label)) {
    reader.prior(resource);
  }
  const apply = () => readApply(plan, input);
  return {
    input,
    configuration: { ...root, sizes: blockSizes(reader.after), providers: planProviders(plan) },
    instances: [...withoutOrphans(reader.after, reader.before()), ...actionsIn(plan, input)],
    before: reader.before(),
    guarded: guardedIn(plan),
    drift: driftIn(plan),
    apply,
  };
}

/** Addresses of the blocks with conditions; outputs are none. */
function guardedIn(plan: JsonObject): ReadonlySet<string> {
  const names = [...conditionsOf(plan).keys()].filter((name) => name.startsWith("block:"));
  return new Set(names.map((name) => name.slice("block:".length)));
}

function partialReason(plan: JsonObject): string | undefined {
  if (member(plan, "errored") === true) {
    return "the plan is marked errored: true, so it holds only a part of what would be done";
  }
  return member(plan, "complete") === false
    ? "the plan is marked complete: false, so it holds only a part of what will be done"
    : undefined;
}

class PlanReader {
  public readonly after: Instance[] = [];
  readonly #before: Instance[] = [];
  readonly #planned: string[] = [];
  /** Made where there is a prior state. */
  #seen: Set<string> | undefined;

  constructor(
    private readonly input: Input,
    private readonly root: ModuleConfiguration,
  ) {}

  /** What was there before the apply, or undefined where no managed resource was. */
  public before(): readonly Instance[] | undefined {
    const managed = this.#before.some((instance) => instance.mode === "managed");
    return managed ? this.#before : undefined;
  }

  /** One entry of `resource_changes`. */
  public change(entry: Json): void {
    const named = instanceName(this.input, entry);
    const { change, actions } = changeOf(entry, this.input.label);
    const [before, after] = [member(change, "before") ?? null, member(change, "after") ?? null];
    const deposed = member(entry, "deposed");
    if (typeof deposed === "string") {
      this.deposed(named, deposed, change);
      return;
    }
    this.#planned.push(named.address);
    if (before !== null && !actions.includes("read")) {
      this.#before.push(this.settled(named, before, member(change, "before_sensitive"), "unknown"));
    }
    const stays = isDelete(actions) && isForgotten(named.type, before);
    if (actions.includes("forget") || stays) {
      this.after.push(this.settled(named, before, member(change, "before_sensitive"), "forget"));
    } else if (!isDelete(actions)) {
      const planned = {
        values: after,
        // `after` may be left out where every value is unknown.
        unknown: member(change, "after_unknown") ?? after === null,
        sensitive: member(change, "after_sensitive") ?? false,
        configured: this.configuredOf(named),
        action: actionOf(actions),
        before: before ?? undefined,
      };
      this.after.push(instanceOf(named, planned));
    }
  }

  /** The rest of an interrupted replace, which this apply destroys: known by its id alone. */
  private deposed(named: Named, key: string, change: Json): void {
    const before = member(change, "before") ?? null;
    if (before !== null) {
      const own = { ...named, ...deposedName(named, key) };
      this.#before.push(this.settled(own, before, member(change, "before_sensitive"), "unknown"));
    }
  }

  /** A resource of the prior state: data sources, and what a targeted plan did not visit. */
  public prior(entry: Json): void {
    const named = instanceName(this.input, entry);
    const values = member(entry, "values") ?? null;
    const sensitive = member(entry, "sensitive_values");
    this.#seen ??= new Set(this.#planned);
    if (this.#seen.has(named.address) || member(entry, "deposed_key") !== undefined) {
      return;
    }
    this.#seen.add(named.address);
    const instance = this.settled(named, values, sensitive, "keep");
    this.after.push(instance);
    this.#before.push(instance);
  }

  /** An instance whose every value is known. */
  private settled(
    named: Named,
    values: Json,
    sensitive: Json | undefined,
    action: "forget" | "keep" | "unknown",
  ): Instance {
    const configured = action === "unknown" ? undefined : this.configuredOf(named);
    const known = { values, unknown: false, sensitive: sensitive ?? false };
    return instanceOf(named, { ...known, configured, action, before: values });
  }

  private configuredOf(named: Named): Instance["configured"] {
    let module: ModuleConfiguration | undefined = this.root;
    for (const step of named.modules) {
      module = module?.calls.get(step.name)?.module;
    }
    return module?.resources.get(blockKey(named.mode, named.type, named.name, named.address));
  }
}

/** What a deposed object is called: no reference means it, and none of its own tells more. */
export function deposedName<T extends { readonly address: string }>({ address }: T, key: string) {
  const name = `${address} (deposed ${key})`;
  return { address: name, name };
}

/** One literal for all: a plan has tens of thousands, and a spread of them takes twice the room. */
function instanceOf(named: Named, planned: Planned): Instance {
  return {
    input: named.input,
    address: named.address,
    mode: named.mode,
    type: named.type,
    name: named.name,
    modules: named.modules,
    key: named.key,
    eachValue: named.eachValue,
    values: planned.values,
    unknown: planned.unknown,
    sensitive: planned.sensitive,
    configured: planned.configured,
    action: planned.action,
    certain: named.certain,
    before: planned.before,
    constructPath: named.constructPath,
  };
}

function actionOf(actions: readonly string[]): Instance["action"] {
  if (actions.includes("create")) {
    return "create";
  }
  return actions.includes("update") ? "change" : "keep";
}

function isDelete(actions: readonly string[]): boolean {
  return actions.length === 1 && actions[0] === "delete";
}
