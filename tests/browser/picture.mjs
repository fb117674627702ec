// The picture in the README: a choice that went wrong, with the coaching after it.
//
//   node tests/browser/picture.mjs SITE CHROMIUM PICTURE

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "@playwright/test";

const [site, executablePath, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
const context = await browser.newContext({ viewport: { width: 1000, height: 740 }, colorScheme: "light", reducedMotion: "reduce" });
const page = await context.newPage();
await page.goto(pathToFileURL(join(resolve(site), "scenarios/third-promised-tuesday/index.html")).href);
await page.locator("[name=mode][value=practice]").check();
await page.getByRole("button", { name: "Start", exact: true }).click();
await page.locator(".stage .choice").first().click();
await page.getByRole("button", { name: "Go on" }).waitFor();
await page.screenshot({ path: picture });
await browser.close();
