import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  Acknowledgements,
  CloudflarePlan,
  Duration,
  EdgeService,
  FilteredElsewhere,
  HealthCheck,
  type HealthCheckProps,
  Listener,
  NotificationDestination,
  NotificationWebhook,
  OriginAlerts,
  OriginlessRecord,
  ProxiedRecord,
  ProxiedSite,
  SslMode,
  Zone,
  type ZoneProps,
} from "originproof";

/*
 * A token's text, such as `${TfToken[TOKEN.7]}`, and its number mean nothing to a reader: whatever
 * is given as a token is taken, or refused without showing it.
 */
const accountId = "0123456789abcdef0123456789abcdef";
const TOKEN_TEXT = /TfToken|TOKEN\.|e\+289|\[object/;

interface Tokens {
  readonly text: string;
  /** A token as part of a text. */
  readonly part: string;
  readonly number: number;
  readonly list: string[];
  readonly map: Record<string, string>;
}

type Make = (given: {
  readonly stack: TerraformStack;
  readonly zone: Zone;
  readonly origin: FilteredElsewhere;
  readonly tokens: Tokens;
}) => unknown;

const check = (props: (tokens: Tokens) => Partial<HealthCheckProps>): Make => {
  return ({ stack, zone, origin, tokens }) =>
    new HealthCheck(stack, "X", { zone, origin, hostname: "www.example.com", ...props(tokens) });
};

const zone = (props: (tokens: Tokens) => Partial<ZoneProps>): Make => {
  return ({ stack, tokens }) =>
    new Zone(stack, "X", { name: "example.net", accountId, ...props(tokens) });
};

const elsewhere = (props: (tokens: Tokens) => object): Make => {
  return ({ stack, tokens }) =>
    new FilteredElsewhere(stack, "X", { reason: "test", ...props(tokens) });
};

const record = (props: (tokens: Tokens) => object): Make => {
  return ({ stack, zone: of, origin, tokens }) =>
    new ProxiedRecord(stack, "X", { zone: of, name: "www", origins: [origin], ...props(tokens) });
};

const CASES: Readonly<Record<string, Make>> = {
  "Zone name": zone(({ text }) => ({ name: text })),
  "Zone name in part": zone(({ part }) => ({ name: part })),
  "Zone accountId in part": zone(({ part }) => ({ accountId: part })),
  "Zone maxHealthChecks": zone(({ number }) => ({ maxHealthChecks: number })),
  "Zone otherSettings' id": zone(({ text }) => ({ otherSettings: { [text]: "on" } })),
  "Zone otherSettings": zone(({ map }) => ({ otherSettings: map })),
  "SslMode.of": ({ tokens }) => SslMode.of(tokens.text),
  "fromZoneName zoneName": ({ stack, tokens }) =>
    Zone.fromZoneName(stack, "X", { zoneName: tokens.text }),
  "fromZoneId zoneId": ({ stack, tokens }) =>
    Zone.fromZoneId(stack, "X", { zoneName: "example.net", zoneId: tokens.part }),
  "ProxiedRecord name": record(({ part }) => ({ name: part })),
  "ProxiedRecord tags' names": record(({ text }) => ({ tags: { [text]: "x" } })),
  "ProxiedRecord tags' values": record(({ part }) => ({ tags: { owner: part } })),
  "ProxiedRecord tags": record(({ map }) => ({ tags: map })),
  "ProxiedRecord tags as a value": record(({ text }) => ({ tags: Token.asAny(text) })),
  "ProxiedRecord comment": record(({ part }) => ({ comment: part.repeat(9) })),
  "ProxiedRecord visitorPorts": record(({ number }) => ({ visitorPorts: [number] })),
  "ProxiedRecord visitorPorts as a list": record(({ list }) => ({ visitorPorts: list })),
  "OriginlessRecord name": ({ stack, zone: of, tokens }) =>
    new OriginlessRecord(stack, "X", { zone: of, name: tokens.part, servedBy: EdgeService.WORKER }),
  "ProxiedSite names": ({ stack, zone: of, origin, tokens }) =>
    new ProxiedSite(stack, "X", { zone: of, names: [tokens.text], origins: [origin] }),
  "ProxiedSite names as a list": ({ stack, zone: of, origin, tokens }) =>
    new ProxiedSite(stack, "X", { zone: of, names: tokens.list, origins: [origin] }),
  "FilteredElsewhere reason": elsewhere(({ part }) => ({ reason: part, ipv4: "198.51.100.9" })),
  "FilteredElsewhere expires": elsewhere(({ text }) => ({ expires: text, ipv4: "198.51.100.9" })),
  "FilteredElsewhere ipv4": elsewhere(({ part }) => ({ ipv4: part })),
  "FilteredElsewhere hostname": elsewhere(({ part }) => ({ hostname: part })),
  "HealthCheck port": check(({ number }) => ({ port: number })),
  "HealthCheck name": check(({ part }) => ({ name: part })),
  "HealthCheck hostname": check(({ part }) => ({ hostname: part })),
  "HealthCheck path": check(({ part }) => ({ path: part })),
  "HealthCheck headers' names": check(({ text }) => ({ headers: { [text]: ["x"] } })),
  "HealthCheck headers": check(({ list }) => ({ headers: { Accept: list } })),
  "HealthCheck expectedCodes": check(({ text }) => ({ expectedCodes: [text] })),
  "HealthCheck expectedCodes as a list": check(({ list }) => ({ expectedCodes: list })),
  "HealthCheck expectedBody": check(({ part }) => ({ expectedBody: part.repeat(2000) })),
  "HealthCheck retries": check(({ number }) => ({ retries: number })),
  "HealthCheck interval": check(({ number }) => ({ interval: Duration.seconds(number) })),
  "HealthCheck of one name twice": ({ stack, zone: of, tokens }) => {
    const { part: hostname } = tokens;
    const origin = new FilteredElsewhere(stack, "Named", { hostname, reason: "test" });
    new HealthCheck(stack, "X", { zone: of, origin, hostname });
  },
  "two records of one token": ({ stack, zone: of, tokens }) => {
    const origin = new FilteredElsewhere(stack, "Token", { ipv4: tokens.text, reason: "test" });
    for (const id of ["A", "B"]) {
      new ProxiedRecord(stack, id, { zone: of, name: "www", origins: [origin] });
    }
  },
  "two names of one token": ({ stack, zone: of, tokens }) => {
    const { text: hostname } = tokens;
    const origin = new FilteredElsewhere(stack, "Token", { hostname, reason: "test" });
    for (const id of ["A", "B"]) {
      new ProxiedRecord(stack, id, { zone: of, name: "www", origins: [origin] });
    }
  },
  "two zones of one token": ({ stack, tokens }) => {
    for (const id of ["A", "B"]) {
      new Zone(stack, id, { name: "example.net", accountId: tokens.text });
    }
  },
  "Listener port": ({ tokens }) => Listener.of("https", tokens.number),
  "e-mail": ({ tokens }) => NotificationDestination.email(tokens.part),
  "OriginAlerts notify": ({ stack, zone: of, tokens }) => {
    const pager = NotificationDestination.pagerDuty(tokens.text);
    return new OriginAlerts(stack, "X", { zone: of, notify: [pager] });
  },
  "NotificationWebhook url": ({ stack, tokens }) =>
    new NotificationWebhook(stack, "X", { accountId, name: "x", url: tokens.part }),
  "NotificationWebhook accountId": ({ stack, tokens }) => {
    const url = "https://alerts.example.net/x";
    return new NotificationWebhook(stack, "X", { accountId: tokens.part, name: "x", url });
  },
  "Acknowledgements rule": ({ stack, tokens }) =>
    Acknowledgements.of(stack).add({
      rule: tokens.text as never,
      reason: "test",
      expires: "2027-01-31",
    }),
  "Acknowledgements reason": ({ stack, tokens }) =>
    Acknowledgements.of(stack).add({
      rule: "exposure/open-to-others",
      reason: tokens.part,
      expires: "2027-01-31",
    }),
  "Acknowledgements expires": ({ stack, tokens }) =>
    Acknowledgements.of(stack).add({
      rule: "exposure/open-to-others",
      reason: "test",
      expires: tokens.part,
    }),
};

function run(make: Make): string {
  const stack = new TerraformStack(Testing.app(), "shop");
  const plan = CloudflarePlan.PRO;
  const origin = new FilteredElsewhere(stack, "Origin", { ipv4: "198.51.100.7", reason: "test" });
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const { numberValue } = new TerraformVariable(stack, "number", { type: "number" });
  const { listValue } = new TerraformVariable(stack, "list", { type: "list(string)" });
  const map = Token.asStringMap(new TerraformVariable(stack, "map", { type: "any" }).value);
  const tokens = { text, part: `a ${text}`, number: numberValue, list: listValue, map };
  const of = new Zone(stack, "Zone", { name: "example.com", accountId, plan });
  try {
    make({ stack, zone: of, origin, tokens });
    return "";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

test.each(Object.keys(CASES))("%s as a token is taken, or refused without its text", (name) => {
  const said = run(CASES[name] ?? (() => undefined));
  expect(said).not.toMatch(TOKEN_TEXT);
  expect(said === "" || said.startsWith("ConfigurationError: ")).toBe(true);
});
