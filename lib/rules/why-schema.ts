import { z } from "zod";
import { Edge, Flow, Named, Place, Said } from "./review-schema";

const Port = z.number().int().min(0).meta({ description: "A TCP port." });
const Fate = z.enum(["admitted", "partly", "perhaps", "stopped"]);
const Family = z.union([z.literal(4), z.literal(6)]);
const Kind = z.enum(["address", "filter", "route", "listener", "proxy", "unknown"]);

const Rule = z.strictObject({
  resource: z.string().nullable().meta({ description: "Null for what no block holds." }),
  effect: z.enum(["allow", "deny"]),
  sure: z.boolean().meta({ description: "False: known after apply." }),
  rule: z.string().exactOptional().meta({ description: "Which of the block's rules." }),
  text: z.string().meta({ description: "What it allows, denies or sends where." }),
  ...Place,
});

const Hop = z.strictObject({
  kind: Kind,
  name: z.string().meta({ description: "How a person calls it." }),
  resources: z.array(z.string()),
  place: z.strictObject(Place),
  port: Port,
  verdict: Fate,
  rules: z.array(Rule).meta({ description: "Those that decide." }),
  admits: z
    .array(z.string())
    .nullable()
    .meta({ description: "A filter that stops it: what it admits instead." }),
  admittedOn: z.array(Port).meta({ description: "Ports on which the filter would admit it." }),
  reasons: z.array(Said),
  assumptions: z.array(Said),
});

const Owner = z.union([
  z.strictObject({ kind: z.literal("edge"), range: z.string(), date: z.string() }),
  z.strictObject({ kind: z.literal("declared-edge"), range: z.string(), reason: z.string() }),
  z.strictObject({
    kind: z.literal("exception"),
    what: z.string(),
    reason: z.string(),
    expires: z.string().nullable(),
    expired: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("nobody") }),
]);

/** The JSON of `originproof why`; the types are in why-types.ts. */
export const WhySchema = z.strictObject({
  schemaVersion: z.literal(1),
  edge: Edge,
  source: z.strictObject({
    address: z.string(),
    family: Family,
    port: Port,
    specialPurpose: z.string().nullable().meta({ description: "What it is set aside for." }),
    originOf: z.array(z.string()).meta({ description: "Hostnames that lead to this address." }),
    owner: Owner.meta({ description: "Whose the address is." }),
  }),
  paths: z.array(
    z.strictObject({
      ...Named,
      ...Flow,
      certain: z.boolean(),
      because: z.string().meta({ description: "Which settings make it exist." }),
      verdict: Fate,
      stoppedBy: z.number().int().min(0).nullable().meta({ description: "Index in `hops`." }),
      error: z.string().nullable().meta({ description: "What visitors would see." }),
      hops: z.array(Hop),
      reasons: z.array(Said),
      assumptions: z.array(Said),
    }),
  ),
  others: z
    .array(z.strictObject({ port: Port, family: Family }))
    .meta({ description: "Ports and families of the paths that were left out." }),
});
