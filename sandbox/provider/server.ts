import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { CloudOptions } from "../cloud/options";
import { type Request, Service } from "./service";

const MEGABYTES_64 = 64 * 1024 * 1024;

type Answer = (error: object | null, response?: object) => void;

/** What stops serving, at once. */
export interface Served {
  close(): void;
}

/**
 * Serves one provider on a Unix socket; `shutdown` is what Terraform asks of a process. Each
 * connection is one configuration of the provider, with a region of its own: Terraform makes one for
 * each alias.
 */
export function serve(
  { root, provider, socket }: { root: string; provider: string; socket: string },
  options: CloudOptions,
  shutdown: () => void,
): Promise<Served> {
  const open = new Set<{ readonly server: Server; readonly connection: Socket }>();
  const listener = createServer((connection) => {
    const server = answering(root, new Service(root, provider, options), shutdown);
    const entry = { server, connection };
    open.add(entry);
    connection.on("close", () => {
      open.delete(entry);
      server.forceShutdown();
    });
    server
      .createConnectionInjector(ServerCredentials.createInsecure())
      .injectConnection(connection);
  });
  const close = () => {
    listener.close();
    for (const { server, connection } of open) {
      server.forceShutdown();
      connection.destroy();
    }
  };
  return new Promise((done, fail) => {
    listener.on("error", fail);
    listener.listen(socket, () => done({ close }));
  });
}

function answering(root: string, service: Service, shutdown: () => void): Server {
  const server = new Server({
    "grpc.max_receive_message_length": MEGABYTES_64,
    "grpc.max_send_message_length": MEGABYTES_64,
  });
  const protocol = definition(root, "tfplugin6", "Provider");
  server.addService(
    protocol,
    Object.fromEntries(Object.keys(protocol).map((name) => [name, handle(service, name)])),
  );
  server.addService(definition(root, "plugin", "GRPCController"), {
    Shutdown: (_: unknown, respond: Answer) => {
      respond(null, {});
      shutdown();
    },
  });
  return server;
}

/** A method of the service as gRPC calls it; what it throws is Terraform's error text. */
function handle(service: Service, name: string): UntypedHandleCall {
  const answers = service as unknown as Record<
    string,
    (request: Request) => object | Promise<object>
  >;
  const method = answers[name];
  return async ({ request }: { request: Request }, respond: Answer) => {
    if (method === undefined) {
      respond(null, {});
      return;
    }
    try {
      respond(null, await method.call(service, request));
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      respond({ code: status.INTERNAL, message });
    }
  };
}

const loaded = new Map<string, ServiceDefinition>();

function definition(root: string, name: string, service: string): ServiceDefinition {
  const file = join(root, "proto", `${name}.proto`);
  const cached = loaded.get(file);
  if (cached !== undefined) return cached;
  const options = { keepCase: true, defaults: true, longs: Number, enums: String };
  const all = loadPackageDefinition(loadSync(file, options)) as unknown as Record<
    string,
    Record<string, { readonly service: ServiceDefinition }>
  >;
  const found = all[name]?.[service]?.service;
  if (found === undefined) throw new Error(`${file} has no ${service}`);
  loaded.set(file, found);
  return found;
}
