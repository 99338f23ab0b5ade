import { isObject, type ObjectValue, type Value } from "../../provider/value";
import { type Change, type Handler, Refused, type Step, type World } from "../handler";
import type { Route } from "../state";
import { vpcWith } from "./interfaces";
import { blocks, text } from "./texts";

const DESTINATIONS = [
  "cidr_block",
  "ipv6_cidr_block",
  "destination_cidr_block",
  "destination_ipv6_cidr_block",
  "destination_prefix_list_id",
];
const TARGETS = [
  "carrier_gateway_id",
  "core_network_arn",
  "egress_only_gateway_id",
  "gateway_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
];

/** An inline route or an `aws_route`. */
function route(table: string, values: ObjectValue): Route {
  const given = (names: readonly string[]) => names.find((name) => text(values[name]) !== "") ?? "";
  const kind = given(TARGETS);
  return {
    table,
    destination: text(values[given(DESTINATIONS)]),
    kind,
    target: text(values[kind]),
  };
}

const keyOf = ({ table, destination }: Route): string => `${table} ${destination}`;

const set = (call: "CreateRoute" | "ReplaceRoute", route: Route): Step => ({
  call,
  writes: [],
  run: ({ state }) => {
    if (call === "CreateRoute" && state.routes[keyOf(route)] !== undefined) {
      throw new Refused(`RouteAlreadyExists: ${keyOf(route)} already exists`);
    }
    state.routes[keyOf(route)] = route;
    return undefined;
  },
});

const unset = (route: Route): Step => ({
  call: "DeleteRoute",
  writes: [],
  run: ({ state }) => {
    delete state.routes[keyOf(route)];
    return undefined;
  },
});

/** Replaces and additions as they come, then deletions. */
function inlineSteps({ prior, planned, current }: Change): readonly Step[] {
  const of = (value: ObjectValue | null) =>
    blocks(value?.route).map((values) => route(text(current?.id), values));
  const [before, after] = [of(prior), of(planned)];
  const set_ = after.flatMap((wanted) => {
    const old = before.find(({ destination }) => destination === wanted.destination);
    if (old === undefined) return [set("CreateRoute", wanted)];
    const same = old.kind === wanted.kind && old.target === wanted.target;
    return same ? [] : [set("ReplaceRoute", wanted)];
  });
  const gone = before.filter((old) => !after.some((w) => w.destination === old.destination));
  return [...set_, ...gone.map(unset)];
}

function clear({ state }: World, table: string): void {
  for (const [key, route] of Object.entries(state.routes)) {
    if (route.table === table) delete state.routes[key];
  }
}

export const routeTable: Handler = {
  steps: (change) => {
    if (change.planned !== null) return inlineSteps(change);
    return [
      {
        call: "DisassociateRouteTable",
        run: ({ state }) => {
          for (const [key, { to }] of Object.entries(state.associations)) {
            if (key.startsWith("table ") && to === change.current?.id) {
              delete state.associations[key];
            }
          }
          return undefined;
        },
      },
    ];
  },
  removed: ({ id }, world) => clear(world, text(id)),
  show: shownTable,
};

/** Takes over the VPC's main table: its routes are deleted first. */
export const defaultRouteTable: Handler = {
  fill: (planned, world) => ({
    vpc_id: vpcWith(world, "default_route_table_id", planned.default_route_table_id),
  }),
  created: ({ id }, world) => clear(world, text(id)),
  steps: (change) => (change.planned === null ? [] : inlineSteps(change)),
  show: shownTable,
};

export const oneRoute: Handler = {
  steps: ({ prior, planned, current }) => {
    const values = planned ?? current ?? prior ?? {};
    const of = route(text(current?.route_table_id ?? values.route_table_id), values);
    if (prior === null) return [set("CreateRoute", of)];
    return planned === null ? [unset(of)] : [set("ReplaceRoute", of)];
  },
  show: (attributes, { state }) => {
    const of = route(text(attributes.route_table_id), attributes);
    const there = state.routes[keyOf(of)];
    if (there === undefined || there.target === of.target) return attributes;
    return { ...attributes, [of.kind]: "", [there.kind]: there.target };
  },
};

/** A subnet, or a gateway for what comes in by it. Without one a subnet has the main table. */
export const tableAssociation: Handler = {
  steps: ({ prior, planned, current }) => {
    const values = current ?? planned ?? prior ?? {};
    const key = `table ${text(values.subnet_id) || text(values.gateway_id)}`;
    const call = prior === null ? "AssociateRouteTable" : "ReplaceRouteTableAssociation";
    if (planned === null) {
      const run: Step["run"] = ({ state }) => {
        if (state.associations[key]?.id === values.id) delete state.associations[key];
        return undefined;
      };
      return [{ call: "DisassociateRouteTable", run }];
    }
    const to = text(planned.route_table_id);
    const run: Step["run"] = ({ state }) => {
      const taken = state.associations[key];
      if (prior === null && taken !== undefined) {
        throw new Refused(`Resource.AlreadyAssociated: ${key} is associated with ${taken.to}`);
      }
      state.associations[key] = { id: text(values.id), to };
      return undefined;
    };
    return [{ call, run }];
  },
};

/** Its deletion puts back the table that was there before. */
export const mainAssociation: Handler = {
  fill: (planned, { state }) => ({
    original_route_table_id: state.associations[`main ${text(planned.vpc_id)}`]?.to ?? "",
  }),
  steps: ({ planned, current }) => {
    const key = `main ${text(current?.vpc_id)}`;
    const to = text(planned?.route_table_id ?? current?.original_route_table_id);
    const run: Step["run"] = ({ state }) => {
      state.associations[key] = { id: text(current?.id), to };
      return undefined;
    };
    return [{ call: "ReplaceRouteTableAssociation", run }];
  },
};

/** In the words of the configuration where they mean what is there. */
function shownTable(attributes: ObjectValue, world: World): ObjectValue {
  const table = text(attributes.id);
  const there = Object.values(world.state.routes).filter((r) => r.table === table);
  const same = (a: Route, b: Route) => a.destination === b.destination && a.target === b.target;
  const local: Value = attributes.route ?? null;
  const named = (Array.isArray(local) ? local.filter(isObject) : []).filter((values) =>
    there.some((r) => same(r, route(table, values))),
  );
  const others = there.filter((r) => !named.some((values) => same(r, route(table, values))));
  return { ...attributes, route: [...named, ...others.map(inline)] };
}

function inline({ destination, kind, target }: Route): ObjectValue {
  const all = ["cidr_block", "ipv6_cidr_block", "destination_prefix_list_id", ...TARGETS];
  const name = destination.startsWith("pl-")
    ? "destination_prefix_list_id"
    : destination.includes(":")
      ? "ipv6_cidr_block"
      : "cidr_block";
  return {
    ...Object.fromEntries(all.map((key) => [key, ""])),
    [name]: destination,
    [kind]: target,
  };
}
