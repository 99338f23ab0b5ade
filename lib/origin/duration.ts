import { ConfigurationError } from "../synth/configuration-error";
import { requireLiteral } from "../synth/literal";

/** A length of time in whole seconds. */
export class Duration {
  /** @throws ConfigurationError `invalid-duration`, `token-for-literal` */
  static seconds(amount: number): Duration {
    return new Duration(amount, 1, "second");
  }

  /** @throws ConfigurationError `invalid-duration`, `token-for-literal` */
  static minutes(amount: number): Duration {
    return new Duration(amount, 60, "minute");
  }

  private readonly length: number;

  private constructor(amount: number, unit: number, name: string) {
    requireLiteral("amount", amount, "60");
    this.length = amount * unit;
    // Callers without types may give "5", which a product makes a number of.
    if (typeof amount !== "number" || !Number.isSafeInteger(this.length) || this.length <= 0) {
      throw new ConfigurationError(
        "invalid-duration",
        `'amount' is ${amount} ${name}s; give a length of whole seconds above 0`,
      );
    }
  }

  /** The whole length in seconds. */
  toSeconds(): number {
    return this.length;
  }

  /** As `90s`. */
  toString(): string {
    return `${this.length}s`;
  }
}
