// Presses act on what they were aimed at, never on what has appeared under the pointer since; and what a press costs.

import { practice, SCENARIO } from "./courses";
import { begin, chooseAll, openChoices, waitForPlayer } from "./player";
import { anyPlay } from "./proved";
import { expect, test, type Page } from "./site";

const chosenLines = (page: Page) => page.locator(".stage .you");

/** Presses twice in the same place, so fast that the browser reports a double click. */
async function doublePress(page: Page, selector: string): Promise<void> {
  const button = page.locator(selector).first();
  await button.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await button.boundingBox())!;
  await page.mouse.dblclick(x + width / 2, y + height / 2);
}

for (const mode of ["practice", "challenge"] as const) {
  test(`${mode}: a double press counts once`, async ({ page, open }) => {
    await open(SCENARIO);
    await page.locator(`[value=${mode}]`).check();
    await doublePress(page, "[data-do=start]");
    await expect(page.locator(".stage .choices")).toBeVisible();
    await expect(chosenLines(page)).toHaveCount(0);
    for (let moment = 1; moment < 4; moment++) {
      await page.waitForTimeout(500);
      await doublePress(page, ".stage .choice:not([aria-disabled])");
      await expect(chosenLines(page)).toHaveCount(moment);
      if (mode === "challenge") continue;
      await expect(page.locator("[data-do=on]")).toBeVisible();
      await page.waitForTimeout(500);
      await doublePress(page, "[data-do=on]");
      await expect(page.locator(".stage .choices")).toBeVisible();
      await expect(chosenLines(page)).toHaveCount(moment);
    }
    await page.reload();
    await waitForPlayer(page);
    await page.getByRole("button", { name: "Start over" }).dblclick();
    await expect(page.locator(".stage .choices")).toBeVisible();
    await expect(chosenLines(page)).toHaveCount(0);
  });
}

test("a pointer press counts only once the choices can have been seen; other input counts at once", async ({ page, open }) => {
  await open(SCENARIO, "challenge");
  /** How many choices are made by a keyboard press and, as soon as the next choices are drawn, a press with this click count. Only
   *  a pointer's count is above 0. */
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
    await open(SCENARIO, "challenge");
  }
});

test("a double press on Play again counts once", async ({ page, open }) => {
  await open(SCENARIO);
  await begin(page, "practice");
  await chooseAll(page, anyPlay().choices);
  await expect(page.locator(".debrief .acts").last()).toBeVisible();
  await doublePress(page, "[data-do=again]");
  await expect(page.locator(".stage .choices")).toBeVisible();
  await expect(chosenLines(page)).toHaveCount(0);
});

test("a double press on Start opens no hint", async ({ page, open }) => {
  await open(SCENARIO);
  await page.locator("[data-do=start]").dblclick();
  await expect(page.locator(".stage .hint")).toBeVisible();
  await expect(page.locator(".stage .hint")).not.toHaveAttribute("open");
});

test("a double press in a drill counts once", async ({ page, url }) => {
  await page.goto(url(practice.lessonsWithDrills[0]!));
  await waitForPlayer(page);
  await page.waitForTimeout(500);
  await doublePress(page, ".stage .choice");
  await expect(page.locator(".drill").first().locator(".you")).toHaveCount(1);
});

test("a debrief that did not load can be requested again", async ({ page, open, expectFaults }) => {
  let isOffline = true;
  await page.route("**/debrief-en.*.js", (route) => (isOffline ? route.abort() : route.continue()));
  await open(SCENARIO, "challenge");
  await chooseAll(page, anyPlay().choices);
  const again = page.getByRole("button", { name: "Load the debrief" });
  await again.click();
  await expect(again).toBeVisible();
  isOffline = false;
  await again.click();
  await expect(page.locator("#debrief-heading")).toBeFocused();
  await expect(page.locator(".debrief")).toHaveCount(1);
  await expect(again).toHaveCount(0);
  // The browser itself logs what did not load; no script fails.
  expectFaults(/^console: .*ERR_FAILED/);
});

test("the current moment or reply stays in view when the phone is rotated", async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(SCENARIO, "practice");
  await chooseAll(page, anyPlay().choices.slice(0, -1));
  const expectInView = (selector: string) => expect(page.locator(selector).last()).toBeInViewport();
  await page.locator(".stage .moment").last().scrollIntoViewIfNeeded();
  for (const [width, height] of [[844, 390], [390, 844], [320, 640]] as const) {
    await page.setViewportSize({ width, height });
    await expectInView(".stage .moment");
  }
  await openChoices(page).first().press("Enter");
  await page.setViewportSize({ width: 844, height: 390 });
  await expectInView(".answer .by");
  // A reader who has scrolled elsewhere stays there.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.waitForTimeout(100);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator(".top")).toBeInViewport();
});

test("a moment scrolls to just below the bar, even if the bar wraps", async ({ page, course, open }) => {
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

test("a press adds, removes and restyles few DOM nodes, however long the conversation is", async ({ page, open }) => {
  await open(SCENARIO, "practice");
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
  // A choice adds the line said, the reply and the coaching; Go on adds the next moment with its choices. The debrief is added
  // only after the next paint.
  expect(Math.max(...counts)).toBeLessThanOrEqual(80);
  expect(Math.max(...counts.slice(-4))).toBeLessThanOrEqual(1.5 * Math.max(...counts.slice(0, 4)));
});
