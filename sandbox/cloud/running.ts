import { equal, type ObjectValue, Unknown, type Value } from "../provider/value";
import { resolve } from "./fill";
import { type Change, Refused, type Step, type World } from "./handler";
import { Issuer } from "./issue";
import { append, type NewEntry } from "./log";
import { type CloudOptions, chance } from "./options";
import { refuseElsewhere } from "./regions";
import { handlers } from "./resources/index";
import type { Store } from "./state";
import { Part } from "./steering";
import { both, keyOf, known, pause, refuseTwin, withEffects } from "./steps";

const POLL_MS = 3;

type Line = Omit<NewEntry, "run" | "op" | "operation" | "type">;

/** One creation, update or deletion on its way. */
export class Running {
  private readonly operation: "create" | "update" | "delete";
  private op = "";
  /** A call was answered: a creation that is refused before leaves nothing behind. */
  private answered = false;
  private part: Part | undefined;
  /** Attributes that an update has changed already. */
  private readonly written = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly options: CloudOptions,
    private readonly change: Change,
  ) {
    const { prior, planned } = change;
    this.operation = prior === null ? "create" : planned === null ? "delete" : "update";
  }

  async run(): Promise<void> {
    const { change } = this;
    this.locked((world) => {
      this.op = `${this.operation}-${world.state.sequence + 1}`;
      const { steering, run } = this.options;
      this.part = Part.claim(steering, { run, op: this.op }, change, world.state);
      const asked = known(change.planned ?? change.prior);
      this.log(world, { event: "start", attributes: asked });
    });
    const [first, ...others] = this.names();
    if (this.operation === "create") {
      await this.step({ call: first, run: (world) => this.create(world) });
      for (const call of others) await this.step({ call });
    }
    const steps = handlers[change.type]?.steps?.(change) ?? [];
    for (const step of this.rest(steps)) await this.step(step);
  }

  /** The steps with what they do to the object itself; the last one leaves nothing to be done. */
  private rest(steps: readonly Step[]): readonly Step[] {
    if (this.operation === "create") return steps;
    const named = this.names().map((call): Step => ({ call }));
    if (this.operation === "delete") {
      return [...steps, ...named].map((step, index, all) => {
        const last = index === all.length - 1;
        return last ? both(step, (world) => this.remove(world)) : step;
      });
    }
    return (steps.length === 0 ? named : steps).map((step, index, all) => {
      const last = index === all.length - 1;
      const writes = last ? undefined : (step.writes ?? []);
      return both(step, (world) => this.write(world, writes));
    });
  }

  /** Stores what came of it and returns what Terraform is told. */
  finish(error?: string): ObjectValue | null {
    const { change } = this;
    return this.locked((world) => {
      const key = keyOf(change.type, change.semantics, change.current ?? {});
      if (error === undefined && this.operation === "update") this.write(world);
      const deleted = this.operation === "delete" && error === undefined;
      const unmade = this.operation === "create" && !this.answered && error !== undefined;
      if (unmade || deleted) this.remove(world);
      const object = world.state.objects[key];
      const shown = object === undefined || deleted ? null : this.show(world, object.attributes);
      this.log(world, {
        event: "end",
        ...(shown === null ? {} : { attributes: shown }),
        ...(error === undefined ? {} : { error }),
      });
      if (error === undefined) this.part?.progress(world.state, true);
      return shown;
    });
  }

  private show(world: World, attributes: ObjectValue): ObjectValue {
    return handlers[this.change.type]?.show?.(attributes, world) ?? attributes;
  }

  private create(world: World): undefined {
    const { change, options } = this;
    const { type, semantics, cty } = change;
    const planned = change.planned ?? {};
    const there = Object.values(world.state.objects).filter((object) => object.type === type);
    const most = options.quota[type] ?? Number.POSITIVE_INFINITY;
    if (there.length >= most) throw new Refused(`LimitExceeded: there can be ${most} ${type}`);
    refuseElsewhere(world, type, planned);
    const special = handlers[type]?.fill?.(planned, world) ?? {};
    const attributes = resolve({ planned, semantics, cty, special, issuer: world.issuer });
    refuseTwin(type, semantics, attributes, there);
    const key = keyOf(type, semantics, attributes);
    world.state.objects[key] = { type, key, attributes };
    change.current = attributes;
    handlers[type]?.created?.(attributes, world);
  }

  private remove(world: World): undefined {
    const { type, semantics, current } = this.change;
    const key = keyOf(type, semantics, current ?? {});
    const object = world.state.objects[key];
    if (object === undefined || semantics.undeletable) return;
    delete world.state.objects[key];
    if (typeof object.attributes.id === "string") world.state.gone[object.attributes.id] = type;
    handlers[type]?.removed?.(object.attributes, world);
  }

  /** Only what the update changed: what others did to the object in the meantime stays. */
  private write(world: World, names?: readonly string[]): undefined {
    const { type, prior, planned, semantics, cty, current } = this.change;
    const object = world.state.objects[keyOf(type, semantics, current ?? {})];
    if (object === undefined || planned === null) return;
    const left = (name: string) =>
      (names?.includes(name) ?? !this.written.has(name)) &&
      handlers[type]?.managed?.includes(name) !== true;
    const wanted = Object.entries(planned).filter(
      ([name, value]) => left(name) && !equal(value, prior?.[name]),
    );
    if (wanted.length === 0) return;
    refuseElsewhere(world, type, { ...Object.fromEntries(wanted), region: planned.region ?? null });
    for (const [name] of wanted) this.written.add(name);
    const unset = (name: string, value: Value) =>
      value instanceof Unknown && !String(semantics.fill[name]).includes("{now}");
    const next: ObjectValue = { ...object.attributes };
    for (const [name, value] of wanted) if (!unset(name, value)) next[name] = value;
    object.attributes = resolve({
      planned: next,
      semantics,
      cty,
      special: {},
      issuer: world.issuer,
    });
  }

  private async step(
    step: Omit<Step, "call"> & { readonly call: string | undefined },
  ): Promise<void> {
    const { options, change } = this;
    const [least, most] = options.delay;
    const what = JSON.stringify(known(change.planned ?? change.prior));
    const call = step.call ?? "";
    const wait = least + chance(options.seed, change.type, call, what) * (most - least);
    if (wait > 0 && step.call !== undefined) await pause(wait);
    if (step.call !== undefined) await this.turn();
    let refused: Refused | undefined;
    // A refusal is thrown outside, so that its line in the log and its count are kept.
    this.locked((world) => {
      try {
        if (step.call !== undefined) this.refuse(world, step.call, what);
        const effects = step.run?.(world);
        if (step.call === undefined) return;
        this.answered = true;
        this.log(world, { event: "call", call, ...withEffects(effects) });
        this.part?.progress(world.state, false);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused = error;
        this.log(world, { event: "refuse", call, error: error.message });
      }
    });
    if (refused !== undefined) throw refused;
  }

  /** Waits until a steered apply is where this call may be. */
  private async turn(): Promise<void> {
    const { part, options } = this;
    const until = Date.now() + (options.steering?.timeout ?? 0);
    const waits = () => this.store.peek((state) => part?.waits(state) === true);
    while (waits()) {
      if (Date.now() > until) this.locked(({ state }) => part?.release(state));
      await pause(POLL_MS);
    }
  }

  private refuse(world: World, call: string, what: string): void {
    if (this.part?.refuses(world.state) === true) throw new Refused("Steered: not to go on");
    for (const [index, refusal] of this.options.refuse.entries()) {
      const { counters } = world.state;
      const key = `refused ${index}`;
      const used = counters[key] ?? 0;
      const fits =
        (refusal.call === undefined || refusal.call === call) &&
        (refusal.operation === undefined || refusal.operation === this.operation) &&
        (refusal.type === undefined || refusal.type === this.change.type) &&
        (refusal.match === undefined || what.includes(refusal.match));
      if (!fits || used >= (refusal.times ?? Number.POSITIVE_INFINITY)) continue;
      const passed = counters[`passed ${index}`] ?? 0;
      if (passed < (refusal.after ?? 0)) {
        counters[`passed ${index}`] = passed + 1;
        continue;
      }
      counters[key] = used + 1;
      throw new Refused(refusal.message);
    }
  }

  private names(): readonly string[] {
    const { type, semantics } = this.change;
    const noun = type
      .replace(/^[a-z]+_/, "")
      .replace(/(^|_)([a-z0-9])/g, (_, __, c: string) => c.toUpperCase());
    const verb = { create: "Create", update: "Modify", delete: "Delete" }[this.operation];
    return semantics.calls[this.operation] ?? [`${verb}${noun}`];
  }

  private locked<T>(inner: (world: World) => T): T {
    return this.store.update((state) =>
      inner({ state, issuer: new Issuer(this.options, state), options: this.options }),
    );
  }

  private log(world: World, line: Line): void {
    const { operation, op, change, options } = this;
    const id = change.current?.id;
    append(options.folder, world.state, {
      run: options.run,
      op,
      operation,
      type: change.type,
      ...(typeof id === "string" ? { id } : {}),
      ...line,
    });
  }
}
