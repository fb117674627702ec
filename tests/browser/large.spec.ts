// Large text, long words and strong zoom: nothing scrolls sideways, and the bar leaves room for the text.

import { practice, SCENARIO } from "./courses";
import { overflow } from "./layout";
import { begin, openChoices, play, unfoldDebrief, waitForPlayer } from "./player";
import { anyPlay } from "./proved";
import { expect, test, type Page } from "./site";

/** Calls `check` in every state of a play and on every kind of page. */
async function checkEverywhere(page: Page, url: (path: string) => string, check: (state: string) => Promise<void>): Promise<void> {
  await page.goto(url(SCENARIO));
  await waitForPlayer(page);
  await check("brief");
  await begin(page, "practice");
  await check("moment");
  await openChoices(page).first().press("Enter");
  await check("reply");
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(url(SCENARIO));
  await waitForPlayer(page);
  await play(page, "challenge", anyPlay().choices);
  await unfoldDebrief(page);
  await check("debrief");
  for (const path of ["index.html", practice.lessonsWithDrills[0]!, "record/index.html", "desk/index.html", "search/index.html", "print/index.html"]) {
    await page.goto(url(path));
    await check(path);
  }
}

for (const size of [390, 320]) {
  test(`text at twice the size, ${size} pixels wide`, async ({ page, url }) => {
    await page.setViewportSize({ width: size, height: 844 });
    const client = await page.context().newCDPSession(page);
    await client.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    await checkEverywhere(page, url, async (state) => {
      expect(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), state).toBeGreaterThan(31);
      expect(await overflow(page), state).toBe(0);
      const verdict = page.locator(".result h2");
      if (await verdict.count()) expect((await verdict.boundingBox())!.width, state).toBeGreaterThan(size / 2);
      const bar = page.locator(".bar").first();
      if (!(await bar.count())) return;
      // A sticky bar takes up at most a fifth of the height.
      const share = await bar.evaluate((bar) => (getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().height / innerHeight : 0));
      expect(share, state).toBeLessThanOrEqual(0.2);
    });
  });
}

test("a window 1,280 pixels wide at 400 % zoom", async ({ page, url }) => {
  await page.setViewportSize({ width: 320, height: 180 });
  await checkEverywhere(page, url, async (state) => expect(await overflow(page), state).toBe(0));
});

for (const size of [320, 375]) {
  test(`words of sixty letters, ${size} pixels wide`, async ({ page, url }) => {
    await page.setViewportSize({ width: size, height: 700 });
    await checkEverywhere(page, url, async (state) => {
      await page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode as Text;
          if (node.parentElement!.checkVisibility()) node.data = node.data.replace(/\p{L}{5,}/u, "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen@x");
        }
      });
      expect(await overflow(page), state).toBe(0);
    });
  });
}
