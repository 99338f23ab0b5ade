import type { Instance } from "../../model/instance";
import { knownString } from "../../model/value";
import { asNumber, attribute, type Block, bodyOf, nestedBlocks } from "../attributes";
import type { Binding } from "../binding";
import { type Lookup, push } from "../lookup";
import { scopeOf } from "../references";
import { BALANCERS, bindBy, LISTENER_RULES, LISTENERS, TARGET_GROUPS } from "./aws-arn";
import { leadsBack } from "./aws-redirect";
import { asList } from "./aws-target";

/** What a listener does with what it takes. */
export interface Action {
  readonly kind: "forward" | "answer" | "loop" | "authenticate" | "unknown";
  /** The target groups of a forward. */
  readonly groups: readonly { readonly binding: Binding; readonly certain: boolean }[];
}

/** One thing that listens on a port of a balancer. */
export interface Listening {
  readonly resource: string;
  readonly block: Block;
  /** Undefined: known after apply. */
  readonly port: number | undefined;
  /** In capitals; undefined: known after apply. */
  readonly protocol: string | undefined;
  /** False: it may be another balancer's, or not there. */
  readonly certain: boolean;
}

/** The listeners of every balancer, with their rules. */
export class Listeners {
  readonly #listeners = new Map<Instance, Listening[]>();
  readonly #strays: Listening[] = [];
  readonly #rules = new Map<Instance, Instance[]>();
  readonly #strayRules: Instance[] = [];

  constructor(private readonly lookup: Lookup) {
    for (const listener of LISTENERS.flatMap((type) => lookup.managed(type))) {
      this.place(listener);
    }
    for (const rule of LISTENER_RULES.flatMap((type) => lookup.managed(type))) {
      const arn = attribute(bodyOf(rule), "listener_arn");
      const listener = bindBy(lookup, [arn, scopeOf(rule)], LISTENERS);
      if (listener.kind === "bound") {
        push(this.#rules, listener.instance, rule);
      } else if (listener.kind === "uncertain") {
        this.#strayRules.push(rule);
      }
    }
  }

  /** What listens on a balancer, or may; empty where the input holds nothing of it. */
  public of(balancer: Instance): readonly Listening[] {
    return balancer.type === "aws_elb"
      ? classicListeners(balancer)
      : [...(this.#listeners.get(balancer) ?? []), ...this.#strays];
  }

  public rulesOf(listening: Listening): readonly Instance[] {
    return [...(this.#rules.get(listening.block.instance) ?? []), ...this.#strayRules];
  }

  /** Whether a listener of the balancer has rules, or may have. */
  public haveRules(balancer: Instance): boolean {
    return this.of(balancer).some((listening) => this.rulesOf(listening).length > 0);
  }

  /** Whether a rule is surely this listener's. */
  public isOf(rule: Instance, listening: Listening): boolean {
    return this.#rules.get(listening.block.instance)?.includes(rule) === true;
  }

  /** The actions of a listener or of a rule, in order. */
  public actionsOf(block: Block, name: "default_action" | "action"): readonly Action[] {
    const { blocks, open } = nestedBlocks(block, name);
    const actions = blocks.map((action) => this.action(action));
    return open || blocks.length === 0 ? [...actions, UNKNOWN] : actions;
  }

  private place(listener: Instance): void {
    const body = bodyOf(listener);
    const arn = attribute(body, "load_balancer_arn");
    const balancer = bindBy(this.lookup, [arn, scopeOf(listener)], BALANCERS);
    const port = attribute(body, "port");
    const protocol = attribute(body, "protocol");
    const listening: Listening = {
      resource: listener.address,
      block: body,
      port: port.kind === "known" ? asNumber(port.value) : undefined,
      protocol:
        // The provider's default, which only an application balancer can have.
        protocol.kind === "unset" ? "HTTP" : knownString(protocol)?.toUpperCase(),
      certain: listener.certain,
    };
    const list = asList(balancer);
    for (const found of list.certain) {
      if (!("foreign" in found)) {
        push(this.#listeners, found, listening);
      }
    }
    for (const candidate of list.candidates) {
      push(this.#listeners, candidate, { ...listening, certain: false });
    }
    if (list.open && list.candidates.length === 0) {
      this.#strays.push({ ...listening, certain: false });
    }
  }

  private action(action: Block): Action {
    const type = attribute(action, "type");
    switch (type.kind === "known" ? type.value : undefined) {
      case "forward":
        return this.forward(action);
      case "redirect":
        return leadsBack(action) ? LOOP : { kind: "answer", groups: [] };
      case "fixed-response":
        return { kind: "answer", groups: [] };
      case "authenticate-cognito":
      case "authenticate-oidc":
      case "jwt-validation":
        return { kind: "authenticate", groups: [] };
      default:
        return UNKNOWN;
    }
  }

  private forward(action: Block): Action {
    const forwards = nestedBlocks(action, "forward");
    const listed = forwards.blocks.map((forward) => nestedBlocks(forward, "target_group"));
    const open = forwards.open || listed.some((each) => each.open);
    const own = attribute(action, "target_group_arn");
    const arns = listed
      .flatMap((each) => each.blocks)
      .filter((block) => !hasNoWeight(block))
      .map((block) => attribute(block, "arn"));
    const values = own.kind === "unset" ? arns : [own];
    const groups = values.flatMap((value) => {
      const binding = bindBy(this.lookup, [value, scopeOf(action.instance)], TARGET_GROUPS);
      return binding.kind === "uncertain" && binding.candidates.length > 0 && !binding.open
        ? binding.candidates.map((instance) => ({
            binding: { kind: "bound", instance } as const,
            certain: false,
          }))
        : [{ binding, certain: true }];
    });
    return open || groups.length === 0 ? UNKNOWN : { kind: "forward", groups };
  }
}

const UNKNOWN: Action = { kind: "unknown", groups: [] };

const LOOP: Action = { kind: "loop", groups: [] };

function hasNoWeight(block: Block): boolean {
  const weight = attribute(block, "weight");
  return weight.kind === "known" && asNumber(weight.value) === 0;
}

/** The `listener` blocks of a classic balancer. */
function classicListeners(balancer: Instance): readonly Listening[] {
  const { blocks, open } = nestedBlocks(bodyOf(balancer), "listener");
  const known = blocks.map((block): Listening => {
    const port = attribute(block, "lb_port");
    const protocol = attribute(block, "lb_protocol");
    return {
      resource: balancer.address,
      block,
      port: port.kind === "known" ? asNumber(port.value) : undefined,
      protocol: knownString(protocol)?.toUpperCase(),
      certain: true,
    };
  });
  const more = { port: undefined, protocol: undefined, certain: false };
  return open
    ? [...known, { resource: balancer.address, block: bodyOf(balancer), ...more }]
    : known;
}
