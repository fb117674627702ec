// Plays scenarios through the controls that a trainee sees.

import { readFileSync } from "node:fs";
import { expect, type Frame, type Locator, type Page } from "@playwright/test";

export type Mode = "practice" | "challenge";

/** Waits until the player has taken over the page. */
export async function waitForPlayer(page: Page | Frame): Promise<void> {
  await expect(page.locator(".story.playing").first()).toBeAttached();
}

/** Starts a play from the brief. */
export async function begin(page: Page | Frame, mode: Mode): Promise<void> {
  await page.locator(`[name=mode][value=${mode}]`).check();
  await page.locator("[data-do=start]").click();
  await expect(page.locator(".stage .choices")).toBeVisible();
}

/** The choices that are not closed. */
export function openChoices(page: Page): Locator {
  return page.locator(".stage .choice:not([aria-disabled])");
}

/** The choice with this text. */
export function choice(page: Page, text: string): Locator {
  const pattern = new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  return page.locator(".stage .choices .choice").filter({ has: page.locator(".text", { hasText: pattern }) });
}

/** Makes a choice; with `goOn`, also leaves the reply, as practice requires. */
export async function choose(page: Page, text: string, goOn = false): Promise<void> {
  await choice(page, text).click();
  if (goOn) await page.getByRole("button", { name: "Go on" }).click();
}

/** Makes these choices without waiting in between, to reach a later state quickly. */
export async function chooseAll(page: Page | Frame, choices: string[]): Promise<void> {
  await page.evaluate((choices) => {
    const press = (selector: string, wanted = "") => {
      const all = [...document.querySelectorAll<HTMLElement>(selector)];
      const found = all.find((each) => !wanted || each.querySelector(".text")?.textContent?.replace(/\s+/g, " ").trim() === wanted);
      if (!found) throw new Error(`${selector} not found: ${wanted}`);
      found.click();
    };
    for (const text of choices) {
      press(".stage .choice:not([aria-disabled])", text);
      if (document.querySelector(".stage [data-do=on]")) press(".stage [data-do=on]");
    }
  }, choices);
}

/** Plays from the current decision to the debrief, always taking the first or last open choice. Calls `before` with each. */
export async function playToEnd(page: Page, which: "first" | "last", before?: (choice: Locator) => Promise<void>): Promise<void> {
  await expect(page.locator(".stage .choices")).toBeVisible();
  while ((await page.locator(".stage .ending").count()) === 0) {
    const choice = openChoices(page)[which]();
    await before?.(choice);
    await choice.click();
    const goOn = page.locator(".stage [data-do=on]");
    if (await goOn.count()) await goOn.click();
  }
  await expect(page.locator(".debrief")).toBeVisible();
}

/** Plays a whole scenario with these choices. */
export async function play(page: Page | Frame, mode: Mode, choices: string[]): Promise<void> {
  await begin(page, mode);
  await chooseAll(page, choices);
  await expect(page.locator(".debrief")).toBeVisible();
}

/** Waits until the debrief is complete, and opens its chapters. */
export async function unfoldDebrief(page: Page): Promise<void> {
  await expect(page.locator(".debrief:not([aria-busy])")).toBeVisible();
  await page.locator(".chapter").evaluateAll((all: HTMLDetailsElement[]) => all.forEach((each) => (each.open = true)));
}

/** Makes typing in a chat last until a key ends it: drops the timer that would do so. Runs in the page. */
export function keepTyping(): void {
  const wait = window.setTimeout;
  window.setTimeout = ((then: () => void, time: number) => (time === 1200 ? 0 : wait(then, time))) as typeof window.setTimeout;
}

/** The points lost in each line of the debrief, in tenths, and the final score. */
export async function readLedger(page: Page): Promise<{ lines: number[]; final: number }> {
  const tenths = (text: string) => Math.round(Number(text.replace("−", "")) * 10);
  await unfoldDebrief(page);
  const final = Number(await page.locator(".score b").textContent());
  const lines = await page.locator(".ledger tbody td:last-child").allTextContents();
  return { lines: lines.map(tenths), final };
}

/** Presses a button that downloads a file, and returns the text of the file. */
export async function downloadText(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return readFileSync(await download.path(), "utf8");
}
