/** A word with more edits than one in so many letters is another word. */
const LETTERS = 4;
/** More are no help. */
const SHOWN = 3;

/** The known words that a misspelt one may mean: by few edits, or as a part of them. */
export function nearOf(text: string, known: readonly string[]): readonly string[] {
  const word = text.toLowerCase().slice(0, 100);
  const scored = known.map((each) => {
    const parts = [each, each.slice(each.indexOf("/") + 1)];
    return { each, apart: Math.min(...parts.map((part) => apartness(word, part))) };
  });
  const within = Math.floor(word.length / LETTERS);
  return scored
    .filter(({ each, apart }) => apart <= within || (word.length >= 4 && each.includes(word)))
    .sort((left, right) => left.apart - right.apart)
    .slice(0, SHOWN)
    .map(({ each }) => each);
}

/** How many letters to add, take away or change. */
function apartness(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      const change = (row[j - 1] ?? 0) + same;
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
