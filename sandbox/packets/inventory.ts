import type { CloudState } from "../cloud/state";
import { isObject, type ObjectValue, type Value } from "../provider/value";

export const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

export const texts = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

export const blocks = (value: Value | undefined): readonly ObjectValue[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];

const byType = new WeakMap<CloudState, ReadonlyMap<string, readonly ObjectValue[]>>();

/** The attributes of all objects of a type. */
export function all(cloud: CloudState, type: string): readonly ObjectValue[] {
  let known = byType.get(cloud);
  if (known === undefined) {
    const map = new Map<string, ObjectValue[]>();
    for (const object of Object.values(cloud.objects)) {
      const list = map.get(object.type) ?? [];
      map.set(object.type, [...list, object.attributes]);
    }
    byType.set(cloud, map);
    known = map;
  }
  return known.get(type) ?? [];
}

export const one = (cloud: CloudState, type: string, id: string): ObjectValue | undefined =>
  all(cloud, type).find((object) => object.id === id);

/** A subnet that the cloud doesn't hold was there before: it has what AWS gives one. */
export interface Subnet {
  readonly id: string;
  readonly known: boolean;
  readonly vpc: string;
  readonly cidr: string;
  readonly zone: string;
}

export function subnetOf(cloud: CloudState, id: string): Subnet {
  const found = one(cloud, "aws_subnet", id);
  return {
    id,
    known: found !== undefined,
    vpc: text(found?.vpc_id),
    cidr: text(found?.cidr_block) || "172.31.0.0/20",
    zone: text(found?.availability_zone),
  };
}
