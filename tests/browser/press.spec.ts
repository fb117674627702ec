// A press answers what it was meant for: never what came under the pointer in the meantime.

import { practice, TALK } from "./courses";
import { begin, hurry, openChoices, ready } from "./player";
import { anEnding } from "./proved";
import { expect, test, type Page } from "./site";

const said = (page: Page) => page.locator(".stage .you");

/** Two presses at one place, as fast as a hand can: the browser calls the second a double one. */
async function twice(page: Page, selector: string): Promise<void> {
  const button = page.locator(selector).first();
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await button.boundingBox())!;
  await page.mouse.dblclick(x + width / 2, y + height / 2);
}

for (const mode of ["practice", "challenge"] as const) {
  test(`${mode}: a double press is one`, async ({ page, open }) => {
    await open(TALK);
    await page.locator(`[value=${mode}]`).check();
    await twice(page, "[data-do=start]");
    await expect(page.locator(".stage .choices")).toBeVisible();
    await expect(said(page)).toHaveCount(0);
    for (let moment = 1; moment < 4; moment++) {
      await page.waitForTimeout(500);
      await twice(page, ".stage .choice:not([aria-disabled])");
      await expect(said(page)).toHaveCount(moment);
      if (mode === "challenge") continue;
      await expect(page.locator("[data-do=on]")).toBeVisible();
      await page.waitForTimeout(500);
      await twice(page, "[data-do=on]");
      await expect(page.locator(".stage .choices")).toBeVisible();
      await expect(said(page)).toHaveCount(moment);
    }
    await page.reload();
    await ready(page);
    await page.getByRole("button", { name: "Start over" }).dblclick();
    await expect(page.locator(".stage .choices")).toBeVisible();
    await expect(said(page)).toHaveCount(0);
  });
}

test("a pointer waits until choices can have been seen; keys, voices and switches do not", async ({ page, open }) => {
  await open(TALK, "challenge");
  /** What a press with this count does, at once after choices are drawn. */
  const press = (detail: number) => page.evaluate((detail) => {
    const choose = (detail: number) =>
      document.querySelector(".stage .choice:not([aria-disabled])")!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail }));
    choose(0);
    choose(detail);
    return document.querySelectorAll(".stage .you").length;
  }, detail);
  for (const [detail, answered] of [[1, 1], [2, 1], [0, 2]] as const) {
    expect(await press(detail)).toBe(answered);
    await page.evaluate(() => sessionStorage.clear());
    await open(TALK, "challenge");
  }
});

test("a double press anywhere else answers once, too", async ({ page, open }) => {
  await open(TALK);
  await begin(page, "practice");
  await hurry(page, anEnding().choices);
  await expect(page.locator(".debrief .acts").last()).toBeVisible();
  await twice(page, "[data-do=again]");
  await expect(page.locator(".stage .choices")).toBeVisible();
  await expect(said(page)).toHaveCount(0);
});

test("drills are pressed once, too", async ({ page, url }) => {
  await page.goto(url(practice.drilled[0]!));
  await ready(page);
  await page.waitForTimeout(500);
  await twice(page, ".stage .choice");
  await expect(page.locator(".drill").first().locator(".you")).toHaveCount(1);
});

test("a debrief that did not load is asked for again", async ({ page, open, expectFaults }) => {
  let isOffline = true;
  await page.route("**/debrief-en.*.js", (route) => (isOffline ? route.abort() : route.continue()));
  await open(TALK, "challenge");
  await hurry(page, anEnding().choices);
  const again = page.getByRole("button", { name: "Load the debrief" });
  await again.click();
  await expect(again).toBeVisible();
  isOffline = false;
  await again.click();
  await expect(page.locator("#debrief-heading")).toBeFocused();
  await expect(page.locator(".debrief")).toHaveCount(1);
  await expect(again).toHaveCount(0);
  // The browser's own word of what did not load, and no fault of a script.
  expectFaults(/^console: .*ERR_FAILED/);
});

test("what is at hand stays in view when the phone is turned", async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(TALK, "practice");
  await hurry(page, anEnding().choices.slice(0, -1));
  const isSeen = (selector: string) => expect(page.locator(selector).last()).toBeInViewport();
  await page.locator(".stage .moment").last().scrollIntoViewIfNeeded();
  for (const [width, height] of [[844, 390], [390, 844], [320, 640]] as const) {
    await page.setViewportSize({ width, height });
    await isSeen(".stage .moment");
  }
  await openChoices(page).first().press("Enter");
  await page.setViewportSize({ width: 844, height: 390 });
  await isSeen(".answer .by");
  // Who has gone elsewhere stays there.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.waitForTimeout(100);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator(".top")).toBeInViewport();
});

test("a moment comes to the top clear of the bar, also where the bar takes more lines", async ({ page, course, open }) => {
  for (const width of [320, 360, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of course.scenarios) {
      await open(path, "practice");
      await openChoices(page).first().press("Enter");
      await page.locator("[data-do=on]").press("Enter");
      const [bar, heading] = await Promise.all([".bar", ".stage :focus"].map((each) => page.locator(each).boundingBox()));
      expect(heading!.y, `${path} at ${width}`).toBeGreaterThanOrEqual(bar!.y + bar!.height);
      await page.evaluate(() => sessionStorage.clear());
    }
  }
});

test("a press makes, moves and restyles few nodes, however long the talk has become", async ({ page, open }) => {
  await open(TALK, "practice");
  await page.waitForFunction(() => [...document.styleSheets].some(({ href }) => href?.includes("/result.")));
  const counts = await page.evaluate(async () => {
    let touched = 0;
    const within = (node: Node) => (node instanceof Element ? 1 + node.querySelectorAll("*").length : 0);
    new MutationObserver((records) => {
      for (const { type, addedNodes, removedNodes } of records) {
        touched += type === "attributes" ? 1 : [...addedNodes, ...removedNodes].reduce((sum, node) => sum + within(node), 0);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true });
    const counts: number[] = [];
    const press = async (selector: string) => {
      touched = 0;
      document.querySelector<HTMLElement>(selector)!.click();
      await new Promise((painted) => requestAnimationFrame(painted));
      counts.push(touched);
    };
    while (!document.querySelector(".stage .ending")) {
      await press(".stage .choice:not([aria-disabled])");
      await press(".stage [data-do=on]");
    }
    return counts;
  });
  expect(counts.length).toBeGreaterThan(8);
  // A choice brings what was said, the reply and the reasons; Go on the next moment with its choices. The debrief comes when that is painted.
  expect(Math.max(...counts)).toBeLessThanOrEqual(80);
  expect(Math.max(...counts.slice(-4))).toBeLessThanOrEqual(1.5 * Math.max(...counts.slice(0, 4)));
});
