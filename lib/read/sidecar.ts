import { z } from "zod";
import { schemeOfPort } from "../edge/ports";
import { InputError } from "./input-error";

const Source = z.object({ file: z.string(), line: z.number().int().positive() });

const Declared = { constructPath: z.string(), source: Source.nullable(), reason: z.string() };
const Expires = z.iso.date().nullable();

/** What a construct was told to know better than the proof. */
const Weakened = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("acknowledged"), rule: z.string(), expires: Expires, ...Declared }),
  z.object({
    kind: z.literal("exception"),
    cidr: z.string(),
    /** None: every port. */
    ports: z.array(z.number().int()),
    expires: Expires,
    ...Declared,
  }),
  z.object({
    kind: z.literal("filtered-elsewhere"),
    addresses: z.array(z.string()),
    expires: Expires,
    ...Declared,
  }),
]);

/** What is known of a zone that the app imports, by the API's names. */
const Zone = z.object({
  ssl: z.enum(["off", "flexible", "full", "strict", "origin_pull"]).optional(),
  always_use_https: z.enum(["on", "off"]).optional(),
});

/** A port that Cloudflare proxies: another one has no flow. */
const VisitorPort = z.number().refine((port) => schemeOfPort(port) !== undefined, {
  error: "is no port that Cloudflare proxies",
});

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
  records: z.record(z.string(), z.object({ visitorPorts: z.array(VisitorPort).min(1) })),
  /** By name. */
  zones: z.record(z.string(), Zone).optional(),
  weakened: z.array(Weakened),
});

/** What synth knows of a stack and plan JSON cannot hold: `originproof.json` beside `cdk.tf.json`. */
export type Sidecar = z.infer<typeof Schema>;

/**
 * Reads `originproof.json`, which synth writes beside `cdk.tf.json`.
 *
 * @throws InputError where the text is no sidecar of this version
 */
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
