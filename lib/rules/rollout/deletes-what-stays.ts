import type { Undone } from "../../read/undone";
import { type Draft, defineRule } from "../rule";

/** One object that two blocks manage, of which one is deleted. */
export const deletesWhatStays = defineRule({
  id: "rollout/deletes-what-stays",
  severity: "error",
  title: "A deletion takes away what another block keeps",
  check: ({ twins, undone }) => [
    ...twins.map(({ instance, gone }): Draft => {
      const [stays, goes] = [instance.address, gone.address];
      const same = instance.type === gone.type;
      const words = same
        ? `${stays} and ${goes} are one object`
        : `${stays} and ${goes} say the same rule`;
      return {
        subject: stays,
        paths: [],
        witness: null,
        what: `${words}, and this apply deletes it`,
        why: `Terraform deletes what ${goes} manages, by its id or by what it says, and knows nothing of the other block: ${stays} is in the state afterwards, and what it stands for is gone until the next apply makes it anew.`,
        fix: same
          ? `write a moved block from ${goes} to ${stays} in place of the import, or a removed block for ${goes} with lifecycle { destroy = false }`
          : `write a removed block for ${goes} with lifecycle { destroy = false }, or take it out of the state with 'terraform state rm'`,
      };
    }),
    ...undone.map(undoneDraft),
  ],
});

function undoneDraft({ instance, gone, sure }: Undone): Draft {
  const [made, goes] = [instance.address, gone.address];
  if (made === goes) {
    return {
      subject: made,
      paths: [],
      witness: null,
      what: `${made} is made anew as what it was, and this apply deletes the old one afterwards`,
      why: `To make what is there already is no error and changes nothing, so the deletion that follows takes it away, and nothing makes it anew until the next apply.`,
      fix: `take create_before_destroy from ${made}, or leave what forces the replacement as it is`,
    };
  }
  return {
    subject: made,
    paths: [],
    witness: null,
    what: `${made} is what ${goes} was, and this apply deletes that ${sure ? "afterwards" : "before or after it makes it"}`,
    why: `To make what is there already is no error and changes nothing, so where the deletion of ${goes} comes last it takes away what ${made} stands for, and nothing makes it anew until the next apply.`,
    fix: `write a moved block from ${goes} to ${made}, so that nothing is deleted`,
  };
}
