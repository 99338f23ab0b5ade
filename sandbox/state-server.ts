import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface StateServer {
  /** What the `http` backend reads from the environment. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * Keeps Terraform's state in `file`, over HTTP: the local backend writes all of it after every
 * object, which takes most of the time where there are thousands; others write it now and then.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/http
 */
export function serveState(file: string): Promise<StateServer> {
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      const there = existsSync(file);
      response.writeHead(there ? 200 : 404).end(there ? readFileSync(file) : undefined);
      return;
    }
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      writeFileSync(file, Buffer.concat(parts));
      response.writeHead(200).end();
    });
  });
  return new Promise((done, fail) => {
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      done({
        env: {
          TF_HTTP_ADDRESS: `http://127.0.0.1:${port}/`,
          TF_STATE_PERSIST_INTERVAL: "3600",
          // A third less of the processor, for more of the memory.
          ...{ GOGC: "600", GOMAXPROCS: "1" },
        },
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
