import type { Instance } from "../../model/instance";
import { isObject, knownString, type Value } from "../../model/value";
import {
  asBoolean,
  asNumber,
  attribute,
  type Block,
  bodyOf,
  nestedBlocks,
} from "../../read/attributes";
import type { RuleContext } from "../rule";

/** A health check of Cloudflare that is on, as far as it is known. */
export interface Check {
  readonly instance: Instance;
  readonly type: "HTTP" | "HTTPS" | "TCP" | undefined;
  readonly address: Value;
  /** Undefined: known after apply. */
  readonly port: number | undefined;
  /** `unset`: it sends none. Names that are known after apply are not listed. */
  readonly hosts: readonly string[] | "unset" | "unknown";
  readonly trustsAny: boolean | undefined;
}

/** What the provider sends where no port is set, whatever the type is. */
const DEFAULT_PORT = 80;

/** The health checks of the input, without those that are suspended. */
export function checksOf({ lookup }: RuleContext): readonly Check[] {
  return lookup
    .managed("cloudflare_healthcheck")
    .filter((instance) => instance.certain && flag(bodyOf(instance), "suspended") === false)
    .map(checkOf);
}

function checkOf(instance: Instance): Check {
  const body = bodyOf(instance);
  const nested = nestedBlocks(body, "http_config");
  // Version 4 of the provider has these attributes on the check itself.
  const http = nested.blocks[0] ?? body;
  const unread = nested.open;
  const port = attribute(http, "port");
  return {
    instance,
    type: typeOf(attribute(body, "type")),
    address: attribute(body, "address"),
    port: unread ? undefined : portOf(port, nested.blocks.length > 0),
    hosts: unread ? "unknown" : hostsOf(http),
    trustsAny: unread ? undefined : flag(http, "allow_insecure"),
  };
}

function typeOf(type: Value): Check["type"] {
  const text = type.kind === "unset" ? "HTTP" : knownString(type)?.toUpperCase();
  return text === "HTTP" || text === "HTTPS" || text === "TCP" ? text : undefined;
}

/** Only an `http_config` gets the default; without one, it is Cloudflare that chooses. */
function portOf(port: Value, configured: boolean): number | undefined {
  if (port.kind === "unset") {
    return configured ? DEFAULT_PORT : undefined;
  }
  return port.kind === "known" ? asNumber(port.value) : undefined;
}

/** Unset is off. */
function flag(block: Block, name: string): boolean | undefined {
  const value = attribute(block, name);
  return value.kind === "unset"
    ? false
    : value.kind === "known"
      ? asBoolean(value.value)
      : undefined;
}

/** A map of lists in version 5, blocks of `header` and `values` in version 4. */
function hostsOf(http: Block): Check["hosts"] {
  const header = attribute(http, "header");
  if (header.kind === "unknown") {
    return "unknown";
  }
  if (header.kind === "known" && isObject(header.value)) {
    const found = Object.entries(header.value).find(([name]) => name.toLowerCase() === "host");
    return found === undefined ? "unset" : textsIn(found[1]);
  }
  const { blocks, open } = nestedBlocks(http, "header");
  const host = blocks.find((block) => {
    return knownString(attribute(block, "header"))?.toLowerCase() === "host";
  });
  if (host === undefined) {
    return open ? "unknown" : "unset";
  }
  const values = attribute(host, "values");
  return values.kind === "known" ? textsIn(values.value) : [];
}

function textsIn(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === "string");
}
