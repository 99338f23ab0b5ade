import { ALL_MODES, edgeCases, NEW_ZONE_MODES } from "../../lib/edge/flows";

const shown = (settings: Parameters<typeof edgeCases>[0]) =>
  edgeCases(settings).map((one) => [
    ...new Set(one.map(({ scheme, port, sure }) => `${scheme} ${port}${sure ? "" : "?"}`)),
  ]);

describe("the cases of a zone's settings", () => {
  it("are one where all is known", () => {
    const known = { ssl: ["strict"], alwaysUseHttps: "on", automaticMode: "custom" } as const;
    expect(shown(known)).toEqual([["https 443"]]);
  });

  it("are one for each mode and redirect that is possible", () => {
    const fresh = { ssl: NEW_ZONE_MODES, alwaysUseHttps: "off", automaticMode: "auto" } as const;
    expect(shown(fresh)).toEqual([["http 80"], ["http 80", "https 443"], ["http 80", "https 443"]]);
  });

  it("leave out settings that serve nobody, and keep each that serves somebody", () => {
    const unknown = {
      ssl: ALL_MODES,
      alwaysUseHttps: "unknown",
      automaticMode: "unknown",
    } as const;
    const cases = shown(unknown);
    expect(cases.every((one) => one.length > 0)).toBe(true);
    expect(cases.length).toBeGreaterThanOrEqual(9);
  });
});
