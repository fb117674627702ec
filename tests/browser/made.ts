// Sites that a test makes itself, with the program itself, and a host for them that knows its own page for what is missing.

import { execFileSync } from "node:child_process";
import { readFileSync, mkdtempSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize, resolve } from "node:path";

/** The program: AMENDS names it, else it is the one that `cargo build` makes. */
export const program = resolve(process.env["AMENDS"] ?? resolve(__dirname, "../../target/debug/amends"));

/** The project, which is itself the site of the shipped course. */
export const shipped = resolve(__dirname, "../..");

export function amends(...args: string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "inherit", "pipe"] });
}

export function temporary(): string {
  return mkdtempSync(join(tmpdir(), "amends-"));
}

const TYPES: Record<string, string> = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".xml": "application/xml" };

/** Serves what `folder()` names below `path`, as static hosts do: a folder is its index, and what is missing is 404.html. */
export async function host(path: string, folder: () => string): Promise<{ root: string; close: () => void }> {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    let file = join(folder(), normalize(asked.slice(path.length) || "."));
    if (asked.endsWith("/")) file = join(file, "index.html");
    const isThere = asked.startsWith(path) && file.startsWith(folder()) && statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!isThere) file = join(folder(), "404.html");
    response.writeHead(isThere ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  return { root: `http://127.0.0.1:${address.port}${path}`, close: () => void server.close() };
}
