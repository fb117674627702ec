/** Portraits. They load after the words, and not if the reader saves data: each has its box in the page, and nothing waits
 *  for it. */

import type { Mood } from "./engine";

const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };

/** Whether this reader asks for reduced data. */
export const savesData = connection?.saveData === true;

/** Loads the portraits of the page. */
export function showPortraits(): void {
  for (const plate of document.querySelectorAll<HTMLElement>(".plate[data-src]")) showPicture(plate, plate.dataset["src"] ?? "");
}

/** Shows a portrait in a mood. */
export function setMood(plate: HTMLElement, mood: Mood): void {
  const [file] = (plate.dataset["src"] ?? "").split("#");
  showPicture(plate, `${file}#${mood}`);
}

/** The new picture fades in over the old one, so that the person stays recognizable. */
function showPicture(plate: HTMLElement, src: string): void {
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
