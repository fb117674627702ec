// The main path in Firefox, which Playwright would have to bring itself: Debian's, driven over WebDriver BiDi. Plays a
// scenario from the disk by keyboard, goes on after a reload, and finds the attempt in the record.
//
//   node tests/browser/firefox.mjs SITE [FIREFOX]

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "puppeteer-core";

const site = resolve(process.argv[2] ?? "public");
const executablePath = process.argv[3] ?? "/usr/bin/firefox-esr";
const [slug] = readdirSync(join(site, "scenarios")).sort();
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const server = createServer(async (request, response) => {
  const file = join(site, new URL(request.url, "http://localhost").pathname.replace("/course/", "/"));
  const bytes = await readFile(file).catch(() => null);
  response.writeHead(bytes ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const served = `http://127.0.0.1:${server.address().port}/course`;

const browser = await launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));

  const count = (selector) => page.$$eval(selector, (all) => all.length);
  const play = async (atEnd) => {
    await page.waitForSelector("[data-do=start]");
    await page.click("[value=challenge]");
    await page.focus("[data-do=start]");
    await page.keyboard.press("Enter");
    for (let moment = 0; !(await count(".stage .ending")) && moment < 30; moment++) {
      if (moment === 1) await atEnd?.();
      await page.focus(".stage .choice:not([aria-disabled])");
      await page.keyboard.press("Enter");
    }
    await page.waitForSelector(".debrief");
    assert.match(await page.$eval(".score b", (score) => score.textContent), /^\d+$/);
    assert.ok(await page.$eval(".timeline .wide", (drawing) => drawing.children.length > 10), "the timeline is drawn");
  };

  await page.goto(pathToFileURL(join(site, "scenarios", slug, "index.html")).href);
  await play();
  console.log("firefox, from the disk: played to the debrief");

  await page.goto(`${served}/scenarios/${slug}/index.html`);
  await play(async () => {
    await page.reload();
    await page.waitForSelector(".stage .choices");
    assert.equal(await count(".stage .you"), 1, "it goes on where it was left");
  });
  await page.goto(`${served}/record/index.html`);
  await page.waitForSelector(".attempts > li .recorded");
  assert.equal(await count(".attempts > li"), 1);
  console.log("firefox, served: played, resumed after a reload, recorded");
  assert.deepEqual(faults, []);
} finally {
  await browser.close();
  server.close();
}
