/** The service worker: stores the whole course, except for media, for offline use; of a library, what was visited.
 *
 *  The build puts before this script what is specific to the course: its id, a version, and the digest of each file's bytes.
 *  A version is stored completely or not at all: each file must be what the build made, so old and new never mix, and a new
 *  version waits until no page of the old one is open.
 *
 *  In a library these files are what all pages share. Its pages come from the network if there is one, and are stored as they
 *  arrive; whatever they load has a name of its own for each version, so these do not mix either. */

declare const AMENDS: { course: string; version: string; visited: boolean; files: Record<string, string> };

/** The part of the worker's types that is used here; the page's own types lack it. */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetch extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

declare const clients: { claim(): Promise<void> };

const prefix = `amends:${AMENDS.course}:`;
const current = `${prefix}${AMENDS.visited ? "visited" : "offline"}:${AMENDS.version}`;
const root = new URL("./", location.href);

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fetched(path: string, expected: string): Promise<[URL, Response]> {
  const url = new URL(path, root);
  const response = await fetch(url, { cache: "no-cache" });
  const bytes = await response.clone().arrayBuffer();
  if (!response.ok || (await digest(bytes)) !== expected) throw new Error(`${path} is of another version`);
  // A redirected response cannot answer a page's request for the address itself.
  return [url, new Response(bytes, { headers: response.headers })];
}

async function keep(): Promise<void> {
  const files = await Promise.all(Object.entries(AMENDS.files).map(([path, hash]) => fetched(path, hash)));
  const cache = await caches.open(current);
  await Promise.all(files.map(([url, response]) => cache.put(url, response)));
}

async function forget(): Promise<void> {
  const all = await caches.keys();
  await Promise.all(all.filter((other) => other.startsWith(prefix) && other !== current).map((other) => caches.delete(other)));
}

/** The stored copy, else the network: a folder is its index. */
async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  url.hash = url.search = "";
  const page = url.pathname.endsWith("/") ? new URL("index.html", url) : url;
  const cache = (await caches.has(current)) ? await caches.open(current) : null;
  const kept = await cache?.match(page);
  if (!cache || !AMENDS.visited) return kept ?? fetch(request);
  return kept && !page.pathname.endsWith(".html") ? kept : visit(request, page, cache, kept);
}

/** The network, whose response is stored unless it is media; without it, the stored copy. */
async function visit(request: Request, page: URL, cache: Cache, kept?: Response): Promise<Response> {
  try {
    const response = await fetch(request);
    const isMedia = /^(assets|pictures)\//.test(page.href.slice(root.href.length));
    if (response.status === 200 && !response.redirected && !isMedia) await cache.put(page, response.clone());
    return response;
  } catch (failed) {
    if (kept) return kept;
    throw failed;
  }
}

addEventListener("install", (event) => (event as Extendable).waitUntil(keep()));
// The page that registered the worker is controlled from now on, so that a newer version has to wait for it.
addEventListener("activate", (event) => (event as Extendable).waitUntil(forget().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event as Fetch;
  if (request.method === "GET" && request.url.startsWith(root.href)) (event as Fetch).respondWith(answer(request));
});

export {};
