import { Cloud } from "../cloud/cloud";
import { readData } from "../cloud/data";
import type { CloudOptions } from "../cloud/options";
import { plan } from "./plan";
import { blockType, type CtyType, loadSchemas, type Schema, toWire } from "./schema";
import { loadSemantics, type Semantics } from "./semantics";
import { conform, decode, encode, isObject, type ObjectValue, type Value } from "./value";

interface Wire {
  readonly msgpack: Uint8Array;
}

export interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: Wire;
  readonly prior_state: Wire;
  readonly current_state: Wire;
  readonly proposed_new_state: Wire;
  readonly planned_state: Wire;
  readonly raw_state: { readonly json: Uint8Array };
}

interface Kind {
  readonly schema: Schema;
  readonly type: CtyType;
  readonly semantics: Semantics;
}

const CAPABILITIES = { plan_destroy: false, get_provider_schema_optional: true };

const objectOf = (wire: Wire | null | undefined): ObjectValue | null => {
  const value: Value = wire === null || wire === undefined ? null : decode(wire.msgpack);
  return isObject(value) ? value : null;
};
const wire = (value: Value): Wire => ({ msgpack: encode(value) });
const failure = (summary: string, detail: string) => [{ severity: "ERROR", summary, detail }];

/** Answers Terraform's calls for one provider, from its schemas, its semantics and the cloud. */
export class Service {
  private readonly schemas;
  private readonly cloud: Cloud;
  private readonly kinds = new Map<string, Kind>();
  private defaultTags: Record<string, string> = {};
  private region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;

  /** Of an older provider: the name of its schemas and of its folder of semantics. */
  private readonly edition: string | undefined;

  constructor(
    private readonly root: string,
    provider: string,
    options: CloudOptions,
  ) {
    const older = provider === "cloudflare" && options.cloudflare === 4;
    this.edition = older ? "cloudflare-4" : undefined;
    this.schemas = loadSchemas(root, this.edition ?? provider);
    this.cloud = new Cloud(options);
  }

  GetMetadata(): object {
    const names = (schemas: object) => Object.keys(schemas).map((type_name) => ({ type_name }));
    return {
      server_capabilities: CAPABILITIES,
      resources: names(this.schemas.resource_schemas),
      data_sources: names(this.schemas.data_source_schemas),
    };
  }

  GetProviderSchema(): object {
    const all = (schemas: Readonly<Record<string, Schema>>) =>
      Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, toWire(schema)]));
    return {
      provider: toWire(this.schemas.provider_schema),
      resource_schemas: all(this.schemas.resource_schemas),
      data_source_schemas: all(this.schemas.data_source_schemas),
      server_capabilities: CAPABILITIES,
    };
  }

  ConfigureProvider(request: Request): object {
    const config = objectOf(request.config);
    if (typeof config?.region === "string") this.region = config.region;
    const tags = config?.default_tags;
    const [block] = Array.isArray(tags) ? tags : [];
    const map = isObject(block) ? block.tags : undefined;
    if (isObject(map)) this.defaultTags = map as Record<string, string>;
    return {};
  }

  UpgradeResourceState(request: Request): object {
    const raw: unknown = JSON.parse(Buffer.from(request.raw_state.json).toString("utf8"));
    return { state: wire(conform(raw, this.kind(request.type_name).type)) };
  }

  ReadResource(request: Request): object {
    const { type, semantics } = this.kind(request.type_name);
    const state = this.cloud.read(
      request.type_name,
      semantics,
      objectOf(request.current_state) ?? {},
    );
    return { state: wire(conform(state, type)) };
  }

  PlanResourceChange(request: Request): object {
    const { schema, type, semantics } = this.kind(request.type_name);
    const legacy_type_system = !semantics.framework;
    const proposed = objectOf(request.proposed_new_state);
    if (proposed === null) return { planned_state: wire(null), legacy_type_system };
    const planned = plan({
      block: schema.block,
      semantics,
      prior: objectOf(request.prior_state),
      proposed,
      config: objectOf(request.config) ?? {},
      defaultTags: this.defaultTags,
      region: this.region,
    });
    return {
      planned_state: wire(conform(planned.state, type)),
      requires_replace: planned.replace.map((name) => ({ steps: [{ attribute_name: name }] })),
      legacy_type_system,
    };
  }

  async ApplyResourceChange(request: Request): Promise<object> {
    const { type, semantics } = this.kind(request.type_name);
    const { state, error } = await this.cloud.apply({
      type: request.type_name,
      semantics,
      cty: type,
      prior: objectOf(request.prior_state),
      planned: objectOf(request.planned_state),
    });
    return {
      new_state: wire(conform(state, type)),
      legacy_type_system: !semantics.framework,
      diagnostics: error === undefined ? [] : failure(`${request.type_name} was refused`, error),
    };
  }

  ImportResourceState(request: Request): object {
    const { type, semantics } = this.kind(request.type_name);
    const state = this.cloud.import(request.type_name, semantics, request.id, this.region);
    if (state === null) {
      return {
        diagnostics: failure("Nothing to import", `${request.type_name} has no ${request.id}`),
      };
    }
    const resource = { type_name: request.type_name, state: wire(conform(state, type)) };
    return { imported_resources: [resource] };
  }

  ReadDataSource(request: Request): object {
    const schema = this.schemas.data_source_schemas[request.type_name];
    if (schema === undefined) throw new Error(`no data source ${request.type_name}`);
    const config = objectOf(request.config) ?? {};
    const type = blockType(schema.block);
    const state = this.cloud.data(request.type_name, (world) =>
      readData({
        ...{ root: this.root, name: request.type_name, type, config, world },
        region: typeof config.region === "string" ? config.region : (this.region ?? "us-east-1"),
      }),
    );
    if (typeof state === "string") {
      return { diagnostics: failure(`${request.type_name}: nothing found`, state) };
    }
    return { state: wire(conform(state, type)) };
  }

  private kind(name: string): Kind {
    const cached = this.kinds.get(name);
    if (cached !== undefined) return cached;
    const schema = this.schemas.resource_schemas[name];
    if (schema === undefined) throw new Error(`the sandbox has no schema of ${name}`);
    const semantics = loadSemantics(this.root, name, this.edition);
    const kind = { schema, type: blockType(schema.block), semantics };
    this.kinds.set(name, kind);
    return kind;
  }
}
