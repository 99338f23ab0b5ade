import type { PlannedObject } from "../../../lib/model/apply";
import { Blocks, Demands, EVERYWHERE } from "../../../lib/prove/rollout/order-blocks";
import type { Creator, Destroyer } from "../../../lib/prove/rollout/order-vertices";
import { stepOf } from "./instances";
import { objectOf } from "./order-objects";

const creator = (address: string, vertex: number): Creator => ({
  vertex,
  object: objectOf(address),
});
const destroyer = (address: string, vertex: number): Destroyer => ({
  ...creator(address, vertex),
  step: stepOf("delete", address),
});

const blocks = new Blocks(
  [creator("aws_x.a", 0), creator('module.m["x"].aws_x.a', 1), creator('module.m["y"].aws_x.a', 2)],
  [
    destroyer('module.m["x"].aws_x.b', 3),
    destroyer('module.m["x"].aws_x.b[0]', 4),
    destroyer("module.n.aws_x.b", 5),
  ],
);
const vertices = (found: readonly Creator[]) => found.map(({ vertex }) => vertex);

describe("what is done to the objects of blocks", () => {
  it("is found by block, everywhere or in one instance of a module", () => {
    expect(vertices(blocks.created("module.m.aws_x.a"))).toEqual([1, 2]);
    expect(vertices(blocks.created("module.m.aws_x.a", 'module.m["y"]'))).toEqual([2]);
    expect(vertices(blocks.created("aws_x.a", EVERYWHERE))).toEqual([0]);
    expect(vertices(blocks.created("aws_x.a", "module.m"))).toEqual([]);
    expect(vertices(blocks.destroyed("module.m.aws_x.b"))).toEqual([3, 4]);
    expect(vertices(blocks.destroyed("module.m.aws_x.b", 'module.m["y"]'))).toEqual([]);
    expect(vertices(blocks.destroyed("module.m.aws_x.b", 'module.m["x"]'))).toEqual([3, 4]);
    expect(vertices(blocks.created("aws_x.z"))).toEqual([]);
    expect(vertices(blocks.destroyed("aws_x.a"))).toEqual([]);
  });

  it("is in its own instance where the module has several", () => {
    const of = (block: string, address: string) => blocks.scope(block, objectOf(address));
    const [x, other] = [objectOf('module.m["x"].aws_x.c'), "module.m.aws_x.b"];
    expect(of(other, x.address)).toBe('module.m["x"]');
    expect(of(other, "module.n.aws_x.b")).toBe("*");
    expect(of("module.n.aws_x.b", x.address)).toBe("*");
    expect(of("module.n.aws_x.b", "module.n.aws_x.c")).toBe("*");
    expect(of("aws_x.a", "aws_x.c")).toBe("*");
    expect(of("module.m.aws_x.z", x.address)).toBe("*");
  });

  it("knows modules of which several instances are concerned", () => {
    const has = ["module.m", "module.n", "", "module.z"].map((path) => blocks.hasInstances(path));
    expect(has).toEqual([true, false, false, false]);
  });
});

describe("what is asked for", () => {
  it("is there once for each name", () => {
    const demands = new Demands<PlannedObject["block"]>();
    demands.add("a", "first");
    demands.add("b", "other");
    demands.add("a", "last");
    expect(demands.all()).toEqual([
      ["a", "last"],
      ["b", "other"],
    ]);
  });
});
