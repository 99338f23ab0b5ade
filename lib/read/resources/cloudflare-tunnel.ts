import type { Instance } from "../../model/instance";
import type { Tunnelled } from "../../model/topology";
import { knownString } from "../../model/value";
import type { EdgeRecord } from "../../model/zone";
import { asNumber, attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import { bind, type Wanted } from "../binding";
import { type Lookup, push } from "../lookup";
import { resolve, scopeOf } from "../references";

/** Names of a tunnel and of its configuration, in versions 5 and 4 of the provider. */
const TUNNELS = [
  "cloudflare_zero_trust_tunnel_cloudflared",
  "cloudflare_tunnel",
  "cloudflare_argo_tunnel",
];
const CONFIGS = ["cloudflare_zero_trust_tunnel_cloudflared_config", "cloudflare_tunnel_config"];
const TUNNEL: Wanted = { types: TUNNELS, attribute: "id" };

/** The domain of the names that tunnels have. */
const DOMAIN = ".cfargotunnel.com";

/** What a tunnel does for a hostname: hops that nothing has to be opened for. */
export class Tunnels {
  #configs: ReadonlyMap<Instance, readonly Instance[]> | undefined;

  constructor(private readonly lookup: Lookup) {}

  /**
   * The tunnel that a CNAME leads to; undefined where it leads elsewhere.
   *
   * @see https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/routing-to-tunnel/dns/
   */
  public of({ hostname, content, instance, type }: EdgeRecord): Tunnelled | undefined {
    const name = knownString(content)?.toLowerCase().replace(/\.$/, "");
    if (type !== "CNAME") {
      return undefined;
    }
    if (name?.endsWith(DOMAIN)) {
      const id = name.slice(0, -DOMAIN.length);
      const found = TUNNELS.flatMap((each) => this.lookup.byValue(each, "id", id));
      return this.tunnelled(found, hostname, `the tunnel ${id}`);
    }
    if (content.kind !== "unknown" || content.expression === undefined) {
      return undefined;
    }
    const { targets, opaque } = resolve(this.lookup, content.expression, scopeOf(instance));
    const tunnels = targets.filter((target) => TUNNELS.includes(target.instance.type));
    const only = opaque.length === 0 && tunnels.length > 0 && tunnels.length === targets.length;
    const found = [...new Set(tunnels.map((target) => target.instance))];
    return only ? this.tunnelled(found, hostname, "a tunnel") : undefined;
  }

  private tunnelled(found: readonly Instance[], hostname: string, text: string): Tunnelled {
    const [tunnel, ...others] = found;
    const configs = tunnel === undefined ? [] : (this.configs().get(tunnel) ?? []);
    const [config, ...more] = configs;
    const known = others.length + more.length === 0 ? config : undefined;
    return {
      tunnel: tunnel?.address ?? text,
      config: known?.address ?? null,
      served: known === undefined ? undefined : serves(known, hostname),
    };
  }

  private configs(): ReadonlyMap<Instance, readonly Instance[]> {
    if (this.#configs === undefined) {
      const made = new Map<Instance, Instance[]>();
      for (const config of CONFIGS.flatMap((type) => this.lookup.managed(type))) {
        const id = attribute(bodyOf(config), "tunnel_id");
        const binding = bind(this.lookup, id, scopeOf(config), TUNNEL);
        if (binding.kind === "bound") {
          push(made, binding.instance, config);
        }
      }
      this.#configs = made;
    }
    return this.#configs;
  }
}

/**
 * Whether some ingress rule of a configuration serves a hostname: undefined where that can't be
 * told. The last rule matches every hostname, and commonly answers 404.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/do-more-with-tunnels/local-management/configuration-file/
 */
function serves(instance: Instance, hostname: string): boolean | undefined {
  const { blocks, open } = nestedBlocks(bodyOf(instance), "config");
  const lists = blocks.flatMap((block) =>
    ["ingress", "ingress_rule"].map((name) => nestedBlocks(block, name)),
  );
  const rules = lists.flatMap((list) => list.blocks);
  const unknown =
    open || !instance.certain || blocks.length !== 1 || lists.some((list) => list.open);
  const found = rules.map((rule) => serving(rule, hostname));
  if (found.includes(true)) {
    return true;
  }
  return unknown || rules.length === 0 || found.includes(undefined) ? undefined : false;
}

/** A rule that names the hostname counts, whatever it answers: somebody has thought of it. */
function serving(rule: Block, hostname: string): boolean | undefined {
  const name = attribute(rule, "hostname");
  const service = attribute(rule, "service");
  const given = knownString(name)?.toLowerCase();
  if (name.kind === "unknown" || service.kind === "unknown") {
    return undefined;
  }
  if (given === undefined || given === "" || given === "*") {
    const status = /^http_status:(\d{3})$/.exec(knownString(service) ?? "")?.[1];
    return status === undefined || (asNumber(status) ?? 0) < 400;
  }
  return given === hostname || (given.startsWith("*.") && hostname.endsWith(given.slice(1)));
}
