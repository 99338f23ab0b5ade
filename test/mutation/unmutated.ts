/** What instrumented code looks at; none where nothing is instrumented. */
interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  /** Milliseconds that this took during a test. */
  besides?: number;
  mutantCoverage?: { readonly perTest: Record<string, unknown> };
}

const NOBODY = "(unmutated)";

/** Makes something as without mutants, and as if no test had asked for it. */
export function unmutated<T>(make: () => T): T {
  const space: Namespace = (globalThis as { __stryker__?: Namespace }).__stryker__ ?? {};
  const { activeMutant, currentTestId, besides = 0 } = space;
  const start = performance.now();
  Object.assign(space, { activeMutant: undefined, currentTestId: NOBODY });
  try {
    return make();
  } finally {
    const spent = performance.now() - start;
    Object.assign(space, { activeMutant, currentTestId, besides: besides + spent });
    delete space.mutantCoverage?.perTest[NOBODY];
  }
}
