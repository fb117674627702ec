// How the tests play: by what a trainee sees, with the engine in the page asked beforehand where a play leads.

import { expect, type Page } from "./site";

declare const wasm_bindgen: {
  Player: { load(graph: Uint8Array): Engine };
  order(seed: number, node: number, count: number): Uint8Array;
};

interface Engine {
  view(): Uint8Array;
  choose(choice: number): boolean;
  undo(): boolean;
  report(): Uint8Array;
}

/** A play that reaches something, as texts of choices in order, and what the engine says of it. */
export interface Found {
  choices: string[];
  final: number | null;
}

/** Waits until the player has taken the page over. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator(".story.playing").first()).toBeAttached();
}

/** For each ending of the story, a play that reaches it. */
export async function endings(page: Page): Promise<Record<string, Found>> {
  return page.evaluate(() => {
    const story = document.querySelector<HTMLElement>(".story")!;
    const graph = Uint8Array.from(atob(story.dataset["graph"]!), (letter) => letter.charCodeAt(0));
    const engine = wasm_bindgen.Player.load(graph);
    const text = new TextDecoder();
    const read = (bytes: Uint8Array) => JSON.parse(text.decode(bytes));
    const all = new Set([...story.querySelectorAll<HTMLElement>(".ending")].map((ending) => ending.dataset["node"]!));
    const found: Record<string, { choices: string[]; final: number | null }> = {};
    const said = (node: string, place: number) =>
      story.querySelectorAll(`.decision[data-node="${node}"] .choice .text`)[place]!.textContent!;
    const walk = (choices: string[]): void => {
      if (Object.keys(found).length === all.size) return;
      const view = read(engine.view());
      if (view.over) {
        found[view.node] ??= { choices, final: read(engine.report()).final.rounded };
        return;
      }
      view.open.forEach((open: boolean, place: number) => {
        if (!open) return;
        engine.choose(place);
        walk([...choices, said(view.node, place)]);
        engine.undo();
      });
    };
    walk([]);
    return found;
  });
}

/** A play to a moment at which a choice is closed and says why; null if the story has none. */
export async function toClosed(page: Page): Promise<string[] | null> {
  return page.evaluate(() => {
    const story = document.querySelector<HTMLElement>(".story")!;
    const graph = Uint8Array.from(atob(story.dataset["graph"]!), (letter) => letter.charCodeAt(0));
    const engine = wasm_bindgen.Player.load(graph);
    const text = new TextDecoder();
    const walk = (choices: string[]): string[] | null => {
      const view = JSON.parse(text.decode(engine.view()));
      const links = [...story.querySelectorAll(`.decision[data-node="${view.node}"] .choice`)];
      if (view.open.some((open: boolean, place: number) => !open && links[place]?.querySelector(".shut"))) return choices;
      for (const [place, open] of view.open.entries()) {
        if (!open) continue;
        engine.choose(place);
        const found = walk([...choices, links[place]!.querySelector(".text")!.textContent!]);
        if (found) return found;
        engine.undo();
      }
      return null;
    };
    return walk([]);
  });
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
