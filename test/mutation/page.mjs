const SUM = ["killed", "timeout", "survived", "unreached"];

/** How many mutants of each kind, of one file or of several. */
function count(files) {
  const [killed, timeout, survived, unreached] = SUM.map((kind) =>
    files.reduce((sum, file) => sum + file[kind], 0),
  );
  const all = killed + timeout + survived + unreached;
  return { all, killed, timeout, survived, unreached, score: (100 * (killed + timeout)) / all };
}

const cells = (name, { all, killed, timeout, survived, unreached, score }) =>
  `| ${[name, all, killed, timeout, survived, unreached, `${score.toFixed(1)} %`].join(" | ")} |`;

const HEAD = `| file | mutants | killed | timeout | survived | not reached | score |
|---|---|---|---|---|---|---|`;

const nameOf = (file) => file.split("/").at(-1);

function areaText({ area, files, report }, digestOf) {
  const title = `## ${area.mutate.join(", ")}`;
  const missing = files.filter((file) => report.files[file] === undefined).map(nameOf);
  const named = Object.entries(report.files).filter(([, each]) => count([each]).all > 0);
  if (named.length === 0) return `${title}\n\n**Not run.**`;
  const rows = named.map(([file, each]) => {
    const changed = each.digest !== digestOf(file);
    return cells(`${nameOf(file)}${changed ? " (changed since)" : ""}`, count([each]));
  });
  const total = cells("**all**", count(named.map(([, each]) => each)));
  const rest = missing.length === 0 ? "" : `\n\n**Not run:** ${missing.join(", ")}.`;
  return `${title}\n\nOf ${report.date}.${rest}\n\n${[HEAD, ...rows, total].join("\n")}`;
}

/** Mutants that no test fails, with the line that they change. */
function survivorsOf(reports) {
  return reports.flatMap(({ report }) =>
    Object.entries(report.files).flatMap(([file, { left }]) =>
      left.map(([mutatorName, line]) => ({ file, mutatorName, line })),
    ),
  );
}

/** `EqualityOperator next.first < interval.first`: a kind of mutant, and a part of its line. */
function isAt(text, mutatorName, line) {
  const [kind, ...part] = text.split(" ");
  return kind === mutatorName && line.includes(part.join(" "));
}

/** Why they survive, group by group; what no group names is counted at the end. */
function survivorsText(reports, groups) {
  const all = survivorsOf(reports);
  const isOf =
    ({ of }) =>
    ({ file, line, mutatorName }) =>
      Object.entries(of).some(([name, texts]) => {
        return file.endsWith(name) && texts.some((text) => isAt(text, mutatorName, line));
      });
  const told = groups.map((group) => {
    const found = all.filter(isOf(group));
    const files = [...new Set(found.map(({ file }) => file.split("/").at(-1)))].sort();
    return `- **${group.title}** (${found.length}: ${files.join(", ")}). ${group.why}`;
  });
  const rest = all.filter((each) => !groups.some((group) => isOf(group)(each)));
  const byFile = [...new Set(rest.map(({ file }) => file))].sort().map((file) => {
    const own = rest.filter((each) => each.file === file).length;
    return `${file.replace("lib/", "")} ${own}`;
  });
  const open = rest.length === 0 ? "" : `\n\nNot looked at one by one: ${byFile.join(", ")}.`;
  return `${told.join("\n")}${open}`;
}

/** `docs/mutation.md`. */
export function pageOf(reports, groups, digestOf) {
  const rollout = reports.map(({ area }) => area).find(({ heavy }) => heavy !== undefined);
  return `# Mutation testing

\`npm run mutation\` changes the code, a mutant at a time, and tries the tests on it: a mutant that no test fails has survived. This page is what it found; \`npm run mutation -- net\` tries one area (${reports.map(({ area }) => area.name).join(", ")}). Files that were tried as they are now are left out, unless \`--force\` is given, and what is found is kept every few files, so that a run that was stopped goes on where it was. \`-- rollout --mutate lib/prove/rollout/gone.ts\` tries one file.

The tests run in Stryker's process, without Jest, which would take a second for each mutant. They are the tests of the area and, for the proof, each plan of the corpus against its label: a review of it, or for the rollout what is decided of it alone. Tests of the rollout that take more than ${rollout.heavy} ms are left out where five others reach the mutant, and the last ones where all take more than ${rollout.most / 1000} s, but for those whose own file imports what is mutated: no mutant is said to be killed that \`npm test\` would let live. Tests with terraform answer what it was recorded to say (\`TERRAFORM_RECORD=1 npx jest test/prove/rollout\`). Texts are mutated like everything else. The score is killed and timed out, of all.

${reports.map((each) => areaText(each, digestOf)).join("\n\n")}

## Survivors

${survivorsText(reports, groups)}
`;
}
