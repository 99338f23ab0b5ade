import type { CloudState } from "../cloud/state";
import type { ObjectValue } from "../provider/value";
import { hostsOf } from "./addresses";
import { type Interface, instanceInterface, interfaces } from "./interfaces";
import { all, blocks, one, subnetOf, text, texts } from "./inventory";

export interface Target {
  readonly kind: "instance" | "interface" | "address" | "lambda" | "balancer";
  readonly id: string;
  readonly port: number;
  /** The client's address goes on to the target. */
  readonly preserves: boolean;
  /** Of `interface`: one that an autoscaling group or an ECS service has or will have. */
  readonly nic?: Interface;
}

const KINDS: Readonly<Record<string, Target["kind"]>> = {
  ip: "address",
  lambda: "lambda",
  alb: "balancer",
};

/** The registered targets of a target group. */
export function targetsOf(cloud: CloudState, arn: string): readonly Target[] {
  const group = ["aws_lb_target_group", "aws_alb_target_group"]
    .flatMap((type) => all(cloud, type))
    .find((g) => g.arn === arn);
  if (group === undefined) return [];
  const kind = KINDS[text(group.target_type)] ?? "instance";
  const preserves = preservesClient(group);
  const attached = ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"]
    .flatMap((type) => all(cloud, type))
    .filter(({ target_group_arn }) => target_group_arn === arn)
    .map(({ target_id, port }) => ({
      ...{ kind, id: text(target_id), port: Number(port) || Number(group.port), preserves },
    }));
  const grown = [...scaled(cloud, arn), ...services(cloud, arn)].map(({ nic, port }) => ({
    ...{ kind: "interface" as const, id: nic.id, port: port || Number(group.port), preserves, nic },
  }));
  return [...attached, ...grown];
}

/**
 * Only a network balancer's groups, those without HTTP, preserve the client's address.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
function preservesClient(group: ObjectValue): boolean {
  const type = text(group.target_type) || "instance";
  if (!["TCP", "TLS", "TCP_UDP"].includes(text(group.protocol))) return false;
  if (type === "alb") return true;
  const told = text(group.preserve_client_ip);
  if (told !== "") return told === "true";
  return type === "instance" || text(group.protocol) === "TCP_UDP";
}

interface Grown {
  readonly nic: Interface;
  readonly port: number;
}

/** An instance at both ends of each subnet, for all that the group may start. */
function scaled(cloud: CloudState, arn: string): readonly Grown[] {
  const ties = all(cloud, "aws_autoscaling_attachment").filter(
    ({ lb_target_group_arn }) => lb_target_group_arn === arn,
  );
  return all(cloud, "aws_autoscaling_group")
    .filter(
      (group) =>
        texts(group.target_group_arns).includes(arn) ||
        blocks(group.traffic_source).some(({ identifier }) => identifier === arn) ||
        ties.some(({ autoscaling_group_name: name }) => name === group.name || name === group.id),
    )
    .flatMap((group) => {
      const [use] = blocks(group.launch_template);
      const template =
        one(cloud, "aws_launch_template", text(use?.id)) ??
        all(cloud, "aws_launch_template").find(({ name }) => name === text(use?.name));
      return placed(
        cloud,
        text(group.id),
        texts(group.vpc_zone_identifier),
        templateGroups(template),
      ).map((nic) => ({ nic, port: 0 }));
    });
}

function templateGroups(template: ObjectValue | undefined): readonly string[] {
  const [first] = blocks(template?.network_interfaces);
  const own = texts(first?.security_groups);
  return own.length > 0 ? own : texts(template?.vpc_security_group_ids);
}

function services(cloud: CloudState, arn: string): readonly Grown[] {
  return all(cloud, "aws_ecs_service").flatMap((service) => {
    const [network] = blocks(service.network_configuration);
    const uses = blocks(service.load_balancer).filter((b) => b.target_group_arn === arn);
    return uses.flatMap(({ container_port }) =>
      placed(cloud, text(service.id), texts(network?.subnets), texts(network?.security_groups)).map(
        (nic) => ({ nic, port: Number(container_port) }),
      ),
    );
  });
}

function placed(
  cloud: CloudState,
  owner: string,
  subnets: readonly string[],
  groups: readonly string[],
): readonly Interface[] {
  return subnets.flatMap((subnet) =>
    hostsOf(subnetOf(cloud, subnet).cidr).map((privateAddress) => ({
      id: `${owner} at ${privateAddress}`,
      ...{ subnet, groups, privateAddress, publicAddresses: [], running: true },
    })),
  );
}

/** The interface of a target; undefined where the cloud has none. */
export function interfaceOf(cloud: CloudState, target: Target): Interface | undefined {
  if (target.nic !== undefined) return target.nic;
  if (target.kind === "instance") return instanceInterface(cloud, target.id);
  return interfaces(cloud).find((nic) => nic.privateAddress === target.id);
}
