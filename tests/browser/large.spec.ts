// Large text, long words and strong zoom: nothing scrolls sideways, and the bar leaves room for what is read.

import { practice, TALK } from "./courses";
import { begin, openChoices, play, ready, unfolded } from "./player";
import { anEnding } from "./proved";
import { expect, test, type Page } from "./site";

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Calls back in every state of a play, and on every kind of page. */
async function everywhere(page: Page, url: (path: string) => string, see: (state: string) => Promise<void>): Promise<void> {
  await page.goto(url(TALK));
  await ready(page);
  await see("brief");
  await begin(page, "practice");
  await see("moment");
  await openChoices(page).first().press("Enter");
  await see("reply");
  await page.getByRole("button", { name: "Start over" }).or(page.getByRole("button", { name: "Go on" })).first().press("Enter");
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(url(TALK));
  await ready(page);
  await play(page, "challenge", anEnding().choices);
  await unfolded(page);
  await see("debrief");
  for (const path of ["index.html", practice.drilled[0]!, "record/index.html", "desk/index.html", "search/index.html", "print/index.html"]) {
    await page.goto(url(path));
    await see(path);
  }
}

for (const size of [390, 320]) {
  test(`text twice as large, ${size} pixels wide`, async ({ page, url }) => {
    await page.setViewportSize({ width: size, height: 844 });
    const client = await page.context().newCDPSession(page);
    await client.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    await everywhere(page, url, async (state) => {
      expect(await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize)), state).toBeGreaterThan(31);
      expect(await width(page), state).toBe(0);
      const verdict = page.locator(".result h2");
      if (await verdict.count()) expect((await verdict.boundingBox())!.width, state).toBeGreaterThan(size / 2);
      const bar = page.locator(".bar").first();
      if (!(await bar.count())) return;
      // What stays in place leaves four fifths of the height.
      const takes = await bar.evaluate((bar) => (getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().height / innerHeight : 0));
      expect(takes, state).toBeLessThanOrEqual(0.2);
    });
  });
}

test("a window of 1,280 pixels at 400 %", async ({ page, url }) => {
  await page.setViewportSize({ width: 320, height: 180 });
  await everywhere(page, url, async (state) => expect(await width(page), state).toBe(0));
});

for (const size of [320, 375]) {
  test(`words of sixty letters, ${size} pixels wide`, async ({ page, url }) => {
    await page.setViewportSize({ width: size, height: 700 });
    await everywhere(page, url, async (state) => {
      const wide = await page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode as Text;
          if (node.parentElement!.checkVisibility()) node.data = node.data.replace(/\p{L}{5,}/u, "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen@x");
        }
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      });
      expect(wide, state).toBe(0);
    });
  });
}
