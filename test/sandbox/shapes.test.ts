import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  describeWithTerraform,
  newSandbox,
  PROVIDERS,
  removeSandboxes,
} from "../support/terraform";
import { changeOf, type PlanJson } from "./site";

afterAll(removeSandboxes);

interface RealResource {
  readonly address: string;
  readonly change: Readonly<Record<string, unknown>>;
  readonly configuration: {
    readonly type: string;
    readonly name: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
    readonly depends_on?: readonly string[];
  };
}

/** Parts of two plans that the real providers made; real-plans.json is reduced, not edited. */
const REAL: Readonly<Record<string, readonly RealResource[]>> = JSON.parse(
  readFileSync(join(__dirname, "real-plans.json"), "utf8"),
);

/** The configuration that a plan was made from: it was written as JSON, so the text is in it. */
function lowered(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(lowered);
  if (typeof expression !== "object" || expression === null) return expression;
  if ("constant_value" in expression) return expression.constant_value;
  return Object.fromEntries(Object.entries(expression).map(([name, e]) => [name, lowered(e)]));
}

function configurationOf(resources: readonly RealResource[]): object {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const { configuration } of resources) {
    const { type, name, expressions = {}, depends_on } = configuration;
    const body = lowered(expressions) as object;
    resource[type] = {
      ...resource[type],
      [name]: { ...body, ...(depends_on === undefined ? {} : { depends_on }) },
    };
  }
  const provider = { aws: { region: "eu-west-1" }, cloudflare: { api_token: "x" } };
  return { terraform: PROVIDERS, provider, resource };
}

/** What provider aws 6.25.0 has and 5.32.0 had not, or the other way round. */
const SINCE: Readonly<Record<string, readonly string[]>> = {
  aws_eip: ["arn", "ipam_pool_id", "ptr_record", "vpc"],
  aws_instance: [
    "cpu_core_count",
    "cpu_threads_per_core",
    "enable_primary_ipv6",
    "force_destroy",
    "placement_group_id",
    "primary_network_interface",
  ],
};

function without(change: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  const parts = Object.entries(change).map(([part, value]) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [part, value];
    const kept = Object.entries(value).filter(([name]) => !names.includes(name));
    return [part, Object.fromEntries(kept)];
  });
  return Object.fromEntries(parts);
}

describeWithTerraform("the sandbox plans in the shapes of real providers", () => {
  it.each(Object.keys(REAL))("%s, every value, unknown and sensitive mark", async (provider) => {
    const resources = REAL[provider] ?? [];
    const box = newSandbox({ configuration: configurationOf(resources) });
    const json = await box.show(await box.plan());
    const configured = (json as PlanJson).configuration.root_module.resources;
    for (const { address, change, configuration } of resources) {
      const names = address.startsWith("aws_")
        ? ["region", ...(SINCE[configuration.type] ?? [])]
        : [];
      expect({ address, change: without(changeOf(json, address), names) }).toEqual({
        address,
        change: without(change, names),
      });
      expect(configured.find((resource) => resource.address === address)).toEqual(configuration);
    }
  });
});
