import { ofType, only, synthStack } from "../../support/synth";
import { fullSite } from "./full-site";

it("writes every dynamic attribute as the value given, never as {}", () => {
  const resources = synthStack((stack) => {
    fullSite(stack);
  });
  const settings = ofType(resources, "cloudflare_zone_setting");
  expect(settings.map(({ setting_id, value }) => `${setting_id}=${value}`)).toEqual([
    "always_online=on",
    "always_use_https=on",
    "min_tls_version=1.2",
    "ssl_automatic_mode=custom",
    "ssl=strict",
    "tls_client_auth=on",
  ]);
  expect(only(resources, "terraform_data").input).toEqual({
    url: "https://alerts.example.net/x",
    secret: "${sha256(var.secret)}",
  });
});
