import type { Sidecar } from "../read/sidecar";
import { type Config, isExpired } from "./config";
import type { Acknowledged } from "./finding";
import { blockOf, type Declared, declaredIn, expiryOf, isBelow } from "./weakening";

/** Finds what acknowledges a finding, by its rule and subject. */
export class AcknowledgedFindings {
  readonly #paths = new Map<string, readonly string[]>();

  constructor(
    private readonly config: Config,
    private readonly sidecars: readonly Sidecar[],
    private readonly today: Date,
  ) {
    for (const sidecar of sidecars) {
      for (const [address, { constructPath }] of Object.entries(sidecar.resources)) {
        this.#paths.set(address, [...(this.#paths.get(address) ?? []), constructPath]);
      }
    }
  }

  /** @param subject Terraform addresses, with commas between them */
  public of(rule: string, subject: string): Acknowledged | null {
    const found = this.config.acknowledged.find(
      (each) => each.rule === rule && each.subject === subject && this.counts(each.expires),
    );
    return found === undefined
      ? this.declared(rule, subject)
      : { reason: found.reason, expires: found.expires ?? null };
  }

  /** Every resource that the finding is about must lie below a construct that acknowledges it. */
  private declared(rule: string, subject: string): Acknowledged | null {
    const known = declaredIn(this.sidecars).filter(
      (each) => each.kind === "acknowledged" && each.rule === rule && this.counts(expiryOf(each)),
    );
    const covering = subject.split(", ").map((address) => {
      const paths = this.#paths.get(blockOf(address)) ?? [];
      const covers = (each: Declared) => paths.every((path) => isBelow(path, each.constructPath));
      return paths.length === 0 ? undefined : known.find(covers);
    });
    const [first] = covering;
    return first === undefined || covering.includes(undefined)
      ? null
      : { reason: first.reason, expires: first.expires };
  }

  private counts(expires: string | undefined): boolean {
    return !isExpired(expires, this.today);
  }
}
