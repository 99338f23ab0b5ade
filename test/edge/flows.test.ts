import fc from "fast-check";
import {
  ALL_MODES,
  type EdgeFlow,
  type EdgeSettings,
  edgeFlows,
  NEW_ZONE_MODES,
  SSL_VALUES,
  type SslValue,
  VISITOR_PORTS,
} from "../../lib/edge/flows";
import { HTTP_PORTS, HTTPS_PORTS } from "../../lib/edge/ports";

const AUTOMATIC = "(ssl_automatic_mode is not known to be custom)";
const UNDOCUMENTED = "Cloudflare picks this port, which it does not document";

/** `http 80, certain, from http:80 https:443: ssl = flexible` */
function line({ scheme, port, certain, visitor, because }: EdgeFlow): string {
  const from = visitor.map((one) => `${one.scheme}:${one.port}`).join(" ");
  return `${scheme} ${port}, ${certain ? "certain" : "possible"}, from ${from}: ${because}`;
}

function lines(
  ssl: SslValue | readonly SslValue[],
  alwaysUseHttps: EdgeSettings["alwaysUseHttps"],
  rest: Partial<EdgeSettings> = {},
): readonly string[] {
  const modes = typeof ssl === "string" ? [ssl] : ssl;
  return edgeFlows({ ssl: modes, alwaysUseHttps, automaticMode: "custom", ...rest }).map(line);
}

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

describe("visitor ports", () => {
  it("are 80 and 443 unless said otherwise, in any order", () => {
    expect(VISITOR_PORTS).toEqual([80, 443]);
    expect(lines("full", "off", { visitorPorts: [443, 80, 443] })).toEqual(lines("full", "off"));
  });

  it.each(HTTPS_PORTS.filter((port) => port !== 443))(
    "%i is https under flexible as under full",
    (port) => {
      for (const ssl of ["flexible", "full", "strict", "origin_pull"] as const) {
        expect(lines(ssl, "unknown", { visitorPorts: [port] })).toEqual([
          `https ${port}, certain, from https:${port}: ssl = ${ssl}`,
        ]);
      }
    },
  );

  it.each(HTTP_PORTS)("%i stays http but under origin_pull", (port) => {
    for (const ssl of ["full", "strict"] as const) {
      expect(lines(ssl, "off", { visitorPorts: [port] })).toEqual([
        `http ${port}, certain, from http:${port}: ssl = ${ssl} and always_use_https = off`,
      ]);
    }
    // under flexible a visitor who is redirected from 80 to 443 comes to the origin's 80 as well
    const because = port === 80 ? "ssl = flexible" : "ssl = flexible and always_use_https = off";
    expect(lines("flexible", "off", { visitorPorts: [port] })).toEqual([
      `http ${port}, certain, from http:${port}: ${because}`,
    ]);
    expect(lines("off", "on", { visitorPorts: [port] })).toEqual([
      `http ${port}, certain, from http:${port}: ssl = off`,
    ]);
  });

  it("of http come back on 443 where Always Use HTTPS redirects", () => {
    expect(lines("strict", "on", { visitorPorts: [80] })).toEqual([
      "https 443, certain, from https:443: ssl = strict and always_use_https = on",
    ]);
    expect(lines("flexible", "unknown", { visitorPorts: [80] })).toEqual([
      "http 80, certain, from http:80 https:443: ssl = flexible",
    ]);
    expect(lines("strict", "on", { visitorPorts: [8080] })).toEqual([
      `https 443, possible, from https:443: only if ${UNDOCUMENTED}`,
    ]);
    expect(lines("strict", "unknown", { visitorPorts: [8080] })).toEqual([
      `https 443, possible, from https:443: only if always_use_https = on and ${UNDOCUMENTED}`,
      "http 8080, possible, from http:8080: only if always_use_https = off",
    ]);
  });

  it("of https may come back on 80 under off", () => {
    expect(lines("off", "off", { visitorPorts: [443] })).toEqual([
      `http 80, possible, from http:80: only if ${UNDOCUMENTED}`,
    ]);
  });

  it("of http other than 80 lead origin_pull to a port that is not documented", () => {
    expect(lines("origin_pull", "off", { visitorPorts: [8080] })).toEqual([
      `https 443, possible, from http:8080: only if ${UNDOCUMENTED}`,
      `https 8080, possible, from http:8080: only if ${UNDOCUMENTED}`,
    ]);
    expect(lines("origin_pull", "off", { visitorPorts: [80, 8080] })).toEqual([
      "https 443, certain, from http:80 http:8080: ssl = origin_pull",
      `https 8080, possible, from http:8080: only if ${UNDOCUMENTED}`,
    ]);
  });

  it("of one number may carry both schemes towards the origin", () => {
    const visitorPorts = [8080];
    expect(lines(["full", "origin_pull"], "off", { visitorPorts })).toEqual([
      `https 443, possible, from http:8080: only if ssl = origin_pull and ${UNDOCUMENTED}`,
      "http 8080, possible, from http:8080: only if ssl = full",
      `https 8080, possible, from http:8080: only if ssl = origin_pull and ${UNDOCUMENTED}`,
    ]);
  });

  it("that Cloudflare does not proxy are refused", () => {
    expect(() => lines("full", "off", { visitorPorts: [80, 8444] })).toThrow(
      new RangeError("Cloudflare proxies no HTTP or HTTPS on visitor port 8444"),
    );
    expect(() => lines("full", "off", { visitorPorts: [] })).toThrow(
      new RangeError("a hostname without visitor ports has no flow; name at least one"),
    );
  });
});

const settingsArb: fc.Arbitrary<EdgeSettings> = fc.record({
  ssl: fc.subarray([...SSL_VALUES], { minLength: 1 }),
  alwaysUseHttps: fc.constantFrom("on", "off", "unknown"),
  automaticMode: fc.constantFrom("custom", "auto", "unknown"),
  visitorPorts: fc.subarray([...HTTP_PORTS, ...HTTPS_PORTS], { minLength: 1 }),
});

/** Every way in which the settings may turn out, each with one value of everything. */
function completionsOf(settings: EdgeSettings): readonly EdgeSettings[] {
  const https: readonly ("on" | "off")[] =
    settings.alwaysUseHttps === "unknown" ? ["on", "off"] : [settings.alwaysUseHttps];
  const automatic: readonly ("custom" | "auto")[] =
    settings.automaticMode === "unknown" ? ["custom", "auto"] : [settings.automaticMode];
  return settings.ssl.flatMap((mode) =>
    https.flatMap((alwaysUseHttps) =>
      automatic.map((automaticMode) => ({
        ...settings,
        ssl: [mode],
        alwaysUseHttps,
        automaticMode,
      })),
    ),
  );
}

function keys(flows: readonly EdgeFlow[], certain?: boolean): readonly string[] {
  return flows
    .filter((flow) => certain === undefined || flow.certain === certain)
    .map(({ scheme, port }) => `${scheme} ${port}`);
}

describe("flows of settings that are partly known", () => {
  it("are those of the completions: certain if certain in all, possible if in any", () => {
    fc.assert(
      fc.property(settingsArb, (settings) => {
        const flows = edgeFlows(settings);
        const completions = completionsOf(settings).map(edgeFlows);
        expect(new Set(keys(flows))).toEqual(new Set(completions.flatMap((one) => keys(one))));
        for (const flow of flows) {
          const [key = ""] = keys([flow]);
          expect(flow.certain).toBe(completions.every((one) => keys(one, true).includes(key)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("never become certain by more possible values, and none is lost", () => {
    fc.assert(
      fc.property(settingsArb, settingsArb, (settings, other) => {
        const wider: EdgeSettings = {
          ...settings,
          ssl: [...settings.ssl, ...other.ssl],
          alwaysUseHttps:
            settings.alwaysUseHttps === other.alwaysUseHttps ? other.alwaysUseHttps : "unknown",
          automaticMode:
            settings.automaticMode === other.automaticMode ? other.automaticMode : "unknown",
        };
        const [narrow, wide] = [edgeFlows(settings), edgeFlows(wider)];
        expect(keys(narrow, true)).toEqual(expect.arrayContaining([...keys(wide, true)]));
        expect(keys(wide)).toEqual(expect.arrayContaining([...keys(narrow)]));
      }),
      { numRuns: 300 },
    );
  });

  it("are there for every setting, each once, ascending, with visitors and a reason", () => {
    fc.assert(
      fc.property(settingsArb, (settings) => {
        const flows = edgeFlows(settings);
        expect(flows.length).toBeGreaterThan(0);
        expect(new Set(keys(flows)).size).toBe(flows.length);
        const ports = flows.map(({ port }) => port);
        expect(ports).toEqual([...ports].sort((left, right) => left - right));
        for (const { visitor, because, certain } of flows) {
          expect(visitor.length).toBeGreaterThan(0);
          expect(because.startsWith("only if ")).toBe(!certain);
          expect(because).not.toMatch(/^only if $|undefined| {2}|; or $/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the lists of modes", () => {
  it("are all five, and the three a new zone may have", () => {
    expect(SSL_VALUES).toEqual(["off", "flexible", "full", "strict", "origin_pull"]);
    expect(ALL_MODES).toBe(SSL_VALUES);
    expect(NEW_ZONE_MODES).toEqual(["flexible", "full", "strict"]);
  });
});
