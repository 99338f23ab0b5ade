import { stopError } from "../../edge/errors";
import { formatAddress } from "../../net/cidr";
import { portsOpenTo } from "../refuted";
import { defineRule } from "../rule";

/** The origin is open to Cloudflare only on ports that Cloudflare never connects to. */
export const portNotProxied = defineRule({
  id: "listener/port-not-proxied",
  severity: "error",
  title: "The origin is open to Cloudflare only on ports that Cloudflare does not proxy",
  check: (context) =>
    context
      .refuted("listener/port-not-proxied")
      .map(({ subject, hop, missing, family, port, paths }) => {
        const open = portsOpenTo(hop, (each) => context.ranges.set(each));
        return {
          subject,
          paths,
          witness: formatAddress(family, missing.lowest() ?? 0n),
          what: `${subject} admits Cloudflare on tcp/${open.join(", tcp/")} alone, which Cloudflare does not proxy`,
          why: `Cloudflare connects to tcp/${port}, where nothing gets in; visitors see ${stopError(hop.stop).text}.`,
          fix: `let the origin listen on tcp/${port} and admit Cloudflare there; other ports that Cloudflare proxies, such as 8080 (http) and 8443 (https), serve only visitors who name them`,
        };
      }),
});
