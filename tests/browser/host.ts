// A static host on this machine, as courses are served by: a folder is its index, and what is missing is 404.html.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".xml": "application/xml",
};

export interface Host {
  /** The address of the site. */
  root: string;
  close(): void;
  /** Whether it answers from here on: `false` drops every connection, as a network does that is gone. */
  reach(is: boolean): void;
}

/** Serves the folder that `folder` names at the time, below `path`: deep, so that a link that is not relative leads astray. */
export async function host(folder: () => string, path = "/some/where/course/"): Promise<Host> {
  const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  let reachable = true;
  const server = createServer((request, response) => {
    if (!reachable) return void request.socket.destroy();
    const asked = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder(), normalize(`${asked.slice(path.length)}${asked.endsWith("/") ? "/index.html" : ""}`));
    const isThere = asked.startsWith(path) && file.startsWith(folder()) && isFile(file);
    const answer = isThere ? file : join(folder(), "404.html");
    response.writeHead(isThere ? 200 : 404, { "content-type": TYPES[extname(answer)] ?? "application/octet-stream" });
    response.end(isFile(answer) ? readFileSync(answer) : "");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, close: () => void server.close(), reach: (is) => void (reachable = is) };
}
