import type { Place } from "../../../lib/model/hop";
import { placesIn, withoutEmpty } from "../../../lib/prove/rollout/places";
import { hopOf, pathOf, reason, sceneOf } from "./scenes";

const WORLD = ["0.0.0.0/0"];
const OTHERS = { id: "aws/other-targets", subject: "aws_lb_target_group.app", text: "x" };
const TARGETS: Place = { name: "targets of arn:1", taken: true, assumption: OTHERS };
const PORT: Place = { name: "tcp/443 of arn:2", taken: true };

const shown = (place: Place) => sceneOf([pathOf({ hops: [hopOf(WORLD, WORLD, { place })] })]);
const empty = (place: Place) =>
  sceneOf([
    pathOf({
      hops: [
        hopOf(WORLD),
        hopOf([], WORLD, { place: { ...place, taken: false }, reasons: [reason("aws/listener")] }),
      ],
    }),
  ]);
const hopsIn = (scene: ReturnType<typeof sceneOf>) =>
  scene.paths.flatMap(({ route }) => route.hops.map(({ bounds }) => bounds.may.toCidrs()));

describe("a place that a state leaves empty", () => {
  const places = placesIn([shown(TARGETS), shown(PORT)]);
  const nobody = () => false;

  it("lets nobody pass where an end of the apply fills it, as is assumed", () => {
    const closed = withoutEmpty(empty(TARGETS), places, nobody);
    expect(hopsIn(closed)).toEqual([WORLD, []]);
    expect(closed.paths[0]?.route.hops[1]?.assumptions).toEqual([OTHERS]);
    expect(closed.paths[0]?.route.hops[1]?.reasons).toEqual([reason("aws/listener")]);
    const port = withoutEmpty(empty(PORT), places, nobody);
    expect([hopsIn(port), port.paths[0]?.route.hops[1]?.assumptions]).toEqual([[WORLD, []], []]);
  });

  it("may let somebody pass where no end fills it, or something else may", () => {
    const other = { ...TARGETS, name: "targets of arn:3" };
    expect(hopsIn(withoutEmpty(empty(other), places, nobody))).toEqual([WORLD, WORLD]);
    const ends = [empty(TARGETS), shown(PORT)];
    expect(hopsIn(withoutEmpty(empty(TARGETS), placesIn(ends), nobody))).toEqual([WORLD, WORLD]);
    const asked: Place[] = [];
    const others = (place: Place) => asked.push(place) > 0;
    expect(hopsIn(withoutEmpty(empty(TARGETS), places, others))).toEqual([WORLD, WORLD]);
    expect(asked).toEqual([TARGETS]);
  });

  it("is none where something is there", () => {
    const scene = shown(TARGETS);
    expect(withoutEmpty(scene, places, nobody)).toBe(scene);
  });
});
