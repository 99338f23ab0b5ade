import type { CloudState } from "../cloud/state";
import { edgesOf, familyOf } from "./addresses";
import { all, blocks, text } from "./inventory";

export interface Boundaries {
  /** First and last address of every range that a filter or a route names, and their neighbours. */
  readonly addresses: readonly string[];
  /** First and last port of every rule and listener, and their neighbours. */
  readonly ports: readonly number[];
}

/** Where an answer can change: between two of these addresses, or ports, all get the same one. */
export function boundaries(cloud: CloudState, more: readonly string[] = []): Boundaries {
  const ranges = [
    ...cloud.permissions.filter(({ kind }) => kind.startsWith("ip")).map(({ source }) => source),
    ...all(cloud, "aws_ec2_managed_prefix_list").flatMap(({ entry }) =>
      blocks(entry).map(({ cidr }) => text(cidr)),
    ),
    ...Object.values(cloud.entries).map(({ cidr }) => cidr),
    ...Object.values(cloud.routes)
      .map(({ destination }) => destination)
      .filter((destination) => !destination.startsWith("pl-")),
    ...all(cloud, "aws_vpc").flatMap((vpc) => [text(vpc.cidr_block), text(vpc.ipv6_cidr_block)]),
    ...more,
  ];
  const known = [...new Set(ranges)].filter((range) => range !== "");
  const limits = [
    ...cloud.permissions.map(({ from, to }) => [from, to]),
    ...Object.values(cloud.entries).map(({ from, to }) => [from, to]),
    ...all(cloud, "aws_lb_listener").map(({ port }) => [Number(port), Number(port)]),
    ...all(cloud, "aws_elb").flatMap(({ listener }) =>
      blocks(listener).map(({ lb_port }) => [Number(lb_port), Number(lb_port)]),
    ),
  ];
  const ports = limits.flatMap(([from = 0, to = 0]) => [from - 1, from, to, to + 1]);
  return {
    addresses: [...new Set(known.flatMap(edgesOf))].sort(
      (a, b) => familyOf(a) - familyOf(b) || (a < b ? -1 : 1),
    ),
    ports: [...new Set(ports)].filter((port) => port > 0 && port <= 65535).sort((a, b) => a - b),
  };
}
