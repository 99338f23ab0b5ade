import { type Draft, defineRule } from "../rule";

/** One object that two blocks manage, of which one is deleted. */
export const deletesWhatStays = defineRule({
  id: "rollout/deletes-what-stays",
  severity: "error",
  title: "A deletion takes away what another block keeps",
  check: ({ twins }) =>
    twins.map(({ instance, gone }): Draft => {
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
});
