import { type Blocks, blocks } from "../support/aws-web";
import { PROVIDERS } from "../support/terraform";
import type { Facets } from "./dice";
import { randomAcl } from "./random-acl";
import { randomBalancer } from "./random-balancers";
import { KINDS } from "./random-groups";
import { randomNetwork } from "./random-network";
import { type Front, randomServer } from "./random-servers";

const ZONE = "0123456789abcdef0123456789abcdef";
export type Kind = (typeof KINDS)[number];

export const hostnameOf = (site: string): string => `${site}.example.com`;

/** A hostname of the edge and all that stands behind it, with mistakes at random. */
export function randomSite(site: string, facets: Facets): Blocks {
  const kind = facets.of("kind fixed").pick(KINDS);
  const front = frontOf(site, kind, facets);
  const record = {
    ...{ zone_id: ZONE, name: hostnameOf(site), type: front.type, content: front.content },
    ...{ proxied: true, ttl: 1 },
  };
  const dns = { cloudflare_dns_record: { [site]: record } };
  return blocks(randomNetwork(site, facets), randomAcl(site, facets), front.blocks, dns);
}

function frontOf(site: string, kind: Kind, facets: Facets): Front {
  switch (kind) {
    case "application":
    case "network":
    case "classic":
      return randomBalancer(site, kind, facets);
    default:
      return randomServer(site, kind, facets);
  }
}

const setting = (setting_id: string, value: string) => ({ zone_id: ZONE, setting_id, value });

/** Sites beside each other, in a zone that connects to 443 alone. */
export function configurationOf(...sites: readonly Blocks[]): object {
  const zone = {
    cloudflare_zone_setting: {
      ssl: setting("ssl", "strict"),
      https: setting("always_use_https", "on"),
      mode: setting("ssl_automatic_mode", "custom"),
    },
  };
  const provider = { aws: { region: "eu-west-1" }, cloudflare: { api_token: "x" } };
  const filled = Object.entries(blocks(zone, ...sites)).filter(
    ([, named]) => Object.keys(named).length > 0,
  );
  return { terraform: PROVIDERS, provider, resource: Object.fromEntries(filled) };
}
