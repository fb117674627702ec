// Measures the player in Chromium with the longest scenario of a built site, and prints medians as cells separated by "|".
//
//   node benches/player/measure.mjs SITE CHROMIUM RUNS
//
// The document, which contains the scenario for readers without JavaScript, is parsed from its first byte on. People wait from
// there until the page is ready, apart from the network. All other times start at the first statement of the player, which
// has been fetched and compiled by then, and include style and layout, which each step forces at its end. The time until the
// first choice includes a press on Start. Each load has its own browser context.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { chromium } from "@playwright/test";

const [site, executablePath, runs] = process.argv.slice(2);
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
/** The first line of the player, a hint to browsers that compile ahead. */
const HINT = "//# allFunctionsCalledOnLoad\n";

const size = (name) => statSync(join(site, "scenarios", name, "index.html")).size;
const [longest] = readdirSync(join(site, "scenarios")).sort((one, other) => size(other) - size(one));

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  response.writeHead(200, {
    "content-type": TYPES[extname(pathname)] ?? "application/octet-stream",
    // No page load uses what an earlier one compiled.
    "cache-control": "no-store",
    // Isolated pages have a clock with a resolution of 5 µs; others, of 100 µs.
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  const bytes = readFileSync(join(site, pathname));
  const isPlayer = /\/player-[^/]*js$/.test(pathname);
  response.end(isPlayer ? bytes.toString().replace(HINT, `${HINT}performance.mark("script"); watch();\n`) : bytes);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({ executablePath });

/** Makes the page record when the button Start can be pressed. */
function watching() {
  globalThis.watch = () => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector(".story.playing")) return;
      performance.mark("ready");
      seen.disconnect();
    });
    seen.observe(document.querySelector(".story"), { attributes: true });
  };
}

/** Plays to an ending, always with the first choice, and returns how long each step took, in milliseconds. */
async function play() {
  while (!performance.getEntriesByName("ready").length) await new Promise((later) => setTimeout(later, 5));
  // People press a button only after the browser has been idle.
  await new Promise((idle) => requestIdleCallback(idle, { timeout: 1_000 }));
  const time = (selector) => {
    const start = performance.now();
    document.querySelector(selector).click();
    document.documentElement.getBoundingClientRect();
    return performance.now() - start;
  };
  const at = (name) => performance.getEntriesByName(name)[0].startTime;
  const { responseStart, domInteractive } = performance.getEntriesByType("navigation")[0];
  document.querySelector("[value=challenge]").click();
  const first = at("ready") - at("script") + time("[data-do=start]");
  const choices = [];
  while (document.querySelector(".stage .choice")) choices.push(time(".stage .choice"));
  return [[domInteractive - responseStart], [at("ready") - responseStart], [at("ready") - at("script")], [first], choices];
}

const loads = [];
for (let run = 0; run < Number(runs); run++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watching);
  await page.goto(`http://127.0.0.1:${server.address().port}/scenarios/${longest}/index.html`);
  loads.push(await page.evaluate(play));
  await context.close();
}
const median = (all) => all.toSorted((one, other) => one - other)[all.length >> 1];
const figures = loads[0].map((_, step) => median(loads.flatMap((load) => load[step])).toFixed(1));
console.log([longest, ...figures].join("|"));
await browser.close();
server.close();
