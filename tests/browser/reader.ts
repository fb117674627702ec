// How the tests read a story where there is no player.

import { expect, type Page } from "@playwright/test";

/** Where the reader is: how many sections show, whether the one place has focus, and how many ways lead on from it. */
export const at = (page: Page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll(".node")].filter((node) => node.checkVisibility());
    // The choice that was taken stays, as what was said; the ways on are those that follow it.
    const ways = [...(shown[0]?.querySelectorAll<HTMLElement>(".choice, .on a") ?? [])];
    const on = ways.filter((way) => way.checkVisibility() && !way.matches(":has(+ .reply :target)"));
    return {
      shown: shown.length,
      isFocused: document.activeElement?.matches(".node :target") ?? false,
      isEnd: shown[0]?.matches(".ending") ?? false,
      ways: on.length,
    };
  });

/** Goes from the start to an ending, one section at a time: as a reader clicks, or as fast as the page goes. */
export async function walk(page: Page, isFast = false): Promise<void> {
  expect((await at(page)).shown).toBe(0);
  await page.getByRole("link", { name: "Start" }).click();
  for (let step = 0; step < 60; step++) {
    await expect.poll(async () => (await at(page)).isFocused).toBe(true);
    const { shown, isEnd, ways } = await at(page);
    expect(shown).toBe(1);
    if (isEnd) return;
    expect(ways).toBeGreaterThan(0);
    const way = page.locator(".node :is(.choice:not(:has(+ .reply :target)), .on a)").filter({ visible: true }).nth(step % ways);
    if (isFast) await way.evaluate((link) => (link as HTMLElement).click());
    else await way.click();
  }
  throw new Error("no ending was reached");
}
