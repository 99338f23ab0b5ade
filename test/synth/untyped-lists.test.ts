import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  CloudflarePlan,
  Duration,
  FilteredElsewhere,
  HealthCheck,
  Listener,
  OriginAlerts,
  ProxiedRecord,
  ProxiedSite,
  Zone,
} from "originproof";
import {
  InstanceOrigin,
  OriginNetworkAcl,
  OriginSecurityGroup,
  TargetSecurityGroup,
} from "originproof/aws";
import { errorOf } from "../support/synth";

/* Plain JavaScript may give lists in lists, or members that are undefined. */
const VPC = "vpc-0123456789abcdef0";
const ACCOUNT = "0123456789abcdef0123456789abcdef";
const https = Listener.https();
const exception = { cidr: "198.51.100.7/32", ports: [22], reason: "test" };

function stackOf(): TerraformStack {
  return new TerraformStack(Testing.app(), "shop");
}

function zoneIn(stack: TerraformStack): Zone {
  const plan = CloudflarePlan.PRO;
  return new Zone(stack, "Zone", { name: "example.com", accountId: ACCOUNT, plan });
}

class Foreign extends Construct {
  constructor(stack: TerraformStack, members: object) {
    super(stack, "Foreign");
    Object.assign(this, members);
  }
}

function codeOf(build: (stack: TerraformStack) => unknown): unknown {
  const error = errorOf(() => build(stackOf()));
  return error instanceof Error && "code" in error ? error.code : error;
}

describe("a list of the wrong kind", () => {
  const group = (props: object) => (stack: TerraformStack) =>
    new OriginSecurityGroup(stack, "F", { vpcId: VPC, listeners: [https], ...props } as never);

  it.each<[string, object]>([
    ["a list in a list", { listeners: [[https]] }],
    ["undefined", { listeners: [undefined] }],
    ["a port", { listeners: [443] }],
    ["a text", { listeners: "443" }],
    ["a listener that is none", { listeners: [{ scheme: "https", port: 22 }] }],
    ["undefined for egress", { egress: [undefined] }],
    ["an exception in a list", { exceptions: [[exception]] }],
    ["a text as ports", { exceptions: [{ ...exception, ports: "22" }] }],
    ["a port in a list", { exceptions: [{ ...exception, ports: [[22]] }] }],
  ])("is refused in a firewall: %s", (_, props) => {
    expect(codeOf(group(props))).toBe("not-a-list");
  });

  it.each<[string, object]>([
    ["an id in a list", { additionalSecurityGroupIds: [["sg-0123456789abcdef0"]] }],
    ["undefined", { additionalSecurityGroupIds: [undefined] }],
    ["a VPC in a list", { vpcId: [VPC] }],
  ])("is no id: %s", (_, props) => {
    expect(codeOf(group(props))).toBe("invalid-id");
  });

  it("names the prop, what it got and the change to make", () => {
    expect(errorOf(() => group({ listeners: [[https]] })(stackOf()))).toMatchObject({
      message:
        "[shop/F] 'listeners' has a list, which is no Listener; give one such as [Listener.https()]",
    });
    expect(errorOf(() => group({ listeners: "443" })(stackOf()))).toMatchObject({
      message: `[shop/F] 'listeners' is "443", and no list; give one such as [Listener.https()]`,
    });
  });

  it("is refused in the other constructs of AWS", () => {
    const make = (props: object) => (stack: TerraformStack) =>
      new OriginNetworkAcl(stack, "Acl", props as never);
    const subnets = ["subnet-0123456789abcdef0"];
    expect(codeOf(make({ vpcId: VPC, subnets, listeners: [[https]] }))).toBe("not-a-list");
    expect(
      codeOf((stack) => {
        const from = new OriginSecurityGroup(stack, "F", { vpcId: VPC, listeners: [https] });
        const props = { vpcId: VPC, from, ports: [8080], egress: [undefined] };
        return new TargetSecurityGroup(stack, "T", props as never);
      }),
    ).toBe("not-a-list");
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a list", []],
    ["no gate", { listeners: [https], securityGroupIds: [] }],
    ["no groups", { listeners: [https], ready: {} }],
    ["no listeners", { ready: {}, securityGroupIds: [] }],
  ])("is refused as firewalls of an instance: %s", (_, firewall) => {
    expect(
      codeOf((stack) => {
        const instance = new Instance(stack, "Web", { ami: "ami-0123456789abcdef0" });
        const elasticIp = new Eip(stack, "Address", {});
        const props = { instance, elasticIp, firewalls: [firewall] };
        return new InstanceOrigin(stack, "Origin", props as never);
      }),
    ).toBe("not-a-list");
  });
});

describe("an origin of the wrong kind", () => {
  const whole = { addresses: [{ type: "A", content: "8.8.8.8" }], firewalls: [], dependencies: [] };
  const origins: readonly [string, (stack: TerraformStack) => unknown][] = [
    ["a text", () => "203.0.113.2"],
    ["undefined", () => undefined],
    ["a list", (stack) => [new Foreign(stack, whole)]],
    ["no addresses", (stack) => new Foreign(stack, { ...whole, addresses: undefined })],
    ["no firewalls", (stack) => new Foreign(stack, { ...whole, firewalls: undefined })],
    ["no dependencies", (stack) => new Foreign(stack, { ...whole, dependencies: undefined })],
    [
      "an undefined dependency",
      (stack) => new Foreign(stack, { ...whole, dependencies: [undefined] }),
    ],
    ["no content", (stack) => new Foreign(stack, { ...whole, addresses: [{ type: "A" }] })],
    [
      "another type of record",
      (stack) => new Foreign(stack, { ...whole, addresses: [{ type: "MX", content: "8.8.8.8" }] }),
    ],
  ];

  it.each(origins)("is refused by everything that takes one: %s", (_, make) => {
    expect(
      codeOf((stack) => {
        const props = { zone: zoneIn(stack), name: "www", origins: [make(stack)] };
        return new ProxiedRecord(stack, "Www", props as never);
      }),
    ).toBe("not-a-list");
    expect(
      codeOf((stack) => {
        const props = { zone: zoneIn(stack), names: ["www"], origins: [make(stack)] };
        return new ProxiedSite(stack, "Site", props as never);
      }),
    ).toBe("not-a-list");
    const isMissing = make(stackOf()) === undefined;
    expect(
      codeOf((stack) => {
        const props = { zone: zoneIn(stack), hostname: "www.example.com", origin: make(stack) };
        return new HealthCheck(stack, "Check", props as never);
      }),
    ).toBe(isMissing ? "missing-prop" : "not-a-list");
  });

  it("is refused as a text for the whole list", () => {
    expect(
      codeOf((stack) => {
        const props = { zone: zoneIn(stack), name: "www", origins: "203.0.113.2" };
        return new ProxiedRecord(stack, "Www", props as never);
      }),
    ).toBe("not-a-list");
  });
});

describe("other values of the wrong kind", () => {
  it.each([["ops@example.com"], [undefined], [[]]])("are refused as notify: %p", (notify) => {
    expect(
      codeOf(
        (stack) => new OriginAlerts(stack, "A", { zone: zoneIn(stack), notify: [notify] } as never),
      ),
    ).toBe("not-a-list");
  });

  it("are refused as codes of a health check", () => {
    expect(
      codeOf((stack) => {
        const origin = new FilteredElsewhere(stack, "Origin", {
          ipv4: "198.51.100.7",
          reason: "x",
        });
        const check = { zone: zoneIn(stack), origin, hostname: "www.example.com" };
        return new HealthCheck(stack, "Check", { ...check, expectedCodes: [["200"]] } as never);
      }),
    ).toBe("invalid-codes");
  });

  it("are refused as a length of time", () => {
    expect(errorOf(() => Duration.seconds("5" as never))).toMatchObject({
      code: "invalid-duration",
    });
  });
});
