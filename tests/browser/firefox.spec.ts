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

/** Sets the size of the window. A Firefox that cannot be turned says so, and has it nevertheless. */
const size = (page: Page, width: number, height: number) => page.setViewport({ width, height }).catch(() => {});

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

test("Firefox counts a call, and lets an answer in a chat be typed until a key is pressed", async ({ firefox }) => {
  const { root, close } = await host(() => practice.site);
  const press = (selector: string) => firefox.$$eval(selector, (all) => (all.at(-1) as HTMLElement).click());
  const begin = async (path: string) => {
    await firefox.goto(root + path);
    await firefox.waitForSelector("[data-do=start]");
    await firefox.waitForSelector('script[src*="/live-"]');
    await press("[data-do=start]");
  };
  await begin(TALK);
  const clock = () => firefox.$$eval(".clock", ([clock]) => clock?.textContent);
  await expect.poll(clock).toMatch(/^0:0[1-9]$/);
  await begin("scenarios/cabin-nine/index.html");
  await firefox.waitForSelector(".stage .choices");
  // A round lasts as long as the test needs.
  await firefox.evaluate(() => {
    const wait = window.setTimeout;
    window.setTimeout = ((then: () => void, time: number) => (time === 1200 ? 0 : wait(then, time))) as typeof window.setTimeout;
  });
  await press(".stage .choice");
  await firefox.waitForSelector(".dots");
  expect(await firefox.$eval(".answer > .line", (line) => getComputedStyle(line).visibility)).toBe("hidden");
  await firefox.keyboard.press("Shift");
  await expect.poll(() => count(firefox, ".dots")).toBe(0);
  expect(await firefox.$eval(".answer > .line", (line) => getComputedStyle(line).visibility)).toBe("visible");
  close();
});

/** Where the parts of a state stand: left edge, width, and their order from above. */
const layout = () => {
  const parts = ".brief h1, .start .go, .modes label, .bar, .meter, .likeness, .moment, .lines .line, .choice, .you, .answer .by, .shift, .coach, .controls button, .score, #debrief-heading, .one, .pair > div, .one button, .chapter";
  return [...document.querySelectorAll(parts)].filter((each) => each.checkVisibility()).map((each) => {
    const { left, width } = each.getBoundingClientRect();
    return [each.tagName + "." + each.className, Math.round(left), Math.round(width)] as const;
  });
};

test("Firefox lays the main states out as Chromium does, and draws the goodwill in the same colors", async ({ firefox, page }) => {
  const { root, close } = await host(() => practice.site);
  await page.setViewportSize({ width: 390, height: 844 });
  await size(firefox, 390, 844);
  const press = (selector: string) => {
    const script = `document.querySelector(${JSON.stringify(selector)}).click()`;
    return Promise.all([page.evaluate(script), firefox.evaluate(script)]);
  };
  const alike = async (state: string, seen: string) => {
    await Promise.all([page.waitForSelector(seen), firefox.waitForSelector(seen)]);
    const [one, other] = await Promise.all([page.evaluate(layout), firefox.evaluate(layout)]);
    expect(other.map(([name]) => name), state).toEqual(one.map(([name]) => name));
    expect(one.length, state).toBeGreaterThan(3);
    // What is as wide as its text is a little wider with other hinting.
    for (const [place, [name, left, width]] of one.entries()) {
      expect(Math.abs(other[place]![1] - left), `${state}: ${name}`).toBeLessThanOrEqual(3);
      expect(Math.abs(other[place]![2] - width), `${state}: ${name}`).toBeLessThanOrEqual(Math.max(3, width * 0.06));
    }
  };
  await Promise.all([page.goto(root + TALK), firefox.goto(root + TALK)]);
  // Its scroll bar takes room, and Chromium's lies over the page here.
  const scrollBar = await firefox.evaluate(() => innerWidth - document.documentElement.clientWidth);
  await size(firefox, 390 + scrollBar, 844);
  await alike("brief", "[data-do=start]");
  await press("[data-do=start]");
  await alike("moment", ".stage .choices");
  /** The colors along the meter, from a picture. */
  const colors = (png: Uint8Array) => page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    context.drawImage(image, 0, 0);
    return [0.1, 0.5, 0.7, 0.9].map((at) => [...context.getImageData(Math.round(image.width * at), image.height >> 1, 1, 1).data]);
  }, Buffer.from(png).toString("base64"));
  const [one, other] = [await colors(await page.locator(".meter").screenshot()), await colors(await (await firefox.$(".meter"))!.screenshot())];
  for (const [place, color] of one.entries()) {
    for (const [channel, value] of color.entries()) expect(Math.abs(other[place]![channel]! - value)).toBeLessThanOrEqual(12);
  }
  // Filled at its beginning, and a track behind.
  expect(one[0]).not.toEqual(one[3]);
  await press(".stage .choice");
  await alike("reply", ".stage .coach");
  for (let moment = 0; !(await page.locator(".stage .ending").count()) && moment < 30; moment++) {
    await press("[data-do=on]");
    if (!(await page.locator(".stage .ending").count())) await press(".stage .choice:not([aria-disabled])");
  }
  await alike("debrief", ".debrief:not([aria-busy])");
  close();
});
