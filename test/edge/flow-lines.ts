import { type EdgeFlow, type EdgeSettings, edgeFlows, type SslValue } from "../../lib/edge/flows";

export const AUTOMATIC = "(ssl_automatic_mode is not known to be custom)";
export const UNDOCUMENTED = "Cloudflare picks this port, which it does not document";

/** `http 80, certain, from http:80 https:443: ssl = flexible` */
function line({ scheme, port, certain, visitor, because }: EdgeFlow): string {
  const from = visitor.map((one) => `${one.scheme}:${one.port}`).join(" ");
  return `${scheme} ${port}, ${certain ? "certain" : "possible"}, from ${from}: ${because}`;
}

/** The flows of these settings, one line each; automatic mode is off unless said. */
export function lines(
  ssl: SslValue | readonly SslValue[],
  alwaysUseHttps: EdgeSettings["alwaysUseHttps"],
  rest: Partial<EdgeSettings> = {},
): readonly string[] {
  const modes = typeof ssl === "string" ? [ssl] : ssl;
  return edgeFlows({ ssl: modes, alwaysUseHttps, automaticMode: "custom", ...rest }).map(line);
}
