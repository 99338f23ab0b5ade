import { hopReasons } from "../by-reason";
import { note } from "../note";
import { defineRule } from "../rule";

/** An attachment adds a group to a machine whose own list takes it off again. */
export const contestedAttachment = defineRule({
  id: "firewall/contested-attachment",
  severity: "error",
  title: "A security group is attached to a machine whose own list takes it off again",
  check: (context) =>
    hopReasons(context, "aws/attachment-contested").map(({ reason: { subject }, paths }) =>
      note(
        subject,
        {
          what: `${subject} has a list of security groups of its own, and an attachment adds another one`,
          why: "Each apply of the machine sets its list again and takes the attached group off, with all that the group admits. Visitors who come in by its rules see Error 522 until the attachment is applied once more.",
          fix: "name the group in the machine's own list and remove the attachment, or remove the list",
        },
        paths,
      ),
    ),
});
