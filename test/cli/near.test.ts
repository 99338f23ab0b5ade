import { nearOf } from "../../lib/cli/near";
import { RULE_IDS } from "../../lib/rules/rule-ids";

describe("rules near a misspelt one", () => {
  it.each([
    ["firewall/mises-edge-range", "firewall/misses-edge-range"],
    ["misses-edge-range", "firewall/misses-edge-range"],
    ["Firewall/Misses-Port", "firewall/misses-port"],
    ["edge-range", "firewall/misses-edge-range"],
    ["route/captures_edge_range", "route/captures-edge-range"],
  ])("%s", (text, rule) => {
    expect(nearOf(text, RULE_IDS)).toContain(rule);
    expect(nearOf(text, RULE_IDS).length).toBeLessThanOrEqual(3);
  });

  it.each(["", "x", "zzz", "__proto__", "../../../etc/passwd", "x".repeat(1_000_000)])(
    "none near %.20s",
    (text) => expect(nearOf(text, RULE_IDS)).toEqual([]),
  );
});
