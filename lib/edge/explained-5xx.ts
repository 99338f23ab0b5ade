import type { Explained } from "./explained";

/**
 * Errors of the edge's connection to an origin, and of what comes over it.
 *
 * @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
export const EXPLAINED_5XX: readonly (readonly [number, Explained])[] = [
  [
    520,
    {
      meaning:
        "The origin took the connection and answered with something that is no usable HTTP answer: nothing, a broken status line, headers that are too large, or a connection closed half-way.",
      causes: [
        "The application crashes or resets the connection while it answers.",
        "Cloudflare speaks plain HTTP to a port that expects TLS, or HTTP/2 that the server offers and does not speak.",
        "Authenticated Origin Pulls are on at Cloudflare and the origin is not set up for them, or the other way round.",
        "A security plugin or module on the origin cuts Cloudflare's requests off.",
        "The origin closes idle connections sooner than Cloudflare, which keeps them for 900 seconds.",
      ],
      covered:
        "A listener that expects TLS where the SSL mode makes Cloudflare speak plain HTTP is found. What the server answers is not in Terraform.",
      rules: ["tls/listener-expects-tls"],
      steps: [
        "Read the origin's error log at the time of the error.",
        "Ask the origin directly, with the site's Host header, and look at status line and headers.",
        "Keep idle connections open for longer than 900 seconds.",
      ],
    },
  ],
  [
    521,
    {
      meaning:
        "The origin refused the connection: something at its address answered that the port is closed. A packet that is dropped without an answer is Error 522 instead, and that is what the firewalls of clouds do.",
      causes: [
        "The web server is not running, or listens on another port or on 127.0.0.1 alone.",
        "The port does not fit the SSL mode: 80 for Flexible, 443 for Full and Full (strict), and 80 as well for http visitors unless Always Use HTTPS is on.",
        "A firewall on the host rejects Cloudflare's addresses: iptables with REJECT, a ban of fail2ban, a connection limit.",
        "A load balancer has no listener on the port, or no target that takes the connection.",
      ],
      covered:
        "Balancers without a listener and closed ways to their targets are found. Filters that stop Cloudflare are found too, whatever error they lead to. That a process listens is an assumption of every proof.",
      rules: [
        "listener/no-listener",
        "listener/second-leg-closed",
        "firewall/misses-edge-range",
        "firewall/misses-port",
      ],
      steps: [
        "Check on the host that the server runs and listens on the port, on all addresses.",
        "Run `originproof why <address of Cloudflare>:<port> plan.json` to see every filter on the way.",
        "Allow all of Cloudflare's ranges in the host's own firewall, and leave them out of bans and rate limits.",
        "Add a second origin: the edge tries another address after a 521.",
      ],
    },
  ],
  [
    522,
    {
      meaning:
        "The origin gave no answer: no SYN+ACK within 19 seconds, or, once connected, no acknowledgement of the request within 90. It is what visitors see when a cloud's firewall stops Cloudflare, since it drops without a word.",
      causes: [
        "A security group, network ACL or other firewall does not admit all of Cloudflare's ranges on the port and family.",
        "A network ACL stops the answers to some client ports.",
        "The record leads to an address that the origin no longer has.",
        "The origin is overloaded, or limits connections per address: to it all visitors are few addresses.",
        "A route takes the answers elsewhere, or the subnet has none to the internet.",
      ],
      covered:
        "Every path from every range of Cloudflare's to the origin's port is followed; what stops a part of them is found, also in a state that an apply passes through. Load is not in Terraform.",
      rules: [
        "firewall/misses-edge-range",
        "firewall/misses-family",
        "firewall/misses-port",
        "firewall/acl-drops-replies",
        "listener/port-not-proxied",
        "route/captures-edge-range",
        "route/no-internet-route",
        "route/public-access-blocked",
        "dns/changing-address",
        "rollout/cut-off-during-apply",
      ],
      steps: [
        "Run `originproof review` on the plan: it names the filter and the missing ranges.",
        "Compare the record's address with the origin's.",
        "Look at load, connection counts and listen queues on the origin.",
        "Take Cloudflare's ranges out of rate limits; limit by the visitor's address in CF-Connecting-IP.",
      ],
    },
  ],
  [
    523,
    {
      meaning:
        "There is no route to the origin's address, or none back: the network answered that it is unreachable.",
      causes: [
        "The record has a wrong or old address.",
        "The origin's subnet has no route to an internet gateway.",
        "A broad private route such as 172.0.0.0/8 takes answers to 172.64.0.0/13 elsewhere: errors from some data centers only.",
      ],
      covered:
        "Routes of the origin's subnet are read for every range of Cloudflare's, by the longest prefix. Routes of the hosting provider beyond that are not in Terraform.",
      rules: ["route/no-internet-route", "route/captures-edge-range", "dns/changing-address"],
      steps: [
        "Compare the record's address with the origin's.",
        "Give Cloudflare's ranges a route of their own to the internet gateway, or narrow the broad one.",
        "Ask the hosting provider, with a trace from the origin to an address of the range.",
      ],
    },
  ],
  [
    524,
    {
      meaning:
        "The origin took the request and sent no answer within 120 seconds, or took longer than 30 to take in what was sent.",
      causes: [
        "A request that takes long: a report, an export, a slow query.",
        "The application waits for a database or another service.",
        "The origin is overloaded.",
      ],
      covered: "Nothing: it depends on how long the application works.",
      rules: [],
      steps: [
        "Let long work run in the background, and have the page ask for its state.",
        "Look for slow queries and for exhausted pools of workers or connections.",
        "On Enterprise plans, raise the proxy read timeout.",
      ],
    },
  ],
  [
    525,
    {
      meaning:
        "Cloudflare connected and the TLS handshake failed. It happens in the modes Full and Full (strict) alone.",
      causes: [
        "The port speaks plain HTTP.",
        "The server has no certificate for the hostname, or does not read the name that the client sends (SNI).",
        "Server and Cloudflare have no cipher or TLS version in common.",
      ],
      covered:
        "A listener of a balancer that speaks plain HTTP where Cloudflare opens TLS is found. What a server on a machine speaks is an assumption.",
      rules: ["tls/plain-listener"],
      steps: [
        "Open TLS to the origin with the site's name and see what it says: `openssl s_client -connect <address>:443 -servername <hostname>`.",
        "Install a certificate, of a public authority or of Cloudflare's Origin CA.",
        "Don't lower the mode to Flexible: it makes the port 80 and the way to the origin plain.",
      ],
    },
  ],
  [
    526,
    {
      meaning:
        "Cloudflare could not validate the origin's certificate. It happens in the mode Full (strict) alone.",
      causes: [
        "The certificate has expired, is self-signed, or is of an authority that Cloudflare does not trust.",
        "Its names are neither the requested hostname nor the target of the CNAME.",
        "The server sends it without the intermediate certificate.",
      ],
      covered:
        "Nothing for certain: that the certificate fits the mode is an assumption that each proof lists (`tls/certificate`).",
      rules: [],
      steps: [
        "Look at date, names and chain of the certificate that the origin sends.",
        "Renew it by itself; Cloudflare's Origin CA certificates last up to 15 years, and Cloudflare alone trusts them.",
      ],
    },
  ],
  [
    527,
    {
      meaning:
        "A connection between Cloudflare and a Railgun listener failed. Railgun is retired: nothing new leads to it.",
      causes: ["A Railgun listener that is still set up."],
      covered: "Nothing.",
      rules: [],
      steps: ["Turn Railgun off and take its listener down."],
    },
  ],
  [
    530,
    {
      meaning:
        "Cloudflare could not find the origin: its name does not resolve, or its tunnel has no connection. The page names a second error with four digits, which tells which.",
      causes: [
        "1016: the name behind a CNAME or a pool does not resolve.",
        "1033: no `cloudflared` is connected to the tunnel.",
        "1001: the hostname's own name leads nowhere.",
      ],
      covered: "See the second error.",
      rules: [],
      steps: ["Read the code in the page's body, and `originproof explain` that one."],
    },
  ],
];
