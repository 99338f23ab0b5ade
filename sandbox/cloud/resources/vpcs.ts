import type { Handler } from "../handler";
import type { AclEntry, Permission } from "../state";
import { text } from "./texts";

/**
 * What AWS gives a new VPC: a group whose members reach each other, an ACL that admits everything and
 * a main route table.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export const vpc: Handler = {
  created: (attributes, { state, issuer }) => {
    const group = text(attributes.default_security_group_id);
    const acl = text(attributes.default_network_acl_id);
    const rule = (values: Pick<Permission, "direction" | "kind" | "source">): Permission => ({
      ...{ id: `sgr-0${issuer.hex(16)}`, group, protocol: "-1", from: 0, to: 0, description: "" },
      ...values,
    });
    state.permissions.push(
      rule({ direction: "ingress", kind: "group", source: group }),
      rule({ direction: "egress", kind: "ipv4", source: "0.0.0.0/0" }),
      rule({ direction: "egress", kind: "ipv6", source: "::/0" }),
    );
    for (const egress of [false, true]) {
      for (const [number, cidr] of [
        [100, "0.0.0.0/0"],
        [101, "::/0"],
      ] as const) {
        state.entries[`${acl} ${egress ? "egress" : "ingress"} ${number}`] = allowAll(
          acl,
          egress,
          number,
          cidr,
        );
      }
    }
    const to = text(attributes.main_route_table_id);
    state.associations[`main ${text(attributes.id)}`] = { id: `rtbassoc-0${issuer.hex(16)}`, to };
  },
  removed: (attributes, { state }) => {
    const group = attributes.default_security_group_id;
    state.permissions = state.permissions.filter((p) => p.group !== group);
    for (const [key, { acl }] of Object.entries(state.entries)) {
      if (acl === attributes.default_network_acl_id) delete state.entries[key];
    }
    delete state.associations[`main ${text(attributes.id)}`];
  },
  show: (attributes, { state }) => {
    const main = state.associations[`main ${text(attributes.id)}`]?.to;
    return main === undefined ? attributes : { ...attributes, main_route_table_id: main };
  },
};

function allowAll(acl: string, egress: boolean, number: number, cidr: string): AclEntry {
  const ports = { from: 0, to: 0, icmpType: 0, icmpCode: 0 };
  return { acl, egress, number, action: "allow", protocol: "-1", cidr, ...ports };
}

/** A new subnet has its VPC's default ACL and main route table. */
export const subnet: Handler = {
  fill: ({ availability_zone, region }) => ({
    availability_zone_id: zoneId(text(availability_zone) || `${text(region)}a`),
  }),
  created: (attributes, { state, issuer }) => {
    const vpcOf = Object.values(state.objects).find(
      ({ type, attributes: a }) => type === "aws_vpc" && a.id === attributes.vpc_id,
    );
    const to = text(vpcOf?.attributes.default_network_acl_id);
    if (to === "") return;
    state.associations[`acl ${text(attributes.id)}`] = { id: `aclassoc-0${issuer.hex(16)}`, to };
  },
  removed: ({ id }, { state }) => {
    delete state.associations[`acl ${text(id)}`];
    delete state.associations[`table ${text(id)}`];
  },
};

/** `eu-west-1b` is `euw1-az2` here: which letter is which zone differs between accounts. */
function zoneId(zone: string): string {
  const [, area = "", way = "", number = "", letter = "a"] =
    /^([a-z]+)-(?:gov-)?([a-z]+)-(\d+)([a-z])$/.exec(zone) ?? [];
  const short = way.replace(/(north|south|east|west|central)/g, (word) => word.slice(0, 1));
  return `${area}${short}${number}-az${letter.charCodeAt(0) - "a".charCodeAt(0) + 1}`;
}
