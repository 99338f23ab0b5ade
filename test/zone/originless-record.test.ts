import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformStack } from "cdktf";
import {
  CloudflarePlan,
  EdgeService,
  OriginlessRecord,
  type OriginlessRecordProps,
  Zone,
} from "originproof";
import { errorOf, only, pick, synthApp, synthStack } from "../support/synth";
import golden from "./golden/originless-record.json";

const accountId = "0123456789abcdef0123456789abcdef";

function build(stack: TerraformStack, props: Partial<OriginlessRecordProps> = {}) {
  const plan = CloudflarePlan.PRO;
  const zone = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
  const servedBy = EdgeService.REDIRECT;
  return new OriginlessRecord(stack, "Go", { zone, name: "go", servedBy, ...props });
}

describe("OriginlessRecord", () => {
  it("writes the golden file for a redirect", () => {
    const resources = synthStack((stack) => {
      expect(build(stack).hostname).toBe("go.example.com");
    });
    expect(pick(resources, "cloudflare_dns_record")).toEqual(golden);
  });

  it("writes the documented address of each service, with every prop", () => {
    const resources = synthStack((stack) => {
      const servedBy = EdgeService.WORKER;
      build(stack, { servedBy, name: "@", comment: "api", tags: { owner: "edge" } });
    });
    expect(only(resources, "cloudflare_dns_record")).toMatchObject({
      name: "example.com",
      type: "AAAA",
      content: "100::",
      comment: "api",
      tags: ["owner:edge"],
    });
  });

  it.each([EdgeService.REDIRECT, EdgeService.WORKER])("is owed no path (%s)", (servedBy) => {
    const { error, stderr } = synthApp((app) => {
      const stack = new TerraformStack(app, "shop");
      new CloudflareProvider(stack, "Cloudflare");
      build(stack, { servedBy });
    });
    expect(error).toBeUndefined();
    expect(stderr).toContain("nothing to prove");
  });

  it("refuses a name outside the zone", () => {
    const error = errorOf(() =>
      synthStack((stack) => {
        build(stack, { name: "go.example.org" });
      }),
    );
    expect(error).toMatchObject({ code: "name-outside-zone" });
  });
});
