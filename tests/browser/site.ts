// The site under test: served over a sub-path by a server of our own, or opened from the disk. Every page is watched:
// a message in the console, a fault of a script or a request to another origin fails its test.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";

export { expect };
export type { Page };

export const folder = resolve(process.env["AMENDS_SITE"] ?? resolve(__dirname, "../../public"));

/** Deep, so that a link that is not relative leads astray. */
const SUB_PATH = "/some/where/course/";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
};

/** All pages of the site, by their path in it. */
export function pages(): string[] {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return found.filter((path) => path.endsWith(".html")).sort();
}

export const scenarios = pages().filter((path) => /^scenarios\/.+\/index\.html$/.test(path));
export const lessons = pages().filter((path) => /^lessons\/.+\/index\.html$/.test(path));

/** A file's text as it was built. */
export function source(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

/** The scenarios that close a choice at some moment and say why. */
export const closing = scenarios.filter((path) => source(path).includes('class="shut"'));

/** A page on the disk, as a URL. */
export function onDisk(path: string, from = folder): string {
  return pathToFileURL(join(from, path)).href;
}

/** A site that was built beside the one under test. */
export const beside = (name: string) => resolve(folder, "..", name);

/** Serves a folder over the sub-path; gives the server and the URL of the site. */
export async function serving(from: string): Promise<{ server: Server; root: string }> {
  const server = await serve(from);
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  return { server, root: `http://127.0.0.1:${address.port}${SUB_PATH}` };
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder, normalize(path.slice(SUB_PATH.length)));
    const inside = path.startsWith(SUB_PATH) && file.startsWith(folder);
    if (!inside || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

/** What a watched page did that it must not do. */
function watch(page: Page, faults: string[]): void {
  const origins = new Set<string>();
  page.on("console", (message) => {
    // Playwright's own word, where it keeps workers out.
    if (!message.text().includes("blocked by Playwright")) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol === "data:" || protocol === "blob:") return;
    if (request.isNavigationRequest()) origins.add(origin);
    else if (!origins.has(origin)) faults.push(`request to ${request.url()}`);
  });
}

interface Fixtures {
  /** The URL of a page of the site. */
  url: (path: string) => string;
  /** What the page did wrong so far; a test that provokes a fault empties it. */
  faults: string[];
}

interface WorkerFixtures {
  /** The folder that is served. */
  site: string;
  root: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [folder, { option: true, scope: "worker" }],
  root: [
    async ({ site }, use) => {
      const { server, root } = await serving(site);
      await use(root);
      server.close();
    },
    { scope: "worker" },
  ],
  url: async ({ root }, use) => use((path) => root + path),
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      watch(page, faults);
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});
