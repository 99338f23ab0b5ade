import { note } from "../note";
import { portAgainst } from "../port-against";
import { defineRule } from "../rule";
import { checksOf } from "./checks";

/** A check speaks TLS to port 80, which the provider sends where none is set. */
export const healthCheckPort = defineRule({
  id: "resilience/health-check-port",
  severity: "warning",
  title: "A health check speaks TLS to port 80, or plain HTTP to port 443",
  check: (context) =>
    checksOf(context).flatMap(({ instance: { address }, type, port }) => {
      const scheme = type === "HTTPS" ? "https" : type === "HTTP" ? "http" : undefined;
      if (scheme === undefined || port === undefined || !portAgainst(scheme, port)) {
        return [];
      }
      const tls = scheme === "https";
      return [
        note(address, {
          what: `${address} speaks ${tls ? "TLS" : "plain HTTP"} to tcp/${port}`,
          why: tls
            ? "The provider sends port 80 where a check sets none, whatever its type is. The handshake fails there, so the check is unhealthy from the start, and a real outage changes nothing that an alert could tell."
            : "Web servers expect TLS on port 443 and answer plain HTTP there with Error 400, so the check is unhealthy from the start.",
          fix: tls
            ? "set `port` of the check to 443"
            : "set `type` of the check to HTTPS, or `port` to 80",
        }),
      ];
    }),
});
