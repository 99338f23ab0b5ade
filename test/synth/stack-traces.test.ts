import { ComplexObject } from "cdktf";
import { withoutStackTraces } from "../../lib/synth/stack-traces";
import { errorOf } from "../support/synth";

const failure = () => {
  throw new Error("no such thing");
};

describe("withoutStackTraces", () => {
  it("makes tokens of cdktf without the place where they were made", () => {
    const make = () => new ComplexObject({} as never, "settings", false);
    expect(make().creationStack.length).toBeGreaterThan(0);
    expect(withoutStackTraces(make).creationStack).toEqual([]);
  });

  it("leaves errors theirs", () => {
    const error = errorOf(() => withoutStackTraces(failure));
    expect((error as Error).stack).toMatch(/^Error: no such thing\n +at failure \(.*stack-traces/);
  });

  it("leaves what writes stack traces as it was", () => {
    const own = () => "own";
    const before = Error.prepareStackTrace;
    try {
      Error.prepareStackTrace = own;
      withoutStackTraces(() => undefined);
      expect(Error.prepareStackTrace).toBe(own);
      errorOf(() => withoutStackTraces(failure));
      expect(Error.prepareStackTrace).toBe(own);
    } finally {
      Error.prepareStackTrace = before;
    }
  });
});
