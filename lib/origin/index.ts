export { Duration } from "./duration";
export { ErrorRateSlo } from "./error-rate-slo";
export { HealthCheck, type HealthCheckProps } from "./health-check";
export { HealthCheckType } from "./health-check-type";
export { Listener } from "./listener";
export { NotificationDestination } from "./notification-destination";
export type { IOrigin, OriginAddress } from "./origin";
export { OriginAlerts, type OriginAlertsProps } from "./origin-alerts";
