import { type AtomicityRow, row } from "./atomicity-row";

const CLOUDFLARE = "cloudflare/cloudflare 5.14.0, calls logged";
const SERVICES = "cloudflare/cloudflare 5.14.0; internal/services";
const FOUR = "cloudflare/cloudflare 4.52.8; internal/sdkv2provider";

/** @see docs/proof.md, "Rollout" */
export const CLOUDFLARE_ROWS: readonly AtomicityRow[] = [
  row(
    "cloudflare_dns_record",
    "content name proxied data priority settings ttl",
    "one-call",
    `${CLOUDFLARE}: one PUT`,
  ),
  row(
    "cloudflare_record",
    "content value name proxied data priority ttl",
    "one-call",
    `${FOUR}/resource_cloudflare_record.go:350`,
  ),
  row("cloudflare_ruleset", "rules", "one-call", `${CLOUDFLARE}: one PUT`),
  row("cloudflare_ruleset", "name", "inert", `${CLOUDFLARE}: one PUT, and no hop reads it`),
  row("cloudflare_zone_setting", "value", "one-call", `${CLOUDFLARE}: one PATCH`),
  row(
    "cloudflare_zone_settings_override",
    "settings",
    "one-call",
    `${FOUR}/resource_cloudflare_zone_settings_override.go:315: settings of a hop in one PATCH`,
  ),
  row(
    "cloudflare_load_balancer",
    "country_pools default_pool_ids default_pools enabled fallback_pool fallback_pool_id name pop_pools proxied region_pools rules",
    "one-call",
    `${SERVICES}/load_balancer/resource.go:122; ${FOUR}/resource_cloudflare_load_balancer.go:222`,
  ),
  row(
    "cloudflare_record",
    "allow_overwrite",
    "inert",
    `${FOUR}/resource_cloudflare_record.go: asked for where the record is made`,
  ),
  row(
    "cloudflare_load_balancer_pool",
    "enabled name origins",
    "one-call",
    `${SERVICES}/load_balancer_pool/resource.go:122; ${FOUR}/resource_cloudflare_load_balancer_pool.go:147`,
  ),
  row(
    "cloudflare_page_rule",
    "actions priority status target",
    "one-call",
    `${SERVICES}/page_rule/resource.go:122; ${FOUR}/resource_cloudflare_page_rule.go:200`,
  ),
  row(
    "cloudflare_spectrum_application",
    "dns origin_direct origin_dns origin_port protocol tls traffic_type",
    "one-call",
    `${SERVICES}/spectrum_application/resource.go:122; ${FOUR}/resource_cloudflare_spectrum_application.go:68`,
  ),
  row(
    "cloudflare_zero_trust_tunnel_cloudflared_config",
    "config source",
    "one-call",
    `${SERVICES}/zero_trust_tunnel_cloudflared_config/resource.go:124`,
  ),
  row(
    "cloudflare_tunnel_config",
    "config",
    "one-call",
    `${FOUR}/resource_cloudflare_tunnel_config.go:280`,
  ),
  row(
    "cloudflare_custom_hostname",
    "custom_origin_server hostname",
    "one-call",
    `${SERVICES}/custom_hostname/resource.go, Update: one PATCH; ${FOUR}/resource_cloudflare_custom_hostname.go`,
  ),
  row(
    "cloudflare_custom_hostname",
    "ssl",
    "inert",
    `${SERVICES}/custom_hostname/resource.go: the certificate that visitors see`,
  ),
  row(
    "cloudflare_custom_hostname_fallback_origin",
    "origin",
    "one-call",
    `${SERVICES}/custom_hostname_fallback_origin/resource.go, Update: one PUT`,
  ),
  row(
    "cloudflare_workers_route",
    "pattern script",
    "one-call",
    `${SERVICES}/workers_route/resource.go:122`,
  ),
  row("cloudflare_snippet_rules", "rules", "one-call", `${SERVICES}/snippet_rules/resource.go:119`),
  row(
    "cloudflare_cloud_connector_rules",
    "rules",
    "one-call",
    `${SERVICES}/cloud_connector_rules/resource.go:123`,
  ),
  row(
    "cloudflare_zone_dns_settings",
    "zone_mode",
    "one-call",
    `${SERVICES}/zone_dns_settings/resource.go:119`,
  ),
];
