import fc from "fast-check";
import { ANY_PATH, ANY_TEXT, evaluate, type Requests } from "../../../lib/edge/expression/evaluate";
import { programOf } from "../../../lib/edge/expression/program";
import { matches, wildcardPattern } from "../../../lib/edge/expression/wildcard";

const EVERY: Requests = {
  scheme: "https",
  host: ["www.example.com"],
  port: 443,
  path: ANY_PATH,
  query: ANY_TEXT,
  rewritten: false,
};

function asked(source: string, changed: Partial<Requests> = {}): string {
  const program = programOf(source);
  if (program === undefined) {
    return "not read";
  }
  const truth = evaluate(program, { ...EVERY, ...changed });
  return truth === undefined ? "some" : truth ? "always" : "never";
}

describe("an expression", () => {
  it.each([
    ["true", "always"],
    ["false", "never"],
    ['http.host eq "www.example.com"', "always"],
    ['http.host == "example.com"', "never"],
    ['(http.host ne "example.com")', "always"],
    ['http.host in {"a.example.com" "www.example.com"}', "always"],
    ['http.host in {"a.example.com"}', "never"],
    ['not http.host in {"a.example.com"}', "always"],
    ['ends_with(http.host, ".example.com")', "always"],
    ['ends_with(http.host, "w.example.com.")', "never"],
    ['starts_with(http.host, "www.")', "always"],
    ['http.host contains "example"', "always"],
    ['http.host contains "examples"', "never"],
    ['lower(http.host) eq "www.example.com"', "always"],
    ['upper(http.host) eq "WWW.EXAMPLE.COM"', "always"],
    ['http.host eq "WWW.example.com"', "never"],
    ['http.host wildcard "*.EXAMPLE.com"', "always"],
    ['http.host strict wildcard "*.EXAMPLE.com"', "never"],
    ['http.host wildcard r"*.example.com"', "always"],
    ['http.host wildcard r#"*.example.net"#', "never"],
    ['http.request.full_uri wildcard "https://*.example.com/*"', "always"],
    ['http.request.full_uri wildcard "http://*.example.com/*"', "never"],
    ['http.request.full_uri wildcard "*.example.com/*"', "always"],
    ['http.request.full_uri wildcard "https://www.example.com/a/*"', "some"],
    ["ssl", "always"],
    ["not ssl", "never"],
    ["!ssl", "never"],
    ["ssl eq true", "always"],
    ["ssl == false", "never"],
    ["cf.edge.server_port in {80 443}", "always"],
    ["cf.edge.server_port in {8000..9000}", "never"],
    ["cf.edge.server_port ge 443 and cf.edge.server_port < 444", "always"],
    ['http.request.uri.path eq "/admin"', "some"],
    ['http.request.uri.path eq "admin"', "never"],
    ['starts_with(http.request.uri.path, "/")', "always"],
    ['http.request.uri.path contains ""', "always"],
    ['http.request.uri.path wildcard "/*"', "always"],
    ['http.request.uri contains "?"', "some"],
    ['http.host eq "www.example.com" and http.request.uri.path eq "/a"', "some"],
    ['http.host eq "example.net" and http.request.uri.path eq "/a"', "never"],
    ['http.host eq "www.example.com" or ip.src in {192.0.2.0/24}', "always"],
    ['http.host eq "example.net" or ip.src in {192.0.2.0/24}', "some"],
    ["ip.src in $office", "some"],
    ['ip.geoip.country eq "DE"', "some"],
    ['any(http.request.headers["x-a"][*] == "b")', "some"],
    ['http.request.headers["host"][0] eq "x"', "some"],
    ['http.host matches "^www"', "some"],
    ['http.host ~ "^www"', "some"],
    ['regex_replace(http.host, "a", "b") eq "www.example.com"', "some"],
    ['concat("x.", http.host) eq "x.www.example.com"', "always"],
    ['concat(http.host, http.request.uri.path) eq "www.example.com/a"', "some"],
    // and before xor before or
    ["true or true and false", "always"],
    ["true xor true or true", "always"],
    ["true xor true and false", "always"],
    ["false and true xor true", "always"],
    ["not true or true", "always"],
    ["not (true or true)", "never"],
    ["true && !false || false ^^ false", "always"],
    ["(((true)))", "always"],
  ])("%s: %s", (source, expected) => {
    expect(asked(source)).toBe(expected);
  });

  it.each([
    "",
    "   ",
    "(",
    ")",
    "()",
    "true true",
    "http.host eq",
    'eq "a"',
    'http.host eq "a',
    'http.host eq "\\q"',
    "http.host in {",
    "http.host in",
    "http.host in x",
    'http.host in {"a" (}',
    "http.host strict",
    "and true",
    "a, b",
    'r#"x"',
    "http.host eq 'x'",
    "not",
    "x[",
    "\u0000",
  ])("that can't be read is no expression: %j", (source) => {
    expect(asked(source)).toBe("not read");
  });

  it("knows of a wildcard hostname what its names have in common", () => {
    const host = ["", ".example.com"];
    expect(asked('ends_with(http.host, "example.com")', { host })).toBe("always");
    expect(asked('http.host eq "a.example.com"', { host })).toBe("some");
    expect(asked('http.host eq "a.example.net"', { host })).toBe("never");
    expect(asked('http.host eq "example.com"', { host })).toBe("never");
    expect(asked('http.request.full_uri wildcard "https://*/*"', { host })).toBe("always");
  });

  it("knows one request as it is", () => {
    const one = { path: ["/a/b"], query: [""] };
    expect(asked('starts_with(http.request.uri.path, "/a/")', one)).toBe("always");
    expect(asked('http.request.uri eq "/a/b"', one)).toBe("always");
    expect(asked('http.request.uri.query eq ""', one)).toBe("always");
    expect(asked('http.request.uri eq "/a/b?c"', { ...one, query: ["c"] })).toBe("always");
    expect(asked('http.request.full_uri eq "https://www.example.com/a/b"', one)).toBe("always");
  });

  it("does not know a path that something may have rewritten, apart from the raw one", () => {
    const one = { path: ["/a"], query: [""], rewritten: true };
    expect(asked('http.request.uri.path eq "/a"', one)).toBe("some");
    expect(asked('raw.http.request.uri.path eq "/a"', one)).toBe("always");
  });

  it("does not know how a URI shows another port", () => {
    const other = { port: 8443 };
    expect(asked('http.request.full_uri wildcard "https://www.example.com/*"', other)).toBe("some");
    expect(asked('http.request.full_uri wildcard "https://www.example.com*"', other)).toBe(
      "always",
    );
  });

  it("reads escapes and raw strings as Cloudflare does", () => {
    const one = { path: ['/"\\a'] };
    expect(asked('http.request.uri.path eq "/\\"\\\\\\x61"', one)).toBe("always");
    expect(asked('http.request.uri.path eq r#"/"\\a"#', one)).toBe("always");
    const star = { path: ["/*"] };
    expect(asked('http.request.uri.path wildcard r"/\\*"', star)).toBe("always");
    expect(asked('http.request.uri.path wildcard r"/\\*"', { path: ["/a"] })).toBe("never");
  });
});

describe("hostile expressions", () => {
  it("of any depth are read without recursion", () => {
    const depth = 4_000;
    expect(asked(`${"(".repeat(depth)}true${")".repeat(depth)}`)).toBe("always");
    expect(asked(`${"!".repeat(depth)}true`)).toBe("always");
    expect(asked(`${"lower(".repeat(1_000)}http.host${")".repeat(1_000)} eq "x"`)).toBe("never");
    expect(asked("(".repeat(depth))).toBe("not read");
  });

  it("of megabytes are not looked at", () => {
    expect(asked(`http.host eq "${"a".repeat(2 ** 21)}"`)).toBe("not read");
  });

  it("take no time beyond their length", () => {
    const started = performance.now();
    const stars = "*a".repeat(500);
    expect(asked(`http.host wildcard "${stars}"`)).toBe("never");
    expect(asked(`http.request.full_uri wildcard "${stars}"`)).toBe("some");
    const long = `concat(${"http.request.uri, ".repeat(300)}"a")`;
    expect(asked(`${long} wildcard "${stars}b"`)).toBe("never");
    expect(asked(`http.host in {${'"a" '.repeat(2_000)}}`)).toBe("never");
    expect(asked(`http.host eq "\uE000"`, { host: ANY_TEXT })).toBe("some");
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("never throw", () => {
    const words = [
      "http.host",
      "eq",
      "(",
      ")",
      "{",
      "}",
      "in",
      "not",
      "and",
      '"a"',
      "80",
      "..",
      "[",
    ];
    const any = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(fc.constantFrom(...words)).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(any, (source) => ["not read", "some", "always", "never"].includes(asked(source))),
    );
  });
});

describe("wildcards", () => {
  const small = fc
    .array(fc.constantFrom("a", "b", "*"), { maxLength: 6 })
    .map((list) => list.join(""));
  const texts = (length: number): string[] =>
    length === 0
      ? [""]
      : ["", ...texts(length - 1).flatMap((rest) => [`a${rest}`, `b${rest}`, `c${rest}`])];
  const all = [...new Set(texts(7))];
  const regex = (text: string) => new RegExp(`^${text.replaceAll("*", ".*")}$`, "s");

  it("agree with every short text", () => {
    fc.assert(
      fc.property(small, small, (left, right) => {
        const fitting = all.filter((text) => regex(left).test(text));
        const hits = fitting.filter((text) => regex(right).test(text)).length;
        const found = matches(wildcardPattern(left), wildcardPattern(right));
        // Seven letters, one of which no pattern has, are enough to tell all, none and some apart.
        if (found === true) {
          expect(hits).toBe(fitting.length);
        } else if (found === false) {
          expect(hits).toBe(0);
        } else {
          expect(fitting.length - hits).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });
});
