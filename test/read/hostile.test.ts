import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, parseInput, reviewInputs } from "originproof/review";
import { type PlannedResource, planOf, reviewOf, type Written } from "../support/plan";
import { record, site, zone } from "../support/site";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const REAL = ["aws", "aws-range-change", "cloudflare"].map((name) =>
  readFileSync(join(__dirname, "fixtures", `real-plan.${name}.json`), "utf8"),
);
const SITE = JSON.stringify(planOf({ resources: site() }));
const SYNTH = JSON.stringify({
  locals: { a: "${local.b}", b: "${local.a}" },
  resource: {
    cloudflare_zone: { main: { name: "example.com" } },
    cloudflare_dns_record: {
      www: {
        zone_id: "${cloudflare_zone.main.id}",
        name: "www",
        type: "A",
        proxied: true,
        content: "${aws_eip.web[0].public_ip}",
      },
    },
    aws_eip: { web: { count: 1, instance: "${aws_instance.web.id}" } },
    aws_instance: {
      web: {
        for_each: '${toset(["a"])}',
        vpc_security_group_ids: ["${aws_security_group.web.id}"],
        dynamic: { network_interface: { for_each: "${local.a}" } },
      },
    },
    aws_security_group: {
      web: {
        ingress: [
          { from_port: 443, to_port: "443", protocol: "tcp", cidr_blocks: ["173.245.48.0/20"] },
        ],
        dynamic: { ingress: { for_each: "${local.a}", content: {} } },
      },
    },
  },
  output: { x: { value: "${aws_eip.web[0].public_ip}" } },
});

/** A small generator of its own: the same mutations on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Stands for lists in lists, deeper than JSON.stringify goes. */
const DEEP = "deep deep down";

function textOf(document: unknown): string {
  const deep = "[".repeat(10_000) + "]".repeat(10_000);
  return JSON.stringify(document).replaceAll(JSON.stringify(DEEP), deep);
}

const STRANGE: readonly (() => Json)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => 9_007_199_254_740_992,
  () => "",
  () => "${",
  () => "${aws_eip.web[each.key].public_ip}",
  () => "%{if x}",
  () => "x".repeat(100_000),
  () => `"${"\\".repeat(5_000)}`,
  () => "constructor",
  () => "__proto__",
  () => "0.0.0.0/0",
  () => [],
  () => ({}),
  () => [null],
  () => [[["a"]]],
  () => JSON.parse('{"__proto__": {"references": ["aws_eip.web"]}, "constructor": 1}') as Json,
  () => ({ references: ["each.key", "aws_eip.web", 7 as unknown as string] }),
  () => ({ constant_value: "${local.a}", references: ["local.a"] }),
  () => DEEP,
];

/** Every place of a document: a container and a key in it. */
function placesIn(root: Json): { container: { [key: string]: Json }; key: string }[] {
  const places: { container: { [key: string]: Json }; key: string }[] = [];
  const stack: Json[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value === "object" && value !== null) {
      for (const key of Object.keys(value)) {
        const container = value as { [key: string]: Json };
        places.push({ container, key });
        stack.push(container[key] as Json);
      }
    }
  }
  return places;
}

function mutated(text: string, seed: number): string {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const document = JSON.parse(text) as Json;
  for (let change = 0; change < 3; change += 1) {
    const place = pick(placesIn(document));
    if (place === undefined) {
      break;
    }
    const { container, key } = place;
    const kind = next();
    if (kind < 0.15) {
      delete container[key];
    } else if (kind < 0.3) {
      const other = pick(placesIn(document));
      container[key] = JSON.parse(JSON.stringify(other?.container[other.key] ?? null)) as Json;
    } else {
      container[key] = pick(STRANGE)?.() ?? null;
    }
  }
  return textOf(document);
}

/** Only an InputError may come out. */
function survives(text: string): void {
  try {
    reviewInputs([parseInput(text, "plan.json")]);
  } catch (error) {
    if (!(error instanceof InputError)) {
      throw error;
    }
  }
}

describe("hostile input", () => {
  it.each([...REAL, SITE, SYNTH].map((text, index) => [index, text] as const))(
    "number %i, changed in three places 300 times, is read or refused",
    (index, text) => {
      for (let seed = 0; seed < 300; seed += 1) {
        const changed = mutated(text, seed * 31 + index);
        expect(() => survives(changed)).not.toThrow();
      }
    },
  );

  it.each<[string, (resources: PlannedResource[]) => Written]>([
    [
      "a source list",
      (resources) =>
        planOf({
          resources: [
            ...resources,
            { address: "aws_security_group.deep", values: { ingress: DEEP } },
          ],
        }),
    ],
    [
      "an unknown mask",
      (resources) =>
        planOf({
          resources: [
            ...resources,
            {
              address: "aws_security_group.deep",
              values: { ingress: [] },
              unknown: { ingress: DEEP },
            },
          ],
        }),
    ],
    [
      "an id",
      (resources) =>
        planOf({
          resources: [
            ...resources,
            record({
              values: { zone_id: DEEP, content: DEEP, name: DEEP },
            }),
          ],
        }),
    ],
    [
      "expressions",
      (resources) =>
        planOf({
          resources: [
            ...resources,
            {
              address: "aws_security_group.deep",
              expressions: { ingress: DEEP as unknown as Written },
            },
          ],
        }),
    ],
  ])("may nest 10,000 deep: %s", (_, make) => {
    const text = textOf(make([...site()]));
    expect(() => survives(text)).not.toThrow();
  });

  it("of modules in modules is read as far as it goes", () => {
    const [open, close] = ['{"module_calls":{"x":{"module":', "}}}"];
    const module = `${open.repeat(5_000)}{"resources":[]}${close.repeat(5_000)}`;
    const text = `{"format_version":"1.2","resource_changes":[],"configuration":{"root_module":${module}}}`;
    expect(() => survives(text)).not.toThrow();
  });
});

describe("names that lead nowhere end", () => {
  const www = { zone_id: "z", name: "www.example.com", type: "A", proxied: true };

  it("locals in circles, each naming two", () => {
    const names = Array.from({ length: 60 }, (_, index) => `l${index}`);
    const locals = Object.fromEntries(
      names.map((name, index) => [
        name,
        `\${concat(local.${names[(index + 1) % 60]}, local.${names[(index + 7) % 60]})}`,
      ]),
    );
    const content = "${local.l0}";
    const review = reviewOf([
      { locals, resource: { cloudflare_dns_record: { www: { ...www, content } } } },
    ]);
    expect(review.summary.availability.undetermined).toBe(review.paths.length);
  });

  it("module inputs that name each other", () => {
    const call = {
      expressions: { a: { references: ["module.x.b"] } },
      module: { outputs: { b: { expression: { references: ["var.a"] } } } },
    };
    const refs = { content: ["module.x.b"], zone_id: ["cloudflare_zone.main.id"] };
    const resources = [
      ...zone(),
      { ...record({ values: { content: undefined } as Written }), refs },
    ];
    const review = reviewOf([planOf({ resources, calls: { x: call } })]);
    expect(review.paths.every((path) => path.availability.verdict === "undetermined")).toBe(true);
  });

  it("CNAMEs in circles, fifty of each name", () => {
    const records = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `r${index}`,
        {
          ...www,
          type: "CNAME",
          name: `n${index % 10}.example.com`,
          content: `n${(index + 1) % 10}.example.com`,
        },
      ]),
    );
    const review = reviewOf([{ resource: { cloudflare_dns_record: records } }]);
    expect(review.paths.every((path) => path.availability.verdict === "undetermined")).toBe(true);
  });

  it("references and keys of a megabyte", () => {
    const long = `aws_eip.web["${"\\\\".repeat(500_000)}"].public_ip`;
    const content = `\${${long}}`;
    const synth = { resource: { cloudflare_dns_record: { www: { ...www, content } } } };
    expect(() => reviewOf([synth])).not.toThrow();
    const resources = [
      ...zone(),
      {
        ...record({ values: { content: undefined } as Written }),
        refs: { content: [long], zone_id: ["cloudflare_zone.main.id"] },
      },
    ];
    expect(() => reviewOf([planOf({ resources })])).not.toThrow();
  });

  it("counts and keys without end", () => {
    const body = { ...www, content: "198.51.100.7" };
    for (const many of [
      { count: 1e9 },
      { count: "999999" },
      { count: -1 },
      { count: 1.5 },
      { for_each: { a: 1 } },
      { for_each: "${toset([1])}" },
      { for_each: '${toset(["a", "${b}"])}' },
    ]) {
      expect(() =>
        reviewOf([{ resource: { cloudflare_dns_record: { www: { ...body, ...many } } } }]),
      ).not.toThrow();
    }
  });
});
