import fc from "fast-check";
import wrap from "wrap-ansi";
import { wrapped } from "../../lib/report/block";

const WORDS = [
  "a",
  "→",
  "·",
  "…",
  "www.example.com,",
  "é",
  "語",
  "\u001b[1mx\u001b[0m",
  "",
  "x".repeat(30),
];

describe("wrapped", () => {
  it("breaks lines where wrap-ansi does, whatever the words", () => {
    const texts = fc.array(fc.constantFrom(...WORDS), { maxLength: 30 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 60 }), (words, width) => {
        const text = words.join(" ");
        expect(wrapped("", text, width)).toEqual(wrap(text, width, { hard: true }).split("\n"));
      }),
    );
  });
});
