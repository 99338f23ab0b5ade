import { parseInput, reviewInputs } from "originproof/review";
import { edgeRanges } from "../../lib/edge/ranges";

const EDGE = edgeRanges()
  .cidrs(4)
  .map((cidr) => cidr.text);
const PART = EDGE.filter((cidr) => cidr !== "131.0.72.0/22");

/** A site in a zone that the input knows by its id alone: any mode is possible. */
function verdicts(rules: readonly (readonly [port: number, cidrs: readonly string[]])[]): string[] {
  const ingress = rules.map(([port, cidr_blocks]) => ({
    protocol: "tcp",
    from_port: port,
    to_port: port,
    cidr_blocks,
  }));
  const resource = {
    cloudflare_dns_record: {
      www: {
        zone_id: "0123456789abcdef0123456789abcdef",
        name: "www.example.com",
        type: "A",
        content: "${aws_eip.web.public_ip}",
        proxied: true,
        ttl: 1,
      },
    },
    aws_eip: { web: { instance: "${aws_instance.web.id}" } },
    aws_instance: {
      web: { subnet_id: "subnet-1", vpc_security_group_ids: ["${aws_security_group.web.id}"] },
    },
    aws_security_group: { web: { ingress } },
  };
  const review = reviewInputs([parseInput(JSON.stringify({ resource }), "stack")]);
  return review.paths.map(({ origin, availability }) => `${origin.port} ${availability.verdict}`);
}

describe("a zone whose settings are not in the input", () => {
  it("is refuted on every port where each mode uses a port that is cut off", () => {
    expect(verdicts([])).toEqual(["80 refuted", "443 refuted"]);
    expect(verdicts([[443, PART]])).toEqual(["80 refuted", "443 refuted"]);
  });

  it("is undetermined where one mode would reach the origin", () => {
    expect(verdicts([[443, EDGE]])).toEqual(["80 undetermined", "443 proved"]);
    expect(verdicts([[80, EDGE]])).toEqual(["80 proved", "443 undetermined"]);
  });

  it("is refuted where port 80 alone lacks a range and 443 is closed", () => {
    expect(verdicts([[80, PART]])).toEqual(["80 refuted", "443 refuted"]);
  });

  it("is proved where all of the edge gets in on both", () => {
    expect(
      verdicts([
        [80, EDGE],
        [443, EDGE],
      ]),
    ).toEqual(["80 proved", "443 proved"]);
  });
});
