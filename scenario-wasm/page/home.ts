/** Home and lessons: where to continue, what is done, and the best results. Both pages read well without this script. */

import { mend } from "./bowl";
import { printed } from "./export";
import { setMood, showPortraits } from "./faces";
import { keepOffline } from "./offline";
import { copy, fill, need, on, part, put, word } from "./parts";
import { bestAttempt, isBegun, nextLesson, underway, weakestSkill } from "./progress";
import { openSearch } from "./search-key";
import { attempts, drills, isNumber, lessons, mark, newest, peek, write } from "./store";

const rule = document.documentElement.dataset["certificate"];

function all(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}

function slugs(selector: string): string[] {
  return all(selector).map((each) => each.dataset["slug"] ?? "");
}

const cards = () => all(".card[data-slug]");

/** Whether the scenario of a card is passed, as a challenge. */
function isPassed(card: HTMLElement): boolean {
  const best = bestAttempt(card.dataset["slug"] ?? "", rule);
  return best?.mode === "challenge" && best.pass;
}

/** Shows each scenario's result on its card, with the customer's last mood. */
function results(): void {
  for (const card of cards()) {
    card.querySelector("[data-part=best]")?.remove();
    const best = bestAttempt(card.dataset["slug"] ?? "", rule);
    if (!best) continue;
    const kind = best.mode === "practice" ? "practiced" : best.pass ? "passed" : "tried";
    const note = part("best", { says: word(`home.${kind}`, { final: best.final }) });
    const isWon = best.mode === "challenge" && best.pass;
    note.classList.toggle("won", isWon);
    card.classList.toggle("mended", isWon);
    card.append(note);
    const plate = card.querySelector<HTMLElement>(".plate");
    if (plate && isWon) setMood(plate, best.mastery ? "won_back" : "settled");
  }
}

/** Marks lessons on the path as done or begun. */
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

/** On a long path, opens the module at which to continue; the rest is up to the reader. */
function unfold(): void {
  const next = nextLesson(slugs(".path [data-slug]"));
  if (next) for (const module of document.querySelectorAll<HTMLDetailsElement>(".module")) module.open = module.querySelector(`[data-slug="${next}"]`) !== null;
}

/** One clear way to continue: the conversation that was left, else the next lesson. */
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

/** For returning readers: how many conversations are mended, and one to continue with. */
function again(): void {
  const section = document.querySelector<HTMLElement>(".again");
  const played = cards().filter(({ dataset: { slug = "" } }) => attempts(slug).length || newest(slug)?.run.length);
  if (!section || !played.length) return;
  const passed = cards().filter(isPassed).length;
  const of = cards().length;
  need(document, "h1").textContent = word("home.mended", { count: passed, of });
  need(document, ".hero .lede").textContent = word("home.mended_says");
  // If there are more conversations than cracks, they share them.
  const seams = all(".seams path");
  const shown = Math.min(of, seams.length);
  const golden = Math.floor((passed * shown) / of);
  seams.forEach((seam, place) => {
    seam.classList.toggle("gold", place < golden);
    seam.toggleAttribute("hidden", place >= shown);
  });
  const run = underway(slugs(".card[data-slug]"));
  const weakest = weakestSkill(played.flatMap(({ dataset }) => attempts(dataset["slug"] ?? "")));
  const open = cards().filter((card) => !isPassed(card));
  const rank = (card: HTMLElement) => {
    const place = (card.dataset["skills"] ?? "").split(" ").indexOf(weakest?.skill ?? "");
    return place < 0 ? 99 : place;
  };
  const left = cards().find((card) => card.dataset["slug"] === run);
  const next = left ?? open.sort((one, other) => rank(one) - rank(other))[0];
  need(section, ".onward").hidden = !next;
  if (next) {
    const link = need<HTMLAnchorElement>(next, "h3 a");
    const card = copy(next);
    card.removeAttribute("data-slug");
    put(section, "card", card);
    const { customer = "" } = next.dataset;
    const isWeak = weakest && rank(next) < 99;
    const why = isWeak ? word("home.why", { skill: word(`skill.${weakest.skill}`), score: weakest.score }) : word("home.first");
    const go = left ? word("home.go_on", { title: link.textContent ?? "" }) : word("home.talk", { name: customer });
    fill(section, { heading: word(left ? "home.left" : "home.next"), why: left ? "" : why, go });
    need<HTMLAnchorElement>(section, ".go").href = link.href;
  }
  need(document, ".taste").hidden = true;
  section.hidden = false;
  const bowl = section.querySelector(".bowl");
  // Mends what was passed since the last visit; after the last one, the whole bowl.
  const before = peek("mended", isNumber) ?? 0;
  if (!bowl || golden === before) return;
  mend(bowl, passed === of ? 0 : before);
  write("mended", isNumber, () => golden);
}

/** Filters the cards. */
function filter(): void {
  const form = document.querySelector<HTMLFormElement>(".filters");
  if (!form || cards().length < 6) return;
  const asked = (name: string) => new FormData(form).get(name);
  const fits = (card: HTMLElement) =>
    ["channel", "failure", "difficulty"].every((name) => !asked(name) || card.dataset[name] === asked(name)) && !(asked("open") && isPassed(card));
  for (const chip of form.querySelectorAll<HTMLInputElement>("[name=channel]")) {
    need(form, `label:has([value="${chip.value}"])`).hidden = Boolean(chip.value) && !cards().some((card) => card.dataset["channel"] === chip.value);
  }
  form.addEventListener("change", () => {
    let count = 0;
    for (const card of cards()) count += (card.hidden = !fits(card)) ? 0 : 1;
    // A match may be in the folded rest.
    const rest = document.querySelector<HTMLDetailsElement>(".rest");
    if (rest) rest.open = true;
    fill(form, { found: word("home.found", { count }) });
  });
  form.hidden = false;
}

/** In the contents of a lesson, marks what was read and what is being read. They are open where they stand beside the text. */
function far(): void {
  const contents = document.querySelector<HTMLElement>(".contents");
  if (!contents) return;
  need<HTMLDetailsElement>(contents, "details").open = getComputedStyle(contents).position === "absolute";
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  const show = () => {
    const at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < 0.4 * innerHeight);
    links.forEach((link, place) => {
      link.classList.toggle("read", place < at);
      if (place === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    fill(contents, { far: at < 0 ? "" : word("lesson.far", { number: at + 1, of: links.length }) });
  };
  addEventListener("scroll", () => requestAnimationFrame(show), { passive: true });
  show();
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
    // By what the button says: another tab may have changed the stored mark.
    const kept = await mark(slug, !box.classList.contains("done"));
    show();
    if (!kept) fill(box, { says: word("lesson.not_kept") });
  });
  on(box, "print", () => printed(box));
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
  again();
}

unfold();
show();
filter();
far();
lesson();
keepOffline();
showPortraits();
openSearch();
// Another tab changed it, or the reader returned to a page that the browser had kept.
addEventListener("storage", show);
addEventListener("pageshow", (event) => event.persisted && show());
