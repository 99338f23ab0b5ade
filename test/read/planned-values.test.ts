import fc from "fast-check";
import { withoutPlannedValues } from "../../lib/read/planned-values";

const cut = (text: string) => withoutPlannedValues(Buffer.from(text)).toString();

test("leaves planned_values out of a plan, and nothing else", () => {
  const head = '{"format_version":"1.2","terraform_version":"1.11.4",';
  const tail = ',"resource_changes":[{"planned_values":{"a":1}}]}';
  const values = '{"root_module":{"resources":[{"name":"}\\"]\\\\"}]}}';
  expect(cut(`${head}"planned_values":${values}${tail}`)).toBe(`${head}"planned_values":{}${tail}`);
});

const CHANGES = '"resource_changes":[]';

test.each([
  [`{"planned_values":{},${CHANGES}}`, `{"planned_values":{},${CHANGES}}`],
  [
    ` {\n"a": [1] ,\t"planned_values" : { } ,"d":{"e":1}, ${CHANGES} }\r\n`,
    ` {\n"a": [1] ,\t"planned_values" : {} ,"d":{"e":1}, ${CHANGES} }\r\n`,
  ],
  [
    `{"a":"\\\\","planned_values":{"b":[{}]},${CHANGES}}`,
    `{"a":"\\\\","planned_values":{},${CHANGES}}`,
  ],
  [
    `{"a":{"planned_values":{"b":1}},"planned_values":{"c":2},${CHANGES}}`,
    `{"a":{"planned_values":{"b":1}},"planned_values":{},${CHANGES}}`,
  ],
])("%s", (text, expected) => {
  expect(cut(text)).toBe(expected);
});

test("stays where the changes that say the same are cut out", () => {
  for (const rest of ["", ',"a":1', ',"a":{"resource_changes":[]}', ',"a":"resource_changes"']) {
    const text = `{"planned_values":{"b":1}${rest}}`;
    expect(cut(text)).toBe(text);
  }
});

test("stays as it is where it is another text, another type, or cut off", () => {
  for (const text of [
    ...[
      "",
      "{",
      "[]",
      '"planned_values"',
      '{"a"',
      '{"a":tru',
      "{ a: 1 }",
      '{"planned_values":[1]}',
    ],
    ...['{"planned_values":{"a":"', '{"planned_values":{"a":{}', '{"planned_values', '{"a":"\\'],
    ...['{"a":{"planned_values":{"b":1}}}', '{"a":"planned_values","b":{"c":1}}'],
    `{"a":"${"x".repeat(2 ** 20)}","planned_values":{"b":1},"resource_changes":[]}`,
  ]) {
    expect(cut(text)).toBe(text);
  }
});

test("any JSON says the same after it", () => {
  const spaced = fc.constantFrom("", " ", "\n  ", "\t");
  const json = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
  const keys = fc.constantFrom(
    "planned_values",
    "resource_changes",
    "a",
    "planned_value",
    'planned_values"',
    "b\\",
  );
  const entries = fc.array(fc.tuple(keys, json), { maxLength: 6 });
  fc.assert(
    fc.property(entries, spaced, fc.boolean(), (list, space, nested) => {
      const blank = nested ? space : "";
      const members = list.map(([key, value]) => {
        return `${blank}${JSON.stringify(key)}${blank}:${blank}${JSON.stringify(value, null, space)}${blank}`;
      });
      const text = `${blank}{${members.join(",")}}${blank}`;
      const [before, after] = [JSON.parse(text), JSON.parse(cut(text))];
      const same = Object.hasOwn(before, "resource_changes") ? { planned_values: null } : {};
      expect({ ...after, ...same }).toEqual({ ...before, ...same });
      expect(Object.keys(after)).toEqual(Object.keys(before));
      for (let end = 0; end < text.trimEnd().length; end += 23) {
        expect(() => JSON.parse(cut(text.slice(0, end)))).toThrow(SyntaxError);
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});
