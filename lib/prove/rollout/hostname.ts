import type { Hop, Reason } from "../../model/hop";
import type { Path } from "../../model/path";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { attachmentDoubts } from "./attached";
import { decideClaim, proved, undetermined } from "./decide";
import {
  distinct,
  fingerprint,
  isSentToHttps,
  offerBefore,
  offerOf,
  placed,
  type View,
  type Visitors,
} from "./offer";
import type { Orders } from "./orders";
import { withoutName } from "./other-family";
import { type Owed, owedOf } from "./owed";
import { type Ground, type Piece, piecesOf } from "./pieces";
import type { States } from "./states";
import { isTouched } from "./touched";
import type { Rollout, Witness } from "./verdict";
import type { Scene, World } from "./world";

type Given = { readonly world: World; readonly orders: Orders; readonly states: States };

/** The paths of a hostname as the whole input has them. */
type Own = { readonly before: readonly Path[]; readonly after: readonly Path[] };

const BALANCERS = ["aws_lb", "aws_alb", "aws_elb"];

/** The rollout of one hostname, for each kind of visitors. */
export class HostnameRollout {
  readonly #decided = new Map<string, Rollout>();
  readonly #pieces = new Map<string, readonly Piece[]>();
  readonly #before: Scene;
  readonly #planned: Scene;
  readonly #stable: ReadonlySet<string>;

  constructor(
    private readonly given: Given,
    private readonly hostname: string,
    private readonly own: Own,
  ) {
    const { states } = given;
    this.#before = states.after(new Set());
    this.#planned = states.planned();
    this.#stable = this.stableHops();
  }

  /** @param visitors with the connection that is asked about in `via` */
  public of(given: Visitors): Rollout {
    const { via: _, ...open } = given;
    const visitors: Visitors = this.changesSettings() ? open : given;
    const key = JSON.stringify([visitors.scheme, visitors.port, visitors.family, visitors.via]);
    const rollout = this.#decided.get(key) ?? this.decide(visitors);
    this.#decided.set(key, rollout);
    return rollout;
  }

  /** Visitors by http whom the edge sends to https afterwards, and did not before: no path's own. */
  public redirected(family: Family): readonly Visitors[] {
    const { before, after } = this.own;
    const http: Visitors = { scheme: "http", port: 80, family };
    const had = before.some(
      ({ flow }) =>
        flow.family === family &&
        flow.visitors.some(({ scheme, port }) => scheme === http.scheme && port === http.port),
    );
    return had && isSentToHttps(after, http) ? [http] : [];
  }

  /** A step may change the port, the scheme or the origin that the edge uses. */
  private changesSettings(): boolean {
    return this.given.states.acts.some(
      ({ step }) => step.type.startsWith("cloudflare_") && !/_record$/.test(step.type),
    );
  }

  private decide(visitors: Visitors): Rollout {
    const doubt = this.doubts();
    const plain = this.under(visitors, false);
    if (doubt.length === 0 && plain.verdict === "notOwed") {
      const view = { hostname: this.hostname, stable: this.#stable };
      return withoutName(this.given, view, visitors) ?? plain;
    }
    if (doubt.length > 0 && plain.verdict !== "notOwed") {
      return undetermined([...doubt, ...plain.reasons]);
    }
    const scenes = [...this.#before.paths, ...this.#planned.paths];
    const assumed = scenes.some(({ route }) =>
      route.hops.some(({ alternative }) => alternative !== undefined),
    );
    return plain.verdict === "undetermined" && assumed ? this.under(visitors, true) : plain;
  }

  /** The verdict on hops as they are, or under the assumptions of their alternatives. */
  private under(visitors: Visitors, assumed: boolean): Rollout {
    const { world, states, orders } = this.given;
    const view: View = { hostname: this.hostname, stable: this.#stable, assumed };
    const before = offerBefore(this.#before, view, visitors);
    const planned = offerOf(this.#planned, view, visitors);
    const owed = owedOf(world.edge(visitors.family), before, planned, this.hostname);
    const { assumptions } = planned;
    if (owed.perhaps.isEmpty) {
      return { verdict: "notOwed", reasons: owed.reasons, assumptions: [], witness: undefined };
    }
    if (states.acts.length === 0) {
      return { ...this.untouched(owed), assumptions };
    }
    const certain = this.#planned.paths.every(({ flow }) => flow.certain);
    const found = this.piecesFor(visitors.family).flatMap(({ set, acts }) => {
      const own = set.intersect(owed.perhaps);
      const sure = set.intersect(owed.surely);
      return own.isEmpty
        ? []
        : [decideClaim({ states, orders, visitors, view, set: own, sure, acts, certain })];
    });
    return joined(found, owed);
  }

  /** Nothing that this plan does is on the paths, as far as they are known. */
  private untouched(owed: Owed): Rollout {
    const { steps } = this.given.world.graph;
    const paths = [...this.own.before, ...this.own.after];
    const flows = distinct(paths.flatMap(({ reasons }) => reasons));
    const all = this.#before.paths.flatMap(({ route }) => route.hops);
    const hops = all.filter((hop) => isTouched(hop, steps));
    const partial = flows.filter(({ id }) => id === "input/partial");
    const hidden = [
      ...(steps.length === 0 ? partial : flows),
      ...hops.flatMap(({ reasons }) => reasons),
    ];
    return hidden.length === 0
      ? { ...proved([]), reasons: owed.reasons }
      : undetermined([...hidden, ...owed.reasons]);
  }

  private piecesFor(family: Family): readonly Piece[] {
    const known = this.#pieces.get(`${family}`);
    if (known !== undefined) {
      return known;
    }
    const { world, states } = this.given;
    const edge = world.edge(family);
    const legs = BALANCERS.some((type) => states.types.has(type));
    const flows = [...this.#before.paths, ...this.#planned.paths].map(({ flow }) => flow);
    const ports = new Set(flows.map(({ origin }) => origin.port));
    const ground: Ground = {
      family,
      legs,
      edge,
      ports: this.changesSettings() ? undefined : ports,
    };
    const pieces = piecesOf(edge, states.acts, ground);
    this.#pieces.set(`${family}`, pieces);
    return pieces;
  }

  /** Unknown hops that are the same before and after, and that no step is about. */
  private stableHops(): ReadonlySet<string> {
    const acted = new Set(this.given.states.acts.map(({ step }) => step.address));
    const { steps } = this.given.world.graph;
    const isStable = (hop: Hop) => isUntouched(hop, acted) && !isTouched(hop, steps);
    const inScene = ({ paths }: Scene) =>
      paths.flatMap(({ flow, route }) =>
        route.hops.filter(isStable).map((hop) => [fingerprint(hop), placed(hop, flow)] as const),
      );
    const [before, after] = [inScene(this.#before), inScene(this.#planned)];
    const both = [before, after].map((found) => new Set(found.map(([own]) => own)));
    // Of a port that neither end has, nothing is known to be the same.
    return new Set(
      [...before, ...after]
        .filter(([own]) => own !== "" && both.every((ends) => ends.has(own)))
        .map(([, place]) => place),
    );
  }

  /** What the slice says and the whole input does not, and what hangs on things outside both. */
  private doubts(): readonly Reason[] {
    const { before, after } = this.own;
    const same = ([this.#before, this.#planned] as const).every(({ paths }, index) => {
      return (
        likeness(paths, this.hostname) === likeness(index === 0 ? before : after, this.hostname)
      );
    });
    const text = `what ${this.hostname} depends on can't be told apart from the rest of the input`;
    const apart = { id: "rollout/dependencies", subject: this.hostname, text };
    const { world, states } = this.given;
    const tied = attachmentDoubts([...before, ...after], world, states.acts);
    return [...(same ? [] : [apart]), ...tied];
  }
}

function isUntouched(hop: Hop, touched: ReadonlySet<string>): boolean {
  const names = [...hop.resources, ...hop.reasons.map(({ subject }) => subject)];
  return !names.some((name) => touched.has(name));
}

/** What the paths of a hostname let through, in one text. */
export function likeness(paths: readonly Path[], hostname: string): string {
  const own = paths.filter(({ flow }) => flow.hostname === hostname);
  const texts = own.map(({ flow, route, reasons }) => {
    const bounds = route.hops.map((hop) => [hop.bounds.must.toCidrs(), hop.bounds.may.toCidrs()]);
    const { family, origin, certain, visitors } = flow;
    return JSON.stringify([family, origin, certain, visitors, bounds, reasons.length]);
  });
  return texts.sort().join("\n");
}

function joined(found: readonly Rollout[], owed: Owed): Rollout {
  const verdict = (["refuted", "undetermined"] as const).find((each) =>
    found.some((rollout) => rollout.verdict === each),
  );
  const deciding = found.filter((rollout) => rollout.verdict === (verdict ?? "proved"));
  const witness = witnessOf(deciding.flatMap((rollout) => rollout.witness ?? []));
  return {
    verdict: verdict ?? "proved",
    reasons: distinct([...deciding.flatMap((rollout) => rollout.reasons), ...owed.reasons]),
    assumptions: distinct(found.flatMap((rollout) => rollout.assumptions)),
    witness,
  };
}

/** The first state, with all that it cuts off, whichever steps end that. */
function witnessOf(found: readonly Witness[]): Witness | undefined {
  const [first] = found;
  const same = found.filter(({ done }) => first !== undefined && isSameList(done, first.done));
  return (
    first && {
      ...first,
      pending: [...new Set(same.flatMap(({ pending }) => pending))],
      cutOff: CidrSet.unionAll(
        first.cutOff.family,
        same.map(({ cutOff }) => cutOff),
      ),
    }
  );
}

function isSameList<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}
