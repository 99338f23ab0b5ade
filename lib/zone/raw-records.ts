import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { TerraformResource, TerraformStack } from "cdktf";
import { member } from "../model/value";
import { visitorPortsOf } from "../synth/declaration";
import { resolvedText } from "../synth/resolved-text";

/** A symbol of the whole process, so that copies of the library in one app look once. */
const CHECKED = Symbol.for("originproof/raw-records");

const PARTS = ["zone_id", "name", "type", "content"];

/**
 * Refuses records that the app makes by itself with all that a record of the library has:
 * Cloudflare takes one of the two, and the apply fails on the other. One validation of the stack
 * looks at all of them together.
 */
export function refuseRawTwins(record: TerraformResource): void {
  const stack = TerraformStack.of(record);
  if (!Object.hasOwn(stack, CHECKED)) {
    Object.defineProperty(stack, CHECKED, { value: true });
    stack.node.addValidation({ validate: () => rawTwins(stack) });
  }
}

function rawTwins(stack: TerraformStack): string[] {
  const records = stack.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .filter(({ terraformResourceType }) => terraformResourceType === DnsRecord.tfResourceType);
  const raw = records
    .filter((record) => visitorPortsOf(record) === undefined)
    .filter(({ count, forEach }) => count === undefined && forEach === undefined);
  if (raw.length === 0) {
    return [];
  }
  const own = records.filter((record) => visitorPortsOf(record) !== undefined);
  const made = new Map(own.map((record) => [identityOf(record), record.node.scope?.node.path]));
  return raw.flatMap((record) => {
    const by = made.get(identityOf(record));
    const text = `${record.node.path} is the record that ${by} makes, and Cloudflare takes it once`;
    return by === undefined ? [] : [`${text}; remove one of the two`];
  });
}

/** As it will be written, overrides included. */
function identityOf(record: TerraformResource): string {
  const { terraformResourceType: type, friendlyUniqueId } = record;
  const block = member(member(member(record.toTerraform(), "resource"), type), friendlyUniqueId);
  const texts = PARTS.map((part) => resolvedText(record, String(member(block, part))));
  return JSON.stringify(texts).toLowerCase();
}
