/*
 * What must not compile. TypeScript reports an @ts-expect-error that expects nothing, so each line
 * below holds a refusal; test/types/types.test.ts compiles this file.
 */
import type { Instance } from "@cdktf/provider-aws/lib/instance";
import type { TerraformStack } from "cdktf";
import "originproof/jest";
import {
  Acknowledgements,
  type CloudflarePlan,
  EdgeService,
  ErrorRateSlo,
  FilteredElsewhere,
  HealthCheck,
  HealthCheckRegion,
  HealthCheckType,
  HealthStatus,
  type IOrigin,
  type IOriginFirewall,
  Listener,
  NotificationDestination,
  OriginAlerts,
  OriginlessRecord,
  ProxiedRecord,
  ProxiedSite,
  SslMode,
  TlsVersion,
  Zone,
  type ZoneProps,
} from "originproof";
import {
  InstanceOrigin,
  LoadBalancerOrigin,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";

declare const stack: TerraformStack;
declare const zone: Zone;
declare const origin: IOrigin;
declare const check: HealthCheck;
declare const plan: CloudflarePlan;
declare const port: number;
declare const instance: Instance;
declare const firewall: OriginSecurityGroup;
declare const otherFirewall: IOriginFirewall;

const notify = [NotificationDestination.email("ops@example.com")];
const accountId = "0123456789abcdef0123456789abcdef";

export function refused(): void {
  // An address where an origin is due.
  // @ts-expect-error a string is no origin
  new ProxiedRecord(stack, "A", { zone, name: "www", origins: ["198.51.100.7"] });
  // @ts-expect-error an object with an address is no origin
  new ProxiedRecord(stack, "B", { zone, name: "www", origins: [{ addresses: [] }] });
  // @ts-expect-error there is no prop for an address
  new ProxiedRecord(stack, "C", { zone, name: "www", origins: [origin], content: "198.51.100.7" });
  // @ts-expect-error a site takes origins too
  new ProxiedSite(stack, "D", { zone, names: ["www"], origins: ["198.51.100.7"] });
  // @ts-expect-error who filters it must be said
  new FilteredElsewhere(stack, "E", { ipv4: "198.51.100.7" });

  // A port that Cloudflare does not proxy, or not with that scheme.
  // @ts-expect-error 8081 is not proxied
  Listener.https(8081);
  // @ts-expect-error 80 is http
  Listener.https(80);
  // @ts-expect-error 443 is https
  Listener.http(443);
  // @ts-expect-error any number: Listener.of is for what is read from elsewhere
  Listener.http(port);
  // @ts-expect-error there is no third scheme
  Listener.of("tcp", 443);

  // A filter of another alert type.
  // @ts-expect-error a status is no rate
  new OriginAlerts(stack, "F", { zone, notify, slo: HealthStatus.UNHEALTHY });
  // @ts-expect-error a rate is no status
  const statuses: readonly HealthStatus[] = [ErrorRateSlo.PERCENT_99_9];
  new OriginAlerts(stack, "G", { zone, notify, healthChecks: [check], healthStatuses: statuses });
  // @ts-expect-error the API's text is no member of the closed list
  new OriginAlerts(stack, "H", { zone, notify, slo: "99.9" });
  // @ts-expect-error an address is no destination
  new OriginAlerts(stack, "I", { zone, notify: ["ops@example.com"] });

  // A rule that there is not.
  const acknowledged = { reason: "known", expires: "2099-12-31" };
  // @ts-expect-error misspelt
  Acknowledgements.of(stack).add({ rule: "firewall/misses-edge-ranges", ...acknowledged });
  // @ts-expect-error any text
  Acknowledgements.of(stack).add({ rule: String(port), ...acknowledged });
  // @ts-expect-error misspelt
  expect(stack).toBeRefutedBy("firewall/misses-edge-ranges");
  // @ts-expect-error without a last day
  Acknowledgements.of(stack).add({ rule: "firewall/misses-port", reason: "known" });

  // A closed choice of another kind.
  // @ts-expect-error a TLS version is no SSL mode
  const one: ZoneProps = { name: "example.com", accountId, ssl: TlsVersion.TLS_1_3 };
  // @ts-expect-error the API's text
  const two: ZoneProps = { name: "example.com", accountId, ssl: "strict" };
  // @ts-expect-error a type of check is no region
  const regions: readonly HealthCheckRegion[] = [HealthCheckType.TCP];
  // @ts-expect-error a plan is no service
  new OriginlessRecord(stack, "J", { zone, name: "go", servedBy: plan });
  // @ts-expect-error nobody can make a member of a closed list
  const region = new HealthCheckRegion("XX");
  new Zone(stack, "K", { ...one, ...two });
  // @ts-expect-error the API's text is no method
  new HealthCheck(stack, "L", { zone, origin, method: "HEAD" });
  // @ts-expect-error a setting has a value
  new Zone(stack, "M", { name: "example.com", accountId, otherSettings: { http3: null } });
  // @ts-expect-error a provider is a construct, not its name
  new ProxiedRecord(stack, "N", { zone, name: "www", origins: [origin], provider: "cloudflare.x" });
  void [regions, region, EdgeService, SslMode];
}

export function refusedOnAws(): void {
  const vpcId = "vpc-0123456789abcdef0";
  const listeners = [Listener.https()];
  // @ts-expect-error a firewall needs ports
  new OriginSecurityGroup(stack, "A", { vpcId });
  // @ts-expect-error a number is no listener
  new OriginSecurityGroup(stack, "B", { vpcId, listeners: [443] });
  // @ts-expect-error a list of texts is no EdgeRanges
  new OriginSecurityGroup(stack, "C", { vpcId, listeners, ranges: ["198.51.100.0/24"] });
  const cidr = "198.51.100.7/32";
  // @ts-expect-error an exception has a reason
  new OriginSecurityGroup(stack, "D", { vpcId, listeners, exceptions: [{ cidr, ports: [22] }] });
  // @ts-expect-error a text is no provider
  new OriginSecurityGroup(stack, "E", { vpcId, listeners, provider: "aws.us" });
  // @ts-expect-error an id is no SecurityGroup: fromSecurityGroupId takes one
  OriginSecurityGroup.adopt(stack, "F", { securityGroup: "sg-0123456789abcdef0", listeners });
  // @ts-expect-error an instance needs a filter
  new InstanceOrigin(stack, "G", { instance, ephemeralAddress: true });
  // @ts-expect-error a group's id is no firewall
  new InstanceOrigin(stack, "H", { instance, firewalls: ["sg-0123456789abcdef0"] });
  // @ts-expect-error an instance is no balancer
  new LoadBalancerOrigin(stack, "I", { loadBalancer: instance, firewalls: [firewall] });
  // @ts-expect-error the second leg is from a firewall, not from an id
  new TargetSecurityGroup(stack, "J", { vpcId, from: "sg-0123456789abcdef0", ports: [8080] });
  // @ts-expect-error a firewall that is no security group can't be put on an instance
  new InstanceOrigin(stack, "K", { instance, firewalls: [otherFirewall] });
}
