import { knownString } from "../../model/value";
import { asNumber, attribute, type Block, nestedBlocks } from "../attributes";

/** The port of the health checks: the target's own unless one is named. */
export function healthPort(body: Block): number | "traffic" | undefined {
  const { blocks, open } = nestedBlocks(body, "health_check");
  const [check] = blocks;
  if (check === undefined) {
    return open ? undefined : "traffic";
  }
  const port = attribute(check, "port");
  if (port.kind === "unset" || (port.kind === "known" && port.value === "traffic-port")) {
    return "traffic";
  }
  return port.kind === "known" ? asNumber(port.value) : undefined;
}

/** `HTTP:8080/health` of a classic balancer; without a check of its own it is `TCP:80`. */
export function classicHealthPort(body: Block): number | undefined {
  const { blocks, open } = nestedBlocks(body, "health_check");
  const [check] = blocks;
  if (check === undefined) {
    return open ? undefined : 80;
  }
  const target = knownString(attribute(check, "target"));
  const port = /^[A-Za-z]+:(\d{1,5})(?:\/|$)/.exec(target ?? "")?.[1];
  return port === undefined ? undefined : Number(port);
}
