import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PathReport, parseInput, type Review, reviewInputs } from "originproof/review";

const INPUTS = join(__dirname, "../../golden/inputs");
const today = new Date("2026-11-01T00:00:00Z");

function reviewOf(name: string, base?: Review): Review {
  const text = readFileSync(join(INPUTS, `${name}.plan.json`), "utf8");
  const compared = base === undefined ? {} : { base: { name: "base.json", review: base } };
  return reviewInputs([parseInput(text, name)], { today, ...compared });
}

const proved = reviewOf("quickstart");

/** Reviews of real plans, by what is the matter with them. */
export const REVIEWS = {
  proved,
  refuted: reviewOf("range-removed"),
  undetermined: reviewOf("forty-records"),
  rollout: reviewOf("range-split"),
  compared: reviewOf("range-removed", proved),
  nothing: reviewInputs([parseInput(JSON.stringify({ resource: {} }), "empty")], { today }),
} as const satisfies Readonly<Record<string, Review>>;

/** A review that has something of everything. */
export function everything(): Review {
  const { refuted, rollout, undetermined, compared } = REVIEWS;
  const paths = [...refuted.paths, ...rollout.paths, ...undetermined.paths.slice(0, 8)];
  const [finding] = refuted.findings;
  const [path] = paths;
  if (finding === undefined || path === undefined || compared.change === null) {
    throw new Error("the refuted plan has a finding and a path");
  }
  const source = { file: "main.ts", line: 21 };
  const place = { constructPath: "shop/Firewall", source };
  const moved = rollout.findings.map((each) => ({ ...each, paths: [refuted.paths.length] }));
  return {
    ...refuted,
    paths: [...paths, exposed(path)],
    findings: [
      { ...finding, ...place },
      { ...finding, severity: "warning" },
      { ...finding, acknowledged: { reason: "an old site", expires: "2027-06-30" } },
      { ...finding, paths: [] },
      ...moved,
    ],
    gone: [{ ...path, before: { availability: "proved", exclusivity: "undetermined" } }],
    originless: [
      {
        input: "shop",
        hostname: "old.example.com",
        record: "cloudflare_dns_record.old",
        because: "placeholder",
        servers: ["cloudflare_workers_route.old"],
      },
    ],
    drift: [
      {
        input: "shop",
        address: "aws_security_group.web",
        action: "update",
        attributes: ["ingress"],
        paths: [0],
      },
    ],
    weakened: (["valid", "expiring", "expired"] as const).map((state) => ({
      kind: "exception",
      subject: "originproof.config.json",
      what: "198.51.100.0/24 on tcp/443",
      reason: "uptime monitor",
      expires: "2027-06-30",
      state,
      ...place,
    })),
    change: { ...compared.change, fixed: [finding], unchanged: [1], weakened: [0] },
  };
}

/** With all that only some paths have. */
function exposed(path: PathReport): PathReport {
  const changed = { added: ["131.0.72.0/22"], removed: ["104.16.0.0/13"], complete: false };
  return {
    ...path,
    hostname: "open.example.com",
    certain: false,
    because: "if ssl = full",
    exclusivity: { verdict: "refuted", witness: "1.0.0.0", others: ["1.0.0.0/8"], reasons: [] },
    rollout: {
      verdict: "undetermined",
      reasons: [{ id: "order/unknown", subject: "aws_security_group.web", text: "unknown order" }],
    },
    before: { availability: "proved", exclusivity: "proved" },
    admission: { edge: changed, others: changed },
  };
}

/** As many paths, each to an origin of its own: none can be grouped. */
export function manyPaths(count: number): Review {
  const kinds = [REVIEWS.refuted, REVIEWS.undetermined, REVIEWS.proved].flatMap(
    ({ paths }) => paths[0] ?? [],
  );
  const paths = Array.from({ length: count }, (_, index): PathReport[] => {
    const path = kinds[index % kinds.length];
    const resource = `aws_eip.web[${index}]`;
    return path === undefined
      ? []
      : [
          {
            ...path,
            hostname: `n${index}.example.com`,
            origin: { ...path.origin, address: null, resource },
          },
        ];
  }).flat();
  const summary = { ...REVIEWS.refuted.summary, hostnames: count, paths: count };
  return { ...REVIEWS.refuted, paths, summary };
}
