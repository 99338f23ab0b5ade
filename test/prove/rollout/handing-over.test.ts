import type { Instance } from "../../../lib/model/instance";
import type { Step } from "../../../lib/model/rollout";
import { withHandedOver } from "../../../lib/prove/rollout/handed-over";
import type { Rollout } from "../../../lib/prove/rollout/verdict";
import type { World } from "../../../lib/prove/rollout/world";
import { INPUT, instanceOf, stepOf } from "./instances";
import { reason } from "./scenes";

const gone = (type = "cloudflare_dns_record") => stepOf("delete", `${type}.www`, { before: {} });
const other = stepOf("update", "aws_instance.web");

interface Given {
  readonly past?: readonly { readonly hostname: string; readonly steps: readonly Step[] }[];
  readonly isNew?: boolean;
  /** What there is afterwards. */
  readonly after?: readonly (Instance | undefined)[];
  readonly verdict?: Rollout["verdict"];
}

/** The rollout of a wildcard that others may go over to. */
function handed(
  hostname: string,
  { past, isNew = true, after = [], verdict = "proved" }: Given = {},
) {
  const rollout: Rollout = {
    ...{ verdict, reasons: [reason("x/y")], assumptions: [], witness: undefined },
  };
  const things = after.map(
    (each, at) => [`${at}`, { input: INPUT, before: undefined, after: each }] as const,
  );
  const world = { things: new Map(things) } as Partial<World> as World;
  const all = past ?? [{ hostname: "www.example.com", steps: [gone()] }];
  const found = withHandedOver(rollout, hostname, { world, past: all, isNew });
  return found === rollout ? verdict : [found.verdict, ...found.reasons.map(({ id }) => id)];
}

const OPEN = ["undetermined", "rollout/name-gone", "x/y"];
const WILDCARD = "*.example.com";

describe("a wildcard that hostnames go over to", () => {
  it("says of each that what answers it meanwhile can't be told", () => {
    expect(handed(WILDCARD)).toEqual(OPEN);
    expect(handed(WILDCARD, { verdict: "notOwed" })).toEqual(OPEN.slice(0, 2));
    expect(handed(WILDCARD, { verdict: "undetermined" })).toEqual(OPEN);
    const rollout: Rollout = {
      ...{ verdict: "proved", reasons: [], assumptions: [], witness: undefined },
    };
    const past = [{ hostname: "www.example.com", steps: [] }];
    const world = { things: new Map() } as Partial<World> as World;
    expect(withHandedOver(rollout, WILDCARD, { world, past, isNew: true }).reasons).toEqual([
      {
        id: "rollout/name-gone",
        subject: "www.example.com",
        text: "www.example.com goes over to *.example.com: what answers it meanwhile can't be told",
      },
    ]);
  });

  it("is refuted where it is by itself", () => {
    expect(handed(WILDCARD, { verdict: "refuted" })).toBe("refuted");
  });

  it("has those below its name alone", () => {
    expect(handed("*.example.net")).toBe("proved");
    expect(handed("*.www.example.com")).toBe("proved");
    expect(handed("a.example.com")).toBe("proved");
    expect(handed("www.example.com")).toBe("proved");
    expect(handed("xexample.com", { past: [{ hostname: "wwwexample.com", steps: [] }] })).toBe(
      "proved",
    );
    expect(handed(WILDCARD, { past: [] })).toBe("proved");
  });

  it("answers at once where it stays, and only records go", () => {
    const of = (...steps: readonly Step[]) =>
      handed(WILDCARD, { isNew: false, past: [{ hostname: "www.example.com", steps }] });
    expect(of(gone())).toBe("proved");
    expect(of(gone("cloudflare_record"))).toBe("proved");
    expect(of(gone(), other)).toEqual(OPEN);
    expect(of(stepOf("update", "cloudflare_dns_record.www"))).toEqual(OPEN);
    expect(of(gone("cloudflare_zone"))).toEqual(OPEN);
  });

  it("answers nothing that has a record of its own afterwards", () => {
    const record = (type: string, name: unknown) =>
      handed(WILDCARD, {
        after: [
          undefined,
          other && instanceOf("aws_x.x", {}),
          instanceOf(`${type}.x`, { name } as never),
        ],
      });
    expect(record("cloudflare_dns_record", "WWW.example.com")).toBe("proved");
    expect(record("cloudflare_record", "www.example.com")).toBe("proved");
    expect(record("cloudflare_dns_record", "api.example.com")).toEqual(OPEN);
    expect(record("cloudflare_load_balancer", "www.example.com")).toEqual(OPEN);
    expect(record("cloudflare_dns_record", 1)).toEqual(OPEN);
  });
});
