/** Home and lessons: where one goes on, what is done, and the best results. Without this script both read just as well. */

import { keepOffline } from "./offline";
import { fill, need, on, part, word } from "./parts";
import { bestAttempt, isBegun, nextLesson, underway } from "./progress";
import { openSearch } from "./search-key";
import { drills, lessons, mark } from "./store";

const rule = document.documentElement.dataset["certificate"];

function all(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}

function slugs(selector: string): string[] {
  return all(selector).map((each) => each.dataset["slug"] ?? "");
}

/** The result of each scenario on its card. */
function results(): void {
  for (const card of all(".card[data-slug]")) {
    card.querySelector("[data-part=best]")?.remove();
    const best = bestAttempt(card.dataset["slug"] ?? "", rule);
    if (!best) continue;
    const kind = best.mode === "practice" ? "practiced" : best.pass ? "passed" : "tried";
    const note = part("best", { says: word(`home.${kind}`, { final: best.final }) });
    note.classList.toggle("won", best.mode === "challenge" && best.pass);
    card.append(note);
  }
}

/** The lessons that are done or begun, on the path. */
function path(): void {
  const done = lessons();
  for (const stop of all(".path [data-slug]")) {
    stop.querySelector(".tick")?.remove();
    const slug = stop.dataset["slug"] ?? "";
    const isDone = slug in done;
    stop.classList.toggle("done", isDone);
    if (isDone || isBegun(slug)) need(stop, "a").after(" ", part(isDone ? "done" : "begun"));
  }
  for (const module of all(".module")) {
    module.querySelector("summary .tick")?.remove();
    const count = module.querySelectorAll("li").length;
    const far = module.querySelectorAll("li.done").length;
    if (far) need(module, "summary").append(part("far", { says: word("home.far", { done: far, count }) }));
  }
}

/** Of a long path the module where one goes on; what else is opened is the reader's business. */
function unfold(): void {
  const next = nextLesson(slugs(".path [data-slug]"));
  if (next) for (const module of document.querySelectorAll<HTMLDetailsElement>(".module")) module.open = module.querySelector(`[data-slug="${next}"]`) !== null;
}

/** One clear way on: the conversation that was left, else the next lesson. */
function goOn(): void {
  const start = document.querySelector<HTMLAnchorElement>("[data-start]");
  if (!start) return;
  const run = underway(slugs(".card[data-slug]"));
  const next = nextLesson(slugs(".path [data-slug]"));
  const to = run ? `.card[data-slug="${run}"] h3 a` : next && `.path [data-slug="${next}"] a`;
  if (!to) return;
  const link = need<HTMLAnchorElement>(document, to);
  start.href = link.href;
  start.textContent = word(run ? "home.go_on" : "home.continue", { title: link.textContent ?? "" });
}

/** The mark at the end of a lesson. */
function lesson(): void {
  const box = document.querySelector<HTMLElement>(".finish");
  const slug = box?.dataset["lesson"];
  if (!box || !slug) return;
  const show = () => {
    const isDone = slug in lessons();
    box.classList.toggle("done", isDone);
    const count = drills()[slug]?.length ?? 0;
    const far = count ? word("lesson.drilled", { count, of: all(".drill").length }) : "";
    fill(box, { says: isDone ? word("lesson.is_done") : far, mark: word(isDone ? "lesson.undo" : "lesson.mark") });
  };
  on(box, "mark", async () => {
    // By what the button says: another tab may have changed what is stored.
    const kept = await mark(slug, !box.classList.contains("done"));
    show();
    if (!kept) fill(box, { says: word("lesson.not_kept") });
  });
  on(box, "print", () => print());
  document.addEventListener("amends:drilled", (event) => {
    show();
    if (!(event as CustomEvent<boolean>).detail) fill(box, { says: word("lesson.not_kept") });
  });
  addEventListener("storage", show);
  show();
  box.hidden = false;
}

function show(): void {
  results();
  path();
  goOn();
}

unfold();
show();
lesson();
keepOffline();
openSearch();
// Another tab, or the way back to a page that the browser had kept.
addEventListener("storage", show);
addEventListener("pageshow", (event) => event.persisted && show());
