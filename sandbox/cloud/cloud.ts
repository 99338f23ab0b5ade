import type { Json, Semantics } from "../provider/semantics";
import type { ObjectValue } from "../provider/value";
import { type Change, objects, Refused, type World } from "./handler";
import { Issuer } from "./issue";
import { append, type Operation } from "./log";
import type { CloudOptions } from "./options";
import { handlers } from "./resources/index";
import { Running } from "./running";
import { Store } from "./state";
import { keyOf } from "./steps";

export interface Applied {
  /** What Terraform keeps: null after a deletion or where nothing was made. */
  readonly state: ObjectValue | null;
  readonly error?: string;
}

/** A request as the provider hands it over; the cloud fills in the rest. */
export type Request = Omit<Change, "current">;

/** The in-memory cloud: objects in a file, one line in a log for whatever happens to them. */
export class Cloud {
  private readonly store: Store;

  constructor(readonly options: CloudOptions) {
    this.store = new Store(options.folder);
  }

  async apply(request: Request): Promise<Applied> {
    const change: Change = { ...request, current: request.prior };
    const operation = new Running(this.store, this.options, change);
    try {
      await operation.run();
      return { state: operation.finish() };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { state: operation.finish(error.message), error: error.message };
    }
  }

  /** The object as it is now; null when it is gone. */
  read(type: string, semantics: Semantics, known: ObjectValue): ObjectValue | null {
    return this.store.note((state) => {
      const world = { state, issuer: new Issuer(this.options, state), options: this.options };
      const object = state.objects[keyOf(type, semantics, known)];
      const id = String(known.id ?? "");
      this.note(world, { operation: "read", type, id });
      if (object === undefined || elsewhere(object.attributes, known)) return null;
      const shown = handlers[type]?.show?.(object.attributes, world) ?? object.attributes;
      return semantics.framework ? shown : refreshed(shown, semantics);
    });
  }

  /** The object that an import names; null when there is none in the region. */
  import(
    type: string,
    semantics: Semantics,
    given: string,
    region: string | undefined,
  ): ObjectValue | null {
    const found = this.store.note((state) => {
      const world = { state, issuer: new Issuer(this.options, state), options: this.options };
      this.note(world, { operation: "import", type, id: given });
      return objects(world, type).find(
        ({ attributes }) =>
          importIds(semantics, attributes).includes(given) &&
          (region === undefined || (attributes.region ?? region) === region),
      );
    });
    return found === undefined ? null : this.read(type, semantics, found.attributes);
  }

  /** A line for a data source; `answer` sees the cloud. */
  data<T>(type: string, answer: (world: World) => T): T {
    return this.store.note((state) => {
      const world = { state, issuer: new Issuer(this.options, state), options: this.options };
      this.note(world, { operation: "data", type });
      return answer(world);
    });
  }

  private note(world: World, line: { operation: Operation; type: string; id?: string }): void {
    const op = `${line.operation}-${world.state.sequence + 1}`;
    append(this.options.folder, world.state, { run: this.options.run, op, event: "call", ...line });
  }
}

/** The older SDK reads zero values where a creation left null: what Terraform calls drift. */
function refreshed(attributes: ObjectValue, semantics: Semantics): ObjectValue {
  const zeros: Readonly<Record<string, Json>> = { tags: {}, ...semantics.refreshed };
  const wanted = Object.entries(zeros).filter(([name]) => attributes[name] === null);
  return { ...attributes, ...Object.fromEntries(wanted) };
}

/** An id means nothing in another region. */
const elsewhere = ({ region }: ObjectValue, known: ObjectValue): boolean =>
  typeof region === "string" && typeof known.region === "string" && region !== known.region;

/** The id alone is taken too where accounts or zones come before it. */
function importIds(semantics: Semantics, attributes: ObjectValue): readonly string[] {
  const filled = (template: string) =>
    template.replace(/\{([a-z0-9_]+)\}/g, (_, name: string) => String(attributes[name] ?? ""));
  const { id, account_id } = attributes;
  return [filled(semantics.import), filled(semantics.key), `${account_id}/${id}`];
}
