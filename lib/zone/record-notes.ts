import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../synth/configuration-error";
import { escapeTemplate, isUnresolved, requireLiteral } from "../synth/literal";
import { type Present, present } from "../synth/present";
import { CloudflarePlan } from "./cloudflare-plan";

/** What a record carries for people; visitors don't see it. */
export interface RecordNotes {
  /**
   * A note that Cloudflare's dashboard shows: up to 100 characters on Free, else 500.
   *
   * @default - no comment
   */
  readonly comment?: string;
  /**
   * Tags by name, such as `{ owner: "shop" }`, on Pro and above: up to 20. Names have up to 32
   * letters, digits, hyphens and underscores, values up to 100 characters.
   *
   * @default - no tags
   * @see https://developers.cloudflare.com/dns/manage-dns-records/reference/record-attributes/
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const MOST_TAGS = 20;

/**
 * The two attributes of a record, checked against the plan; tags are sorted by name. Their values
 * may be tokens, their names may not.
 *
 * @throws ConfigurationError `token-for-literal`, `invalid-comment`, `tags-not-in-plan`,
 * `too-many-tags`, `invalid-tag`
 */
export function noteAttributes(
  { comment, tags }: RecordNotes,
  plan: CloudflarePlan,
  scope: IConstruct,
): Present<{ comment: string | undefined; tags: string[] | undefined }> {
  checkComment(comment, plan, scope);
  requireLiteral("tags", namesOf(tags), '{ owner: "shop" }', scope);
  const written = Object.entries(tags ?? {}).map((tag) => tagOf(tag, scope));
  checkTags(written, plan, scope);
  return present({
    comment: comment === undefined ? undefined : escapeTemplate(comment),
    tags: written.length === 0 ? undefined : written.sort(),
  });
}

function checkComment(comment: string | undefined, plan: CloudflarePlan, scope: IConstruct): void {
  const max = plan.includes(CloudflarePlan.PRO) ? 500 : 100;
  // The text of a token says nothing of the length of its value.
  if (comment !== undefined && !isUnresolved(comment) && comment.length > max) {
    throw new ConfigurationError(
      "invalid-comment",
      `'comment' has ${comment.length} characters, and the plan ${plan} allows ${max}; ` +
        "shorten it",
      scope,
    );
  }
}

function checkTags(tags: readonly string[], plan: CloudflarePlan, scope: IConstruct): void {
  if (tags.length > 0 && !plan.includes(CloudflarePlan.PRO)) {
    throw new ConfigurationError(
      "tags-not-in-plan",
      `'tags' has ${tags.length}, and the plan ${plan} has none; ` +
        "leave 'tags' out, or use a zone whose 'plan' is pro",
      scope,
    );
  }
  if (tags.length > MOST_TAGS) {
    throw new ConfigurationError(
      "too-many-tags",
      `'tags' has ${tags.length}, and a record takes ${MOST_TAGS}; remove ${tags.length - MOST_TAGS}`,
      scope,
    );
  }
}

/** A token as a whole is no object whose members are tags. */
function namesOf(tags: RecordNotes["tags"] = {}): unknown {
  return Token.isUnresolved(tags) ? tags : Object.keys(tags);
}

function tagOf([name, value]: readonly [string, string], scope: IConstruct): string {
  const bad = !/^[A-Za-z0-9_-]{1,32}$/.test(name);
  if (bad || (!isUnresolved(value) && (value === "" || value.length > 100))) {
    const what = bad ? `the name ${JSON.stringify(name)}` : `a value of ${value.length} characters`;
    throw new ConfigurationError(
      "invalid-tag",
      `'tags' has ${what}; names have 1 to 32 letters, digits, hyphens and underscores, ` +
        "values 1 to 100 characters",
      scope,
    );
  }
  return `${name}:${escapeTemplate(value)}`;
}
