import {
  CloudflarePlan,
  EdgeService,
  ErrorRateSlo,
  HealthCheckRegion,
  HealthCheckType,
  HealthStatus,
  SslMode,
  TlsVersion,
} from "originproof";

it.each([
  [CloudflarePlan, "free pro business enterprise"],
  [EdgeService, "worker redirect"],
  [ErrorRateSlo, "99.7% 99.8% 99.9%"],
  [HealthCheckType, "HTTP HTTPS TCP"],
  [HealthStatus, "Healthy Unhealthy"],
  [HealthCheckRegion, "WNAM ENAM WEU EEU NSAM SSAM OC ME NAF SAF IN SEAS NEAS ALL_REGIONS"],
  [SslMode, "off flexible full strict origin_pull"],
  [TlsVersion, "1.0 1.1 1.2 1.3"],
])("%p is a closed list of what the API knows", (choice, values) => {
  const members = Object.values(choice).filter((one) => one instanceof choice);
  expect(members.map(String).join(" ")).toBe(values);
});
