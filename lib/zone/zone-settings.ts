import { ZoneSetting } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { present } from "../synth/present";
import { requireChoice } from "./choice";
import type { CloudflareResourceProps } from "./cloudflare-provider";
import { requireOtherSettings, type SettingValue, settingValue } from "./other-settings";
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
  /**
   * Settings that have no prop here, by their ids in the API, such as
   * `{ browser_cache_ttl: 14400, ciphers: ["ECDHE-RSA-AES128-GCM-SHA256"] }`.
   *
   * @default - none: they are left as they are
   * @see https://developers.cloudflare.com/api/resources/zones/subresources/settings/
   */
  readonly otherSettings?: Readonly<Record<string, SettingValue>>;
}

/** One resource per setting, as children of the zone. */
export function createSettings(
  zone: Construct,
  zoneId: string,
  props: ZoneSettings &
    CloudflareResourceProps & { readonly ssl: SslMode; readonly alwaysUseHttps: boolean },
): readonly TerraformResource[] {
  const { minTlsVersion: tls = TlsVersion.TLS_1_2, otherSettings = {} } = props;
  const own: Readonly<Record<string, string | undefined>> = {
    ssl: props.ssl.value,
    always_use_https: onOff(props.alwaysUseHttps),
    min_tls_version: requireChoice("minTlsVersion", tls, "TlsVersion.TLS_1_2", zone).value,
    ssl_automatic_mode: automaticMode(props.automaticSslMode),
    always_online: onOff(props.alwaysOnline),
    tls_client_auth: onOff(props.tlsClientAuth),
  };
  requireOtherSettings(otherSettings, Object.keys(own), zone);
  const others = Object.entries(otherSettings).sort(([left], [right]) => (left < right ? -1 : 1));
  const { provider } = props;
  return [...Object.entries(own), ...others].flatMap(([settingId, value]) => {
    if (value === undefined) {
      return [];
    }
    // A dynamic attribute: the binding's mapper makes {} of anything but a token.
    const dynamic = Token.asAnyMap(settingValue(value));
    const shared = { zoneId, settingId, ...present({ provider }) };
    return [new ZoneSetting(zone, pascalCase(settingId), { ...shared, value: dynamic })];
  });
}

/** The construct's id: `AlwaysUseHttps` for `always_use_https`. */
function pascalCase(settingId: string): string {
  return settingId.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase());
}

function onOff(value: boolean | undefined): "on" | "off" | undefined {
  return value === undefined ? undefined : value ? "on" : "off";
}

function automaticMode(value: boolean | undefined): "auto" | "custom" | undefined {
  return value === undefined ? undefined : value ? "auto" : "custom";
}
