// How the tests play: by what a trainee sees and presses.

import { expect, type Page } from "./site";

/** A play that reaches an ending, as texts of choices in order, and the score that it got. */
export interface Found {
  choices: string[];
  final: number;
}

/** Waits until the player has taken the page over. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator(".story.playing").first()).toBeAttached();
}

/** What chance finds: a play to each ending, and one to a moment at which a choice is closed and says why. */
interface Explored {
  endings: Record<string, Found>;
  closed: string[] | null;
}

/** Plays by chance, the same on every run, until everything is found or `plays` are over. Leaves no trace. */
async function explore(page: Page, plays: number): Promise<Explored> {
  const explored = await page.evaluate(async (plays) => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    const press = (selector: string) => all(selector)[0]!.click();
    let seed = 7;
    const draw = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const said = (choice: HTMLElement) => choice.querySelector(".text")!.textContent!;
    const ratings = new Map(
      all(".reply").map((reply) => [
        reply.previousElementSibling!.querySelector(".text")!.textContent!.trim(),
        reply.dataset["ratings"]!.split(" ").map(Number),
      ]),
    );
    const worth = (choice: HTMLElement) => Math.min(...(ratings.get(said(choice).trim()) ?? []));
    const found: Explored = { endings: {}, closed: null };
    press("[value=challenge]");
    press("[data-do=start]");
    const isComplete = () =>
      Object.keys(found.endings).length === all(".node.ending").length && (found.closed || !all(".choice .shut").length);
    for (let play = 0; play < plays && !isComplete(); play++) {
      const choices: string[] = [];
      while (!all(".debrief").length) {
        if (all(".stage .ending").length) {
          // The debrief's script is still on its way.
          await new Promise((later) => setTimeout(later, 10));
          continue;
        }
        if (all(".stage .choice[aria-disabled]").length) found.closed ??= [...choices];
        const open = all(".stage .choice:not([aria-disabled])").sort((one, other) => (said(one) < said(other) ? -1 : 1));
        // Some endings are rare by pure chance, so three plays in four lean to the strongest or to the weakest.
        const liked = open.filter((each) => (play % 4 === 3 ? worth(each) === 0 : worth(each) === 3));
        const from = play % 4 && liked.length && draw(4) ? liked : open;
        const choice = from[draw(from.length)]!;
        choices.push(said(choice));
        choice.click();
      }
      const title = all(".stage .ending h3")[0]!.textContent!;
      found.endings[title] ??= { choices, final: Number(all(".score b")[0]!.textContent) };
      press("[data-do=again]");
    }
    return found;
  }, plays);
  // The last attempt is still being appended, under its lock.
  await page.evaluate(async () => {
    const { course } = document.documentElement.dataset;
    const { slug } = document.querySelector<HTMLElement>(".story")!.dataset;
    await navigator.locks.request(`amends:${course}:attempts:${slug}`, () => {});
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.reload();
  await ready(page);
  return explored;
}

/** For each ending of the story, by its title, a play that reaches it. The page is at the brief afterwards. */
export async function endings(page: Page): Promise<Record<string, Found>> {
  return (await explore(page, 500)).endings;
}

/** A play to some ending. The page is at the brief afterwards. */
export async function anEnding(page: Page): Promise<Found> {
  return Object.values((await explore(page, 1)).endings)[0]!;
}

/** A play to a moment at which a choice is closed and says why, in a story that has one. */
export async function toClosed(page: Page): Promise<string[]> {
  const { closed } = await explore(page, 500);
  if (!closed) throw new Error("no play comes to a closed choice");
  return closed;
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

/** Plays to the end. */
export async function play(page: Page, mode: "practice" | "challenge", choices: string[]): Promise<void> {
  await begin(page, mode);
  for (const text of choices) await take(page, text, mode === "practice");
  await expect(page.locator(".debrief")).toBeVisible();
}

/** What the debrief says was lost, line by line, and in all, in tenths of a point. */
export async function ledger(page: Page): Promise<{ lines: number[]; final: number }> {
  const tenths = (text: string) => Math.round(Number(text.replace("−", "")) * 10);
  const lines = await page.locator(".ledger tbody td:last-child").allTextContents();
  return { lines: lines.map(tenths), final: Number(await page.locator(".score b").textContent()) };
}
