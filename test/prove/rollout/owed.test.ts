import type { CidrSet } from "../../../lib/net/cidr-set";
import type { Offer } from "../../../lib/prove/rollout/offer";
import { owedOf } from "../../../lib/prove/rollout/owed";
import { HOSTNAME, setOf } from "./scenes";

const [HALF, REST, WHOLE] = ["104.16.0.0/14", "104.20.0.0/14", "104.16.0.0/13"];

/** An offer that surely admits these, and perhaps those. */
function offer(must: readonly string[], may = must, more: Partial<Offer> = {}): Offer {
  const [sure, perhaps] = [setOf(...must), setOf(...may)];
  return {
    must: sure,
    mustBesides: sure,
    may: perhaps,
    mayIfUsed: perhaps,
    reasons: [],
    assumptions: [],
    exists: true,
    ...more,
  };
}

function owed(before: Offer, after: Offer) {
  const { perhaps, surely, reasons } = owedOf(setOf(WHOLE), before, after, HOSTNAME);
  const texts = (set: CidrSet) => set.toCidrs().map(String);
  return {
    perhaps: texts(perhaps),
    surely: texts(surely),
    reasons: reasons.map(({ id, text }) => `${id}: ${text}`),
  };
}

describe("what an apply owes to visitors", () => {
  it("is what may be available before and after, and surely what is", () => {
    const [before, after] = [offer([HALF], [WHOLE]), offer([WHOLE, "192.0.2.0/24"])];
    expect(owed(before, after)).toEqual({ perhaps: [WHOLE], surely: [HALF], reasons: [] });
    expect(owed(after, before)).toEqual({ perhaps: [WHOLE], surely: [HALF], reasons: [] });
  });

  it("is by what may be so if the connection is used", () => {
    const unused = offer([], [WHOLE], { mayIfUsed: setOf(HALF) });
    expect(owed(unused, offer([WHOLE])).perhaps).toEqual([HALF]);
    expect(owed(offer([WHOLE]), unused).perhaps).toEqual([HALF]);
  });

  it("is not what was repaired, or is lost, by its ranges where it is a part", () => {
    expect(owed(offer([HALF]), offer([REST]))).toEqual({
      perhaps: [],
      surely: [],
      reasons: [
        `rollout/repaired: ${REST}: it did not get to www.example.com before this apply`,
        `rollout/lost: ${HALF}: it does not get to www.example.com after this apply, which availability says`,
      ],
    });
    expect(owed(offer([]), offer([WHOLE])).reasons).toEqual([
      "rollout/repaired: it did not get to www.example.com before this apply",
    ]);
  });

  it("is not what had no path", () => {
    expect(owed(offer([], [], { exists: false }), offer([WHOLE])).reasons).toEqual([
      "rollout/new: www.example.com had no path for these visitors before this apply",
    ]);
  });

  it("is not what is available neither before nor after", () => {
    const quarters = ["104.16.0.0/15", "104.20.0.0/15"];
    expect(owed(offer(quarters), offer(quarters)).reasons).toEqual([
      "rollout/never: 104.18.0.0/15, 104.22.0.0/15: it gets to www.example.com neither before nor after this apply",
    ]);
    expect(owed(offer([]), offer([])).reasons).toEqual([
      "rollout/never: it gets to www.example.com neither before nor after this apply",
    ]);
  });
});
