import type { Instance } from "../../model/instance";
import { attribute, bodyOf } from "../attributes";
import { bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { machinesOf } from "./aws-machine";

const INTERFACE: Wanted = { types: ["aws_network_interface"], attribute: "id" };
const PRIMARY: Wanted = { types: ["aws_instance"], attribute: "primary_network_interface_id" };

/** An attachment of a group, and whether it is surely to the interface that was asked about. */
interface Attached {
  readonly attachment: Instance;
  readonly sure: boolean;
}

/** Groups that are attached to interfaces by blocks of their own. */
export class GroupAttachments {
  readonly #to = new Map<Instance, Instance[]>();
  /** The interface of some can't be told: it may be any. */
  public readonly strays: boolean;

  constructor(private readonly lookup: Lookup) {
    let strays = false;
    for (const attachment of lookup.managed("aws_network_interface_sg_attachment")) {
      const id = attribute(bodyOf(attachment), "network_interface_id");
      const bindings = [INTERFACE, PRIMARY].map((wanted) =>
        bind(lookup, id, scopeOf(attachment), wanted),
      );
      const bound = bindings.find((binding) => binding.kind === "bound");
      if (bound !== undefined) {
        push(this.#to, bound.instance, attachment);
      } else {
        strays ||= id.kind !== "known";
      }
    }
    this.strays = strays;
  }

  /** Those to an interface, or to a machine's: they name it, or the machine whose primary it is. */
  public of(holder: Instance): readonly Attached[] {
    const aliases = this.#to.size === 0 ? [] : machinesOf(this.lookup).aliasesOf(holder);
    return [{ other: holder, sure: true }, ...aliases].flatMap(({ other, sure }) =>
      (this.#to.get(other) ?? []).map((attachment) => ({ attachment, sure })),
    );
  }
}
