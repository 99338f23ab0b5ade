import { errorTitle, STOP_EVENTS, stopError, TITLED_CODES } from "../../lib/edge/errors";

const PAGE = /^https:\/\/developers\.cloudflare\.com\/[a-z0-9/-]+\/$/;

describe("the error a visitor sees", () => {
  it.each([
    ["refused", [521], "Error 521"],
    ["dropped", [522], "Error 522"],
    ["no-route", [523, 522], "Error 523 or 522"],
    [
      "return-route-captured",
      [522, 523],
      "Error 522 or 523, only from the data centers that use the captured addresses",
    ],
    ["no-tls", [525], "Error 525"],
    ["plain-to-tls", [400, 520], "Error 400 that the server answers, or 520"],
    ["bad-certificate", [526], "Error 526"],
    ["loop", [1000, 1002], "Error 1000 or 1002"],
    ["special-purpose-address", [1002, 522], "Error 1002 or 522"],
    ["unresolved", [530, 1016], "Error 530, with 1016 in its body"],
    ["second-leg-http", [502, 503, 504], "an error 502, 503 or 504 that the balancer answers"],
    [
      "second-leg-tcp",
      [522, 521, 525],
      "Error 522, 521 or 525, by what the balancer does when no target answers",
    ],
    [
      "no-listener",
      [521, 522],
      "Error 521 or 522, by what the balancer's vendor does with a closed port",
    ],
  ] as const)("when a flow ends with %s is %j", (event, codes, text) => {
    expect(stopError(event)).toMatchObject({ codes, text });
  });

  it("is known for every event, with pages that say so", () => {
    expect(STOP_EVENTS).toHaveLength(13);
    for (const event of STOP_EVENTS) {
      const { codes, text, see } = stopError(event);
      expect(see.length).toBeGreaterThan(0);
      expect(see.filter((page) => !PAGE.test(page))).toEqual([]);
      expect(codes.filter((code) => !text.includes(`${code}`))).toEqual([]);
    }
  });

  it("cites the pages of its codes", () => {
    const docs = "https://developers.cloudflare.com/support/troubleshooting/http-status-codes";
    expect(stopError("refused").see).toEqual([`${docs}/cloudflare-5xx-errors/error-521/`]);
    expect(stopError("loop").see).toEqual([
      `${docs}/cloudflare-1xxx-errors/error-1000/`,
      `${docs}/cloudflare-1xxx-errors/error-1002/`,
    ]);
  });
});

describe("the title of an error", () => {
  it.each([
    [520, "Web server is returning an unknown error"],
    [521, "Web server is down"],
    [522, "Connection timed out"],
    [523, "Origin is unreachable"],
    [524, "A timeout occurred"],
    [525, "SSL handshake failed"],
    [526, "Invalid SSL certificate"],
    [527, "Railgun Listener to origin error"],
    [530, "The origin's name does not resolve; the page names a 1xxx error"],
    [1000, "DNS points to prohibited IP"],
    [1001, "DNS resolution error"],
    [1002, "Restricted, or DNS points to prohibited IP"],
    [1014, "CNAME Cross-User Banned"],
    [1016, "Origin DNS error"],
    [1033, "Cloudflare Tunnel error"],
  ])("%i is %s", (code, title) => {
    expect(errorTitle(code)).toBe(title);
  });

  it("is known for 15 codes, ascending", () => {
    expect(TITLED_CODES).toHaveLength(15);
    expect(TITLED_CODES).toEqual([...TITLED_CODES].sort((left, right) => left - right));
    expect(errorTitle(528)).toBeUndefined();
    expect(errorTitle(200)).toBeUndefined();
  });
});
