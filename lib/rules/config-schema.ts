import { z } from "zod";
import { parseAddress, parseCidr } from "../net/cidr";
import { RULE_IDS, ruleAdvice } from "./rule-ids";

const Cidrs = z
  .string()
  .refine((text) => parseCidr(text).ok, {
    error: (issue) => `${JSON.stringify(issue.input)} ${problemOf(String(issue.input))}`,
  })
  .meta({ description: "Addresses in network form, such as 198.51.100.0/24." });
const Day = z.iso
  .date({ error: (issue) => `${JSON.stringify(issue.input)} is no day; write one as "2027-01-31"` })
  .meta({ description: "The last day that it counts, in UTC." });
const Reason = z
  .string()
  .trim()
  .min(1, "is empty; say in a few words why, since every report shows it")
  .meta({ description: "Why, for whoever reads the report." });
const Rule = z.enum(RULE_IDS, {
  error: ({ input }) =>
    input === undefined
      ? "is missing"
      : `${JSON.stringify(input)} is no rule; ${ruleAdvice(String(input))}`,
});

/** `originproof.config.json`. */
export const ConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  exceptions: z
    .array(
      z.strictObject({
        cidr: Cidrs,
        ports: z
          .array(z.number().int().min(1).max(65535))
          .default([])
          .meta({ description: "TCP ports; none means all." }),
        reason: Reason,
        expires: Day.optional(),
      }),
    )
    .default([])
    .meta({ description: "Sources that are meant to get in besides Cloudflare." }),
  acknowledged: z
    .array(
      z.strictObject({
        rule: Rule,
        subject: z
          .string()
          .min(1)
          .meta({ description: "The finding's subject, as reports show it." }),
        reason: Reason,
        expires: Day.optional(),
      }),
    )
    .default([])
    .meta({ description: "Findings that are known and do not fail the run." }),
  origins: z
    .record(
      z.string().refine((text) => parseAddress(text).ok, { error: "is no IP address" }),
      z.array(z.string()).min(1),
    )
    .default({})
    .meta({
      description: "Addresses outside the input → Terraform addresses of what filters them.",
    }),
  zones: z
    .record(
      z.string(),
      z.strictObject({
        ssl: z.enum(["off", "flexible", "full", "strict", "origin_pull"]).optional(),
        always_use_https: z.enum(["on", "off"]).optional(),
        ssl_automatic_mode: z.enum(["custom", "auto"]).optional(),
      }),
    )
    .default({})
    .meta({ description: "Zones outside the input: their settings, by zone name." }),
  edge: z
    .array(z.strictObject({ cidr: Cidrs, reason: Reason }))
    .default([])
    .meta({
      description:
        "Ranges that Cloudflare connects from besides the pinned ones: dedicated egress, BYOIP.",
    }),
  limits: z
    .strictObject({
      securityGroupRules: z
        .number()
        .int()
        .min(1)
        .optional()
        .meta({ description: "AWS: rules of one direction and family in a security group." }),
    })
    .default({})
    .meta({ description: "Quotas of your account, where they are not the vendor's defaults." }),
  gate: z
    .array(z.enum(["exclusivity"]))
    .default([])
    .meta({ description: "Statements whose refutation is an error even where no lock was meant." }),
});

/** What `originproof.config.json` declares. */
export type Config = z.infer<typeof ConfigSchema>;

function problemOf(text: string): string {
  const parsed = parseCidr(text);
  return parsed.ok ? "" : parsed.problem;
}
