import type { Assumption, Hop, Reason } from "../../model/hop";
import type { Leg } from "./aws-leg-hop";

/** A target that sees clients' addresses, and whose filter admits none of them. */
export function shutReason({ start, target }: Leg): Reason {
  const text = `what filters ${target.name} admits neither ${start.name} nor its clients on tcp/${target.port}`;
  return { id: "aws/target-ingress", subject: target.name, text };
}

/** What makes a hop show as the filter that it is. */
export function lookOf(filter: Hop): Partial<Hop> {
  const { kind, internal, admissions, locked, sensitive, elsewhere, port, deciders } = filter;
  const shared = { kind, internal, admissions, locked, sensitive };
  return {
    ...shared,
    ...(elsewhere && { elsewhere }),
    ...(deciders && { deciders }),
    ...(port !== undefined && { port }),
  };
}

/** What no configuration shows of a target. */
export function listeningOn({ target, start }: Leg): Assumption[] {
  const text = `a process listens on tcp/${target.port} of ${target.name}, and speaks what ${start.name} expects`;
  return target.port === undefined ? [] : [{ id: "listener/process", subject: target.name, text }];
}
