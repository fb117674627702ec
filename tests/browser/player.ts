// How the tests play: by what a trainee sees and presses.

import { expect, type Page } from "./site";

/** Waits until the player has taken the page over. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator(".story.playing").first()).toBeAttached();
}

/** From the brief to the first moment. */
export async function begin(page: Page, mode: "practice" | "challenge"): Promise<void> {
  await page.locator(`[name=mode][value=${mode}]`).check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.locator(".stage .choices")).toBeVisible();
}

/** The choice with this text. */
export function choice(page: Page, text: string) {
  const exactly = new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  return page.locator(".stage .choices .choice").filter({ has: page.locator(".text", { hasText: exactly }) });
}

/** Chooses, and in practice goes on. */
export async function take(page: Page, text: string, goOn: boolean): Promise<void> {
  await choice(page, text).click();
  if (goOn) await page.getByRole("button", { name: "Go on" }).click();
}

/** Makes these choices as fast as the page goes: for what comes after them. */
export async function hurry(page: Page, choices: string[]): Promise<void> {
  await page.evaluate((choices) => {
    const press = (selector: string, says = "") => {
      const all = [...document.querySelectorAll<HTMLElement>(selector)];
      const found = all.find((each) => !says || each.querySelector(".text")?.textContent?.replace(/\s+/g, " ").trim() === says);
      if (!found) throw new Error(`${selector} is not there: ${says}`);
      found.click();
    };
    for (const text of choices) {
      press(".stage .choice:not([aria-disabled])", text);
      if (document.querySelector(".stage [data-do=on]")) press(".stage [data-do=on]");
    }
  }, choices);
}

/** Plays to the end. */
export async function play(page: Page, mode: "practice" | "challenge", choices: string[]): Promise<void> {
  await begin(page, mode);
  await hurry(page, choices);
  await expect(page.locator(".debrief")).toBeVisible();
}

/** What the debrief says was lost, line by line, and in all, in tenths of a point. */
export async function ledger(page: Page): Promise<{ lines: number[]; final: number }> {
  const tenths = (text: string) => Math.round(Number(text.replace("−", "")) * 10);
  // This waits for the debrief, and what tells all lines does not.
  const final = Number(await page.locator(".score b").textContent());
  const lines = await page.locator(".ledger tbody td:last-child").allTextContents();
  return { lines: lines.map(tenths), final };
}
