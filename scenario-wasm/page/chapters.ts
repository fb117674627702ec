/** The chapters of a debrief: how the conversation went, where the points went, skill by skill, moment by moment, two
 *  attempts side by side, and what to take away. Each states its result in its summary. */

import { compare } from "./compare";
import type { DebriefRequest } from "./debrief";
import type { Report, Step } from "./engine";
import { formatted, listed, tenths } from "./language";
import { costs, did } from "./ledger";
import * as model from "./model";
import { filled, fill, hue, inside, need, on, part, put, word } from "./parts";
import { answers, reflect } from "./store";
import type { Choice, Story } from "./story";
import { timeline, turns } from "./timeline";

/** The functions that draw them, in order. */
export function chapters(root: HTMLElement, request: DebriefRequest): (() => unknown)[] {
  const { story, report } = request;
  const { goodwill, ledger, lost, steps, final } = report;
  const costly = new Set(ledger.flatMap(({ step, shown }) => (step !== null && shown ? [step] : [])));
  const strong = steps.filter((step) => story.choice(step).strongest).length;
  const falls = goodwill.filter((value, place) => value < (goodwill[place - 1] ?? 0)).length;
  const rounded = word(lost % 10 ? "debrief.sum" : "debrief.sum_exact", { lost: tenths(lost), final: final?.rounded ?? 0 });
  fill(root, {
    talk: word("debrief.from_to", { from: goodwill[0] ?? 0, to: goodwill.at(-1) ?? 0, count: falls }),
    ledger: lost ? word("debrief.ledger", { points: tenths(lost) }) : word("debrief.ledger_none"),
    costly: costly.size ? word("debrief.at_moments", { count: costly.size, of: steps.length }) : "",
    sum: rounded,
    skills: extremes(story, report),
    strong: word("debrief.strong_of", { count: strong, of: steps.length }),
  });
  const free = steps.flatMap((_, place) => (ledger.some(({ step }) => step === place) ? [] : [formatted(place + 1)]));
  const zeros = need(root, ".zeros");
  if (ledger.length && free.length) fill(zeros, { zeros: word("debrief.zeros", { count: free.length, numbers: listed(free, "conjunction") }) });
  else zeros.remove();
  need(root, ledger.length ? ".ledger-none" : ".ledger").remove();
  return [
    () => put(root, "skills", ...skills(story, report)),
    () => compare(root, request),
    () => timeline(root, story, report),
    () => put(root, "turns", ...turns(story, report)),
    () => ledger.length && need(root, ".ledger thead").after(...costs(story, report)),
    ...steps.map((_, place) => () => need(root, ".moments").append(moment(request, place))),
    () => reflection(root, story.slug),
  ];
}

/** The weakest and the strongest skill. */
function extremes(story: Story, { skills }: Report): string {
  const sorted = [...skills].sort((one, other) => one.score.rounded - other.score.rounded);
  const [weakest, strongest] = [sorted[0], sorted.at(-1)];
  if (!weakest || !strongest || weakest.score.rounded === strongest.score.rounded) return "";
  return word("debrief.extremes", { weakest: model.name(story, weakest.skill), strongest: model.name(story, strongest.skill) });
}

/** A bar for each skill; words for the weakest and the strongest. */
function skills(story: Story, { skills }: Report): HTMLElement[] {
  const levels = [...model.verdicts(story).content.querySelectorAll<HTMLElement>(".levels > li")];
  const scores = skills.map(({ score }) => score.rounded);
  const [least, most] = [scores.indexOf(Math.min(...scores)), scores.lastIndexOf(Math.max(...scores))];
  return skills.map(({ skill, score: { rounded } }, place) => {
    const level = levels.find((level) => rounded >= Number(level.dataset["from"]));
    const speaks = place === least || place === most;
    const item = part("skill-score", {
      score: rounded,
      says: speaks ? filled(level?.textContent ?? "", { skill: model.name(story, skill) }) : "",
    });
    put(item, "skill", ...model.taught(story, skill));
    item.classList.add(hue(item));
    need(item, ".track i").style.setProperty("--at", `${rounded}%`);
    return item;
  });
}

function moment({ story, report, from }: DebriefRequest, place: number): HTMLElement {
  const step = report.steps[place] as Step;
  const choice = story.choice(step);
  const best = word(step.method === "exact" ? "debrief.best" : "debrief.best_bound", { score: step.best.rounded });
  const item = part("review", {
    title: word("debrief.did", { number: place + 1, what: did(choice) }),
    best: choice.strongest ? `${word("debrief.was_strongest")} · ${best}` : best,
  });
  on(item, "from", () => from(place));
  const pair = need(item, ".pair");
  pair.append(side("yours", choice));
  const strongest = story.choices(step.node).find((other) => other.strongest);
  if (!choice.strongest && strongest) {
    need(item, "details").setAttribute("open", "");
    pair.append(side("strongest", strongest));
  }
  return item;
}

/** What was said, its ratings, and the coaching. */
function side(name: "yours" | "strongest", choice: Choice): HTMLElement {
  const side = part(name);
  side.append(...choice.you.querySelectorAll(".line"), choice.why);
  if (name === "strongest" && choice.gate) put(side, "gate", ...inside(choice.gate));
  return side;
}

/** The two questions; answers are stored on this device as they are typed. */
function reflection(root: HTMLElement, slug: string): void {
  const fields = [...root.querySelectorAll<HTMLTextAreaElement>(".reflect textarea")];
  const before = answers(slug);
  fields.forEach((field, place) => {
    field.value = before[place] ?? "";
    field.addEventListener("input", () => reflect(slug, fields.map(({ value }) => value)));
  });
}
