import { note } from "../note";
import { defineRule } from "../rule";
import { checksOf } from "./checks";

/** Without a Host header, Cloudflare names no server in the handshake either. */
export const healthCheckWithoutHost = defineRule({
  id: "resilience/health-check-without-host",
  severity: "warning",
  title: "An HTTPS health check sends no Host header, so it names no server in the handshake",
  check: (context) =>
    checksOf(context)
      .filter(({ type, hosts }) => type === "HTTPS" && hosts === "unset")
      .map(({ instance: { address } }) =>
        note(address, {
          what: `${address} checks by HTTPS without a Host header`,
          why: "Cloudflare sends a server name in the TLS handshake only where the check has a Host header. A server that chooses its certificate by name refuses the handshake or shows another one, and the request reaches the default site: what is checked is not what visitors get.",
          fix: 'set `header` of the check to { Host = ["<the hostname that visitors use>"] }',
        }),
      ),
});
