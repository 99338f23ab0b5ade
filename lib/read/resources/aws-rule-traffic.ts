import type { Value } from "../../model/value";
import { asNumber, attribute, type Block } from "../attributes";

/** The protocol and ports that a rule names, read once however many ports are asked for. */
export class Traffic {
  #read: Named | undefined;

  constructor(
    private readonly block: Block,
    private readonly protocol: string,
  ) {}

  public get named(): Named {
    this.#read ??= {
      protocol: matchProtocol(attribute(this.block, this.protocol)),
      from: portOf(attribute(this.block, "from_port")),
      to: portOf(attribute(this.block, "to_port")),
    };
    return this.#read;
  }
}

interface Named {
  readonly protocol: ReturnType<typeof matchProtocol>;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Names, numbers and any case occur: `tcp`, `"6"`, `TCP`, `-1`, `all`. */
function matchProtocol(value: Value): "tcp" | "all" | "no" | "maybe" {
  if (value.kind !== "known") {
    return "maybe";
  }
  const text = typeof value.value === "object" ? "" : String(value.value).trim().toLowerCase();
  if (text === "tcp" || text === "6") {
    return "tcp";
  }
  if (text === "-1" || text === "all") {
    return "all";
  }
  return OTHER_PROTOCOLS.test(text) ? "no" : "maybe";
}

/** Numbers and IANA's names; a text that is neither may mean anything. */
const OTHER_PROTOCOLS =
  /^(?:\d{1,3}|udp|icmp|icmpv6|ipv6-icmp|igmp|ipip|ipv4|ipv6|gre|esp|ah|sctp|udplite|ospf\w*|pim|vrrp|l2tp|egp|igp|rdp|rsvp)$/;

function portOf(value: Value): number | undefined {
  return value.kind === "known" ? asNumber(value.value) : undefined;
}
