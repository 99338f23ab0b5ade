/**
 * What is mutated, and the tests that are tried on it in this order: fast ones, which start no
 * other process. A test of the same name as the mutated file comes first of all. Modules are loaded
 * afresh for each mutant, unless what they keep does not come from what is mutated.
 */
export const AREAS = [
  {
    name: "net",
    mutate: ["lib/net/**/*.ts"],
    tests: [/^net\/[^/]*(?<!laws|bounds)\.test\.ts$/, /^net\/[^/]*(laws|bounds)\.test\.ts$/],
  },
  {
    name: "flows",
    mutate: ["lib/edge/flows.ts", "lib/edge/connections.ts", "lib/edge/ruled-flows.ts"],
    tests: [/^edge\/(cases|flows[^/]*|ruled-flows[^/]*)\.test\.ts$/],
  },
  {
    name: "prove",
    keepsModules: true,
    mutate: ["lib/prove/*.ts"],
    tests: [
      /^prove\/(decide|prove|every-case|why-route|cases)\.test\.ts$/,
      /^mutation\/corpus\.ts$/,
      /^prove\/(why|oracle)\.test\.ts$/,
    ],
  },
  {
    name: "rollout",
    keepsModules: true,
    // What a mutant that is met while modules load makes anew is what loads it.
    keeps:
      /^lib\/(net|model|edge|read|prove\/(?!rollout))|^test\/(mutation\/(prepared|unmutated)|corpus\/files)/,
    heavy: 120,
    most: 5_000,
    mutate: ["lib/prove/rollout/**/*.ts"],
    tests: [
      /^prove\/rollout\/(?!covers|order-large|order-random|stacks)[^/]*\.test\.ts$/,
      /^mutation\/(rollouts|orders)\.ts$/,
      /^prove\/rollout\/(order-random|covers)\.test\.ts$/,
    ],
  },
];

/** Tests that read the text of lib, which is not as it was written, and tests that take long. */
export const WITHOUT = /leaves no attribute that the reader names inert|› laws of a change ›/;

export function areaOf(name) {
  const area = AREAS.find((each) => each.name === name);
  if (area === undefined) throw new Error(`MUTATION_AREA is "${name}", which is no area`);
  return area;
}
