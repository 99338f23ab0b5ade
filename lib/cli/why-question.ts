import { type Address, parseAddress } from "../net/cidr";
import { UsageError } from "./usage-error";

const FORMS = "write an address and a TCP port, as 131.0.72.1:443 or [2606:4700::1]:443";

/**
 * Reads `131.0.72.1:443` or `[2606:4700::1]:443`. A range is refused, since its parts may fare
 * differently: `review` decides ranges.
 *
 * @throws UsageError that names what to write instead
 */
export function parseQuestion(text: string): { readonly address: Address; readonly port: number } {
  const found = /^(?:\[([^\]]*)\]|([^[\]]*?))(?::([^:\]]*))?$/.exec(text.slice(0, 100));
  const [, bracketed, plain = "", port] = found ?? [];
  if (found === null || text.length > 100) {
    throw refused(text, FORMS);
  }
  if (bracketed === undefined && plain.includes(":")) {
    throw refused(text, "an IPv6 address has brackets before its port, as [2606:4700::1]:443");
  }
  const inside = bracketed ?? plain;
  if (inside.includes("/")) {
    throw refused(text, "ask about one address: the parts of a range may fare differently");
  }
  const address = parseAddress(inside);
  if (!address.ok) {
    throw refused(text, `the address ${address.problem}`);
  }
  const { value } = address;
  if (bracketed !== undefined && value.family === 4) {
    throw refused(text, `an IPv4 address has no brackets; write ${value.text}:${port ?? "443"}`);
  }
  if (value.text.startsWith("::ffff:") && value.text.includes(".")) {
    const ipv4 = value.text.slice("::ffff:".length);
    throw refused(text, `it is IPv4 written as IPv6; write ${ipv4}:${port ?? "443"}`);
  }
  return { address: value, port: portOf(text, value, port) };
}

function portOf(
  text: string,
  { family, text: address }: Address,
  port: string | undefined,
): number {
  const shown = family === 6 ? `[${address}]` : address;
  if (port === undefined) {
    throw refused(text, `it has no port; write ${shown}:443`);
  }
  if (!/^[1-9][0-9]{0,4}$/.test(port) || Number(port) > 65535) {
    throw refused(text, `a port is 1 to 65535; write ${shown}:443`);
  }
  return Number(port);
}

function refused(text: string, problem: string): UsageError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new UsageError(`${JSON.stringify(shown)}: ${problem}`);
}
