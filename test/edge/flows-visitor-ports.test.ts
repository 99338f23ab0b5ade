import { VISITOR_PORTS } from "../../lib/edge/flows";
import { HTTP_PORTS, HTTPS_PORTS } from "../../lib/edge/ports";
import { lines, UNDOCUMENTED } from "./flow-lines";

describe("visitor ports", () => {
  it("are 80 and 443 unless said otherwise, in any order", () => {
    expect(VISITOR_PORTS).toEqual([80, 443]);
    expect(lines("full", "off", { visitorPorts: [443, 80, 443] })).toEqual(lines("full", "off"));
  });

  it.each(HTTPS_PORTS.filter((port) => port !== 443))(
    "%i is https under flexible as under full",
    (port) => {
      for (const ssl of ["flexible", "full", "strict", "origin_pull"] as const) {
        expect(lines(ssl, "unknown", { visitorPorts: [port] })).toEqual([
          `https ${port}, certain, from https:${port}: ssl = ${ssl}`,
        ]);
      }
    },
  );

  it.each(HTTP_PORTS)("%i stays http but under origin_pull", (port) => {
    for (const ssl of ["full", "strict"] as const) {
      expect(lines(ssl, "off", { visitorPorts: [port] })).toEqual([
        `http ${port}, certain, from http:${port}: ssl = ${ssl} and always_use_https = off`,
      ]);
    }
    // under flexible a visitor who is redirected from 80 to 443 comes to the origin's 80 as well
    const because = port === 80 ? "ssl = flexible" : "ssl = flexible and always_use_https = off";
    expect(lines("flexible", "off", { visitorPorts: [port] })).toEqual([
      `http ${port}, certain, from http:${port}: ${because}`,
    ]);
    expect(lines("off", "on", { visitorPorts: [port] })).toEqual([
      `http ${port}, certain, from http:${port}: ssl = off`,
    ]);
  });

  it("of http come back on 443 where Always Use HTTPS redirects", () => {
    expect(lines("strict", "on", { visitorPorts: [80] })).toEqual([
      "https 443, certain, from https:443: ssl = strict and always_use_https = on",
    ]);
    expect(lines("flexible", "unknown", { visitorPorts: [80] })).toEqual([
      "http 80, certain, from http:80 https:443: ssl = flexible",
    ]);
    expect(lines("strict", "on", { visitorPorts: [8080] })).toEqual([
      `https 443, possible, from https:443: only if ${UNDOCUMENTED}`,
    ]);
    expect(lines("strict", "unknown", { visitorPorts: [8080] })).toEqual([
      `https 443, possible, from https:443: only if always_use_https = on and ${UNDOCUMENTED}`,
      "http 8080, possible, from http:8080: only if always_use_https = off",
    ]);
  });

  it("of https may come back on 80 under off", () => {
    expect(lines("off", "off", { visitorPorts: [443] })).toEqual([
      `http 80, possible, from http:80: only if ${UNDOCUMENTED}`,
    ]);
  });

  it("of http other than 80 lead origin_pull to a port that is not documented", () => {
    expect(lines("origin_pull", "off", { visitorPorts: [8080] })).toEqual([
      `https 443, possible, from http:8080: only if ${UNDOCUMENTED}`,
      `https 8080, possible, from http:8080: only if ${UNDOCUMENTED}`,
    ]);
    expect(lines("origin_pull", "off", { visitorPorts: [80, 8080] })).toEqual([
      "https 443, certain, from http:80 http:8080: ssl = origin_pull",
      `https 8080, possible, from http:8080: only if ${UNDOCUMENTED}`,
    ]);
  });

  it("of one number may carry both schemes towards the origin", () => {
    const visitorPorts = [8080];
    expect(lines(["full", "origin_pull"], "off", { visitorPorts })).toEqual([
      `https 443, possible, from http:8080: only if ssl = origin_pull and ${UNDOCUMENTED}`,
      "http 8080, possible, from http:8080: only if ssl = full",
      `https 8080, possible, from http:8080: only if ssl = origin_pull and ${UNDOCUMENTED}`,
    ]);
  });

  it("that Cloudflare does not proxy are refused", () => {
    expect(() => lines("full", "off", { visitorPorts: [80, 8444] })).toThrow(
      new RangeError("Cloudflare proxies no HTTP or HTTPS on visitor port 8444"),
    );
    expect(() => lines("full", "off", { visitorPorts: [] })).toThrow(
      new RangeError("a hostname without visitor ports has no flow; name at least one"),
    );
  });
});
