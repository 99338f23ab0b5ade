import fc from "fast-check";
import { type EdgeFlow, type EdgeSettings, edgeFlows, SSL_VALUES } from "../../lib/edge/flows";
import { HTTP_PORTS, HTTPS_PORTS } from "../../lib/edge/ports";

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
