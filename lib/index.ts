export { EdgeRanges, type IOriginFirewall } from "./firewall";
export {
  Duration,
  ErrorRateSlo,
  HealthCheck,
  type HealthCheckProps,
  HealthCheckType,
  type IOrigin,
  Listener,
  NotificationDestination,
  type OriginAddress,
  OriginAlerts,
  type OriginAlertsProps,
} from "./origin";
export { ConfigurationError } from "./synth";
export {
  CloudflarePlan,
  type IZone,
  ProxiedRecord,
  type ProxiedRecordProps,
  SslMode,
  TlsVersion,
  Zone,
  type ZoneProps,
} from "./zone";
