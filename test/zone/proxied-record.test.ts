import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import fc from "fast-check";
import { CloudflarePlan, ProxiedRecord, type ProxiedRecordProps, Zone } from "originproof";
import { LiteralOrigin } from "../origin/literal-origin";
import { errorOf, ofType, only, pick, synthStack } from "../support/synth";
import recordGolden from "./golden/proxied-record.json";

const accountId = "0123456789abcdef0123456789abcdef";

function build(stack: TerraformStack, props: Partial<ProxiedRecordProps> = {}): ProxiedRecord {
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
  const origins = props.origins ?? [new LiteralOrigin(stack, "Origin", "198.51.100.7")];
  return new ProxiedRecord(stack, "Www", { zone, name: "www", ...props, origins });
}

function refusal(props: (stack: TerraformStack) => Partial<ProxiedRecordProps>) {
  return errorOf(() => synthStack((stack) => build(stack, props(stack))));
}

function refusedAddress(...contents: readonly string[]) {
  return refusal((stack) => ({ origins: [new LiteralOrigin(stack, "Origin", ...contents)] }));
}

describe("ProxiedRecord", () => {
  it("writes the golden file by default", () => {
    const resources = synthStack((stack) => {
      build(stack);
    });
    expect(pick(resources, "cloudflare_dns_record")).toEqual(recordGolden);
  });

  it.each([
    ["@", "example.com"],
    ["www", "www.example.com"],
    ["*", "*.example.com"],
    ["_acme", "_acme.example.com"],
    ["www.example.com", "www.example.com"],
    ["example.com", "example.com"],
    ["*.shop.example.com", "*.shop.example.com"],
  ])("writes %s as the full name %s", (name, hostname) => {
    const resources = synthStack((stack) => {
      expect(build(stack, { name }).hostname).toBe(hostname);
    });
    expect(only(resources, "cloudflare_dns_record").name).toBe(hostname);
  });

  it("writes a record per origin and family", () => {
    const resources = synthStack((stack) => {
      const first = new LiteralOrigin(stack, "First", "198.51.100.7", "2001:db8::7");
      const second = new LiteralOrigin(stack, "Second", "203.0.113.9");
      build(stack, { origins: [first, second] });
    });
    const records = ofType(resources, "cloudflare_dns_record");
    expect(records.map(({ type, content, ttl, proxied }) => [type, content, ttl, proxied])).toEqual(
      [
        ["A", "198.51.100.7", 1, true],
        ["A", "203.0.113.9", 1, true],
        ["AAAA", "2001:db8::7", 1, true],
      ],
    );
  });

  it("changes nothing but the new record when an origin is added, whatever the order", () => {
    const synth = (order: readonly number[]) =>
      synthStack((stack) => {
        const all = [0, 1, 2, 3].map((n) => new LiteralOrigin(stack, `O${n}`, `198.51.100.${n}`));
        build(stack, { origins: order.flatMap((n) => all[n] ?? []) });
      });
    const whole = synth([0, 1, 2, 3]);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }), (order) => {
        const some = synth(order);
        expect(whole).toMatchObject(some);
        expect(ofType(some, "cloudflare_dns_record")).toHaveLength(order.length);
      }),
      { numRuns: 20 },
    );
  });

  it("tells origins of the same id apart by where they are", () => {
    const resources = synthStack((stack) => {
      const near = new LiteralOrigin(stack, "Origin", "198.51.100.7");
      const deep = new LiteralOrigin(new LiteralOrigin(stack, "Blue"), "Origin", "198.51.100.8");
      build(stack, { origins: [near, deep] });
    });
    expect(ofType(resources, "cloudflare_dns_record")).toHaveLength(2);
  });

  it("escapes templates in the comment and keeps tokens", () => {
    const resources = synthStack((stack) => {
      const owner = new TerraformVariable(stack, "owner", { type: "string" }).stringValue;
      build(stack, { comment: `costs \${5} %{off} by ${owner}` });
    });
    expect(only(resources, "cloudflare_dns_record").comment).toBe(
      "costs $${5} %%{off} by ${var.owner}",
    );
  });

  it("refuses a name outside the zone", () => {
    expect(refusal(() => ({ name: "www.example.org" }))).toMatchObject({
      code: "name-outside-zone",
      message:
        "[shop/Www] 'name' is \"www.example.org\", which is outside the zone example.com; " +
        'use "@", a single label such as "www", or a full name such as "www.example.com"',
    });
    expect(refusal(() => ({ name: "notexample.com" }))).toMatchObject({
      code: "name-outside-zone",
    });
  });

  it("refuses a name that is no hostname", () => {
    expect(refusal(() => ({ name: "*.Shop.example.com" }))).toMatchObject({
      code: "invalid-hostname",
      message:
        "[shop/Www] 'name' is \"*.Shop.example.com\", which has capitals; " +
        'write "*.shop.example.com"',
    });
  });

  it("refuses a token as name", () => {
    const error = refusal((stack) => ({
      name: new TerraformVariable(stack, "name", { type: "string" }).stringValue,
    }));
    expect(error).toMatchObject({
      code: "token-for-literal",
      message:
        "[shop/Www] 'name' is a token, known only when Terraform runs, but is needed at synth; " +
        'give a literal such as "www"',
    });
  });

  it("refuses an empty list of origins", () => {
    expect(refusal(() => ({ origins: [] }))).toMatchObject({
      code: "no-origin",
      message:
        "[shop/Www] 'origins' has no address; give at least one origin, such as an InstanceOrigin",
    });
  });

  it("refuses an origin given twice", () => {
    const error = refusal((stack) => {
      const origin = new LiteralOrigin(stack, "Origin", "198.51.100.7");
      return { origins: [origin, origin] };
    });
    expect(error).toMatchObject({
      code: "duplicate-origin",
      message: "[shop/Www] 'origins' has shop/Origin twice; give each origin once",
    });
  });

  it.each([
    [
      "10.1.2.3",
      "is not reachable from the internet (Private-Use, RFC 1918); use the origin's public address",
    ],
    [
      "fd00::1",
      "is not reachable from the internet (Unique-Local, RFC 4193); use the origin's public address",
    ],
    [
      "4000::1",
      "is not reachable from the internet (not global unicast); use the origin's public address",
    ],
    [
      "104.16.0.1",
      "is an address of Cloudflare itself: visitors would see Error 1000; " +
        "use the origin's own public address",
    ],
    [
      "2606:4700::1",
      "is an address of Cloudflare itself: visitors would see Error 1000; " +
        "use the origin's own public address",
    ],
    ["198.51.100.256", "has a part over 255; each of the four parts is 0 to 255"],
  ])("refuses the origin address %s", (content, text) => {
    expect(refusedAddress(content)).toMatchObject({
      code: "unusable-origin-address",
      message: `[shop/Www] 'origins' has "${content}", which ${text}`,
    });
  });

  it("warns of a documentation address", () => {
    const stack = new TerraformStack(Testing.app(), "shop");
    const record = build(stack);
    expect(record.node.metadata.map(({ type, data }) => [type, data])).toContainEqual([
      "@cdktf/warn",
      "'origins' has 198.51.100.7, an address for documentation that no host has; " +
        "use the origin's own before you deploy",
    ]);
  });

  it.each([
    [[], "is empty"],
    [[443, 8081], "has 8081, which Cloudflare does not proxy"],
  ])("refuses the visitor ports %j", (visitorPorts, text) => {
    expect(refusal(() => ({ visitorPorts }))).toMatchObject({
      code: "visitor-port-not-proxied",
      message:
        `[shop/Www] 'visitorPorts' ${text}; use some of 80, 443, 2052, 2053, 2082, 2083, 2086, ` +
        "2087, 2095, 2096, 8080, 8443, 8880",
    });
  });

  it("refuses a comment that the plan has no room for", () => {
    expect(refusal(() => ({ comment: "x".repeat(101) }))).toMatchObject({
      code: "invalid-comment",
      message: "[shop/Www] 'comment' has 101 characters, and the plan free allows 100; shorten it",
    });
    const paid = synthStack((stack) => {
      const shared = { name: "example.net", accountId, plan: CloudflarePlan.PRO };
      build(stack, { zone: new Zone(stack, "Paid", shared), comment: "x".repeat(500) });
    });
    expect(only(paid, "cloudflare_dns_record").comment).toHaveLength(500);
  });

  it("takes no address: an origin says who filters it", () => {
    synthStack((stack) => {
      const zone = new Zone(stack, "Zone", { name: "example.com", accountId });
      const address = "198.51.100.7";
      // @ts-expect-error an address is no origin
      const props: ProxiedRecordProps = { zone, name: "www", origins: [address] };
      // @ts-expect-error and there is no such prop
      const other: ProxiedRecordProps = { zone, name: "www", origins: [], content: address };
      expect([props, other]).toHaveLength(2);
    });
  });
});
