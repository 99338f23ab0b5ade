import type { Explained } from "./explained";

/**
 * Errors about where a name leads.
 *
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/
 */
export const EXPLAINED_1XXX: readonly (readonly [number, Explained])[] = [
  [
    1000,
    {
      meaning:
        "The proxied record leads to an address of Cloudflare's own, so that the edge would connect to itself.",
      causes: [
        "An A or AAAA record has an address of Cloudflare's: often what a lookup of the proxied name gave.",
        "An endpoint of a load balancer, or a CNAME, is a name that is proxied itself.",
        "The origin is a proxy that sends requests back through Cloudflare.",
      ],
      covered:
        "Records with such an address are refuted. Where an origin sends requests on is not in Terraform.",
      rules: ["dns/points-to-cloudflare"],
      steps: [
        "Set the record to the address that the origin's provider shows.",
        "Give health checks and pools the origin's address, never the proxied name.",
      ],
    },
  ],
  [
    1001,
    {
      meaning: "Cloudflare could not resolve the name that was asked for.",
      causes: [
        "The hostname has a CNAME from elsewhere to a zone that does not know it.",
        "The zone is not, or no longer, at Cloudflare.",
        "The target of a CNAME does not resolve.",
      ],
      covered: "Nothing: names outside the input are not looked up.",
      rules: [],
      steps: [
        "Check that the hostname has a record in its own zone.",
        "For hostnames of customers, use Cloudflare for SaaS.",
      ],
    },
  ],
  [
    1002,
    {
      meaning:
        "The record leads to an address that is not allowed: a private or reserved one, or one of Cloudflare's.",
      causes: [
        "A private address, such as 10.0.0.5 or an instance's `private_ip`.",
        "An internal balancer's name.",
        "An address of Cloudflare's.",
      ],
      covered: "Addresses in the input, and attributes that are private by nature, are refuted.",
      rules: ["dns/special-purpose-address", "dns/points-to-cloudflare"],
      steps: [
        "Use the public address: an Elastic IP, or the name of a balancer that faces the internet.",
        "For an origin without a public address, use a tunnel.",
      ],
    },
  ],
  [
    1014,
    {
      meaning:
        "A CNAME leads to a name in another account of Cloudflare's, which that account has not allowed.",
      causes: ["A proxied CNAME whose target is proxied in somebody else's account."],
      covered: "Nothing: whose account a name is in is not in the input.",
      rules: [],
      steps: [
        "Have the other side add the hostname with Cloudflare for SaaS.",
        "Where both accounts are yours, move the zones to one, or lead to the origin's address.",
      ],
    },
  ],
  [
    1016,
    {
      meaning:
        "Cloudflare could not resolve the origin's name. It comes as Error 530 with this code in the body.",
      causes: [
        "The target of a CNAME has no A or AAAA record, or its name was deleted: a balancer that was replaced gets another name.",
        "No endpoint of any pool of a load balancer resolves, the fallback pool's included.",
      ],
      covered:
        "A CNAME to a resource of the input follows the resource. A name as text outside the input is undetermined.",
      rules: [],
      steps: [
        "Refer to the balancer's `dns_name` instead of writing the name down.",
        "Give the fallback pool an endpoint by address.",
      ],
    },
  ],
  [
    1033,
    {
      meaning:
        "The hostname leads to a tunnel to which no `cloudflared` is connected. The page has this code, and the status is 530.",
      causes: [
        "`cloudflared` does not run, or can't reach Cloudflare on port 7844.",
        "The record names a tunnel that was deleted or replaced.",
      ],
      covered: "A tunnel's ingress rules are read; whether `cloudflared` runs is not in Terraform.",
      rules: ["listener/tunnel-without-ingress"],
      steps: [
        "Check the state of `cloudflared` on its host, and its outgoing connections.",
        "Run it in two places: a tunnel takes several connectors.",
      ],
    },
  ],
];
