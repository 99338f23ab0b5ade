// tsc copies no JSON that it does not import; dist also needs an executable bin.
import { chmodSync } from "node:fs";

chmodSync("dist/cli/main.js", 0o755);
