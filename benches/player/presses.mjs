// Measures how long the page takes to answer each press in practice (its INP), in Chromium with the longest scenario of a built
// site, on this processor and four times slower. Prints a line for each kind of press, as cells separated by "|".
//
//   node benches/player/presses.mjs SITE CHROMIUM RUNS
//
// A press is a click of the mouse. Its time is from the event to the next frame, in steps of 8 ms; browsers do not report times
// below 16 ms. Every run makes the same presses; other load on the machine only adds to a press, so its quickest run counts.

import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "@playwright/test";

const [site, executablePath, runs] = process.argv.slice(2);
const LEAST = 16;
const pageOf = (name) => join(resolve(site), "scenarios", name, "index.html");
const [longest] = readdirSync(join(site, "scenarios")).sort((one, other) => statSync(pageOf(other)).size - statSync(pageOf(one)).size);
const browser = await chromium.launch({ executablePath });

/** Makes the page record how long each press took. */
function watching(durationThreshold) {
  globalThis.longest = 0;
  const seen = (list) => list.getEntries().forEach(({ interactionId, duration }) => interactionId && (globalThis.longest = Math.max(globalThis.longest, duration)));
  new PerformanceObserver(seen).observe({ type: "event", durationThreshold });
}

/** Returns how long each kind of press took in one practice, always with the first choice. */
async function practice(slower) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watching, LEAST);
  await page.goto(pathToFileURL(pageOf(longest)).href);
  await page.locator(".story.playing").waitFor({ state: "attached" });
  const client = await context.newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const took = { Start: [], "a choice": [], "Go on": [], "the last Go on": [] };
  const press = async (name, selector) => {
    // The page ignores a pointer until people can have seen the choices.
    await page.waitForTimeout(600);
    await page.evaluate(() => (globalThis.longest = 0));
    await page.locator(selector).first().click();
    await page.waitForTimeout(1_000);
    took[name].push(Math.max(LEAST, await page.evaluate(() => globalThis.longest)));
  };
  await page.locator("[value=practice]").check();
  await press("Start", "[data-do=start]");
  while (await page.locator(".stage .choice").count()) {
    await press("a choice", ".stage .choice:not([aria-disabled])");
    await press("Go on", ".stage [data-do=on]");
  }
  took["the last Go on"].push(took["Go on"].pop());
  await context.close();
  return took;
}

const all = [];
for (const slower of [1, 4]) {
  const plays = [];
  for (let run = 0; run < Number(runs); run++) plays.push(await practice(slower));
  const quickest = (name) => plays[0][name].map((_, press) => Math.min(...plays.map((took) => took[name][press])));
  all.push(Object.fromEntries(Object.keys(plays[0]).map((name) => [name, quickest(name)])));
}
const median = (times) => times.toSorted((one, other) => one - other)[times.length >> 1];
for (const name of Object.keys(all[0])) {
  const figures = all.flatMap(({ [name]: times }) => [median(times), Math.max(...times)]);
  console.log([name, ...figures.map((time) => (time <= LEAST ? `≤ ${LEAST}` : time)), "≤ 200 ms"].join("|"));
}
await browser.close();
