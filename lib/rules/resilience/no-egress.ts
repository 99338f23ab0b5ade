import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { attribute, bodyOf, listAttribute, nestedBlocks } from "../../read/attributes";
import { bindList } from "../../read/binding";
import { push } from "../../read/lookup";
import { scopeOf } from "../../read/references";
import { Interfaces } from "../../read/resources/aws-interface";
import { GROUP, type GroupKey, type SecurityGroups } from "../../read/resources/aws-security-group";
import { note } from "../note";
import { type Draft, defineRule, type RuleContext } from "../rule";
import { securityGroups } from "../security-groups";
import { mergedIndexes, sharedRoutes } from "../shared-routes";

/** A machine that fetches what it runs can't get out, since Terraform makes groups without egress. */
export const noEgress = defineRule({
  id: "resilience/no-egress",
  severity: "warning",
  title: "An origin fetches what it runs, and its security groups let nothing out",
  check: (context) => {
    const all = fetching(context);
    if (all.size === 0) {
      return [];
    }
    const paths = pathsBy(context);
    const egress = securityGroups(context.lookup, "egress");
    return [...all].flatMap(([holder, { groups, what }]): Draft[] => {
      const own = groups.flatMap((group) => ("foreign" in group ? [] : [group]));
      const on = [holder, ...own].flatMap(({ address }) => paths.get(address) ?? []);
      const shut = own.length === groups.length && own.every((group) => isShut(egress, group));
      return on.length > 0 && own.length > 0 && shut
        ? [draft(holder, own, [what, [...new Set(on)]])]
        : [];
    });
  },
});

/** Indexes of the paths by the addresses of what is on them. */
function pathsBy({ proved }: RuleContext): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, (readonly number[])[]>();
  for (const { route, paths } of sharedRoutes(proved)) {
    for (const address of new Set(route.hops.flatMap((hop) => hop.resources))) {
      push(found, address, paths);
    }
  }
  return new Map([...found].map(([address, lists]) => [address, mergedIndexes(lists)]));
}

function draft(
  holder: Instance,
  groups: readonly Instance[],
  [what, paths]: readonly [string, readonly number[]],
): Draft {
  const names = groups.map(({ address }) => address).join(", ");
  return note(
    holder.address,
    {
      what: `${holder.address} ${what}, and ${names} lets nothing out`,
      why: "AWS gives a new group egress to everywhere, but Terraform takes that rule away when it makes a group without `egress`. The server never gets its software, nothing listens, and visitors see Error 521.",
      fix: "add an egress rule to the group, such as tcp/443 to everywhere",
    },
    paths,
  );
}

/** No rule lets anything out, and none can be in what is not known. */
function isShut(egress: SecurityGroups, group: Instance): boolean {
  return (
    group.mode === "managed" &&
    group.type === "aws_security_group" &&
    egress.possibleRules(group).length === 0
  );
}

interface Fetching {
  readonly groups: readonly GroupKey[];
  readonly what: string;
}

/** What surely opens connections to the internet before it serves, with its groups. */
function fetching({ lookup, edge }: RuleContext): ReadonlyMap<Instance, Fetching> {
  const found = new Map<Instance, Fetching>();
  const machines = lookup.managed("aws_instance").filter(fetches);
  if (machines.length > 0) {
    const interfaces = new Interfaces(lookup, securityGroups(lookup), new Set(), edge);
    for (const instance of machines) {
      const { list, attached } = interfaces.membersOf(instance);
      const open = list.open || list.candidates.length > 0 || attached.length > 0;
      const groups = open ? [] : list.certain;
      found.set(instance, { groups, what: "has user data that fetches software" });
    }
  }
  for (const service of lookup.managed("aws_ecs_service")) {
    const groups = tasksGroups(service, lookup);
    found.set(service, { groups, what: "runs on Fargate, which pulls the image through it" });
  }
  return found;
}

/** Commands that fetch from elsewhere; packages of cloud-init. */
const DOWNLOADS =
  /\b(?:apt-get|apt|yum|dnf|apk|zypper|pip3?|npm|docker|podman|snap)\s+(?:-\S+\s+)*(?:install|update|upgrade|pull|add|ci)\b|\bgit\s+clone\b|^(?:packages|package_update|package_upgrade):/m;

function fetches(instance: Instance): boolean {
  return DOWNLOADS.test(scriptOf(instance) ?? "");
}

function scriptOf(instance: Instance): string | undefined {
  const script = attribute(bodyOf(instance), "user_data");
  return script.kind === "known" && !script.sensitive ? knownString(script) : undefined;
}

function tasksGroups(service: Instance, lookup: RuleContext["lookup"]): readonly GroupKey[] {
  const body = bodyOf(service);
  const [network, ...others] = nestedBlocks(body, "network_configuration").blocks;
  const fargate = knownString(attribute(body, "launch_type")) === "FARGATE";
  const list = network && listAttribute(network, "security_groups");
  if (!fargate || others.length > 0 || list === undefined || list === "unset") {
    return [];
  }
  const { certain, candidates, open } = bindList(lookup, list, scopeOf(service), GROUP);
  return open || candidates.length > 0 ? [] : certain;
}
