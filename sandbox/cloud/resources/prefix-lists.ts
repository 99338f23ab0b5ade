import { isObject, type ObjectValue, type Value } from "../../provider/value";
import { type Change, find, type Handler, Refused, type Step, type World } from "../handler";

const entriesOf = (value: Value | undefined): readonly ObjectValue[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const range = (entry: ObjectValue): string => String(entry.cidr);

/**
 * Entries out and in are one call; an entry whose description alone changes is taken out by a call
 * of its own before, since one call may not name a range twice.
 */
export const prefixList: Handler = {
  managed: ["entry"],
  steps: ({ prior, planned, current }: Change) => {
    const id = String(current?.id);
    if (planned === null) return [unused(id)];
    if (prior === null) return [];
    const [before, after] = [entriesOf(prior.entry), entriesOf(planned.entry)];
    const same = (a: ObjectValue, b: ObjectValue) =>
      range(a) === range(b) && (a.description ?? "") === (b.description ?? "");
    const added = after.filter((entry) => !before.some((other) => same(entry, other)));
    const gone = before.filter((entry) => !after.some((other) => same(entry, other)));
    const described = gone.filter((entry) => added.some((other) => range(other) === range(entry)));
    const removed = gone.filter((entry) => !described.includes(entry));
    const size = {
      call: "ModifyManagedPrefixList",
      run: (world: World) => counted(world, id),
      writes: ["max_entries"],
    };
    const [was, becomes] = [Number(prior.max_entries), Number(planned.max_entries)];
    const renamed = prior.name !== planned.name;
    return [
      ...(becomes > was ? [size] : []),
      ...(described.length > 0 ? [modify(id, [], described)] : []),
      ...(added.length + removed.length > 0 || renamed ? [modify(id, added, removed)] : []),
      ...(becomes < was ? [size] : []),
    ];
  },
};

/** A list that a rule or a route names is not deleted. */
function unused(id: string): Step {
  const run = ({ state }: World): undefined => {
    const rule = state.permissions.some(
      ({ kind, source }) => kind === "prefix-list" && source === id,
    );
    const route = Object.values(state.routes).some(({ destination }) => destination === id);
    if (rule || route) throw new Refused(`DependencyViolation: ${id} is in use`);
  };
  return { call: "DescribeManagedPrefixLists", run };
}

/** `aws_ec2_managed_prefix_list_entry`: one entry of a list that says nothing of entries. */
export const prefixListEntry: Handler = {
  steps: ({ prior, planned, current }) => {
    const of = current ?? planned ?? prior ?? {};
    const entry = { cidr: of.cidr ?? "", description: of.description ?? "" };
    const id = String(of.prefix_list_id);
    return [planned === null ? modify(id, [], [entry]) : modify(id, [entry], [])];
  },
};

function counted(world: World, id: string): undefined {
  const object = find(world, "aws_ec2_managed_prefix_list", id);
  if (object !== undefined) {
    const version = Number(object.attributes.version ?? 0) + 1;
    object.attributes = { ...object.attributes, version };
  }
}

function modify(id: string, added: readonly ObjectValue[], removed: readonly ObjectValue[]): Step {
  return {
    call: "ModifyManagedPrefixList",
    writes: [],
    run: (world) => {
      counted(world, id);
      const object = find(world, "aws_ec2_managed_prefix_list", id);
      if (object !== undefined) {
        const gone = new Set(removed.map(range));
        const kept = entriesOf(object.attributes.entry).filter((entry) => !gone.has(range(entry)));
        object.attributes = { ...object.attributes, entry: [...kept, ...added] };
      }
      return [{ filter: id, added: added.map(range), removed: removed.map(range) }];
    },
  };
}
