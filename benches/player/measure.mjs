// What a player takes in Chromium, beside inkjs with an equal story: prints medians as JSON.
//
//   node benches/player/measure.mjs SITE INK CHROMIUM RUNS
//
// SITE has scenarios that INK holds as well, as ink. The document is parsed from its first byte on; in amends it holds
// the story, for readers without JavaScript. From there until a page is ready is what people wait for, but for the
// network: the browser's first frames of the document are in it, wherever they fall. All other times go from the first
// statement of the page's first script, which has been fetched and compiled then, and include style and layout, which
// the page is asked for at the end. Each load has a browser context of its own. In amends, the first choice needs a press
// on the button that starts: it counts.

import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, parse, resolve } from "node:path";

import { chromium } from "@playwright/test";
import { Compiler } from "inkjs/full";

const [site, inks, executablePath] = process.argv.slice(2, 5).map((path) => resolve(path));
const runs = Number(process.argv[5] ?? 5);
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const MARK = 'performance.mark("script"); watch();\n';
/** The player begins with this, for browsers that compile ahead where they are told to. */
const HINT = "//# allFunctionsCalledOnLoad\n";

/** inkjs, the compiled story and a page around them, in one script. */
async function ink(name) {
  const runtime = await readFile(createRequire(import.meta.url).resolve("inkjs"), "utf8");
  const story = new Compiler(await readFile(join(inks, `${name}.ink`), "utf8")).Compile().ToJson();
  const page = await readFile(join(import.meta.dirname, "ink.js"), "utf8");
  return `${runtime}\nconst STORY = ${JSON.stringify(story)};\n${page}`;
}
const INK_PAGE = '<!doctype html><meta charset="utf-8"><title>ink</title><p id="goodwill"></p><main id="talk"></main><script src="ink.js" defer></script>';

const names = readdirSync(inks).map((file) => parse(file).name).sort((one, other) => one - other);
const made = new Map();
for (const name of names) {
  made.set(`/ink/${name}/index.html`, INK_PAGE);
  made.set(`/ink/${name}/ink.js`, HINT + MARK + (await ink(name)));
}
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = join(site, pathname);
  const text = made.get(pathname) ?? (await readFile(file, "utf8").catch(() => null));
  if (text === null) return response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    // No page profits from what an earlier one had compiled.
    "cache-control": "no-store",
    // Isolated pages get a clock of five microseconds; others, of a hundred.
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  // Published names hold a digest.
  response.end(/\/player-[^/]*js$/.test(pathname) ? text.replace(HINT, HINT + MARK) : text);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({ executablePath });

/** Lets a page note when it can be used: the start button stands, or a choice does. */
function watching() {
  globalThis.watch = () => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector(".story.playing, #talk .choice")) return;
      performance.mark("ready");
      seen.disconnect();
    });
    seen.observe(document.querySelector(".story, #talk"), { attributes: true, childList: true });
  };
}

/** Plays to an ending by the first choice that is offered; how long each step took. */
async function play() {
  while (!performance.getEntriesByName("ready").length) await new Promise((later) => setTimeout(later, 5));
  // Nobody presses a button so soon that the browser has had no time of its own before.
  await new Promise((idle) => requestIdleCallback(idle, { timeout: 1_000 }));
  const time = (work) => {
    const start = performance.now();
    work();
    document.documentElement.getBoundingClientRect();
    return performance.now() - start;
  };
  const at = (name) => performance.getEntriesByName(name)[0].startTime;
  const choice = () => document.querySelector(".stage .choice, #talk .choice");
  const { responseStart, domInteractive } = performance.getEntriesByType("navigation")[0];
  const ready = at("ready") - at("script");
  document.querySelector("[value=challenge]")?.click();
  const first = time(() => document.querySelector("[data-do=start]")?.click());
  const taken = [];
  for (let next; (next = choice()); ) taken.push(time(() => next.click()));
  return { parsed: domInteractive - responseStart, whole: at("ready") - responseStart, ready, first: ready + first, taken };
}

const median = (all) => all.toSorted((one, other) => one - other)[all.length >> 1];

async function measure(path) {
  const loads = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(watching);
    await page.goto(`http://127.0.0.1:${server.address().port}/${path}/index.html`);
    loads.push(await page.evaluate(play));
    await context.close();
  }
  if (!loads.every(({ taken }) => taken.length > 1)) throw new Error(`${path} offers no choices`);
  const each = ["parsed", "whole", "ready", "first"].map((step) => loads.map((load) => load[step]));
  return [...each, loads.flatMap((load) => load.taken)].map(median);
}

const rows = [];
for (const name of names) {
  rows.push({ name: `amends, ${name} moments`, figures: await measure(`scenarios/${name}`) });
  rows.push({ name: `inkjs, ${name} moments`, figures: await measure(`ink/${name}`) });
}
await browser.close();
server.close();
console.log(JSON.stringify(rows));
