import { isObject, type ObjectValue } from "../../provider/value";
import { type Handler, objects, Refused, type World } from "../handler";
import { text } from "./texts";

const ADDRESSES = ["A", "AAAA"];

/**
 * A CNAME has its name to itself, and no record is there twice.
 *
 * @see https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/
 */
export const record: Handler = {
  created: (attributes, world) => {
    const [name, type] = [text(attributes.name), text(attributes.type)];
    for (const other of twins(attributes, world)) {
      const kinds = [type, text(other.type)];
      const clash = kinds.includes("CNAME") && (ADDRESSES.includes(type) || type === "CNAME");
      if (clash && (ADDRESSES.includes(text(other.type)) || other.type === "CNAME")) {
        throw new Refused(
          `81053: An A, AAAA, or CNAME record with that host already exists: ${name}`,
        );
      }
      if (other.type === type && value(other) === value(attributes)) {
        throw new Refused(`81058: An identical record already exists: ${name} ${type}`);
      }
    }
  },
};

const value = (attributes: ObjectValue): string =>
  JSON.stringify([attributes.content ?? attributes.value ?? null, attributes.data ?? null]);

function twins(attributes: ObjectValue, world: World): readonly ObjectValue[] {
  return ["cloudflare_dns_record", "cloudflare_record"]
    .flatMap((type) => objects(world, type))
    .map((object) => object.attributes)
    .filter(
      (other) =>
        isObject(other) &&
        other.id !== attributes.id &&
        other.zone_id === attributes.zone_id &&
        other.name === attributes.name,
    );
}
