import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";

/** The edge speaks plain HTTP, and the listener waits for TLS. */
export const listenerExpectsTls = defineRule({
  id: "tls/listener-expects-tls",
  severity: "error",
  title: "A listener expects TLS where Cloudflare speaks plain HTTP",
  check: (context) =>
    context
      .refuted("tls/listener-expects-tls")
      .map(({ subject, hop, missing, family, port, paths }) => ({
        subject,
        paths,
        witness: formatAddress(family, missing.lowest() ?? 0n),
        what: `${subject} expects TLS on tcp/${port}`,
        why: `Cloudflare speaks plain HTTP on that port (${context.proved[paths[0] ?? -1]?.path.flow.because ?? "see the zone's settings"}); visitors see ${stopError(hop.stop).text}.`,
        fix: `set the listener's protocol on tcp/${port} to HTTP, or set the SSL mode to strict, so that Cloudflare opens TLS on port 443`,
      })),
});
