// The main path in Firefox, which Playwright would have to bring itself: Debian's, driven over WebDriver BiDi. Plays a
// scenario from the disk by keyboard, goes on after a reload, and finds the attempt in the record.

import { test as base, expect } from "@playwright/test";
import { launch, type Page } from "puppeteer-core";
import { practice, TALK } from "./courses";
import { host } from "./host";

const test = base.extend<{ firefox: Page }>({
  firefox: async ({}, use) => {
    const browser = await launch({ browser: "firefox", executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr", headless: true });
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await use(page);
    await browser.close();
    expect(faults).toEqual([]);
  },
});

const count = (page: Page, selector: string) => page.$$eval(selector, (all) => all.length);

/** Plays a challenge by keyboard to its debrief; `once` is done after the first choice. */
async function play(page: Page, once?: () => Promise<void>): Promise<void> {
  await page.waitForSelector("[data-do=start]");
  await page.click("[value=challenge]");
  await page.focus("[data-do=start]");
  await page.keyboard.press("Enter");
  for (let moment = 0; !(await count(page, ".stage .ending")) && moment < 30; moment++) {
    if (moment === 1) await once?.();
    await page.focus(".stage .choice:not([aria-disabled])");
    await page.keyboard.press("Enter");
  }
  await page.waitForSelector(".debrief");
  expect(await page.$eval(".score b", (score) => score.textContent)).toMatch(/^\d+$/);
  expect(await page.$eval(".timeline .wide", (drawing) => drawing.children.length)).toBeGreaterThan(10);
}

test("Firefox plays from the disk to the debrief", async ({ firefox }) => {
  await firefox.goto(practice.onDisk(TALK));
  await play(firefox);
});

test("Firefox plays, goes on after a reload, and records", async ({ firefox }) => {
  const { root, close } = await host(() => practice.site);
  await firefox.goto(root + TALK);
  await play(firefox, async () => {
    await firefox.reload();
    await firefox.waitForSelector(".stage .choices");
    expect(await count(firefox, ".stage .you")).toBe(1);
  });
  await firefox.goto(`${root}record/index.html`);
  await firefox.waitForSelector(".attempts > li .recorded");
  expect(await count(firefox, ".attempts > li")).toBe(1);
  close();
});
