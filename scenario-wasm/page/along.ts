/** Additions to a debrief, which arrive with its parts: with mastery the mended bowl, and two files, the conversation as text
 *  and a day to come back. */

import { mend } from "./bowl";
import { again, event } from "./calendar";
import type { DebriefRequest } from "./debrief";
import { saveText } from "./export";
import { day } from "./language";
import { copy, fill, need, on, templates, word } from "./parts";

/** The number of seams of a bowl whose cracks are not crowded. */
const SEAMS = 16;

document.addEventListener("amends:debrief", (event) => {
  const request = (event as CustomEvent<DebriefRequest>).detail;
  const debrief = need(request.story.root, ".debrief");
  // A reward for the play that has just ended: a debrief that is shown again does not move.
  if (request.report.mastery && request.isNew && !request.info.from) mended(debrief);
  offerFiles(debrief, request);
});

function mended(debrief: HTMLElement): void {
  // It arrives with the menu, long before a debrief.
  const drawn = [...templates("parts")].map(({ content }) => content.querySelector(".bowl")).find(Boolean);
  if (!drawn) return;
  const bowl = copy(drawn);
  [...need(bowl, ".seams").children].forEach((seam, place) => (place < SEAMS ? seam.classList.add("gold") : seam.remove()));
  need(debrief, ".result").append(bowl);
  mend(bowl);
}

function offerFiles(debrief: HTMLElement, { story, report }: DebriefRequest): void {
  const back = again(report, new Date());
  const acts = fill(need(debrief, ".acts:has([data-do=save])"), { back: word("debrief.return", { day: day(back) }) });
  on(acts, "talk", () => {
    const read = [...document.querySelectorAll<HTMLElement>(".brief h1, .result, .stage .talk, .turning")];
    const text = read.map(({ innerText }) => innerText.trim()).join("\n\n\n");
    saveText(`${story.slug}.txt`, `${text}\n`, "text/plain", acts);
  });
  on(acts, "back", () => {
    const summary = word("debrief.return_title", { title: need(document, ".brief h1").innerText });
    saveText(`${story.slug}.ics`, event(story.slug, back, summary), "text/calendar", acts);
  });
}
