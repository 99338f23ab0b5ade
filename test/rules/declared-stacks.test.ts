import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseInput, reviewInputs, type Sidecar } from "originproof/review";

/*
 * What a construct declares is in its stack's originproof.json; the review may be given all of those
 * and one stack's plan alone. What that plan doesn't show is not called unused.
 */
const FOLDER = join(__dirname, "declared/unused");
const OPEN = readFileSync(join(FOLDER, "pass-acknowledged.tf.json"), "utf8");
const CLOSED = readFileSync(join(FOLDER, "fail-acknowledgement-of-what-is-proved.tf.json"), "utf8");
/** The same addresses in another stack, for another zone. */
const BLOG = CLOSED.replaceAll("0123456789abcdef0123456789abcdef", "f".repeat(32)).replace(
  "www.example.com",
  "www.example.net",
);
const OFFICE = readFileSync(join(FOLDER, "pass-exception-on-another-port.tf.json"), "utf8");
const today = new Date("2026-09-15T12:00:00Z");

const ADDRESSES = [
  "aws_eip.web",
  "aws_instance.web",
  "aws_security_group.web",
  "cloudflare_dns_record.www",
];

/** A stack whose resources are all direct children of it. */
function stackOf(stack: string, weakened: Sidecar["weakened"] = [], more: string[] = []): Sidecar {
  const resources = [...ADDRESSES, ...more].map(
    (address): [string, Sidecar["resources"][string]] => {
      const constructPath = `${stack}/${address.split(".")[0]}`;
      return [address, { constructPath, source: null, createBeforeDestroy: false }];
    },
  );
  return {
    schemaVersion: 1,
    stack,
    resources: Object.fromEntries(resources),
    locks: [],
    records: {},
    weakened,
  };
}

function acknowledged(constructPath: string): Sidecar["weakened"] {
  const rule = "exposure/open-to-others";
  return [
    { kind: "acknowledged", rule, reason: "known", expires: null, constructPath, source: null },
  ];
}

function exception(constructPath: string, ports: number[], expires: string | null = null) {
  const cidr = "203.0.113.9/32";
  const reason = "administration";
  const kind = "exception" as const;
  return [{ kind, cidr, ports, reason, expires, constructPath, source: null }];
}

function declaredFindings(
  inputs: readonly (readonly [label: string, text: string])[],
  sidecars: readonly Sidecar[],
) {
  const reads = inputs.map(([label, text]) => parseInput(text, label));
  const { findings } = reviewInputs(reads, { sidecars, today });
  const own = findings.filter(({ rule }) => rule.startsWith("declared/"));
  return own.map(({ rule, subject }) => `${rule} ${subject}`);
}

describe("an acknowledgement of a construct", () => {
  const firewall = "shop/aws_security_group";

  it("is unused where its stack is given and proved, and not where it covers a finding", () => {
    const sidecars = [stackOf("shop", acknowledged(firewall))];
    expect(declaredFindings([["shop", CLOSED]], sidecars)).toEqual([`declared/unused ${firewall}`]);
    expect(declaredFindings([["plan.json", CLOSED]], sidecars)).toEqual([
      `declared/unused ${firewall}`,
    ]);
    expect(declaredFindings([["shop", OPEN]], sidecars)).toEqual([]);
  });

  it("is not unused where only another stack is given, with other or the same addresses", () => {
    const other = stackOf("blog", []);
    const own = stackOf("shop", acknowledged("shop"), ["aws_vpc.main"]);
    expect(declaredFindings([["plan.json", CLOSED]], [own, other])).toEqual([]);
    const alike = stackOf("shop", acknowledged(firewall));
    expect(declaredFindings([["plan.json", CLOSED]], [alike, other])).toEqual([]);
    expect(declaredFindings([["blog", BLOG]], [alike, other])).toEqual([]);
    expect(
      declaredFindings(
        [
          ["blog", BLOG],
          ["shop", CLOSED],
        ],
        [alike, other],
      ),
    ).toEqual([`declared/unused ${firewall}`]);
  });

  it("is not unused where it is declared around stacks, but may be too broad", () => {
    const app = [stackOf("shop", acknowledged(""))];
    expect(declaredFindings([["shop", CLOSED]], app)).toEqual(["declared/too-broad the app"]);
    const stage = stackOf("shop", acknowledged("prod"));
    const resources = Object.entries(stage.resources).map(([address, each]) => {
      return [address, { ...each, constructPath: `prod/${each.constructPath}` }];
    });
    const sidecar = { ...stage, resources: Object.fromEntries(resources) };
    expect(declaredFindings([["shop", CLOSED]], [sidecar])).toEqual([]);
  });
});

describe("an exception of a firewall", () => {
  const firewall = "shop/aws_security_group";
  const unused = `declared/unused ${firewall}`;

  it("is unused where the firewall's rules do not admit it on its ports", () => {
    const of = (ports: number[]) => [stackOf("shop", exception(firewall, ports))];
    expect(declaredFindings([["shop", OFFICE]], of([22]))).toEqual([]);
    expect(declaredFindings([["shop", OFFICE]], of([]))).toEqual([]);
    expect(declaredFindings([["shop", OFFICE]], of([23]))).toEqual([unused]);
  });

  it("is not unused where no path leads through the firewall", () => {
    const elsewhere = [stackOf("shop"), stackOf("blog", exception("blog/aws_vpc", [23]))];
    expect(declaredFindings([["shop", OFFICE]], elsewhere)).toEqual([]);
  });

  it("says whose rules still admit it once it has expired, on any port", () => {
    const why = (ports: number[]) => {
      const sidecars = [stackOf("shop", exception(firewall, ports, "2026-09-14"))];
      const { findings } = reviewInputs([parseInput(OFFICE, "shop")], { sidecars, today });
      return findings.map((finding) => finding.why);
    };
    const admits = "and the rules of aws_security_group.web still admit the source on tcp/22.";
    expect(why([22])).toEqual([`It no longer counts, ${admits}`]);
    expect(why([])).toEqual([`It no longer counts, ${admits}`]);
    expect(why([23])).toEqual(["It no longer counts, and no rule admits the source any more."]);
  });
});
