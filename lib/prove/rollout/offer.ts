import type { Assumption, Hop, Reason } from "../../model/hop";
import type { Path, Siblings } from "../../model/path";
import type { Family } from "../../net/cidr";
import { CidrSet } from "../../net/cidr-set";
import { isToGoneName } from "./gone-names";
import type { Scene } from "./world";

/** Whom a hostname is offered to: visitors of a scheme and port, by way of one family. */
export interface Visitors {
  readonly scheme: "http" | "https";
  readonly port: number;
  readonly family: Family;
  /** How the edge connects for them, where this apply changes no setting that decides it. */
  readonly via?: { readonly scheme: "http" | "https"; readonly port: number };
}

/** What of the edge reaches an origin for visitors of a hostname, in one state. */
export interface Offer {
  /** Surely, on each path that may be used. */
  readonly must: CidrSet;
  /** The same, leaving aside what is unknown before, now and afterwards alike. */
  readonly mustBesides: CidrSet;
  readonly may: CidrSet;
  /** Perhaps, where the edge connects in that way at all: settings that stay decide it. */
  readonly mayIfUsed: CidrSet;
  /** Why they differ, or why nothing does. */
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
  /** There is a path at all. */
  readonly exists: boolean;
}

/** How hops are looked at. */
export interface View {
  readonly hostname: string;
  /** Unknown hops that are the same before and after, by `placed`: they change nothing. */
  readonly stable: ReadonlySet<string>;
  /** Under the assumptions of `alternative`s. */
  readonly assumed: boolean;
}

/** What a hostname offers to visitors in a scene. */
export function offerOf(scene: Scene, view: View, visitors: Visitors): Offer {
  const { family } = visitors;
  const own = scene.paths.filter(({ flow }) => flow.hostname === view.hostname);
  const paths = own.filter(({ flow }) => flow.family === family && serves(flow, visitors));
  if (paths.length === 0) {
    return isSentToHttps(own, visitors)
      ? offerOf(scene, view, { ...HTTPS, family })
      : withoutPath(scene, view, visitors, own.length > 0);
  }
  const offers = paths.map((path) => offerBy(path, view));
  const sure = offers.filter((_, index) => paths[index]?.flow.certain === true);
  const may =
    sure.length > 0
      ? intersected(
          family,
          sure.map((offer) => offer.may),
        )
      : cutAnyway(family, own, paths, view).complement();
  const bySettings =
    visitors.via !== undefined && paths.every(({ siblings }) => siblings !== undefined);
  return {
    must: intersected(
      family,
      offers.map((offer) => offer.must),
    ),
    mustBesides: intersected(
      family,
      offers.map((offer) => offer.mustBesides),
    ),
    may,
    mayIfUsed: bySettings
      ? intersected(
          family,
          offers.map((offer) => offer.may),
        )
      : may,
    reasons: distinct(offers.flatMap((offer) => offer.reasons)),
    assumptions: distinct([
      ...offers.flatMap((offer) => offer.assumptions),
      ...(scene.assumptions ?? []),
    ]),
    exists: true,
  };
}

/**
 * The same of what there is before the apply, which is owed: Cloudflare connects to nothing for a
 * hostname that it only answers DNS for, nor by a family of which the hostname has no address.
 */
export function offerBefore(scene: Scene, view: View, visitors: Visitors): Offer {
  const offer = offerOf(scene, view, visitors);
  const { hostname } = view;
  const own = scene.paths.filter(({ flow }) => flow.hostname === hostname);
  const other = own.every(({ flow, reasons }) => {
    return flow.family !== visitors.family && flow.certain && reasons.length === 0;
  });
  const isNew = own.length === 0 ? scene.dnsOnly(hostname) : other;
  const none = CidrSet.empty(visitors.family);
  return isNew ? { ...offer, may: none, mayIfUsed: none } : offer;
}

const HTTPS = { scheme: "https", port: 443 } as const;

/** The edge redirects those who come by http, where a hostname has paths and none is for them. */
export function isSentToHttps(paths: readonly Path[], { scheme, port, family }: Visitors): boolean {
  const serving = (visitors: Visitors) =>
    paths.some(({ flow }) => flow.family === family && serves(flow, visitors));
  const isHttp = scheme === "http" && port === 80;
  return isHttp && !serving({ scheme, port, family }) && serving({ ...HTTPS, family });
}

function serves(flow: Path["flow"], { scheme, port, via }: Visitors): boolean {
  const { origin } = flow;
  const meant = via === undefined || (via.scheme === origin.scheme && via.port === origin.port);
  return meant && flow.visitors.some((each) => each.scheme === scheme && each.port === port);
}

/** Nobody answers for a name that is gone; what else answers can't be told. */
function withoutPath(
  scene: Scene,
  { hostname }: View,
  { family }: Visitors,
  others: boolean,
): Offer {
  const empty = CidrSet.empty(family);
  const answered = others || scene.answered(hostname);
  const text = answered
    ? `what answers ${hostname} meanwhile can't be told`
    : `${hostname} has no record meanwhile`;
  return {
    must: empty,
    mustBesides: empty,
    may: answered ? CidrSet.all(family) : empty,
    mayIfUsed: answered ? CidrSet.all(family) : empty,
    reasons: [{ id: "rollout/name-gone", subject: hostname, text }],
    assumptions: [],
    exists: false,
  };
}

/** The same of one path. */
function offerBy(path: Path, view: View): Omit<Offer, "mayIfUsed" | "exists"> {
  const { flow, route, reasons, assumptions } = path;
  const { family } = flow;
  if (isToGoneName(path)) {
    const none = CidrSet.empty(family);
    const text = `the name that ${flow.hostname} leads to has no record meanwhile`;
    const gone = { id: "rollout/name-gone", subject: flow.hostname, text };
    return { must: none, mustBesides: none, may: none, reasons: [gone], assumptions: [] };
  }
  if (reasons.length > 0) {
    const empty = CidrSet.empty(family);
    const may = CidrSet.all(family);
    return { must: empty, mustBesides: empty, may, reasons, assumptions: [] };
  }
  const all = CidrSet.all(family);
  const hops = route.hops.map((hop) => {
    return { hop, ...boundsIn(hop, view), stable: view.stable.has(placed(hop, flow)) };
  });
  const unsure = hops.filter(({ must, stable }) => !must.equals(all) && !stable);
  const besides = hops.map(({ must, stable }) => (stable ? all : must));
  const may = intersected(
    family,
    hops.map((each) => each.may),
  );
  const alternatives = view.assumed
    ? route.hops.flatMap((hop) => hop.alternative?.assumption ?? [])
    : [];
  return {
    must: intersected(
      family,
      hops.map((each) => each.must),
    ),
    mustBesides: intersected(family, besides),
    may,
    reasons: unsure.flatMap(({ hop }) => hop.reasons),
    assumptions: [
      ...route.assumptions,
      ...route.hops.flatMap((hop) => hop.assumptions),
      ...alternatives,
      ...assumptions,
    ],
  };
}

function boundsIn(hop: Hop, view: View): Hop["bounds"] {
  return view.assumed ? (hop.alternative?.bounds ?? hop.bounds) : hop.bounds;
}

/**
 * What is cut off for each path of a record to an origin under every setting that the input leaves
 * open, where no path of the visitors is certain.
 *
 * @see docs/proof.md, "Flows"
 */
function cutAnyway(
  family: Family,
  own: readonly Path[],
  paths: readonly Path[],
  view: View,
): CidrSet {
  const groups = new Set(paths.flatMap(({ siblings }) => siblings ?? []));
  const cuts = [...groups].map((siblings) => {
    const alike = own.filter((path) => path.siblings === siblings && path.flow.family === family);
    return cutIn(family, siblings, alike, view);
  });
  return CidrSet.unionAll(family, cuts);
}

function cutIn(family: Family, { cases }: Siblings, paths: readonly Path[], view: View): CidrSet {
  const cut = (scheme: string, port: number): CidrSet => {
    const found = paths.find(
      ({ flow: { origin } }) => origin.scheme === scheme && origin.port === port,
    );
    return found === undefined ? CidrSet.empty(family) : offerBy(found, view).may.complement();
  };
  const perCase = cases.map((connections) => {
    const sure = connections.filter((one) => one.sure).map((one) => cut(one.scheme, one.port));
    const all = connections.map((one) => cut(one.scheme, one.port));
    return CidrSet.unionAll(family, [...sure, intersected(family, all)]);
  });
  return perCase.length === 0 ? CidrSet.empty(family) : intersected(family, perCase);
}

/** The same for what can't be told in the same way, of the same resources. */
export function fingerprint(hop: Hop): string {
  const { kind, resources, bounds, reasons } = hop;
  if (bounds.must.equals(bounds.may)) {
    return "";
  }
  const why = reasons.map(({ id, subject }) => `${id} ${subject}`).sort();
  return JSON.stringify([kind, resources, why, bounds.must.toCidrs(), bounds.may.toCidrs()]);
}

/** The same on the port that a flow is to. */
export function placed(hop: Hop, { origin }: Path["flow"]): string {
  return `${origin.scheme} ${origin.port} ${fingerprint(hop)}`;
}

function intersected(family: Family, sets: readonly CidrSet[]): CidrSet {
  return sets.reduce((left, right) => left.intersect(right), CidrSet.all(family));
}

export function distinct<T extends Reason | Assumption>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((each) => [`${each.id} ${each.subject}`, each])).values()];
}
