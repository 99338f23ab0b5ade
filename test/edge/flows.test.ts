import { ALL_MODES, NEW_ZONE_MODES, SSL_VALUES } from "../../lib/edge/flows";
import { AUTOMATIC, lines, UNDOCUMENTED } from "./flow-lines";

describe("the table of docs/proof.md", () => {
  it.each([
    ["off", "off", ["http 80, certain, from http:80: ssl = off"]],
    ["off", "on", ["http 80, certain, from http:80: ssl = off"]],
    ["off", "unknown", ["http 80, certain, from http:80: ssl = off"]],
    ["flexible", "off", ["http 80, certain, from http:80 https:443: ssl = flexible"]],
    ["flexible", "on", ["http 80, certain, from https:443: ssl = flexible"]],
    ["flexible", "unknown", ["http 80, certain, from http:80 https:443: ssl = flexible"]],
    [
      "full",
      "off",
      [
        "http 80, certain, from http:80: ssl = full and always_use_https = off",
        "https 443, certain, from https:443: ssl = full",
      ],
    ],
    ["full", "on", ["https 443, certain, from https:443: ssl = full"]],
    [
      "full",
      "unknown",
      [
        "http 80, possible, from http:80: only if always_use_https = off",
        "https 443, certain, from https:443: ssl = full",
      ],
    ],
    [
      "strict",
      "off",
      [
        "http 80, certain, from http:80: ssl = strict and always_use_https = off",
        "https 443, certain, from https:443: ssl = strict",
      ],
    ],
    ["strict", "on", ["https 443, certain, from https:443: ssl = strict"]],
    [
      "strict",
      "unknown",
      [
        "http 80, possible, from http:80: only if always_use_https = off",
        "https 443, certain, from https:443: ssl = strict",
      ],
    ],
    ["origin_pull", "off", ["https 443, certain, from http:80 https:443: ssl = origin_pull"]],
    ["origin_pull", "on", ["https 443, certain, from https:443: ssl = origin_pull"]],
    ["origin_pull", "unknown", ["https 443, certain, from http:80 https:443: ssl = origin_pull"]],
  ] as const)("ssl = %s, always_use_https = %s", (ssl, alwaysUseHttps, expected) => {
    expect(lines(ssl, alwaysUseHttps)).toEqual(expected);
  });
});

describe("a mode that is not known", () => {
  it("of a new zone still has http to 80, as Always Use HTTPS is off there", () => {
    expect(lines(NEW_ZONE_MODES, "off")).toEqual([
      "http 80, certain, from http:80 https:443: " +
        "ssl = flexible, full or strict, and always_use_https = off",
      "https 443, possible, from https:443: only if ssl = full or strict",
    ]);
  });

  it("of an unread zone makes every flow merely possible", () => {
    expect(lines(ALL_MODES, "unknown", { automaticMode: "unknown" })).toEqual([
      "http 80, possible, from http:80 https:443: " +
        "only if ssl = off or flexible; or ssl = full or strict, and always_use_https = off",
      "https 443, possible, from http:80 https:443: only if ssl = full, strict or origin_pull; " +
        `or automatic mode raises ssl = off or flexible ${AUTOMATIC}`,
    ]);
  });

  it("does not matter where all its values connect alike", () => {
    expect(lines(["full", "strict"], "unknown")).toEqual([
      "http 80, possible, from http:80: only if always_use_https = off",
      "https 443, certain, from https:443: ssl = full or strict",
    ]);
  });

  it("names the one value that makes the flow", () => {
    expect(lines(["flexible", "strict"], "on")).toEqual([
      "http 80, possible, from https:443: only if ssl = flexible",
      "https 443, possible, from https:443: only if ssl = strict",
    ]);
    expect(lines(["full", "origin_pull"], "unknown")).toEqual([
      "http 80, possible, from http:80: only if ssl = full and always_use_https = off",
      "https 443, certain, from http:80 https:443: ssl = full or origin_pull",
    ]);
  });

  it("may be given in any order and twice, and an empty list is any mode", () => {
    expect(lines(["strict", "flexible", "strict"], "on")).toEqual(
      lines(["flexible", "strict"], "on"),
    );
    expect(lines([], "unknown")).toEqual(lines(ALL_MODES, "unknown"));
    expect(lines([], "off")).toEqual(lines(ALL_MODES, "off"));
  });
});

describe("automatic SSL/TLS", () => {
  it.each(["off", "flexible"] as const)("may raise %s, so https to 443 is possible", (ssl) => {
    for (const automaticMode of ["auto", "unknown"] as const) {
      for (const alwaysUseHttps of ["on", "off", "unknown"] as const) {
        expect(lines(ssl, alwaysUseHttps, { automaticMode })).toEqual([
          expect.stringMatching(/^http 80, certain, .*: ssl = (?:off|flexible)$/),
          "https 443, possible, from https:443: " +
            `only if automatic mode raises ssl = ${ssl} ${AUTOMATIC}`,
        ]);
      }
    }
  });

  it.each(["full", "strict", "origin_pull"] as const)("changes nothing under %s", (ssl) => {
    for (const alwaysUseHttps of ["on", "off", "unknown"] as const) {
      const custom = lines(ssl, alwaysUseHttps);
      expect(lines(ssl, alwaysUseHttps, { automaticMode: "auto" })).toEqual(custom);
      expect(lines(ssl, alwaysUseHttps, { automaticMode: "unknown" })).toEqual(custom);
    }
  });

  it("is named beside the modes that need no raising", () => {
    expect(lines(NEW_ZONE_MODES, "on", { automaticMode: "auto" })).toEqual([
      "http 80, possible, from https:443: only if ssl = flexible",
      "https 443, possible, from https:443: only if ssl = full or strict; " +
        `or automatic mode raises ssl = flexible ${AUTOMATIC}`,
    ]);
  });

  it("raises the other HTTPS ports of mode off too, which flexible has already", () => {
    const visitorPorts = [8443];
    expect(lines("off", "off", { automaticMode: "auto", visitorPorts })).toEqual([
      `http 80, possible, from http:80: only if ${UNDOCUMENTED}`,
      `https 8443, possible, from https:8443: only if automatic mode raises ssl = off ${AUTOMATIC}`,
    ]);
    expect(lines("flexible", "off", { automaticMode: "auto", visitorPorts })).toEqual([
      "https 8443, certain, from https:8443: ssl = flexible",
    ]);
  });
});

describe("the lists of modes", () => {
  it("are all five, and the three a new zone may have", () => {
    expect(SSL_VALUES).toEqual(["off", "flexible", "full", "strict", "origin_pull"]);
    expect(ALL_MODES).toBe(SSL_VALUES);
    expect(NEW_ZONE_MODES).toEqual(["flexible", "full", "strict"]);
  });
});
