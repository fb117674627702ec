// An xAPI statement store in memory, which rejects invalid statements: lrs.mjs FOLDER PORT. It listens on this machine only.

import { createRequire } from "node:module";
import net from "node:net";

const [folder, port] = process.argv.slice(2);
const memory = { AUTH_REPO: "test", EVENTS_REPO: "test", MODELS_REPO: "memory", STORAGE_REPO: "memory", EXPRESS_PORT: port };
Object.assign(process.env, memory);
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (at, ...more) {
  return typeof at === "number" || typeof at === "string" ? listen.call(this, Number(at), "127.0.0.1", ...more) : listen.call(this, at, ...more);
};
createRequire(`${folder}/`)("xapi-statements/dist/server.js");
