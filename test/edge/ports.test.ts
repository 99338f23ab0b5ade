import { HTTP_PORTS, HTTPS_PORTS, schemeOfPort } from "../../lib/edge/ports";

describe("a visitor's port", () => {
  it.each([80, 8080, 8880, 2052, 2082, 2086, 2095])("%i is proxied as http", (port) => {
    expect(schemeOfPort(port)).toBe("http");
  });

  it.each([443, 2053, 2083, 2087, 2096, 8443])("%i is proxied as https", (port) => {
    expect(schemeOfPort(port)).toBe("https");
  });

  it("is one of 13, and no other is proxied", () => {
    const proxied = Array.from({ length: 65536 }, (_, port) => port).filter(
      (port) => schemeOfPort(port) !== undefined,
    );
    expect(proxied).toEqual([...HTTP_PORTS, ...HTTPS_PORTS].sort((left, right) => left - right));
    expect(proxied).toHaveLength(13);
  });
});
