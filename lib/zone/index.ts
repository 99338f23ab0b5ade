export { CloudflarePlan } from "./cloudflare-plan";
export { ProxiedRecord, type ProxiedRecordProps } from "./proxied-record";
export { SslMode } from "./ssl-mode";
export { TlsVersion } from "./tls-version";
export { type IZone, Zone, type ZoneProps } from "./zone";
