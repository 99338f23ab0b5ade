import type { Blocks } from "../support/aws-web";
import { blocks } from "../support/aws-web";
import type { Facets } from "./dice";
import { edgeRules, groupBlocks, inline } from "./random-groups";
import { ref } from "./random-network";

const SERVER = { ami: "ami-0123456789abcdef0" };
const GROUPS = ["g0", "g1", "g2"] as const;

/** What a record leads to. */
export interface Front {
  readonly blocks: Blocks;
  readonly type: "A" | "AAAA" | "CNAME";
  readonly content: string;
}

/** Groups for the edge, and ids of those that an interface has. */
function edgeGroups(site: string, facets: Facets): { blocks: Blocks; members: readonly string[] } {
  const groups = GROUPS.map((name) => groupBlocks(site, name, edgeRules(name, facets), facets));
  const chosen = GROUPS.filter((name) =>
    facets.of(`member ${name}`).chance(name === "g0" ? 0.75 : 0.3),
  );
  const members = chosen.length > 0 ? chosen : ["g2"];
  return {
    blocks: blocks(...groups),
    members: members.map((name) => ref(`aws_security_group.${site}${name}.id`)),
  };
}

export type ServerKind = "public" | "elastic" | "association" | "interface" | "six";

/** An instance, with its address in one of the ways that AWS has. */
export function randomServer(site: string, kind: ServerKind, facets: Facets): Front {
  const groups = edgeGroups(site, facets);
  const subnet_id = ref(`aws_subnet.${site}${facets.of("subnet fixed").pick(["a", "b"])}.id`);
  const instance_type = facets.of("size").pick(["t3.micro", "t3.micro", "t3.small"]);
  const attach = facets.of("attachment fixed").chance(0.15) && groups.members.length > 1;
  const own = attach ? groups.members.slice(1) : groups.members;
  const base = { ...SERVER, instance_type };
  const usual = kind !== "interface" && !attach && facets.of("default group fixed").chance(0.1);
  const placed = { ...base, subnet_id, ...(usual ? {} : { vpc_security_group_ids: own }) };
  const server = (name: string, more: object = {}) => ({
    aws_instance: { [name]: { ...placed, ...more } },
  });
  const attached = attachment(site, attach ? groups.members[0] : undefined);
  const parts = [groups.blocks, attached, usual ? defaultGroup(site, facets) : {}];
  const address = ref(`aws_eip.${site}.public_ip`);
  switch (kind) {
    case "public": {
      const open = { associate_public_ip_address: true };
      const made = [server(site, open), server(`${site}next`, open)];
      const named = facets.of("record").pick([site, site, `${site}next`]);
      const content = ref(`aws_instance.${named}.public_ip`);
      return { blocks: blocks(...parts, ...made), type: "A", content };
    }
    case "six": {
      const made = server(site, { ipv6_address_count: 1 });
      const content = ref(`aws_instance.${site}.ipv6_addresses[0]`);
      return { blocks: blocks(...parts, made), type: "AAAA", content };
    }
    case "interface":
      return { ...onInterface(site, base, groups, subnet_id), type: "A", content: address };
    default: {
      const made = [server(site), server(`${site}next`)];
      const eip = elastic(site, kind, facets);
      return { blocks: blocks(...parts, ...made, eip), type: "A", content: address };
    }
  }
}

/** Which of two instances has the address. */
function elastic(site: string, kind: "elastic" | "association", facets: Facets): Blocks {
  const holder = facets.of("holder").pick([site, site, `${site}next`]);
  const instance = ref(`aws_instance.${holder}.id`);
  const domain = { domain: "vpc" };
  if (kind === "elastic") return { aws_eip: { [site]: { ...domain, instance } } };
  const first = facets.of("association first").chance(0.3);
  return {
    aws_eip: { [site]: domain },
    aws_eip_association: {
      [site]: {
        ...{ allocation_id: ref(`aws_eip.${site}.id`), instance_id: instance },
        ...(first ? { lifecycle: { create_before_destroy: true } } : {}),
      },
    },
  };
}

/** The VPC's own group, which an instance has that names none, with rules or as AWS makes it. */
function defaultGroup(site: string, facets: Facets): Blocks {
  if (!facets.of("default group taken fixed").chance(0.8)) return {};
  const rules = { ...inline(edgeRules("g0", facets)), vpc_id: ref(`aws_vpc.${site}.id`) };
  return { aws_default_security_group: { [site]: rules } };
}

function attachment(site: string, security_group_id: string | undefined): Blocks {
  if (security_group_id === undefined) return {};
  const network_interface_id = ref(`aws_instance.${site}.primary_network_interface_id`);
  return {
    aws_network_interface_sg_attachment: { [site]: { security_group_id, network_interface_id } },
  };
}

function onInterface(
  site: string,
  server: object,
  groups: ReturnType<typeof edgeGroups>,
  subnet_id: string,
): Pick<Front, "blocks"> {
  const network_interface_id = ref(`aws_network_interface.${site}.id`);
  return {
    blocks: blocks(groups.blocks, {
      aws_network_interface: { [site]: { subnet_id, security_groups: groups.members } },
      aws_instance: {
        [site]: { ...server, network_interface: [{ device_index: 0, network_interface_id }] },
      },
      aws_eip: { [site]: { domain: "vpc", network_interface: network_interface_id } },
    }),
  };
}
