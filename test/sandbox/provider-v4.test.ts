import { lookup } from "../../sandbox/packets";
import { describeWithTerraform, newSandbox, removeSandboxes } from "../support/terraform";
import { changeOf, valuesOf } from "./site";

afterAll(removeSandboxes);

const configuration = (address: string) => `
  terraform {
    required_providers {
      cloudflare = {
        source  = "cloudflare/cloudflare"
        version = "~> 4.0"
      }
    }
  }
  provider "cloudflare" { api_token = "x" }
  resource "cloudflare_zone" "zone" {
    account_id = "0123456789abcdef0123456789abcdef"
    zone       = "example.com"
  }
  resource "cloudflare_zone_settings_override" "zone" {
    zone_id = cloudflare_zone.zone.id
    settings {
      ssl              = "strict"
      always_use_https = "on"
      security_header { enabled = true }
    }
  }
  resource "cloudflare_record" "www" {
    zone_id = cloudflare_zone.zone.id
    name    = "www"
    type    = "A"
    value   = "${address}"
    proxied = true
  }
  resource "cloudflare_page_rule" "http" {
    zone_id = cloudflare_zone.zone.id
    target  = "www.example.com/*"
    actions { ssl = "flexible" }
  }
  data "cloudflare_zone" "zone" {
    name       = "example.com"
    depends_on = [cloudflare_zone.zone]
  }`;

describeWithTerraform("the sandbox serves provider v4 of Cloudflare on demand", () => {
  it("with its names: record, value, settings override, page rule as a block", async () => {
    const box = newSandbox({ cloudflare: 4, configuration: configuration("203.0.113.7") });
    const plan = await box.plan();
    expect(changeOf(await box.show(plan), "cloudflare_zone_settings_override.zone").after).toEqual(
      expect.objectContaining({ settings: [expect.objectContaining({ ssl: "strict" })] }),
    );
    await box.apply(plan);
    expect((await box.plan()).changes).toBe(false);
    const www = lookup(box.cloud(), "www.example.com");
    expect(www).toMatchObject({ proxied: true, addresses: ["203.0.113.7"] });
    expect(www.zone?.settings).toMatchObject({ ssl: "strict", always_use_https: "on" });
    expect(valuesOf(await box.show(), "cloudflare_record.www")).toMatchObject({
      hostname: "www.example.com",
      content: "203.0.113.7",
    });

    box.configure(configuration("203.0.113.8"));
    await box.apply();
    expect(lookup(box.cloud(), "www.example.com").addresses).toEqual(["203.0.113.8"]);
    expect((await box.plan()).changes).toBe(false);
    await box.destroy();
    expect(await box.show()).not.toHaveProperty("values");
  });
});
