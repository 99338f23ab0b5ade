import type { PathReport } from "../../rules/review-types";
import { originOf } from "../text-paths";
import { name } from "./escape";

type Target = Pick<PathReport, "hostname" | "family" | "origin">;

/** The first names, and how many more there are. */
export function namesText(
  names: readonly string[],
  most: number,
  render: (text: string) => string = name,
): string {
  const all = [...new Set(names)];
  const more = all.length - most;
  const shown = all.slice(0, more > 0 ? most : all.length).map(render);
  return more > 0 ? `${shown.join(", ")} and ${figure(more)} more` : shown.join(", ");
}

/** `aws_eip.web tcp/80, tcp/443 (IPv4)`: the family only where no address shows it. */
export function originText(paths: readonly Target[], most: number): string {
  const families = [...new Set(paths.map(({ family }) => family))].sort();
  const isShown = paths.every(({ origin }) => origin.address !== null);
  const family = isShown ? "" : ` (${families.map((each) => `IPv${each}`).join(", ")})`;
  return `${namesText(paths.map(originOf), most)} ${portsText(paths)}${family}`;
}

/** `tcp/80, tcp/443`. */
export function portsText(paths: readonly Pick<PathReport, "origin">[]): string {
  const ports = [...new Set(paths.map(({ origin }) => origin.port))].sort((a, b) => a - b);
  return ports.map((port) => `tcp/${port}`).join(", ");
}

/** `1 range`, `2,000 ranges`. */
export function plural(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `1,950`: the same in every locale. */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
