/** Lists and blocks of a kind up to this many are shown as a whole, longer ones by their first. */
const MOST = 4;

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type Block = { readonly [key: string]: Json };
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** Terraform JSON as cdktf writes it, with the construct's path of each block. */
export interface Synthesized {
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/**
 * What constructs of a stack emit, as a page shows it: one block of each kind, which is a type with
 * the same members, and how many more there are.
 *
 * @param paths of the constructs, as `shop/Firewall`
 */
export function shownPart({ resource, data }: Synthesized, paths: readonly string[]): object {
  const parts = { resource: shown(resource, paths), data: shown(data, paths) };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => count(part) > 0));
}

function shown(blocks: Blocks = {}, paths: readonly string[]): object {
  const types = Object.entries(blocks).map(([type, named]) => [type, ofConstructs(named, paths)]);
  return Object.fromEntries(types.filter(([, named]) => count(named as object) > 0));
}

function ofConstructs(named: Readonly<Record<string, Block>>, paths: readonly string[]): object {
  const own = Object.entries(named).filter(([, block]) => isBelow(pathOf(block), paths));
  const kinds = new Map<string, [string, Json][]>();
  for (const [name, { "//": _, ...block }] of own) {
    const kind = Object.keys(block).sort().join(" ");
    kinds.set(kind, [...(kinds.get(kind) ?? []), [name, shortened(block)]]);
  }
  return Object.fromEntries([...kinds.values()].flatMap(cut));
}

function cut(kind: readonly [string, Json][]): readonly [string, Json][] {
  const [first] = kind;
  return first === undefined || kind.length <= MOST
    ? kind
    : [first, [`… ${kind.length - 1} more like ${first[0]}`, {}]];
}

function pathOf({ "//": own }: Block): string {
  const { metadata } = own as { readonly metadata: { readonly path: string } };
  return metadata.path;
}

function isBelow(path: string, paths: readonly string[]): boolean {
  return paths.some((each) => path === each || path.startsWith(`${each}/`));
}

function shortened(value: Json): Json {
  if (Array.isArray(value)) {
    const list = (value as readonly Json[]).map(shortened);
    return list.length > MOST ? [...list.slice(0, 1), `… ${list.length - 1} more`] : list;
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
  }
  return value;
}

function count(part: object): number {
  return Object.keys(part).length;
}
