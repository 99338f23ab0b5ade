import { InputError } from "../../lib/read/input-error";
import { parseRawState } from "../../lib/read/raw-state";

function flagsOf(state: unknown): Record<string, boolean> {
  return Object.fromEntries(parseRawState(JSON.stringify(state), "state").createBeforeDestroy);
}

function refusal(text: string): string {
  try {
    parseRawState(text, "state");
  } catch (error) {
    return error instanceof InputError ? error.message : `not an InputError: ${error}`;
  }
  return "read";
}

const OBJECT = { mode: "managed", type: "aws_eip", name: "web" };

describe("a raw state", () => {
  it("tells create_before_destroy of each current object", () => {
    const state = {
      version: 4,
      resources: [
        { ...OBJECT, instances: [{ create_before_destroy: true }, { deposed: "0123abcd" }] },
        {
          ...{ ...OBJECT, name: "all", module: 'module.m["a.b"]' },
          instances: [{ index_key: 'x"y', create_before_destroy: true }, { index_key: 0 }],
        },
        { ...OBJECT, mode: "data", name: "data", instances: [{}] },
      ],
    };
    expect(flagsOf(state)).toEqual({
      "aws_eip.web": true,
      'module.m["a.b"].aws_eip.all["x\\"y"]': true,
      'module.m["a.b"].aws_eip.all[0]': false,
    });
  });

  it("tells nothing of an object that is only deposed", () => {
    const instances = [{ deposed: "0123abcd", create_before_destroy: true }];
    expect(flagsOf({ version: 4, resources: [{ ...OBJECT, instances }] })).toEqual({});
    expect(flagsOf({ version: 4 })).toEqual({});
  });

  it.each([
    ["", /is empty/],
    ["{", /is no JSON, or was cut off/],
    ["[]", /is JSON but no raw state/],
    ['{"format_version":"1.0","values":{}}', /has no lifecycle/],
    ['{"encrypted_data":"x","encryption_version":"v0"}', /is an encrypted state/],
    ['{"version":3,"modules":[]}', /no raw state of version 4/],
    ['{"version":4,"resources":{}}', /'resources' that is no list/],
    ['{"version":4,"resources":[{}]}', /without 'type' or 'name'/],
    [
      '{"version":4,"resources":[{"type":"a","name":"b","instances":{}}]}',
      /'instances' that is no/,
    ],
    ['{"version":4,"resources":[null]}', /without 'type' or 'name'/],
  ])("refuses %j", (text, message) => {
    expect(refusal(text)).toMatch(message);
  });
});
