import { ZoneSetting } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import type { SslMode } from "./ssl-mode";
import { TlsVersion } from "./tls-version";

/** The settings that {@link Zone} manages: each is a resource of its own. */
export interface ZoneSettings {
  /**
   * How the edge connects to the origin.
   *
   * @default SslMode.STRICT
   */
  readonly ssl?: SslMode;
  /**
   * Redirect http visitors to https at the edge. Without it the edge connects to port 80 of the
   * origin for them, in every mode but {@link SslMode.ORIGIN_PULL}.
   *
   * @default true
   */
  readonly alwaysUseHttps?: boolean;
  /**
   * The oldest TLS version that visitors may use.
   *
   * @default TlsVersion.TLS_1_2
   */
  readonly minTlsVersion?: TlsVersion;
  /**
   * May Cloudflare raise the SSL mode by itself, which changes the ports it connects to? `false`
   * pins the mode (`ssl_automatic_mode` is `custom`), `true` leaves it to Cloudflare (`auto`). Not
   * every account has the setting, and the provider's documentation doesn't list it.
   *
   * @default - the setting is left as it is
   * @see https://developers.cloudflare.com/ssl/origin-configuration/ssl-modes/
   */
  readonly automaticSslMode?: boolean;
  /**
   * Show pages of the Internet Archive while the origin is down (520 to 527 but 526).
   *
   * @default - the setting is left as it is
   * @see https://developers.cloudflare.com/cache/how-to/always-online/
   */
  readonly alwaysOnline?: boolean;
  /**
   * Authenticated Origin Pulls: the edge shows the origin a client certificate. It proves nothing
   * until the origin asks for it, and one that asks before this is on refuses the edge.
   *
   * @default - the setting is left as it is
   * @see https://developers.cloudflare.com/ssl/origin-configuration/authenticated-origin-pull/
   */
  readonly tlsClientAuth?: boolean;
}

/** One resource per setting, as children of the zone. */
export function createSettings(
  zone: Construct,
  zoneId: string,
  props: ZoneSettings & { readonly ssl: SslMode; readonly alwaysUseHttps: boolean },
): readonly TerraformResource[] {
  const { minTlsVersion = TlsVersion.TLS_1_2, automaticSslMode } = props;
  const wanted: readonly (readonly [string, string, string | undefined])[] = [
    ["Ssl", "ssl", props.ssl.value],
    ["AlwaysUseHttps", "always_use_https", onOff(props.alwaysUseHttps)],
    ["MinTlsVersion", "min_tls_version", minTlsVersion.value],
    ["SslAutomaticMode", "ssl_automatic_mode", automaticMode(automaticSslMode)],
    ["AlwaysOnline", "always_online", onOff(props.alwaysOnline)],
    ["TlsClientAuth", "tls_client_auth", onOff(props.tlsClientAuth)],
  ];
  return wanted.flatMap(([id, settingId, value]) =>
    value === undefined
      ? []
      : // A dynamic attribute: the binding's mapper makes {} of anything but a token.
        [new ZoneSetting(zone, id, { zoneId, settingId, value: Token.asAnyMap(value) })],
  );
}

function onOff(value: boolean | undefined): "on" | "off" | undefined {
  return value === undefined ? undefined : value ? "on" : "off";
}

function automaticMode(value: boolean | undefined): "auto" | "custom" | undefined {
  return value === undefined ? undefined : value ? "auto" : "custom";
}
