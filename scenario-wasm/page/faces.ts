/** Portraits. They come after the words, and not where data is saved: each has its box in the page, and nothing waits for it. */

import type { Mood } from "./engine";

const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };

/** Whether this visitor asks for little data. */
export const savesData = connection?.saveData === true;

/** Fetches the portraits of the page. */
export function showPortraits(): void {
  for (const plate of document.querySelectorAll<HTMLElement>(".plate[data-src]")) wear(plate, plate.dataset["src"] ?? "");
}

/** Shows a portrait in a mood. */
export function setMood(plate: HTMLElement, mood: Mood): void {
  const [file] = (plate.dataset["src"] ?? "").split("#");
  wear(plate, `${file}#${mood}`);
}

/** The new picture fades in over the one before: somebody stays the same person. */
function wear(plate: HTMLElement, src: string): void {
  const before = plate.querySelector("img");
  if (savesData || before?.getAttribute("src") === src) return;
  const image = new Image(240, 240);
  image.alt = plate.dataset["alt"] ?? "";
  image.loading = "lazy";
  image.decoding = "async";
  image.fetchPriority = "low";
  image.src = src;
  if (before) before.alt = "";
  plate.replaceChildren(...(before ? [before] : []), image);
}
