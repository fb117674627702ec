// Reads a scenario as a story, where the player does not run.

import { expect, type Page } from "@playwright/test";

/** Where the reader is: how many nodes show, whether the current place has focus, and how many links lead on from it. */
export const readerState = (page: Page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll(".node")].filter((node) => node.checkVisibility());
    // The choice that was taken stays on the page; only the links after its reply lead on.
    const links = [...(shown[0]?.querySelectorAll<HTMLElement>(".choice, .on a") ?? [])];
    const onward = links.filter((link) => link.checkVisibility() && !link.matches(":has(+ .reply :target)"));
    return {
      shown: shown.length,
      isFocused: document.activeElement?.matches(".node :target") ?? false,
      isEnd: shown[0]?.matches(".ending") ?? false,
      links: onward.length,
    };
  });

/** Follows links from the start to an ending: by real clicks, or with `isFast` by scripted ones. */
export async function readToEnding(page: Page, isFast = false): Promise<void> {
  expect((await readerState(page)).shown).toBe(0);
  await page.getByRole("link", { name: "Start" }).click();
  for (let step = 0; step < 60; step++) {
    await expect.poll(async () => (await readerState(page)).isFocused).toBe(true);
    const { shown, isEnd, links } = await readerState(page);
    expect(shown).toBe(1);
    if (isEnd) return;
    expect(links).toBeGreaterThan(0);
    const link = page.locator(".node :is(.choice:not(:has(+ .reply :target)), .on a)").filter({ visible: true }).nth(step % links);
    if (isFast) await link.evaluate((each) => (each as HTMLElement).click());
    else await link.click();
  }
  throw new Error("no ending was reached");
}
