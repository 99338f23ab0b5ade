import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { defineRule } from "../rule";

/** The edge opens TLS, and the listener takes it for HTTP. */
export const plainListener = defineRule({
  id: "tls/plain-listener",
  severity: "error",
  title: "A listener speaks plain HTTP where Cloudflare opens TLS",
  check: (context) =>
    context.refuted("tls/plain-listener").map(({ subject, hop, missing, family, port, paths }) => ({
      subject,
      paths,
      witness: formatAddress(family, missing.lowest() ?? 0n),
      what: `${subject} speaks plain HTTP on tcp/${port}`,
      why: `Cloudflare opens a TLS connection to that port (${context.proved[paths[0] ?? -1]?.path.flow.because ?? "see the zone's settings"}), and the handshake fails; visitors see ${stopError(hop.stop).text}.`,
      fix: "set the listener's protocol to HTTPS, with a certificate that the SSL mode accepts",
    })),
});
