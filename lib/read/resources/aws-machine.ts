import type { Instance } from "../../model/instance";
import { asNumber, attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import { type Binding, bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";

const INSTANCE: Wanted = { types: ["aws_instance"], attribute: "id" };
const INTERFACE: Wanted = { types: ["aws_network_interface"], attribute: "id" };

/** What a machine and an interface are to each other. */
interface Tie {
  readonly other: Instance;
  /** The interface is the machine's primary one; undefined: it may be. */
  readonly primary: boolean | undefined;
}

const read = new WeakMap<Lookup, Machines>();

/** The machines of the input and the interfaces that they are given: read once. */
export function machinesOf(lookup: Lookup): Machines {
  const found = read.get(lookup) ?? new Machines(lookup);
  read.set(lookup, found);
  return found;
}

/** Which interfaces of the input belong to which machines. */
export class Machines {
  readonly #ties = new Map<Instance, Tie[]>();

  constructor(private readonly lookup: Lookup) {
    for (const machine of lookup.managed("aws_instance")) {
      this.given(machine);
    }
    for (const attachment of lookup.managed("aws_network_interface_attachment")) {
      const card = this.bound(bodyOf(attachment), "network_interface_id", INTERFACE);
      this.attached(bodyOf(attachment), "instance_id", card);
    }
    for (const card of lookup.managed("aws_network_interface")) {
      for (const block of nestedBlocks(bodyOf(card), "attachment").blocks) {
        this.attached(block, "instance", [card]);
      }
    }
  }

  /** Machines that an interface is, or may be, of; a machine itself. */
  public behind(holder: Instance): readonly Instance[] {
    return holder.type === "aws_network_interface"
      ? (this.#ties.get(holder) ?? []).map(({ other }) => other)
      : [holder];
  }

  /** By what else a machine's primary interface is named: the interface, or its machine. */
  public aliasesOf(
    holder: Instance,
  ): readonly { readonly other: Instance; readonly sure: boolean }[] {
    return (this.#ties.get(holder) ?? [])
      .filter(({ primary }) => primary !== false)
      .map(({ other, primary }) => ({ other, sure: primary === true }));
  }

  /** The interface of the input that is surely a machine's primary one. */
  public primaryOf(machine: Instance): Instance | undefined {
    return this.#ties.get(machine)?.find(({ primary }) => primary === true)?.other;
  }

  /** Interfaces that a machine is launched with. */
  private given(machine: Instance): void {
    const blocks = ["network_interface", "primary_network_interface"].flatMap((name) =>
      nestedBlocks(bodyOf(machine), name).blocks.map((block) => ({
        block,
        primary: name === "network_interface" ? isFirst(block) : true,
      })),
    );
    for (const { block, primary } of blocks) {
      const cards = this.bound(block, "network_interface_id", INTERFACE);
      for (const card of cards) {
        const sure = cards.length === 1 && (primary === true || blocks.length === 1);
        this.tie(machine, card, primary === false ? false : sure || undefined);
      }
    }
  }

  /** Interfaces that a machine gets later are never its primary one. */
  private attached(block: Block, name: string, cards: readonly Instance[]): void {
    for (const machine of this.bound(block, name, INSTANCE)) {
      for (const card of cards) {
        this.tie(machine, card, false);
      }
    }
  }

  private tie(machine: Instance, card: Instance, primary: boolean | undefined): void {
    push(this.#ties, machine, { other: card, primary });
    push(this.#ties, card, { other: machine, primary });
  }

  private bound(block: Block, name: string, wanted: Wanted): readonly Instance[] {
    const value = attribute(block, name);
    const found: Binding = bind(this.lookup, value, scopeOf(block.instance), wanted);
    return found.kind === "bound"
      ? [found.instance]
      : found.kind === "uncertain"
        ? found.candidates
        : [];
  }
}

/** Whether an interface is the first of its machine; undefined where that is known after apply. */
function isFirst(block: Block): boolean | undefined {
  const index = attribute(block, "device_index");
  return index.kind === "known" ? asNumber(index.value) === 0 : undefined;
}
