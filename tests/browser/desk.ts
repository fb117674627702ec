// Makes codes as trainees do, and reads them on the trainer's desk.

import { begin } from "./player";
import { expect, type Page } from "./site";

export const DESK = "desk/index.html";
const CODE = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{1,5})+(~.+)?$/;

/** What a trainee gets for an attempt, and the goodwill after each choice. */
export interface Attempt {
  code: string;
  final: string;
  goodwill: string[];
}

/** The code on the debrief, once it has been made. */
export async function shownCode(page: Page): Promise<string> {
  const field = page.locator(".hand-over .code");
  await expect(field).toHaveText(CODE);
  return (await field.textContent())!;
}

/** Plays a challenge as a new trainee, on the page of a scenario, with choices drawn by a seed. */
export async function challenge(page: Page, seed: number, who: string): Promise<Attempt> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  const again = page.locator("[data-do=again]");
  if (await again.count()) await again.click();
  else await begin(page, "challenge");
  await page.evaluate((seed) => {
    let state = seed * 7919 + 17;
    const draw = (below: number) => (state = (state * 48271) % 2147483647) % below;
    for (let moment = 0; moment < 50; moment++) {
      const open = [...document.querySelectorAll<HTMLElement>(".stage .choice:not([aria-disabled])")];
      // Sorted by text, because the order on the screen differs each time.
      const text = (choice: HTMLElement) => choice.querySelector(".text")!.textContent!;
      open.sort((one, other) => (text(one) < text(other) ? -1 : 1));
      if (open.length) open[draw(open.length)]!.click();
    }
  }, seed);
  await expect(page.locator(".debrief")).toBeVisible();
  await page.locator(".hand-over [name=who]").fill(who);
  await expect(page.locator(".hand-over .code")).toContainText(`~${who}`);
  const goodwill = (await page.locator(".stage .shift").allTextContents()).map((shift) => `goodwill ${/\d+/.exec(shift)![0]}`);
  return { code: await shownCode(page), final: (await page.locator(".score b").textContent())!, goodwill };
}

/** Opens chapters of the desk: all of them, or those that match a selector. */
export async function unfold(page: Page, which = ".chapter"): Promise<void> {
  await page.locator(which).evaluateAll((all: HTMLDetailsElement[]) => all.forEach((each) => (each.open = true)));
}

/** Enters codes on the desk and reads them. */
export async function readCodes(page: Page, codes: string): Promise<void> {
  await expect(page.locator(".desk-page")).toBeVisible();
  await unfold(page, ".intake");
  await page.getByLabel("Codes", { exact: true }).fill(codes);
  await page.getByRole("button", { name: "Read the codes" }).click();
}

/** A code with one wrong character. */
export const mistyped = (code: string) => code.replace(/.(?=-)/, (symbol) => (symbol === "7" ? "8" : "7"));
