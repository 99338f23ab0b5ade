import { Token } from "cdktf";
import { ConfigurationError, Duration, Listener } from "originproof";
import { HTTP_PORTS, HTTPS_PORTS } from "../../lib/edge/ports";
import { errorOf } from "../support/synth";

describe("Listener", () => {
  it("is on 443 with https and on 80 with http unless told", () => {
    expect([Listener.https(), Listener.http()].map(String)).toEqual(["https/443", "http/80"]);
  });

  it("takes every port that Cloudflare proxies, with its scheme", () => {
    expect(HTTPS_PORTS.map((port) => Listener.of("https", port).port)).toEqual(HTTPS_PORTS);
    expect(HTTP_PORTS.map((port) => Listener.of("http", port).port)).toEqual(HTTP_PORTS);
  });

  it("refuses a port of the other scheme", () => {
    const error = errorOf(() => Listener.of("https", 8080));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({
      code: "port-not-proxied",
      message:
        "'listeners' has port 8080 with https, which Cloudflare proxies as http only; " +
        "use one of 443, 2053, 2083, 2087, 2096, 8443",
    });
  });

  it.each([8081, 0, -1, 443.5, Number.NaN])("refuses port %d", (port) => {
    expect(errorOf(() => Listener.of("http", port))).toMatchObject({
      code: "port-not-proxied",
      message:
        `'listeners' has port ${port} with http, which Cloudflare does not proxy; ` +
        "use one of 80, 2052, 2082, 2086, 2095, 8080, 8880",
    });
  });

  it("refuses a token as port", () => {
    expect(
      errorOf(() => Listener.of("https", Token.asNumber({ resolve: () => 443 }))),
    ).toMatchObject({
      code: "token-for-literal",
      message:
        "'listeners' is a token, known only when Terraform runs, but is needed at synth; " +
        "give a literal such as 443",
    });
  });
});

describe("Duration", () => {
  it("counts in seconds", () => {
    expect(Duration.seconds(90).toSeconds()).toBe(90);
    expect(Duration.minutes(2).toSeconds()).toBe(120);
    expect(`${Duration.minutes(1.5)}`).toBe("90s");
  });

  it("refuses what is no length of whole seconds", () => {
    expect(errorOf(() => Duration.seconds(0))).toMatchObject({
      code: "invalid-duration",
      message: "'amount' is 0 seconds; give a length of whole seconds above 0",
    });
    expect(errorOf(() => Duration.minutes(0.001))).toMatchObject({ code: "invalid-duration" });
  });
});
