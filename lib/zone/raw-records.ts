import { TerraformResource, TerraformStack } from "cdktf";
import { member } from "../model/value";
import { visitorPortsOf } from "../synth/declaration";
import { resolvedText } from "../synth/resolved-text";

const PARTS = ["zone_id", "name", "type", "content"];

/**
 * Records that the app makes by itself with all that a record of the library has: Cloudflare takes
 * one of the two, and the apply fails on the other.
 */
export function rawTwins(record: TerraformResource): string[] {
  const own = identityOf(record);
  return TerraformStack.of(record)
    .node.findAll()
    .filter(TerraformResource.isTerraformResource)
    .filter((other) => other.terraformResourceType === record.terraformResourceType)
    .filter((other) => other.count === undefined && other.forEach === undefined)
    .filter((other) => visitorPortsOf(other) === undefined && identityOf(other) === own)
    .map(
      ({ node }) =>
        `${node.path} is the record that this construct makes, and Cloudflare takes it once; remove ` +
        "one of the two",
    );
}

/** As it will be written, overrides included. */
function identityOf(record: TerraformResource): string {
  const { terraformResourceType: type, friendlyUniqueId } = record;
  const block = member(member(member(record.toTerraform(), "resource"), type), friendlyUniqueId);
  const texts = PARTS.map((part) => resolvedText(record, String(member(block, part))));
  return JSON.stringify(texts).toLowerCase();
}
