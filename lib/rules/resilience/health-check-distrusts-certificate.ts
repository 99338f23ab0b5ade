import type { Instance } from "../../model/instance";
import { bodyOf, listAttribute } from "../../read/attributes";
import { mayBeBalancer } from "../balancer-address";
import { note } from "../note";
import { defineRule } from "../rule";
import { checksOf } from "./checks";

/** Health checks trust public authorities alone, and the Origin CA is none. */
export const healthCheckDistrustsCertificate = defineRule({
  id: "resilience/health-check-distrusts-certificate",
  severity: "warning",
  title: "A health check verifies a certificate of Cloudflare's Origin CA, which it does not trust",
  check: (context) => {
    const certificates = context.lookup
      .managed("cloudflare_origin_ca_certificate")
      .map((instance) => ({ address: instance.address, names: namesOf(instance) }));
    return checksOf(context).flatMap((check) => {
      const { hosts, type, trustsAny, instance } = check;
      const known =
        typeof hosts === "string" || type !== "HTTPS" || trustsAny !== false ? [] : hosts;
      const found = certificates.find(({ names }) => {
        return known.some((host) => names.some((name) => covers(name, host.toLowerCase())));
      });
      // A balancer has a certificate of its own, mostly of a public authority.
      const own = mayBeBalancer(context.lookup, check.address, instance);
      return found === undefined || own
        ? []
        : [draft(instance.address, found.address, known.join(", "))];
    });
  },
});

function draft(check: string, certificate: string, host: string) {
  return note(check, {
    what: `${check} verifies the certificate of ${host}, which is ${certificate} of Cloudflare's Origin CA`,
    why: "Browsers and health checks don't trust the Origin CA; only Cloudflare's proxy does. The check fails with an untrusted certificate, so it is unhealthy from the start.",
    fix: "set `allow_insecure` of the check to true, or give the origin a certificate of a public authority",
  });
}

function namesOf(certificate: Instance): readonly string[] {
  const names = listAttribute(bodyOf(certificate), "hostnames");
  const known = names === "unset" ? [] : names.known;
  return known.flatMap((name) => (typeof name === "string" ? [name.toLowerCase()] : []));
}

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  return name.startsWith("*.") ? host.slice(host.indexOf(".")) === name.slice(1) : host === name;
}
