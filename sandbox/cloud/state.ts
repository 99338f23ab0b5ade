import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { ObjectValue } from "../provider/value";
import { flatten, recordChange } from "./history";
import { memoryOf } from "./memory";
import type { Steered } from "./steering";

export interface CloudObject {
  readonly type: string;
  readonly key: string;
  attributes: ObjectValue;
}

/** One thing that a security group admits: a protocol, ports and one source. */
export interface Permission {
  readonly id: string;
  readonly group: string;
  readonly direction: "ingress" | "egress";
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** Which attribute of a rule the source belongs to. */
  readonly kind: "ipv4" | "ipv6" | "prefix-list" | "group";
  readonly source: string;
  readonly description: string;
}

/** One numbered entry of a network ACL. */
export interface AclEntry {
  readonly acl: string;
  readonly egress: boolean;
  readonly number: number;
  readonly action: string;
  /** As given: `tcp`, `6` or `-1`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** Of either family. */
  readonly cidr: string;
  readonly icmpType: number;
  readonly icmpCode: number;
}

/** A route besides the local one, which every table has. */
export interface Route {
  readonly table: string;
  /** A range of either family, or the id of a prefix list. */
  readonly destination: string;
  /** The attribute that names the target: `gateway_id`. */
  readonly kind: string;
  readonly target: string;
}

/** What a subnet, VPC or Elastic IP is bound to. */
export interface Association {
  readonly id: string;
  readonly to: string;
}

/** All that the cloud holds. Every provider process reads and writes it under one lock. */
export interface CloudState {
  /** Number of the last line of the log. */
  sequence: number;
  /** How many ids and addresses were given out. */
  issued: number;
  objects: Record<string, CloudObject>;
  permissions: Permission[];
  /** By ACL, direction and number. */
  entries: Record<string, AclEntry>;
  /** By table and destination. */
  routes: Record<string, Route>;
  /**
   * `acl <subnet>` and `table <subnet>`, `main <VPC>` for its main route table, `address
   * <allocation>` for the interface that has an Elastic IP.
   */
  associations: Record<string, Association>;
  /** The types of objects that were there, by id. */
  gone: Record<string, string>;
  /** How often something happened: refusals used up, addresses given out. */
  counters: Record<string, number>;
  /** By run. */
  steered: Record<string, Steered>;
}

export const EMPTY: CloudState = {
  sequence: 0,
  issued: 0,
  objects: {},
  permissions: [],
  entries: {},
  routes: {},
  associations: {},
  gone: {},
  counters: {},
  steered: {},
};
const STALE_MS = 10_000;

export class Store {
  private readonly file: string;
  private readonly lock: string;

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, "cloud.json");
    this.lock = join(folder, "cloud.lock");
  }

  /** Runs `change` alone among all processes and keeps what it did, in the history too. */
  update<T>(change: (state: CloudState) => T): T {
    const memory = memoryOf(this.folder);
    if (memory !== undefined) return memory.update(change);
    this.acquire();
    try {
      const state = this.read();
      const before = flatten(state);
      const result = change(state);
      recordChange(this.folder, before, state);
      writeFileSync(`${this.file}.new`, JSON.stringify(state));
      renameSync(`${this.file}.new`, this.file);
      return result;
    } finally {
      rmSync(this.lock, { force: true });
    }
  }

  /** Where nothing but the log changes. */
  note<T>(look: (state: CloudState) => T): T {
    const memory = memoryOf(this.folder);
    return memory === undefined ? this.update(look) : look(memory.state);
  }

  /** Looks at the state as it is, without the lock: it is always whole. */
  peek<T>(look: (state: CloudState) => T): T {
    return look(this.read());
  }

  read(): CloudState {
    const memory = memoryOf(this.folder);
    if (memory !== undefined) return memory.state;
    try {
      return { ...structuredClone(EMPTY), ...JSON.parse(readFileSync(this.file, "utf8")) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return structuredClone(EMPTY);
      throw error;
    }
  }

  private acquire(): void {
    for (;;) {
      try {
        closeSync(openSync(this.lock, "wx"));
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      this.breakStale();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }

  /** A process that was killed while it held the lock. */
  private breakStale(): void {
    try {
      if (Date.now() - statSync(this.lock).mtimeMs > STALE_MS) rmSync(this.lock, { force: true });
    } catch {
      // Released in the meantime: the next try finds out.
    }
  }
}
