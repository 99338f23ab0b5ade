import { type Draft, defineRule, type RuleContext } from "../rule";
import type { Declaration, Weakening } from "../weakening";
import { admissionsOf } from "./admitted";
import { declaredDraft, nameOf } from "./draft";
import { Subjects } from "./subjects";
import { unusedEntries } from "./unused-entries";

/** Something declared that nothing in the input needs: a slip of the pen, or long mended. */
export const unused = defineRule({
  id: "declared/unused",
  severity: "warning",
  title: "Something declared beside the proof matches nothing",
  check: (context) => {
    const partial = context.topology.inputs.some((input) => input.partial !== undefined);
    // Without a path, nothing can be needed yet: a stack of networks alone, a plan that broke off.
    if (context.proved.length === 0 || partial) {
      return [];
    }
    const { declarations } = context;
    const subjects = declarations.length === 0 ? undefined : new Subjects(context);
    const declared = subjects && declarations.flatMap((each) => draftOf(each, subjects, context));
    return [...(declared ?? []), ...unusedEntries(context)];
  },
});

function draftOf(declaration: Declaration, subjects: Subjects, context: RuleContext): Draft[] {
  const { weakening, exception } = declaration;
  if (weakening.state === "expired") {
    return [];
  }
  if (weakening.kind === "acknowledged") {
    return isUnusedAcknowledgement(weakening, subjects, context)
      ? [acknowledgement(weakening)]
      : [];
  }
  if (exception === null) {
    return [];
  }
  const { admitted, open } = admissionsOf(exception, context);
  return open || admitted.length > 0 ? [] : [exceptionDraft(weakening)];
}

function isUnusedAcknowledgement(
  weakening: Weakening,
  subjects: Subjects,
  { findings }: RuleContext,
): boolean {
  const rule = weakening.what;
  const about = findings.filter((finding) => finding.rule === rule);
  if (
    rule.startsWith("declared/") ||
    about.some(({ subject }) => subjects.covers(weakening, subject))
  ) {
    return false;
  }
  return subjects.isDecided(weakening);
}

function acknowledgement(weakening: Weakening): Draft {
  return declaredDraft(weakening, {
    what: `${nameOf(weakening)} covers no finding`,
    why: "What it was for is mended, or it names another rule or subject than was meant; a later defect would pass under it.",
    fix: "remove it, or name the rule and the subject as the finding does",
  });
}

function exceptionDraft(weakening: Weakening): Draft {
  return declaredDraft(weakening, {
    what: `${nameOf(weakening)} is for a source that no rule admits`,
    why: "Its rule is gone, or never was; whoever adds one later gets in without a finding.",
    fix: "remove it, or mend its addresses and ports",
  });
}
