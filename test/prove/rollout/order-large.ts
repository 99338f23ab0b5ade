import type { JsonObject } from "../../../lib/model/value";

const AWS = "registry.terraform.io/hashicorp/aws";
const CLOUDFLARE = "registry.terraform.io/cloudflare/cloudflare";

type Entry = { readonly [key: string]: string | Change };
type Change = { readonly actions: readonly string[]; readonly [key: string]: unknown };

/**
 * Plan JSON of many groups, each with rules of which half are removed and half are new, one gate
 * that waits for all of them, and many records that wait for the gate and are updated.
 */
export function largePlan(groups: number, rules: number, records: number): JsonObject {
  const changes: Entry[] = [];
  const blocks: object[] = [];
  const prior: object[] = [];
  const ready: string[] = [];
  const removed: string[] = [];
  const add = (type: string, name: string, actions: readonly string[], references: string[]) => {
    const address = `${type}.${name}`;
    const provider_name = type.startsWith("aws") ? AWS : CLOUDFLARE;
    const values = (there: boolean) => (there ? { id: name } : null);
    const change = {
      ...{
        actions,
        before: values(actions[0] !== "create"),
        after: values(actions[0] !== "delete"),
      },
      after_unknown: {},
    };
    changes.push({ address, mode: "managed", type, name, provider_name, change });
    const listed = references.flatMap((each) => [`${each}.id`, each]);
    const expressions = { tags: { references: listed } };
    if (actions[0] !== "delete") {
      blocks.push({ address, mode: "managed", type, name, expressions });
    }
    if (actions[0] !== "create") {
      prior.push({
        address,
        type,
        name,
        values: {},
        depends_on: name === "ready" ? removed : references,
      });
    }
    return address;
  };
  for (let group = 0; group < groups; group += 1) {
    const owner = add("aws_security_group", `g${group}`, ["no-op"], []);
    for (let rule = 0; rule < rules; rule += 1) {
      const action = rule % 2 === 0 ? "create" : "delete";
      const name = `g${group}_r${rule}`;
      const made = add("aws_vpc_security_group_ingress_rule", name, [action], [owner]);
      (action === "create" ? ready : removed).push(made);
    }
  }
  const gate = add("terraform_data", "ready", ["update"], ready);
  for (let record = 0; record < records; record += 1) {
    add("cloudflare_dns_record", `r${record}`, ["update"], [gate]);
  }
  return {
    format_version: "1.2",
    resource_changes: changes,
    prior_state: { values: { root_module: { resources: prior } } },
    configuration: { root_module: { resources: blocks } },
  } as unknown as JsonObject;
}
