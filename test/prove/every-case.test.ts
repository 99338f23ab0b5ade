import { cutOffInEveryCase } from "../../lib/prove/cases";
import { ALL, about, hop, path, route } from "./routes";

const HTTP = { scheme: "http", port: 80, sure: true } as const;
const HTTPS = { scheme: "https", port: 443, sure: true } as const;
const MAYBE = { scheme: "https", port: 8443, sure: false } as const;
type Connection = typeof HTTP | typeof HTTPS | typeof MAYBE;

/** Whether a site with these cases is cut off, when some of its connections are. */
function isCutOff(
  cases: readonly (readonly Connection[])[],
  cut: readonly Connection[],
  reasons: readonly ReturnType<typeof about>[] = [],
): boolean {
  const siblings = { cases };
  const all: readonly Connection[] = [HTTP, HTTPS, MAYBE];
  const paths = all.map(({ scheme, port }) => {
    const origin = { address: null, resource: null, scheme, port };
    return path(route([hop(ALL)]), { siblings, reasons }, { origin });
  });
  const found = cutOffInEveryCase(paths, (index) => cut.includes(all[index] ?? HTTP));
  return found.has(siblings);
}

describe("a site is cut off whatever the settings are", () => {
  it("if in each case a connection that surely exists is", () => {
    expect(isCutOff([[HTTP, HTTPS], [HTTPS]], [HTTPS])).toBe(true);
    expect(isCutOff([[HTTP, HTTPS], [HTTP]], [HTTPS])).toBe(false);
    expect(
      isCutOff(
        [
          [MAYBE, HTTP],
          [HTTP, HTTPS],
        ],
        [HTTP],
      ),
    ).toBe(true);
  });

  it("if in each case all that may exist are", () => {
    expect(isCutOff([[MAYBE]], [MAYBE])).toBe(true);
    expect(isCutOff([[MAYBE, HTTP]], [MAYBE])).toBe(false);
    expect(isCutOff([[MAYBE, HTTP]], [MAYBE, HTTP])).toBe(true);
  });

  it("not by paths that may not be there, nor by those of no siblings", () => {
    expect(isCutOff([[HTTPS]], [HTTPS], [about("zone/unknown")])).toBe(false);
    expect(cutOffInEveryCase([path(route([hop(ALL)]))], () => true).size).toBe(0);
  });

  it("not where nothing is refuted", () => {
    expect(isCutOff([[HTTPS]], [])).toBe(false);
    expect(isCutOff([], [HTTP])).toBe(true);
  });
});
