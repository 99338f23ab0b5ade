import { evaluate } from "../../lib/edge/expression/evaluate";
import { programOf } from "../../lib/edge/expression/program";
import type { EdgeSettings } from "../../lib/edge/flows";
import { ruledFlows } from "../../lib/edge/ruled-flows";
import type { EdgeRule } from "../../lib/edge/rules";

const STRICT: EdgeSettings = { ssl: ["strict"], alwaysUseHttps: "off", automaticMode: "custom" };
const WWW = { name: "www.example.com", rewritten: false };
const ELSEWHERE = { scheme: "https", port: 0, sure: false };

type Effect = EdgeRule["effect"];

function rule(stage: EdgeRule["stage"], expression: string, effect: Effect, name = "r"): EdgeRule {
  const program = programOf(expression);
  const when: EdgeRule["when"] = (requests) => program && evaluate(program, requests);
  return { stage, name, when, effect, paths: ["/a"] };
}

const NEVER = rule("origin", "false", { port: 1 });
const ANY = "ip.src in $x";

const made = (settings: Partial<EdgeSettings>, rules: readonly EdgeRule[] = [NEVER]) =>
  ruledFlows({ ...STRICT, ...settings }, WWW, rules);

/** `https 443 b.example.com: ssl = strict`, of each flow. */
function told(settings: Partial<EdgeSettings>, rules?: readonly EdgeRule[]) {
  return made(settings, rules)?.flows.map(({ scheme, port, origin, because }) => {
    return `${scheme} ${port}${origin === undefined ? "" : ` ${origin}`}: ${because}`;
  });
}

describe("a flow under rules is there", () => {
  it("under one of the modes, or one of the answers to http", () => {
    expect(told({ ssl: ["full", "strict"] })).toEqual([
      "http 80: ssl = full or strict",
      "https 443: ssl = full or strict",
    ]);
    expect(told({ alwaysUseHttps: "unknown" })).toEqual([
      "http 80: only if always_use_https = off",
      "https 443: ssl = strict",
    ]);
    expect(told({ ssl: ["strict", "origin_pull"], alwaysUseHttps: "unknown" })).toEqual([
      "http 80: only if ssl = strict and always_use_https = off",
      "https 443: ssl = strict or origin_pull",
    ]);
  });

  it("under settings of which no single one decides", () => {
    const settings = { ssl: ["off", "strict"], alwaysUseHttps: "unknown" } as const;
    expect(told(settings)?.[0]).toBe("http 80: only if other settings of the zone allow it");
  });

  it("if automatic mode raises the zone's own", () => {
    const automatic = "automatic mode raises ssl (ssl_automatic_mode is not known to be custom)";
    const settings = { ssl: ["flexible"], automaticMode: "auto", visitorPorts: [443] } as const;
    expect(told(settings)).toEqual(["http 80: ssl = flexible", `https 443: only if ${automatic}`]);
    const maybe = rule("origin", ANY, { port: 8443 });
    const expected = `https 443: only if r does not apply and ${automatic}`;
    expect(told(settings, [maybe])).toContain(expected);
  });

  it("on a port of which Cloudflare's documentation is silent", () => {
    const silent = "only if Cloudflare picks this port, which it does not document";
    const settings = { ssl: ["origin_pull"], visitorPorts: [8080] } as const;
    expect(told(settings)).toEqual([`https 443: ${silent}`, `https 8080: ${silent}`]);
  });

  it("if a program passes requests on", () => {
    const handler = rule("handler", "true", { handled: true }, "the Worker");
    expect(told({}, [handler])?.[0]).toBe("http 80: only if the Worker passes requests on");
  });

  it("by every rule that made it", () => {
    const both = [
      rule("origin", "true", { port: 8443 }, "r1"),
      rule("origin", "ssl", { origin: "b.example.com" }, "r2"),
    ];
    const settings = { visitorPorts: [443] };
    expect(told(settings, both)).toEqual(["https 8443 b.example.com: ssl = strict, with r1, r2"]);
  });

  it("by no rule where those of another visitor are not sure", () => {
    const settings = { alwaysUseHttps: "on", visitorPorts: [443, 8080] } as const;
    expect(told(settings)).toEqual(["https 443: ssl = strict"]);
  });

  it("by the fewest conditions", () => {
    const when: EdgeRule["when"] = ({ port }) => (port === 443 ? undefined : false);
    const maybe = { ...NEVER, when, effect: { port: 8443 } };
    const settings = { ssl: ["off", "strict"], visitorPorts: [443, 8443] } as const;
    expect(told(settings, [maybe])).toContain("https 8443: only if ssl = strict");
  });

  it("to each origin that it is sent to", () => {
    const some = rule("origin", 'http.request.uri.path eq "/a"', { origin: "b.example.com" });
    expect(told({ visitorPorts: [443] }, [some])).toEqual([
      "https 443: ssl = strict",
      "https 443 b.example.com: ssl = strict, with r",
    ]);
  });
});

describe("visitors that are redirected", () => {
  it("come back by https only where nobody else comes by it", () => {
    const redirect = rule("redirect", "not ssl", { redirected: true });
    expect(told({ visitorPorts: [80, 8443] }, [redirect])).toEqual(["https 8443: ssl = strict"]);
  });

  it("do not come back where they are redirected again", () => {
    const redirect = rule("redirect", "ssl", { redirected: true });
    const settings = { alwaysUseHttps: "on", visitorPorts: [80] } as const;
    expect(made(settings, [redirect])).toEqual({ flows: [], cases: [] });
  });

  it("meet the conditions of the rules that they are asked again", () => {
    const settings = { alwaysUseHttps: "on", visitorPorts: [80] } as const;
    expect(told(settings, [rule("origin", ANY, { port: 8443 })])).toEqual([
      "https 443: only if r does not apply",
      "https 8443: only if r applies",
    ]);
  });
});

describe("the cases under rules", () => {
  const bot = "cf.client.bot";

  it("have a way elsewhere where a redirect may take everybody, and only there", () => {
    const https = { visitorPorts: [443] };
    const own = { scheme: "https", port: 443, sure: false };
    const redirect = rule("redirect", bot, { redirected: true });
    expect(made(https, [redirect])?.cases).toEqual([[own, ELSEWHERE]]);
    const path = rule("redirect", 'http.request.uri.path eq "/a"', { redirected: true });
    expect(made(https, [path])?.cases).toEqual([[{ ...own, sure: true }]]);
    const port = rule("origin", bot, { port: 8443 });
    expect(made(https, [port])?.cases).toEqual([[{ ...own, port: 8443 }, own]]);
  });

  it("are elsewhere where a program of the user's may answer", () => {
    const handler = rule("handler", "true", { handled: true });
    expect(made({}, [handler])?.cases).toEqual([[ELSEWHERE, ELSEWHERE]]);
  });
});
