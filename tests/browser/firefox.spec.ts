// Firefox: a play by keyboard from disk and over HTTP, call and chat, and the same layout as in Chromium. Playwright drives only a
// Firefox of its own, so puppeteer drives the system's over WebDriver BiDi.

import { test as base, expect } from "@playwright/test";
import { launch, type Page } from "puppeteer-core";
import { practice, SCENARIO } from "./courses";
import { host } from "./host";
import { keepTyping } from "./player";

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

/** Sets the size of the window. A Firefox that does not support rotation rejects the call, but applies the size. */
const setSize = (page: Page, width: number, height: number) => page.setViewport({ width, height }).catch(() => {});

const count = (page: Page, selector: string) => page.$$eval(selector, (all) => all.length);

/** Plays a challenge by keyboard to its debrief, calling back after the first choice. */
async function play(page: Page, afterFirst?: () => Promise<void>): Promise<void> {
  await page.waitForSelector("[data-do=start]");
  await page.click("[value=challenge]");
  await page.focus("[data-do=start]");
  await page.keyboard.press("Enter");
  for (let moment = 0; !(await count(page, ".stage .ending")) && moment < 30; moment++) {
    if (moment === 1) await afterFirst?.();
    await page.focus(".stage .choice:not([aria-disabled])");
    await page.keyboard.press("Enter");
  }
  await page.waitForSelector(".debrief");
  expect(await page.$eval(".score b", (score) => score.textContent)).toMatch(/^\d+$/);
  expect(await page.$eval(".timeline .wide", (drawing) => drawing.children.length)).toBeGreaterThan(10);
}

test("Firefox plays from disk to the debrief", async ({ firefox }) => {
  await firefox.goto(practice.fileUrl(SCENARIO));
  await play(firefox);
});

test("Firefox resumes a play after a reload, and records the attempt", async ({ firefox }) => {
  const { root, close } = await host(() => practice.site);
  await firefox.goto(root + SCENARIO);
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

test("Firefox runs the clock of a call, and shows typing in a chat until a key is pressed", async ({ firefox }) => {
  const { root, close } = await host(() => practice.site);
  const press = (selector: string) => firefox.$$eval(selector, (all) => (all.at(-1) as HTMLElement).click());
  const begin = async (path: string) => {
    await firefox.goto(root + path);
    await firefox.waitForSelector("[data-do=start]");
    await firefox.waitForSelector('script[src*="/live-"]');
    await press("[data-do=start]");
  };
  await begin(SCENARIO);
  const clock = () => firefox.$$eval(".clock", ([clock]) => clock?.textContent);
  await expect.poll(clock).toMatch(/^0:0[1-9]$/);
  await begin("scenarios/cabin-nine/index.html");
  await firefox.waitForSelector(".stage .choices");
  await firefox.evaluate(keepTyping);
  await press(".stage .choice");
  await firefox.waitForSelector(".dots");
  expect(await firefox.$eval(".answer > .line", (line) => getComputedStyle(line).visibility)).toBe("hidden");
  await firefox.keyboard.press("Shift");
  await expect.poll(() => count(firefox, ".dots")).toBe(0);
  expect(await firefox.$eval(".answer > .line", (line) => getComputedStyle(line).visibility)).toBe("visible");
  close();
});

/** The left edge and width of each visible part of the page, in document order. */
const layout = () => {
  const parts = ".brief h1, .start .go, .modes label, .bar, .meter, .likeness, .moment, .lines .line, .choice, .you, .answer .by, .shift, .coach, .controls button, .score, #debrief-heading, .one, .pair > div, .one button, .chapter";
  return [...document.querySelectorAll(parts)].filter((each) => each.checkVisibility()).map((each) => {
    const { left, width } = each.getBoundingClientRect();
    return [each.tagName + "." + each.className, Math.round(left), Math.round(width)] as const;
  });
};

test("Firefox lays out the main states like Chromium, and draws the goodwill meter in the same colors", async ({ firefox, page }) => {
  const { root, close } = await host(() => practice.site);
  await page.setViewportSize({ width: 390, height: 844 });
  await setSize(firefox, 390, 844);
  const press = (selector: string) => {
    const script = `document.querySelector(${JSON.stringify(selector)}).click()`;
    return Promise.all([page.evaluate(script), firefox.evaluate(script)]);
  };
  const expectSameLayout = async (state: string, selector: string) => {
    await Promise.all([page.waitForSelector(selector), firefox.waitForSelector(selector)]);
    const [chromiumParts, firefoxParts] = await Promise.all([page.evaluate(layout), firefox.evaluate(layout)]);
    expect(firefoxParts.map(([name]) => name), state).toEqual(chromiumParts.map(([name]) => name));
    expect(chromiumParts.length, state).toBeGreaterThan(3);
    // Widths that depend on text differ a little because of font hinting.
    for (const [place, [name, left, width]] of chromiumParts.entries()) {
      expect(Math.abs(firefoxParts[place]![1] - left), `${state}: ${name}`).toBeLessThanOrEqual(3);
      expect(Math.abs(firefoxParts[place]![2] - width), `${state}: ${name}`).toBeLessThanOrEqual(Math.max(3, width * 0.06));
    }
  };
  await Promise.all([page.goto(root + SCENARIO), firefox.goto(root + SCENARIO)]);
  // Firefox's scroll bar takes up width; Chromium's overlays the page here.
  const scrollBar = await firefox.evaluate(() => innerWidth - document.documentElement.clientWidth);
  await setSize(firefox, 390 + scrollBar, 844);
  await expectSameLayout("brief", "[data-do=start]");
  await press("[data-do=start]");
  await expectSameLayout("moment", ".stage .choices");
  /** The colors at four places along the meter, from a screenshot. */
  const colors = (png: Uint8Array) => page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    context.drawImage(image, 0, 0);
    return [0.1, 0.5, 0.7, 0.9].map((at) => [...context.getImageData(Math.round(image.width * at), image.height >> 1, 1, 1).data]);
  }, Buffer.from(png).toString("base64"));
  const [chromiumColors, firefoxColors] = [await colors(await page.locator(".meter").screenshot()), await colors(await (await firefox.$(".meter"))!.screenshot())];
  for (const [place, color] of chromiumColors.entries()) {
    for (const [channel, value] of color.entries()) expect(Math.abs(firefoxColors[place]![channel]! - value)).toBeLessThanOrEqual(12);
  }
  // The meter is filled at its start, and shows its track at its end.
  expect(chromiumColors[0]).not.toEqual(chromiumColors[3]);
  await press(".stage .choice");
  await expectSameLayout("reply", ".stage .coach");
  for (let moment = 0; !(await page.locator(".stage .ending").count()) && moment < 30; moment++) {
    await press("[data-do=on]");
    if (!(await page.locator(".stage .ending").count())) await press(".stage .choice:not([aria-disabled])");
  }
  await expectSameLayout("debrief", ".debrief:not([aria-busy])");
  close();
});
