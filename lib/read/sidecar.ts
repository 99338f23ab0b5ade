import { z } from "zod";
import { InputError } from "./input-error";

const Source = z.object({ file: z.string(), line: z.number().int().positive() });

const Schema = z.object({
  schemaVersion: z.literal(1),
  stack: z.string(),
  resources: z.record(
    z.string(),
    z.object({
      constructPath: z.string(),
      source: Source.nullable(),
      createBeforeDestroy: z.boolean(),
    }),
  ),
  locks: z.array(z.string()),
  records: z.record(z.string(), z.object({ visitorPorts: z.array(z.number().int()) })),
  weakened: z.array(z.unknown()),
});

/** What synth knows of a stack and plan JSON cannot hold: `originproof.json` beside `cdk.tf.json`. */
export type Sidecar = z.infer<typeof Schema>;

/** @throws InputError where the text is no sidecar of this version */
export function parseSidecar(text: string, label: string): Sidecar {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InputError(label, "is no JSON; run 'cdktf synth' again");
  }
  const parsed = Schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? "" : ` ('${issue.path.join(".")}': ${issue.message})`;
    throw new InputError(
      label,
      `is no originproof.json of this version${where}; run 'cdktf synth' again`,
    );
  }
  return parsed.data;
}
