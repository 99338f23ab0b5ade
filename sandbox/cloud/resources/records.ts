import { isObject, type ObjectValue } from "../../provider/value";
import { find, type Handler, objects, Refused, type World } from "../handler";
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

/** Provider v4: `value` is the older word for `content`, and `name` needn't be the whole name. */
export const olderRecord: Handler = {
  ...record,
  fill: (planned, world) => {
    const zone = objects(world, "cloudflare_zone").find(
      ({ attributes }) => attributes.id === planned.zone_id,
    )?.attributes.zone;
    const [name, within] = [text(planned.name), text(zone)];
    const whole = within === "" || name === within || name.endsWith(`.${within}`);
    const hostname = name === "@" ? within : whole ? name : `${name}.${within}`;
    const given = text(planned.content) || text(planned.value);
    return { content: given, value: given, hostname };
  },
  steps: ({ prior, planned, current }) => {
    if (prior === null || planned === null) return [];
    const given = [planned.content, planned.value].map(text).find((word) => word !== "");
    return [
      {
        call: "PATCH /zones/{zone_id}/dns_records/{id}",
        run: (world) => {
          const object = find(world, "cloudflare_record", current?.id);
          if (object !== undefined && given !== undefined) {
            object.attributes = { ...object.attributes, content: given, value: given };
          }
          return undefined;
        },
      },
    ];
  },
};
