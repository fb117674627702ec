// Puts data into a page's storage, as if it were from earlier visits.

import type { Page } from "./site";

/** Writes items to localStorage, under names with the prefix of the page's course. */
export async function store(page: Page, items: Record<string, unknown>): Promise<void> {
  await page.evaluate((items) => {
    const prefix = `amends:${document.documentElement.dataset["course"]}:`;
    for (const [name, value] of Object.entries(items)) {
      localStorage.setItem(prefix + name, typeof value === "string" ? value : JSON.stringify(value));
    }
  }, items);
}

/** A stored challenge with this final score. */
export function attempt(final: number, more: object = {}) {
  return { v: 1, at: `2026-01-0${(final % 9) + 1}T08:00:00.000Z`, mode: "challenge", seed: 1, tries: 0, run: [], final, pass: final > 74, skills: { listen: final }, ...more };
}
