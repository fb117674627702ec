// Takes the pictures in README and docs: a poor choice with the coaching after it, and the steps of the first hour.
//
//   node tests/browser/pictures.mjs PROGRAM CHROMIUM

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "@playwright/test";

const [program, executablePath] = process.argv.slice(2);
const repository = fileURLToPath(new URL("../..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "amends-"));
const amends = (...args) => execFileSync(program, args, { stdio: "pipe" });
const [site, course, steps] = ["site", "course", "steps"].map((name) => join(work, name));
amends("build", "--site", repository, "--output", site);
amends("new", course);
for (const step of [1, 2, 3]) {
  cpSync(join(repository, `docs/first-hour/${step}.yaml`), join(course, `content/scenarios/friday-${step}.yaml`));
}
amends("build", "--site", course, "--output", steps);

const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
const context = await browser.newContext({ viewport: { width: 1000, height: 740 }, colorScheme: "light", reducedMotion: "reduce" });
const page = await context.newPage();

const start = async (site, scenario) => {
  await page.goto(pathToFileURL(join(site, `scenarios/${scenario}/index.html`)).href);
  await page.locator("[name=mode][value=practice]").check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
};
const choose = async (place) => {
  await page.locator(".stage .choice").nth(place).click();
  await page.getByRole("button", { name: "Go on" }).waitFor();
};
const goOn = () => page.getByRole("button", { name: "Go on" }).click();
const takePicture = (name) => page.screenshot({ path: join(repository, "docs", name) });

await start(site, "third-promised-tuesday");
await choose(0);
await takePicture("player.png");

await start(steps, "friday-1");
await takePicture("first-hour/1.png");
await start(steps, "friday-2");
await choose(1);
await takePicture("first-hour/2.png");
await start(steps, "friday-3");
for (const _decision of [1, 2]) {
  await choose(0);
  await goOn();
}
await page.locator(".debrief").evaluate((debrief) => debrief.scrollIntoView());
await takePicture("first-hour/3.png");

await browser.close();
rmSync(work, { recursive: true });
