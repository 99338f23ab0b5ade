/** The members of T that are given; those that may be `undefined` become optional. */
export type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without members that are `undefined`, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(members: T): Present<T> {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Present<T>;
}
