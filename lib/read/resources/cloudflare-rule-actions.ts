import type { Effect } from "../../edge/rules";
import { isObject, knownString } from "../../model/value";
import { asNumber, attribute, type Block, nestedBlocks } from "../attributes";
import { isSslValue } from "./cloudflare-rule";
import { setBlocks } from "./cloudflare-value";

/** What a rule of a phase does: its effect, or why that is not known. Neither: nothing that counts. */
export interface Action {
  readonly effect?: Effect;
  readonly unread?: string;
  readonly rewrites?: true;
  readonly setsHost?: true;
  /** It holds for some of what the expression matches. */
  readonly partly?: true;
}

function parameters(rule: Block): Block | undefined {
  return nestedBlocks(rule, "action_parameters").blocks[0];
}

export function redirect(action: string | undefined, rule: Block): Action {
  if (action !== "redirect") {
    return { unread: `what its action ${action ?? "known after apply"} does is not read` };
  }
  const found = parameters(rule);
  const lists = found === undefined ? undefined : setBlocks(found, "from_list");
  const whole = lists !== undefined && lists.blocks.length === 0 && !lists.open;
  return { effect: { redirected: true }, ...(whole ? {} : { partly: true }) };
}

/** URL rewrites: they change the path that later rules see. */
export function rewrite(_action: string | undefined, rule: Block): Action {
  const found = parameters(rule);
  const uri = found === undefined ? undefined : attribute(found, "uri");
  return uri?.kind === "unset" || (uri?.kind === "known" && !isSet(uri.value))
    ? {}
    : { rewrites: true };
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value);
}

export function configure(action: string | undefined, rule: Block): Action {
  const found = parameters(rule);
  if (action !== "set_config" || found === undefined) {
    return { unread: `what its action ${action ?? "known after apply"} does is not read` };
  }
  const ssl = attribute(found, "ssl");
  if (ssl.kind === "unset") {
    return {};
  }
  const mode = ssl.kind === "known" ? ssl.value : undefined;
  return isSslValue(mode)
    ? { effect: { ssl: mode } }
    : { unread: "the SSL mode that it sets is not known" };
}

/** @see https://developers.cloudflare.com/rules/origin-rules/features/ */
export function route(action: string | undefined, rule: Block): Action {
  const found = parameters(rule);
  if (action !== "route" || found === undefined) {
    return { unread: `what its action ${action ?? "known after apply"} does is not read` };
  }
  // Host header and SNI alone change neither address nor port.
  const setsHost = attribute(found, "host_header").kind !== "unset";
  return { ...connect(found), ...(setsHost ? { setsHost } : {}) };
}

/** Where an origin rule makes the edge connect to. */
function connect(parameters: Block): Action {
  const { blocks, open } = setBlocks(parameters, "origin");
  const [origin] = blocks;
  if (open) {
    return { unread: "the origin that it sets is known after apply" };
  }
  if (origin === undefined) {
    return {};
  }
  const host = attribute(origin, "host");
  const port = attribute(origin, "port");
  const name = knownString(host)?.toLowerCase().replace(/\.$/, "");
  const number = port.kind === "known" ? asNumber(port.value) : undefined;
  if ((host.kind !== "unset" && !name) || (port.kind !== "unset" && !isPort(number))) {
    return { unread: "the origin or port that it sets is not known" };
  }
  return {
    effect: {
      ...(name === undefined ? {} : { origin: name }),
      ...(number === undefined ? {} : { port: number }),
    },
  };
}

function isPort(port: number | undefined): boolean {
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535;
}
