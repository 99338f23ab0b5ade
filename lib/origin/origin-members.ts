import { hasLists, type Members } from "../synth/required-list";

const TYPES = ["A", "AAAA", "CNAME"];

/** What a prop with origins takes: others may implement the interface, and leave out a part of it. */
export const ORIGINS: Members = {
  what: "IOrigin with addresses, firewalls and dependencies",
  example: "[new InstanceOrigin(…)]",
  fits: (value) =>
    hasLists(value, "addresses", "firewalls", "dependencies") &&
    (Reflect.get(Object(value), "addresses") as readonly unknown[]).every(isAddress),
};

function isAddress(value: unknown): boolean {
  const type: unknown = Reflect.get(Object(value), "type");
  const content: unknown = Reflect.get(Object(value), type === "CNAME" ? "hostname" : "content");
  return typeof type === "string" && TYPES.includes(type) && typeof content === "string";
}
