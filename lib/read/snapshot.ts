import type { Input, Instance } from "../model/instance";
import type { ModuleConfiguration } from "./configuration";

/** One input read: its instances after the apply, and before it where there is a prior state. */
export interface ReadInput {
  readonly input: Input;
  readonly configuration: ModuleConfiguration;
  readonly instances: readonly Instance[];
  /** What was there before the apply; undefined where nothing is deployed or nothing tells. */
  readonly before: readonly Instance[] | undefined;
}
