import type { IConstruct } from "constructs";
import type { Listener } from "../../origin/listener";
import { LISTENERS } from "../../origin/listener";
import { ConfigurationError } from "../../synth/configuration-error";
import { requireList } from "../../synth/required-list";

/**
 * Each port once, ascending.
 *
 * @throws ConfigurationError `no-listener`, `not-a-list`
 */
export function distinctListeners(
  listeners: readonly Listener[],
  scope: IConstruct,
): readonly Listener[] {
  requireList("listeners", listeners, LISTENERS, scope);
  if (listeners.length === 0) {
    throw new ConfigurationError(
      "no-listener",
      "'listeners' is empty; give at least one, such as Listener.https()",
      scope,
    );
  }
  const byPort = new Map(listeners.map((listener) => [listener.port, listener]));
  return [...byPort.values()].sort((left, right) => left.port - right.port);
}
