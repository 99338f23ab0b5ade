import { parseInput, parseSidecar, type Review, reviewInputs } from "originproof/review";
import {
  ANYWHERE,
  changed,
  FROM_EDGE,
  group,
  named,
  onPort,
  site,
  synth,
} from "../support/balancer";
import { verdicts } from "../support/plan";

const OFFICE = "198.41.0.4/32";
const PATH = "www.example.com IPv4 tcp/443";

const OWN = changed(site(), {
  aws_security_group: {
    lb: group([FROM_EDGE, onPort(443, { cidr_blocks: [OFFICE] })], [ANYWHERE]),
  },
});

function sidecar(stack: string, more: object = {}): string {
  const resource = { constructPath: `${stack}/lb`, source: null, createBeforeDestroy: false };
  const resources = { "aws_security_group.lb": resource };
  const empty = { locks: [], records: {}, weakened: [] };
  return JSON.stringify({ schemaVersion: 1, stack, resources, ...empty, ...more });
}

function declared(constructPath: string, ports: readonly number[] = []): object {
  const shared = { kind: "exception", reason: "the office", expires: null, source: null };
  return { weakened: [{ ...shared, cidr: OFFICE, ports, constructPath }] };
}

function review(stacks: readonly string[], sidecars: readonly string[]): Review {
  const reads = stacks.map((stack) => parseInput(JSON.stringify(synth(OWN)), stack));
  const today = new Date("2026-01-01T00:00:00Z");
  const read = sidecars.map((text) => parseSidecar(text, "originproof.json"));
  return reviewInputs(reads, { sidecars: read, today });
}

describe("what one stack declares", () => {
  const one = sidecar("one", declared("one/lb"));

  it("is an exception there", () => {
    expect(verdicts(review(["one"], [one]))).toEqual([`${PATH}: proved, proved`]);
  });

  it("is no exception in another, whose firewall has the same address", () => {
    const found = verdicts(review(["two"], [one, sidecar("two")]));
    expect(found).toContain(`${PATH}: proved, refuted`);
    const both = [one, sidecar("two", declared("two/lb"))];
    expect(verdicts(review(["two"], both))).toEqual([`${PATH}: proved, proved`]);
  });

  it.each([
    ["another port", declared("two/lb", [22])],
    ["another construct", declared("two/other")],
  ])("is no exception where the other stack declares it for %s", (_, weakened) => {
    const found = verdicts(review(["two"], [one, sidecar("two", weakened)]));
    expect(found).toContain(`${PATH}: proved, refuted`);
  });

  it("leaves another's visitor ports alone", () => {
    const records = { records: { "cloudflare_dns_record.www": { visitorPorts: [8443] } } };
    const reads = [parseInput(JSON.stringify(synth(named("8.8.8.8", { type: "A" }))), "two")];
    const sidecars = [sidecar("one", records), sidecar("two")];
    const read = sidecars.map((text) => parseSidecar(text, "originproof.json"));
    expect(verdicts(reviewInputs(reads, { sidecars: read })).join()).toContain("tcp/443");
  });
});
