import { readdirSync } from "node:fs";

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

/** Files of an area, as Stryker's pattern names them, that no run has been tried on. */
function notRun({ mutate }, files) {
  const all = mutate.flatMap((pattern) => {
    const [folder, rest] = pattern.split(/\/(?=[^/]*$)/);
    const base = folder.replace(/\/\*\*$/, "");
    if (!rest.includes("*")) return [pattern];
    return readdirSync(base)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${base}/${file}`);
  });
  return all.filter((file) => files[file] === undefined);
}

function areaText({ area, report }, digestOf) {
  const title = `## ${area.mutate.join(", ")}`;
  const note = area.note === undefined ? "" : `\n\n${area.note}`;
  if (report === undefined) return `${title}\n\n**Not run.**${note}`;
  const named = Object.entries(report.files).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = named.map(([file, each]) => {
    const changed = each.digest !== digestOf(file);
    return cells(`${file.split("/").at(-1)}${changed ? " (changed since)" : ""}`, count([each]));
  });
  const total = cells("**all**", count(named.map(([, each]) => each)));
  const missing = notRun(area, report.files).map((file) => file.split("/").at(-1));
  const rest =
    missing.length === 0 ? "" : `\n\n**Not run**, or nothing but types: ${missing.join(", ")}.`;
  return `${title}\n\nOf ${report.date}.${rest}${note}\n\n${[HEAD, ...rows, total].join("\n")}`;
}

/** Mutants that no test fails, with the line that they change. */
function survivorsOf(reports) {
  return reports.flatMap(({ report }) =>
    Object.entries(report?.files ?? {}).flatMap(([file, { left }]) =>
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
  return `# Mutation testing

\`npm run mutation\` changes the code, a mutant at a time, and tries the tests on it: a mutant that no test fails has survived. This page is what it found; \`npm run mutation -- net\` tries one area (${reports.map(({ area }) => area.name).join(", ")}), and what comes after is for Stryker, as \`-- rollout --mutate lib/prove/rollout/gone.ts\`.

The tests run in Stryker's process, without Jest, which would take a second for each mutant. They are the tests of the area and, for the proof, a review of each plan of the corpus against its label. Tests with terraform answer what it was recorded to say (\`TERRAFORM_RECORD=1 npx jest test/prove/rollout\`). Texts are mutated like everything else. The score is killed and timed out, of all.

${reports.map((each) => areaText(each, digestOf)).join("\n\n")}

## Survivors

${survivorsText(reports, groups)}
`;
}
