// A static file host like those that serve courses: a folder serves its index.html, and a missing path serves 404.html.

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
  /** The URL of the site, with a slash at the end. */
  root: string;
  close(): void;
  /** With `false`, drops every connection from now on, as if the network were down. */
  setReachable(isReachable: boolean): void;
}

/** Serves the folder that `folder` returns at each request, under `path`. The path is deep, so that an absolute link breaks. */
export async function host(folder: () => string, path = "/some/where/course/"): Promise<Host> {
  const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  let isReachable = true;
  const server = createServer((request, response) => {
    if (!isReachable) return void request.socket.destroy();
    const requested = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder(), normalize(`${requested.slice(path.length)}${requested.endsWith("/") ? "/index.html" : ""}`));
    const exists = requested.startsWith(path) && file.startsWith(folder()) && isFile(file);
    const served = exists ? file : join(folder(), "404.html");
    response.writeHead(exists ? 200 : 404, { "content-type": TYPES[extname(served)] ?? "application/octet-stream" });
    response.end(isFile(served) ? readFileSync(served) : "");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  return { root, close: () => void server.close(), setReachable: (value) => void (isReachable = value) };
}
