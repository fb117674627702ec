/** Home and lessons: where to continue, what is done, and the best results. Both pages read well without this script. */

import { mend } from "./bowl";
import { printed } from "./export";
import { setMood, showPortraits } from "./faces";
import { openSearch } from "./keys";
import { keepOffline } from "./offline";
import { copy, fill, need, on, part, put, word } from "./parts";
import { bestAttempt, isBegun, nextLesson, underway, weakestSkill } from "./progress";
import { attempts, drills, isNumber, lessons, mark, newest, peek, write, type Attempt } from "./store";

const rule = document.documentElement.dataset["certificate"];

function all(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}

const slug = (each: HTMLElement) => each.dataset["slug"] ?? "";
const cards = () => all(".card[data-slug]");
const stops = () => all(".path [data-slug]");
const best = (card: HTMLElement) => bestAttempt(slug(card), rule);
const isWon = (attempt: Attempt | undefined) => attempt?.mode === "challenge" && attempt.pass;
/** The scenario that was left, and the lesson with which to continue. */
const left = () => underway(cards().map(slug));
const next = () => nextLesson(stops().map(slug));

/** Shows each scenario's result on its card, with the customer's last mood. */
function results(): void {
  for (const card of cards()) {
    card.querySelector("[data-part=best]")?.remove();
    const attempt = best(card);
    if (!attempt) continue;
    const kind = attempt.mode === "practice" ? "practiced" : attempt.pass ? "passed" : "tried";
    const note = part("best", { says: word(`home.${kind}`, { final: attempt.final }) });
    note.classList.toggle("won", isWon(attempt));
    card.classList.toggle("mended", isWon(attempt));
    card.append(note);
    const plate = card.querySelector<HTMLElement>(".plate");
    if (plate && isWon(attempt)) setMood(plate, attempt.mastery ? "won_back" : "settled");
  }
}

/** Marks lessons on the path as done or begun. */
function path(): void {
  const done = lessons();
  for (const stop of stops()) {
    stop.querySelector(".tick")?.remove();
    const isDone = slug(stop) in done;
    stop.classList.toggle("done", isDone);
    if (isDone || isBegun(slug(stop))) need(stop, "a").after(" ", part(isDone ? "done" : "begun"));
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
  const lesson = next();
  if (!lesson) return;
  for (const module of document.querySelectorAll<HTMLDetailsElement>(".module")) module.open = module.querySelector(`[data-slug="${lesson}"]`) !== null;
}

/** One clear way to continue: the conversation that was left, else the next lesson. */
function goOn(): void {
  const start = document.querySelector<HTMLAnchorElement>("[data-start]");
  if (!start) return;
  const [run, lesson] = [left(), next()];
  const to = run ? `.card[data-slug="${run}"] h3 a` : lesson && `.path [data-slug="${lesson}"] a`;
  if (!to) return;
  const link = need<HTMLAnchorElement>(document, to);
  start.href = link.href;
  start.textContent = word(run ? "home.go_on" : "home.continue", { title: link.textContent ?? "" });
}

/** For returning readers: how many conversations are mended, and one to continue with. */
function again(): void {
  const section = document.querySelector<HTMLElement>(".again");
  const played = cards().filter((card) => attempts(slug(card)).length || newest(slug(card))?.run.length);
  if (!section || !played.length) return;
  const open = cards().filter((card) => !isWon(best(card)));
  const of = cards().length;
  const passed = of - open.length;
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
  const weakest = weakestSkill(played.flatMap((card) => attempts(slug(card))));
  const rank = (card: HTMLElement) => {
    const place = (card.dataset["skills"] ?? "").split(" ").indexOf(weakest?.skill ?? "");
    return place < 0 ? 99 : place;
  };
  const run = left();
  const chosen = cards().find((card) => slug(card) === run) ?? open.sort((one, other) => rank(one) - rank(other))[0];
  need(section, ".onward").hidden = !chosen;
  if (chosen) {
    const link = need<HTMLAnchorElement>(chosen, "h3 a");
    const card = copy(chosen);
    card.removeAttribute("data-slug");
    put(section, "card", card);
    const { customer = "" } = chosen.dataset;
    const isWeak = weakest && rank(chosen) < 99;
    const why = isWeak ? word("home.why", { skill: word(`skill.${weakest.skill}`), score: weakest.score }) : word("home.first");
    const go = run ? word("home.go_on", { title: link.textContent ?? "" }) : word("home.talk", { name: customer });
    fill(section, { heading: word(run ? "home.left" : "home.next"), why: run ? "" : why, go });
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
    ["channel", "failure", "difficulty"].every((name) => !asked(name) || card.dataset[name] === asked(name)) && !(asked("open") && isWon(best(card)));
  for (const chip of form.querySelectorAll<HTMLInputElement>("[name=channel]")) {
    need(form, `label:has([value="${chip.value}"])`).hidden = Boolean(chip.value) && !cards().some((card) => card.dataset["channel"] === chip.value);
  }
  const apply = () => {
    for (const card of cards()) card.hidden = !fits(card);
    // A match may be in the folded rest.
    const rest = document.querySelector<HTMLDetailsElement>(".rest");
    if (rest) rest.open = true;
    fill(form, { found: word("home.found", { count: cards().filter(({ hidden }) => !hidden).length }) });
  };
  form.addEventListener("change", apply);
  form.hidden = false;
  // After Back or a reload, browsers restore what was asked for.
  addEventListener("pageshow", () => {
    if ([...new FormData(form).values()].some(Boolean)) apply();
  });
}

/** Marks what was read and what is being read in the contents of a lesson, which are open if they are beside the text. */
function markRead(): void {
  const contents = document.querySelector<HTMLElement>(".contents");
  if (!contents) return;
  need<HTMLDetailsElement>(contents, "details").open = getComputedStyle(contents).position === "absolute";
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  const show = () => {
    const at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < 0.4 * innerHeight);
    links.forEach((link, place) => {
      link.classList.toggle("read", place < at);
      link.ariaCurrent = place === at ? "true" : null;
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
markRead();
lesson();
keepOffline();
showPortraits();
openSearch();
// Another tab changed it, or the reader returned to a page that the browser had kept.
addEventListener("storage", show);
addEventListener("pageshow", (event) => event.persisted && show());
