import { defineRule } from "originproof/review";

/** Every address that visitors reach is to be an Elastic IP: ours don't change on a restart. */
export const noElasticIp = defineRule({
  id: "ours/no-elastic-ip",
  severity: "warning",
  title: "A proxied record leads to an address that is no Elastic IP",
  check: ({ proved }) =>
    proved.flatMap(({ path: { flow } }, index) => {
      const { resource } = flow.origin;
      return resource === null || resource.startsWith("aws_eip.")
        ? []
        : [
            {
              subject: flow.record,
              paths: [index],
              witness: null,
              what: `${flow.hostname} leads to ${resource}`,
              why: "Its address changes when the machine is stopped.",
              fix: "give the machine an aws_eip and point the record at it",
            },
          ];
    }),
});
