import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { PUBLIC, propsPart } from "./props";

const DOCS = join(__dirname, "../../docs/constructs");

/** The interfaces whose members a page lists. */
const PROPS: Readonly<Record<string, readonly string[]>> = {
  acknowledgements: ["Acknowledgement"],
  "auto-scaling-group-origin": ["AutoScalingGroupOriginProps"],
  "edge-prefix-list": ["EdgePrefixListProps", "EdgePrefixListAttributes", "FamilyPrefixList"],
  "edge-routes": ["EdgeRoutesProps"],
  "filtered-elsewhere": ["FilteredElsewhereProps"],
  "health-check": ["HealthCheckProps"],
  "instance-origin": ["InstanceOriginProps", "InstanceAttributes"],
  "load-balancer-origin": ["LoadBalancerOriginProps", "LoadBalancerAttributes"],
  "network-interface-origin": ["NetworkInterfaceOriginProps"],
  "notification-webhook": ["NotificationWebhookProps"],
  "origin-alerts": ["OriginAlertsProps"],
  "origin-network-acl": ["OriginNetworkAclProps"],
  "origin-security-group": [
    "OriginSecurityGroupProps",
    "FirewallException",
    "AdoptSecurityGroupProps",
    "SecurityGroupIdProps",
  ],
  "originless-record": ["OriginlessRecordProps"],
  "proxied-record": ["ProxiedRecordProps"],
  "proxied-site": ["ProxiedSiteProps"],
  "target-security-group": ["TargetSecurityGroupProps"],
  zone: ["ZoneProps", "KnownZone", "ZoneById", "ZoneByName", "ZoneAttributes"],
};

const PART = /^## Props\n\n.*?(?=\n## )/ms;

const read = (page: string) => readFileSync(join(DOCS, `${page}.md`), "utf8");

test.each(Object.keys(PROPS))("docs/constructs/%s.md lists the props as they are", (page) => {
  const part = propsPart(PROPS[page] ?? []);
  if (process.env.UPDATE_GOLDENS === "1" && process.env.CI !== "true") {
    writeFileSync(
      join(DOCS, `${page}.md`),
      read(page).replace(PART, () => part),
    );
  }
  expect(PART.exec(read(page))?.[0]).toBe(part);
});

test("every export of originproof and originproof/aws is in docs/constructs", () => {
  expect(PUBLIC.size).toBeGreaterThan(50);
  const files = readdirSync(DOCS).map((file) => readFileSync(join(DOCS, file), "utf8"));
  const all = files.join("\n");
  const names = [...PUBLIC.keys()];
  const missing = names.filter((name) => !new RegExp(`(\`|^#+ )${name}\\b`, "m").test(all));
  expect(missing).toEqual([]);
});

/** Classes that no interface of props belongs to; of these two, neither is a value. */
const OTHERS = ["Acknowledgements", "ConfigurationError"];
const CLASSES = [...PUBLIC].filter(([, { flags }]) => (flags & ts.SymbolFlags.Class) !== 0);
const VALUES = CLASSES.filter(([name]) => !PUBLIC.has(`${name}Props`) && !OTHERS.includes(name));

test.each(VALUES)("docs/constructs/values.md has every member of %s", (name, symbol) => {
  const [, section = ""] = read("values").split(`\n## ${name}\n`);
  const [own = ""] = section.split("\n## ");
  const members = [...(symbol.exports?.values() ?? [])].filter(
    ({ name: member, valueDeclaration }) =>
      member !== "prototype" && !/\bprivate\b/.test(valueDeclaration?.getText() ?? ""),
  );
  expect(members.length).toBeGreaterThan(0);
  expect(members.map((each) => each.name).filter((each) => !own.includes(each))).toEqual([]);
});
