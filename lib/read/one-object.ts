import type { Instance } from "../model/instance";
import { isObject, type Json, member } from "../model/value";

/** Some ids are names, and the same in another region or zone. */
export function isSame(instance: Instance, twin: Instance): boolean {
  const { values } = instance;
  const names = Object.keys(isObject(values) ? values : {}).filter((name) =>
    /^(arn|region|.*_id)$/.test(name),
  );
  return (
    nameOf(instance) === nameOf(twin) &&
    names.every((name) => {
      const [own, other] = [textIn(values, name), textIn(twin.values, name)];
      return own === undefined || other === undefined || own === other;
    })
  );
}

/** One text for all blocks that may be one object: some types have two names. */
export function nameOf(instance: Instance): string {
  const kind = instance.type
    .replace(/^aws_alb(?=_|$)/, "aws_lb")
    .replace(/^aws_default_(?=subnet$|vpc$)/, "aws_")
    .replace(/^cloudflare_record$/, "cloudflare_dns_record");
  return `${kind} ${idOf(instance) ?? ""}`;
}

export function idOf({ values }: Instance): string | undefined {
  return textIn(values, "id");
}

export function textIn(values: Json, name: string): string | undefined {
  const value = member(values, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
