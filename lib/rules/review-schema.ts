import { z } from "zod";
import { parseCidr } from "../net/cidr";

/*
 * The review as its JSON has it: originproof.review.schema.json is made from this, and a base is
 * checked with it. The types are in review-types.ts; a test holds both together.
 */
const whole = (description: string) => z.number().int().min(0).meta({ description });
const text = (description: string) => z.string().meta({ description });
const texts = (description: string) => z.array(z.string()).meta({ description });
const range = z.string().refine((cidr) => parseCidr(cidr).ok);
const ranges = (description: string) => z.array(range).meta({ description });
const indexes = (of: string) => z.array(z.number().int().min(0)).meta({ description: of });

const Verdict = z.enum(["proved", "refuted", "undetermined"]);
const Count = z.strictObject({
  proved: whole("Paths whose statement is proved."),
  refuted: whole("Paths whose statement is refuted."),
  undetermined: whole("Paths of which neither can be told."),
});

/** A reason or an assumption. */
export const Said = z.strictObject({
  id: text("Stable id, group/what."),
  subject: text("The resource, address or setting that it is about."),
  text: text("A sentence without a final period."),
});

/** What names a path. */
export const Named = {
  input: text("The stack or file that holds the record."),
  hostname: text("The proxied hostname."),
  record: text("Terraform address of the record."),
};

/** Where the edge connects to. */
export const Flow = {
  family: z.union([z.literal(4), z.literal(6)]).meta({ description: "IPv4 or IPv6." }),
  origin: z.strictObject({
    address: z.string().nullable().meta({ description: "Null where it is not known." }),
    resource: z.string().nullable().meta({ description: "Null of one outside the input." }),
    port: whole("The TCP port that Cloudflare connects to."),
    scheme: z.enum(["http", "https"]),
  }),
};

const Step = z.strictObject({
  address: text("The resource."),
  action: z.enum(["create", "update", "delete", "forget"]),
  deposed: text("The key of a deposed object.").exactOptional(),
  part: text("What it does so far, where the update is several calls.").exactOptional(),
});

const SourceChange = z.strictObject({
  added: ranges("Surely admitted after the apply, and surely not before."),
  removed: ranges("Surely admitted before the apply, and surely not after."),
  complete: z.boolean().meta({ description: "False: there may be more." }),
});

const Before = z.strictObject({ availability: Verdict, exclusivity: Verdict });

const Path = z.strictObject({
  ...Named,
  ...Flow,
  certain: z.boolean().meta({ description: "False: some setting decides whether it exists." }),
  because: text("Which settings make it exist."),
  hops: z.array(
    z.strictObject({
      kind: z.enum(["address", "filter", "route", "listener", "proxy", "unknown"]),
      name: text("How a person calls it."),
      resources: texts("Terraform addresses of what it is made of."),
    }),
  ),
  availability: z.strictObject({
    verdict: Verdict,
    witness: z.string().nullable().meta({ description: "The lowest address that is cut off." }),
    missing: ranges("Ranges of the edge that are cut off."),
    undecided: ranges("Ranges of the edge that are neither surely let through nor cut off."),
    stoppedBy: whole("Index in `hops` of the one that stops the witness.").nullable(),
    error: whole("The code that a visitor would most likely see.").nullable(),
    reasons: z.array(Said),
  }),
  exclusivity: z.strictObject({
    verdict: Verdict,
    witness: z.string().nullable().meta({ description: "The lowest address that gets in." }),
    others: ranges("CIDRs that get in, perhaps with Cloudflare's and nobody's among them."),
    reasons: z.array(Said),
  }),
  rollout: z
    .strictObject({
      verdict: z.enum(["proved", "refuted", "undetermined", "notOwed"]),
      reasons: z.array(Said),
      witness: z
        .strictObject({
          done: z.array(Step).meta({ description: "What is done, in a possible order." }),
          pending: z.array(Step).meta({ description: "What is not done yet." }),
          cutOff: ranges("Ranges of the edge that get no answer meanwhile."),
        })
        .exactOptional(),
    })
    .nullable()
    .meta({ description: "Null where the input has no prior state." }),
  before: Before.nullable().meta({ description: "Null of a path that did not exist." }),
  admission: z
    .strictObject({ edge: SourceChange, others: SourceChange })
    .nullable()
    .meta({ description: "What the apply changes in who gets through." }),
  assumptions: z.array(Said).meta({ description: "What the verdicts rest on." }),
});

/** Where the user made something. */
export const Place = {
  constructPath: z.string().nullable().meta({ description: "Path of the construct, if known." }),
  source: z
    .strictObject({ file: text("The user's own file."), line: whole("Counted from 1.") })
    .nullable(),
};

const Finding = z.strictObject({
  rule: z.templateLiteral([z.string(), "/", z.string()]),
  severity: z.enum(["error", "warning"]),
  subject: text("Terraform address of what is to be changed, or what it is about."),
  ...Place,
  what: text("The defect."),
  why: text("Why it matters."),
  fix: text("What to do."),
  witness: z.string().nullable().meta({ description: "An address that a person can check." }),
  acknowledged: z
    .strictObject({ reason: z.string(), expires: z.string().nullable() })
    .nullable()
    .meta({ description: "Why it does not fail the run." }),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: "The same in a later review, whatever else has changed there." }),
  paths: indexes("Indexes in `paths` of the review."),
});

const Statements = z.strictObject({
  availability: Verdict,
  exclusivity: Verdict,
  rollout: z.enum(["proved", "refuted", "undetermined", "notOwed"]).nullable(),
});

const { input: _, ...OfAnyInput } = Named;

const Change = z.strictObject({
  base: text("The file or folder that the base was read from."),
  added: indexes("Indexes in `findings` of what the base had not, or had less of."),
  fixed: z.array(Finding).meta({ description: "Findings of the base that are gone." }),
  unchanged: indexes("Indexes in `findings` of what the base had too."),
  paths: z.array(
    z.strictObject({
      ...OfAnyInput,
      ...Flow,
      path: whole("Index in `paths`; null of one that is gone.").nullable(),
      base: Statements.nullable().meta({ description: "Null of a path that is new." }),
      head: Statements.nullable().meta({ description: "Null of a path that is gone." }),
    }),
  ),
  weakened: indexes("Indexes in `weakened` of what the base did not declare."),
});

/** Cloudflare's ranges, as they are pinned. */
export const Edge = z.strictObject({
  date: text("The day of the pinned ranges."),
  ranges: whole("How many they are."),
  digest: text("Of the ranges."),
});

/** The JSON of a review, of this `schemaVersion`. */
export const ReviewSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edge: Edge,
  summary: z.strictObject({
    hostnames: whole("Hostnames with a path."),
    paths: whole("Ways in which Cloudflare connects to an origin."),
    availability: Count,
    exclusivity: Count,
    rollout: Count.extend({ notOwed: whole("Paths to which the apply owes nothing.") }),
  }),
  paths: z.array(Path),
  gone: z
    .array(z.strictObject({ ...Named, ...Flow, before: Before }))
    .meta({ description: "Paths of the prior state that the apply ends." }),
  originless: z
    .array(
      z.strictObject({
        ...Named,
        because: z.enum(["tunnel", "placeholder", "redirect"]),
        servers: texts("The tunnel, Workers and rules that serve it."),
      }),
    )
    .meta({ description: "Proxied hostnames without a path." }),
  findings: z.array(Finding).meta({ description: "Errors first, then by rule and subject." }),
  drift: z
    .array(
      z.strictObject({
        input: text("The stack or file that holds it."),
        address: text("Terraform address."),
        action: z.enum(["update", "delete"]),
        attributes: texts("Attributes that differ."),
        paths: indexes("Indexes in `paths`."),
      }),
    )
    .meta({ description: "What was changed outside Terraform, of what is on a path." }),
  weakened: z
    .array(
      z.strictObject({
        kind: z.enum(["acknowledged", "exception", "filtered-elsewhere"]),
        subject: text("The construct's path, a Terraform address, or the configuration file."),
        what: text("The rule's id, a source, or the addresses."),
        reason: z.string(),
        expires: z.string().nullable().meta({ description: "The last day it counts, in UTC." }),
        state: z.enum(["valid", "expiring", "expired"]),
        ...Place,
      }),
    )
    .meta({ description: "What was declared beside the proof." }),
  change: Change.nullable().meta({ description: "How it differs from a base, if it has one." }),
});
