import type { Configured, Instance } from "../../model/instance";
import type { Expression } from "../../model/value";
import { knownString } from "../../model/value";
import { attribute, bodyOf } from "../../read/attributes";
import { blockKey } from "../../read/configuration";
import type { Lookup } from "../../read/lookup";
import { resolve, scopeOf } from "../../read/references";
import { note } from "../note";
import { defineRule } from "../rule";
import { blockOf } from "../weakening";

/** The list is fetched at each plan, and whatever comes back becomes the firewall. */
export const liveListUnguarded = defineRule({
  id: "ranges/live-list-unguarded",
  severity: "warning",
  title: "A firewall takes Cloudflare's ranges from a fetch that nothing checks",
  check: ({ lookup }) => {
    const lists = new Map<Instance, Set<string>>();
    if (LIVE.every((type) => lookup.data(type).length === 0)) {
      return [];
    }
    for (const instance of FIREWALLS.flatMap((type) => lookup.managed(type))) {
      const block = blockAt(instance);
      const guarded = lookup.isGuarded(instance.input, block);
      for (const list of guarded ? [] : liveListsOf(instance, lookup)) {
        lists.set(list, (lists.get(list) ?? new Set()).add(block));
      }
    }
    return [...lists].map(([list, users]) => {
      const [first = "", ...others] = [...users];
      const more = others.length === 0 ? "" : ` and ${others.length} more`;
      return note(list.address, {
        what: `${first}${more} admits whatever ${list.address} fetches at each plan`,
        why: "Cloudflare's list has not changed since 2021, but its pages have answered with error pages, challenges and empty lists. A plan made in such an hour takes the rules away, and visitors see Error 522.",
        fix: "keep the ranges in the configuration and change them by a reviewed commit: in cdktf, EdgeRanges.pinned(); or give the data source a postcondition on the number of ranges",
      });
    });
  },
});

/** Data sources that fetch at each plan. */
const LIVE = ["cloudflare_ip_ranges", "http"];

/** What filters packets, and what rules name. */
const FIREWALLS = [
  "aws_default_network_acl",
  "aws_default_security_group",
  "aws_ec2_managed_prefix_list",
  "aws_ec2_managed_prefix_list_entry",
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
];

/** The data sources that a firewall's rules surely come from. */
function liveListsOf(instance: Instance, lookup: Lookup): readonly Instance[] {
  const { input, modules, mode, type, name } = instance;
  const { repeated } = lookup.configuration(input, modules);
  const over = repeated.get(blockKey(mode, type, name));
  const own = [...(instance.configured?.values() ?? [])].flatMap(expressionsIn);
  const expressions = [...own, ...(over === undefined ? [] : [over])];
  const found = expressions.flatMap((expression) => {
    return resolve(lookup, expression, scopeOf(instance)).targets.map((target) => target.instance);
  });
  return [...new Set(found)].filter((each) => isLive(each, lookup));
}

function expressionsIn(configured: Configured): readonly Expression[] {
  return configured.kind === "expression"
    ? [configured.expression]
    : configured.blocks.flatMap((block) => [...block.values()].flatMap(expressionsIn));
}

/** Cloudflare's own pages and API; a list that somebody else keeps is theirs to keep well. */
const PAGES = /^https?:\/\/(?:www\.cloudflare\.com\/ips|api\.cloudflare\.com\/client\/v4\/ips)/;

function isLive(instance: Instance, lookup: Lookup): boolean {
  const { mode, type, input } = instance;
  if (mode !== "data" || lookup.isGuarded(input, blockAt(instance))) {
    return false;
  }
  const url = knownString(attribute(bodyOf(instance), "url")) ?? "";
  return type === "cloudflare_ip_ranges" || (type === "http" && PAGES.test(url));
}

/** The address without any key; `[*]` stands for keys that are not known. */
function blockAt({ address }: Instance): string {
  return blockOf(address).replace(/\[\*\]$/, "");
}
