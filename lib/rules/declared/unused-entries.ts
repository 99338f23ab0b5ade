import { originsOf } from "../config";
import type { Draft, RuleContext } from "../rule";
import { CONFIG_FILE } from "../weakening";
import { declaredDraft } from "./draft";

/** Entries of the configuration file about origins and zones that the input has not. */
export function unusedEntries(context: RuleContext): readonly Draft[] {
  return [...unusedOrigins(context), ...unusedZones(context)];
}

function unusedOrigins({ config, proved, topology }: RuleContext): readonly Draft[] {
  const instances = new Set(topology.instances.map(({ address }) => address));
  const origins = proved.map(({ path }) => path.flow.origin);
  const leads = new Set(origins.map(({ address }) => address));
  // An address that isn't shown may be this one.
  const hidden = origins.some(
    ({ address, resource }) => address === null && (resource === null || !instances.has(resource)),
  );
  return [...originsOf(config)].flatMap(([address, resources]): readonly Draft[] => {
    if (!leads.has(address)) {
      return hidden ? [] : [originDraft(address, "is for an address that no record leads to")];
    }
    const missing = resources.filter((resource) => !instances.has(resource)).join(", ");
    return missing === ""
      ? []
      : [originDraft(address, `names ${missing}, which this input does not have`)];
  });
}

function originDraft(address: string, problem: string): Draft {
  return entryDraft(address, `the entry ${address} under origins of ${CONFIG_FILE} ${problem}`);
}

function unusedZones({ config, proved, topology }: RuleContext): readonly Draft[] {
  const { originless } = topology;
  const names = [...proved.map(({ path }) => path.flow), ...originless].map(({ hostname }) =>
    hostname.toLowerCase(),
  );
  // A name that only apply can tell may be in any zone.
  const hidden = names.some((name) => name.startsWith("("));
  return (hidden ? [] : Object.keys(config.zones))
    .filter((zone) => names.every((name) => name !== zone && !name.endsWith(`.${zone}`)))
    .map((zone) =>
      entryDraft(
        zone,
        `the entry ${zone} under zones of ${CONFIG_FILE} is for a zone without a proxied record`,
      ),
    );
}

function entryDraft(entry: string, what: string): Draft {
  return declaredDraft(
    { subject: CONFIG_FILE, what: entry, constructPath: null, source: null },
    {
      what,
      why: "So it decides nothing: its name is misspelt, its record is gone, or the input that it is for was not given.",
      fix: "mend or remove it, or give that input too",
    },
  );
}
