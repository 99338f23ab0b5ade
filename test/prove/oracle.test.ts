import fc from "fast-check";
import { edgeRanges } from "../../lib/edge/ranges";
import { type Cidr, parseCidr } from "../../lib/net/cidr";
import { type PlannedResource, planOf, reviewOf, type Written } from "../support/plan";
import { EIP, ingress, record, zone } from "../support/site";

const parsedOnce = new Map<string, Cidr>();

/** A toy internet: the edges of every range, their neighbours, and some that are far away. */
const EDGE = edgeRanges().cidrs(4);
const FAR = ["1.0.0.1", "8.8.8.8", "127.255.255.255", "128.0.0.1", "198.41.0.1", "223.255.255.254"];
const POINTS: readonly bigint[] = [
  ...EDGE.flatMap((cidr) => [cidr.first, cidr.last, cidr.first - 1n, cidr.last + 1n]),
  ...EDGE.map((cidr) => (cidr.first + cidr.last) / 2n),
  ...FAR.map((text) => cidr(`${text}/32`).first),
];

function cidr(text: string): Cidr {
  const known = parsedOnce.get(text);
  if (known !== undefined) {
    return known;
  }
  const parsed = parseCidr(text);
  if (!parsed.ok) {
    throw new Error(text);
  }
  parsedOnce.set(text, parsed.value);
  return parsed.value;
}

const inEdge = (point: bigint) => EDGE.some((range) => within(range, point));
const within = ({ first, last }: Cidr, point: bigint) => first <= point && point <= last;

/** What a rule says, before it is written as any of Terraform's three forms. */
interface Toy {
  readonly group: number;
  readonly sources: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly protocol: "tcp" | "6" | "udp" | "-1";
  /** What is unknown of it. */
  readonly unknown: "nothing" | "source" | "port" | "protocol";
  readonly form: "inline" | "classic" | "vpc";
}

interface Topology {
  readonly rules: readonly Toy[];
  /** Groups of the instance: by known ids. */
  readonly member: readonly boolean[];
  /** A group that the input does not hold. */
  readonly foreign: boolean;
}

const halves = ["0.0.0.0/1", "128.0.0.0/1"];
const source = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...EDGE.map((each) => each.text)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...halves, "0.0.0.0/0", "198.41.0.0/24", "10.0.0.0/8", "8.8.8.8/32"),
  },
);
const sources = fc.oneof(
  fc.array(source, { minLength: 1, maxLength: 5 }),
  fc.constant(EDGE.map((each) => each.text)),
  fc.constant(EDGE.slice(1).map((each) => each.text)),
);
const toy: fc.Arbitrary<Toy> = fc.record({
  group: fc.nat(2),
  sources,
  from: fc.constantFrom(0, 1, 80, 443, 444),
  to: fc.constantFrom(79, 443, 443, 65535),
  protocol: fc.constantFrom("tcp", "tcp", "tcp", "6", "udp", "-1"),
  unknown: fc.constantFrom(
    "nothing",
    "nothing",
    "nothing",
    "nothing",
    "source",
    "port",
    "protocol",
  ),
  form: fc.constantFrom("classic", "vpc", "classic", "inline"),
});
const topology: fc.Arbitrary<Topology> = fc.record({
  rules: fc.array(toy, { maxLength: 6 }),
  member: fc.tuple(fc.boolean(), fc.boolean(), fc.constant(true)),
  foreign: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

type Three = "yes" | "no" | "maybe";

/** Whether a rule admits a point on 443, by the plain meaning of the words. */
function admits(rule: Toy, point: bigint, inlineToo: boolean): Three {
  const contested = inlineToo && rule.form !== "inline";
  const covered = rule.sources.some((text) => within(cidr(text), point));
  const source: Three = rule.unknown === "source" ? "maybe" : covered ? "yes" : "no";
  const ports = rule.from <= 443 && 443 <= rule.to;
  const tcp: Three =
    rule.protocol === "udp" ? "no" : rule.protocol === "-1" || ports ? "yes" : "no";
  const byProtocol: Three = rule.unknown === "protocol" ? "maybe" : tcp;
  const openPort = rule.unknown === "port" && rule.protocol !== "-1" && rule.protocol !== "udp";
  const match: Three = openPort ? (443 <= rule.to ? "maybe" : "no") : byProtocol;
  const parts = [source, match];
  if (parts.includes("no")) {
    return "no";
  }
  return contested || parts.includes("maybe") ? "maybe" : "yes";
}

function passes({ rules, member, foreign }: Topology, point: bigint): Three {
  const answers = rules
    .filter((rule) => member[rule.group])
    .map((rule) => {
      const inline = rules.some((other) => other.group === rule.group && other.form === "inline");
      return admits(rule, point, inline);
    });
  if (answers.includes("yes")) {
    return "yes";
  }
  return foreign || answers.includes("maybe") ? "maybe" : "no";
}

/** Both verdicts, by asking every point. */
function decided(toys: Topology): string {
  const answers = POINTS.map((point) => ({ edge: inEdge(point), answer: passes(toys, point) }));
  const edge = answers.filter((each) => each.edge).map((each) => each.answer);
  const others = answers.filter((each) => !each.edge).map((each) => each.answer);
  const available = edge.includes("no")
    ? "refuted"
    : edge.includes("maybe")
      ? "undetermined"
      : "proved";
  const exclusive = others.includes("yes")
    ? "refuted"
    : others.includes("maybe")
      ? "undetermined"
      : "proved";
  return `${available}, ${exclusive}`;
}

function written(rule: Toy, name: string): PlannedResource {
  const vpc = rule.form === "vpc";
  const names = vpc
    ? { protocol: "ip_protocol", source: "cidr_ipv4" }
    : { protocol: "protocol", source: "cidr_blocks" };
  const hidden = { nothing: "", source: names.source, port: "from_port", protocol: names.protocol }[
    rule.unknown
  ];
  const all: Record<string, unknown> = {
    from_port: rule.from,
    to_port: rule.to,
    [names.protocol]: rule.protocol,
    [names.source]: vpc ? rule.sources[0] : rule.sources,
    security_group_id: `sg-${rule.group}`,
    ...(vpc ? {} : { type: "ingress" }),
  };
  const values = Object.fromEntries(Object.entries(all).filter(([key]) => key !== hidden));
  return {
    address: `${vpc ? "aws_vpc_security_group_ingress_rule" : "aws_security_group_rule"}.${name}`,
    values,
    refs: hidden === "" ? {} : { [hidden]: ["var.hidden"] },
  };
}

/** Rules of the vpc form have one source each. */
function spread(rules: readonly Toy[]): readonly Toy[] {
  return rules.flatMap((rule) =>
    rule.form === "vpc" ? rule.sources.map((each) => ({ ...rule, sources: [each] })) : [rule],
  );
}

function groups(rules: readonly Toy[]): PlannedResource[] {
  return [0, 1, 2].map((group): PlannedResource => {
    const own = rules.filter((rule) => rule.group === group && rule.form === "inline");
    const elements = own.map((rule) => {
      const all = ingress({
        from_port: rule.from,
        to_port: rule.to,
        protocol: rule.protocol,
        cidr_blocks: rule.sources,
      });
      const hidden = {
        nothing: "",
        source: "cidr_blocks",
        port: "from_port",
        protocol: "protocol",
      }[rule.unknown];
      return {
        values: Object.fromEntries(Object.entries(all).filter(([key]) => key !== hidden)),
        unknown: hidden === "" ? {} : { [hidden]: true },
      };
    });
    const listed = elements.length === 0 ? {} : { ingress: elements.map((each) => each.values) };
    return {
      address: `aws_security_group.g${group}`,
      values: { id: `sg-${group}`, name: `g${group}`, ...listed },
      unknown:
        elements.length === 0
          ? { ingress: true }
          : { ingress: elements.map((each) => each.unknown) },
      expressions: elements.length === 0 ? {} : { ingress: { references: ["var.hidden"] } },
    };
  });
}

function planned(toys: Topology): readonly PlannedResource[] {
  const rules = spread(toys.rules);
  const ids = [
    ...toys.member.flatMap((is, index) => (is ? [`sg-${index}`] : [])),
    ...(toys.foreign ? ["sg-9"] : []),
  ];
  const standalone = rules.filter((rule) => rule.form !== "inline");
  return [
    ...zone(),
    record(),
    EIP,
    {
      address: "aws_instance.web",
      values: { vpc_security_group_ids: ids, subnet_id: "subnet-1" },
      computed: ["id", "public_ip"],
    },
    ...groups(rules),
    ...standalone.map((rule, index) => written(rule, `r${index}`)),
  ];
}

function verdictOf(resources: readonly PlannedResource[]): string {
  const [path, ...others] = reviewOf([planOf({ resources })]).paths;
  expect(others).toEqual([]);
  for (const statement of [path?.availability, path?.exclusivity]) {
    expect(statement?.verdict === "undetermined").toBe((statement?.reasons.length ?? 0) > 0);
  }
  return `${path?.availability.verdict}, ${path?.exclusivity.verdict}`;
}

const SEED = { seed: 20260822, numRuns: 400 };

describe("the prover and an oracle that asks every address", () => {
  it("agree", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(topology, (toys) => {
        const expected = decided({ ...toys, rules: spread(toys.rules) });
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        expect(verdictOf(planned(toys))).toBe(expected);
      }),
      SEED,
    );
    // Each verdict of each statement was met.
    for (const word of [/^proved/, /^refuted/, /^undet/, /, proved$/, /, refuted$/, /, undet/]) {
      expect([...seen.keys()].some((key) => word.test(key))).toBe(true);
    }
  });
});

const RANK = { refuted: 0, undetermined: 1, proved: 2 } as Readonly<Record<string, number>>;
const rankOf = (verdict: string, index: 0 | 1) => RANK[verdict.split(", ")[index] ?? ""] ?? -1;

describe("laws of a change", () => {
  it("a rule less never helps availability, nor harms exclusivity", () => {
    // Inline rules decide what becomes of the others, so they stay.
    fc.assert(
      fc.property(topology, fc.nat(), (toys, at) => {
        const rules = toys.rules.filter((rule) => rule.form !== "inline");
        const all = { ...toys, rules };
        const less = {
          ...toys,
          rules: rules.filter((_, index) => index !== at % Math.max(1, rules.length)),
        };
        const [before, after] = [verdictOf(planned(all)), verdictOf(planned(less))];
        expect(rankOf(after, 0)).toBeLessThanOrEqual(rankOf(before, 0));
        expect(rankOf(after, 1)).toBeGreaterThanOrEqual(rankOf(before, 1));
      }),
      { ...SEED, numRuns: 150 },
    );
  });

  it("a wider source never helps exclusivity, nor harms availability", () => {
    fc.assert(
      fc.property(topology, fc.nat(), source, (toys, at, more) => {
        const rules = toys.rules.map((rule, index) =>
          index === at % toys.rules.length ? { ...rule, sources: [...rule.sources, more] } : rule,
        );
        const [before, after] = [verdictOf(planned(toys)), verdictOf(planned({ ...toys, rules }))];
        expect(rankOf(after, 0)).toBeGreaterThanOrEqual(rankOf(before, 0));
        expect(rankOf(after, 1)).toBeLessThanOrEqual(rankOf(before, 1));
      }),
      { ...SEED, numRuns: 150 },
    );
  });

  it("a value that is no longer known decides nothing that was open or otherwise", () => {
    const kinds = fc.constantFrom<Toy["unknown"]>("source", "port", "protocol");
    fc.assert(
      fc.property(topology, fc.nat(), kinds, (toys, at, unknown) => {
        const rules = toys.rules.map((rule, index) =>
          index === at % toys.rules.length && rule.unknown === "nothing"
            ? { ...rule, unknown }
            : rule,
        );
        const [before, after] = [verdictOf(planned(toys)), verdictOf(planned({ ...toys, rules }))];
        for (const index of [0, 1] as const) {
          const [was, is] = [before, after].map((each) => each.split(", ")[index]);
          expect(is === was || is === "undetermined").toBe(true);
        }
      }),
      { ...SEED, numRuns: 150 },
    );
  });

  it("the order of resources means nothing", () => {
    fc.assert(
      fc.property(topology, fc.integer(), (toys, seed) => {
        const resources = planned(toys);
        const order = resources.map((each, index) => ({
          each,
          at: Math.imul(index + 1, seed | 1),
        }));
        const shuffled = order.sort((left, right) => left.at - right.at).map(({ each }) => each);
        expect(verdictOf(shuffled)).toBe(verdictOf(resources));
      }),
      { ...SEED, numRuns: 100 },
    );
  });

  it("the names of resources mean nothing", () => {
    fc.assert(
      fc.property(topology, (toys) => {
        const text = JSON.stringify(planOf({ resources: planned(toys) }));
        const renamed = text
          .replaceAll(/aws_security_group\.g(\d)/g, "aws_security_group.renamed-$1")
          .replaceAll(/"g(\d)"/g, '"renamed-$1"')
          .replaceAll("aws_instance.web", "aws_instance.other")
          .replaceAll('"name":"web"', '"name":"other"')
          .replaceAll("aws_eip.web", "aws_eip.other");
        const paths = reviewOf([JSON.parse(renamed) as Written]).paths;
        const verdict = `${paths[0]?.availability.verdict}, ${paths[0]?.exclusivity.verdict}`;
        expect(verdict).toBe(verdictOf(planned(toys)));
      }),
      { ...SEED, numRuns: 100 },
    );
  });
});
