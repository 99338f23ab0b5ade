/* What must compile: others implement the interfaces, and read ports from elsewhere. */
import "originproof/jest";
import type { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  CloudflarePlan,
  type HttpPort,
  type HttpsPort,
  type IOrigin,
  type IOriginFirewall,
  type IZone,
  Listener,
  type OriginAddress,
  type SslMode,
} from "originproof";
import type { IOriginSecurityGroup } from "originproof/aws";

declare const ready: TerraformResource;
const port: number = 80;

export class OwnFirewall extends Construct implements IOriginFirewall {
  readonly listeners = [Listener.https(), Listener.https(8443), Listener.of("http", port)];
  readonly ready = ready;
}

export class OwnOrigin extends Construct implements IOrigin {
  readonly addresses: readonly OriginAddress[] = [{ type: "CNAME", hostname: "lb.example.net" }];
  readonly firewalls = [new OwnFirewall(this, "Firewall")];
  readonly dependencies = [ready];
}

/** A firewall of security groups that somebody else makes. */
export class OwnGroups extends OwnFirewall implements IOriginSecurityGroup {
  readonly securityGroupId = "sg-0123456789abcdef0";
  readonly securityGroupIds = [this.securityGroupId];
  readonly isEgressOpen = false;
}

export class OwnZone extends Construct implements IZone {
  readonly zoneId = "023e105f4ecef8ad9ca31a8372d0c353";
  readonly accountId = "0123456789abcdef0123456789abcdef";
  readonly zoneName = "example.com";
  readonly plan = CloudflarePlan.FREE;
  readonly maxHealthChecks = 0;
  readonly ssl: SslMode | undefined = undefined;
  readonly alwaysUseHttps = undefined;
  readonly settings = [];
}

/** The types of ports are the lists that the run-time check has. */
export const HTTPS: readonly HttpsPort[] = [443, 2053, 2083, 2087, 2096, 8443];
export const HTTP: readonly HttpPort[] = [80, 2052, 2082, 2086, 2095, 8080, 8880];

export function matchersHaveTypes(stack: TerraformStack): void {
  expect(stack).toBeProved();
  expect(stack).not.toBeRefutedBy("firewall/misses-edge-range");
}
