// How the tests play: by what a trainee sees and presses.

import { readFileSync } from "node:fs";
import { expect, type Frame, type Locator, type Page } from "@playwright/test";

export type Mode = "practice" | "challenge";

/** Waits until the player has taken the page over. */
export async function ready(page: Page | Frame): Promise<void> {
  await expect(page.locator(".story.playing").first()).toBeAttached();
}

/** From the brief to the first moment. */
export async function begin(page: Page | Frame, mode: Mode): Promise<void> {
  await page.locator(`[name=mode][value=${mode}]`).check();
  await page.locator("[data-do=start]").click();
  await expect(page.locator(".stage .choices")).toBeVisible();
}

/** The choices that can be taken. */
export function openChoices(page: Page): Locator {
  return page.locator(".stage .choice:not([aria-disabled])");
}

/** The choice with this text. */
export function choice(page: Page, text: string): Locator {
  const exactly = new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  return page.locator(".stage .choices .choice").filter({ has: page.locator(".text", { hasText: exactly }) });
}

/** Chooses, and in practice goes on. */
export async function take(page: Page, text: string, goOn: boolean): Promise<void> {
  await choice(page, text).click();
  if (goOn) await page.getByRole("button", { name: "Go on" }).click();
}

/** Makes these choices as fast as the page goes: for what comes after them. */
export async function hurry(page: Page | Frame, choices: string[]): Promise<void> {
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

/** Goes on from a moment to the end, by the first or the last choice that is open. Calls back before each. */
export async function finish(page: Page, which: "first" | "last", each?: (choice: Locator) => Promise<void>): Promise<void> {
  await expect(page.locator(".stage .choices")).toBeVisible();
  while ((await page.locator(".stage .ending").count()) === 0) {
    const choice = openChoices(page)[which]();
    await each?.(choice);
    await choice.click();
    const goOn = page.locator(".stage [data-do=on]");
    if (await goOn.count()) await goOn.click();
  }
  await expect(page.locator(".debrief")).toBeVisible();
}

/** Plays to the end. */
export async function play(page: Page | Frame, mode: Mode, choices: string[]): Promise<void> {
  await begin(page, mode);
  await hurry(page, choices);
  await expect(page.locator(".debrief")).toBeVisible();
}

/** The debrief once it is whole, with its chapters open. */
export async function unfolded(page: Page): Promise<void> {
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  await page.locator(".chapter").evaluateAll((all: HTMLDetailsElement[]) => all.forEach((each) => (each.open = true)));
}

/** What the debrief says was lost, line by line, in tenths of a point, and the final. */
export async function ledger(page: Page): Promise<{ lines: number[]; final: number }> {
  const tenths = (text: string) => Math.round(Number(text.replace("−", "")) * 10);
  await unfolded(page);
  const final = Number(await page.locator(".score b").textContent());
  const lines = await page.locator(".ledger tbody td:last-child").allTextContents();
  return { lines: lines.map(tenths), final };
}

/** What the file holds that a press of this button downloads. */
export async function downloaded(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return readFileSync(await download.path(), "utf8");
}
