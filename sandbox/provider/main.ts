// A provider process. Terraform starts it through a launcher that install.ts writes:
// node main.js <provider> <sandbox folder>
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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
import { optionsFrom } from "../cloud/options";
import { type Request, Service } from "./service";

const MEGABYTES_64 = 64 * 1024 * 1024;

const [, , provider, root] = process.argv;
if (
  provider === undefined ||
  root === undefined ||
  process.env.TF_PLUGIN_MAGIC_COOKIE === undefined
) {
  process.stderr.write(
    "This is a stand-in provider that terraform starts; see sandbox/README.md.\n",
  );
  process.exit(1);
}

const folder = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR ?? tmpdir(), "sandbox-"));
const socket = join(folder, "socket");

function end(): void {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

type Answer = (error: object | null, response?: object) => void;

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

const load = (file: string) =>
  loadPackageDefinition(
    loadSync(join(root, "proto", file), {
      keepCase: true,
      defaults: true,
      longs: Number,
      enums: String,
    }),
  ) as unknown as Record<string, Record<string, { readonly service: ServiceDefinition }>>;

const protocol = load("tfplugin6.proto").tfplugin6?.Provider?.service ?? {};
const controller = load("controller.proto").plugin?.GRPCController?.service ?? {};

const server = new Server({
  "grpc.max_receive_message_length": MEGABYTES_64,
  "grpc.max_send_message_length": MEGABYTES_64,
});
const service = new Service(root, provider, optionsFrom(process.env));
server.addService(
  protocol,
  Object.fromEntries(Object.keys(protocol).map((name) => [name, handle(service, name)])),
);
server.addService(controller, {
  Shutdown: (_: unknown, respond: Answer) => {
    respond(null, {});
    setTimeout(end, 5);
  },
});

// Terraform was killed: nobody will ask for the shutdown.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(), 2_000).unref();
process.on("SIGTERM", end);
process.on("SIGINT", () => undefined);

server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) => {
  if (error !== null) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`1|6|unix|${socket}|grpc|\n`);
});
