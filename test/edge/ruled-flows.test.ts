import fc from "fast-check";
import { evaluate } from "../../lib/edge/expression/evaluate";
import { programOf } from "../../lib/edge/expression/program";
import {
  ALL_MODES,
  type EdgeSettings,
  edgeCases,
  edgeFlows,
  NEW_ZONE_MODES,
} from "../../lib/edge/flows";
import { ruledFlows } from "../../lib/edge/ruled-flows";
import type { EdgeRule } from "../../lib/edge/rules";

const STRICT: EdgeSettings = { ssl: ["strict"], alwaysUseHttps: "off", automaticMode: "custom" };
const WWW = { name: "www.example.com", rewritten: false };

let count = 0;
function rule(
  stage: EdgeRule["stage"],
  expression: string,
  effect: EdgeRule["effect"],
  paths: readonly string[] = [],
): EdgeRule {
  const program = programOf(expression);
  count++;
  return {
    stage,
    name: `r${count}`,
    when: (requests) => (program === undefined ? undefined : evaluate(program, requests)),
    effect,
    paths,
  };
}

function shown(
  rules: readonly EdgeRule[],
  settings = STRICT,
  hostname = WWW,
): string[] | undefined {
  return ruledFlows(settings, hostname, rules)?.flows.map(({ scheme, port, certain, origin }) => {
    return `${scheme} ${port}${certain ? "" : "?"}${origin === undefined ? "" : ` ${origin}`}`;
  });
}

describe("flows under rules", () => {
  it("are those of the settings where no rule applies", () => {
    const settings = fc.record({
      ssl: fc.constantFrom<EdgeSettings["ssl"]>(
        ["off"],
        ["flexible"],
        ["full"],
        ["strict"],
        ["origin_pull"],
        ALL_MODES,
        NEW_ZONE_MODES,
        [],
      ),
      alwaysUseHttps: fc.constantFrom("on" as const, "off" as const, "unknown" as const),
      automaticMode: fc.constantFrom("custom" as const, "auto" as const, "unknown" as const),
      visitorPorts: fc.constantFrom([80, 443], [443], [80], [80, 443, 8443, 8080], [8443]),
    });
    const never = rule("origin", "false", { port: 1 });
    fc.assert(
      fc.property(settings, (each) => {
        const ruled = ruledFlows(each, WWW, [never]);
        const bare = ({
          visitor,
          scheme,
          port,
          certain,
        }: ReturnType<typeof edgeFlows>[number]) => ({ visitor, scheme, port, certain });
        expect(ruled?.flows.map(bare)).toEqual(edgeFlows(each).map(bare));
        expect(ruled?.cases).toEqual(edgeCases(each));
      }),
    );
  });

  it.each<[string, EdgeRule, readonly string[]]>([
    ["a port", rule("origin", "true", { port: 8443 }), ["http 8443", "https 8443"]],
    ["a port for https", rule("origin", "ssl", { port: 8443 }), ["http 80", "https 8443"]],
    [
      "a port elsewhere",
      rule("origin", 'http.host eq "a.example.com"', { port: 1 }),
      ["http 80", "https 443"],
    ],
    [
      "a port on some paths",
      rule("origin", 'http.request.uri.path eq "/a"', { port: 8443 }, ["/a"]),
      ["http 80", "https 443", "http 8443", "https 8443"],
    ],
    [
      "a port on what nobody can tell",
      rule("origin", "ip.src in $x", { port: 8443 }),
      ["http 80?", "https 443?", "http 8443?", "https 8443?"],
    ],
    [
      "a port on paths that no sample shows",
      rule("origin", 'http.request.uri.path eq "/a"', { port: 8443 }),
      ["http 80", "https 443", "http 8443?", "https 8443?"],
    ],
    ["a mode", rule("config", "true", { ssl: "flexible" }), ["http 80"]],
    ["Always Use HTTPS", rule("page", "true", { alwaysUseHttps: "on" }), ["https 443"]],
    ["a redirect to https", rule("redirect", "not ssl", { redirected: true }), ["https 443"]],
    ["a redirect of everything", rule("redirect", "true", { redirected: true }), []],
    [
      "a redirect of some paths",
      rule("redirect", 'http.request.uri.path eq "/a"', { redirected: true }, ["/a"]),
      ["http 80", "https 443"],
    ],
    [
      "a redirect that can't be told",
      rule("redirect", "cf.client.bot", { redirected: true }),
      ["http 80?", "https 443?"],
    ],
    [
      "another origin",
      rule("origin", "true", { origin: "b.example.com" }),
      ["http 80 b.example.com", "https 443 b.example.com"],
    ],
    ["a Worker", rule("handler", "true", { handled: true }), ["http 80?", "https 443?"]],
    [
      "a Worker on some paths",
      rule("handler", 'starts_with(http.request.uri.path, "/a/")', { handled: true }, ["/a/"]),
      ["http 80", "https 443"],
    ],
  ])("%s", (_, one, expected) => {
    expect(shown([one])).toEqual(expected);
  });

  it("take the first page rule, the last origin rule, and configuration over pages", () => {
    const pages = [
      rule("page", "true", { ssl: "flexible" }),
      rule("page", "true", { ssl: "full" }),
    ];
    expect(shown(pages)).toEqual(["http 80"]);
    const config = rule("config", "true", { ssl: "strict" });
    expect(shown([config, ...pages])).toEqual(["http 80", "https 443"]);
    const ports = [rule("origin", "true", { port: 81 }), rule("origin", "ssl", { port: 82 })];
    expect(shown(ports)).toEqual(["http 81", "https 82"]);
    const merged = [
      rule("origin", "true", { port: 81 }),
      rule("origin", "true", { origin: "b.example.com" }),
    ];
    expect(shown(merged)).toEqual(["http 81 b.example.com", "https 81 b.example.com"]);
  });

  it("ask the rules again for visitors that settings redirect", () => {
    const https = { ...STRICT, alwaysUseHttps: "on" as const };
    expect(shown([rule("origin", "ssl", { port: 8443 })], https)).toEqual(["https 8443"]);
    expect(shown([rule("origin", "not ssl", { port: 8080 })], https)).toEqual(["https 443"]);
    const only80 = { ...STRICT, visitorPorts: [80] };
    expect(shown([rule("redirect", "not ssl", { redirected: true })], only80)).toEqual([
      "https 443?",
    ]);
  });

  it("of a wildcard are certain for names that no rule singles out", () => {
    const all = { name: "*.example.com", rewritten: false };
    const one = rule("origin", 'http.host eq "a.example.com"', { port: 8443 });
    expect(shown([one], STRICT, all)).toEqual([
      "http 80",
      "https 443",
      "http 8443?",
      "https 8443?",
    ]);
    const every = rule("origin", 'ends_with(http.host, ".example.com")', { port: 8443 });
    expect(shown([every], STRICT, all)).toEqual(["http 8443", "https 8443"]);
  });

  it("are merely possible on paths that may have been rewritten", () => {
    const one = rule("origin", 'http.request.uri.path eq "/a"', { port: 8443 }, ["/a"]);
    const expected = ["http 80?", "https 443?", "http 8443?", "https 8443?"];
    expect(shown([one], STRICT, { ...WWW, rewritten: true })).toEqual(expected);
  });

  it("say which rule makes them, and what they depend on", () => {
    const one = { ...rule("origin", "ip.src in $x", { port: 8443 }), name: "rule 1 of x" };
    const texts = ruledFlows(STRICT, WWW, [one])?.flows.map(({ because }) => because);
    expect(texts?.[0]).toBe("only if rule 1 of x does not apply");
    expect(texts?.[3]).toBe("only if rule 1 of x applies");
    const sure = { ...one, when: () => true };
    expect(ruledFlows(STRICT, WWW, [sure])?.flows[0]?.because).toBe(
      "ssl = strict, with rule 1 of x",
    );
  });

  it("are given up where rules combine in too many ways", () => {
    const many = Array.from({ length: 80 }, (_, index) =>
      rule("origin", "cf.client.bot", { port: 1_000 + index }),
    );
    expect(shown(many)).toBeUndefined();
    const same = Array.from({ length: 300 }, () => rule("origin", "cf.client.bot", { port: 8443 }));
    expect(shown(same)).toHaveLength(4);
  });

  it("elsewhere are no way to be cut off here", () => {
    const there = rule("origin", "true", { origin: "b.example.com" });
    expect(ruledFlows(STRICT, WWW, [there])?.cases).toEqual([
      [
        { scheme: "https", port: 0, sure: false },
        { scheme: "https", port: 0, sure: false },
      ],
    ]);
  });
});
