import type { Command } from "commander";
import { UsageError } from "./usage-error";

/** Of an option that takes one value, the first would be dropped where it is given twice. */
export function refuseRepeated(root: Command): void {
  for (const option of root.commands.flatMap(({ options }) => options)) {
    if (!option.isBoolean() && option.parseArg === undefined) {
      const name = option.long;
      option.argParser((value: string, earlier: string | undefined) => {
        if (earlier !== undefined) {
          throw new UsageError(`'${name}' is given twice; it takes one value`);
        }
        return value;
      });
    }
  }
}
