/** The debrief: what it came to, skill by skill, how the talk went, where the points went, what was strongest at each
 *  moment, and what to take away. */

import type { Report, Step } from "./engine";
import { saveJson } from "./export";
import { tenths } from "./language";
import { did, rows } from "./ledger";
import * as model from "./model";
import { filled, fill, hue, inside, need, on, part, put, word } from "./parts";
import type { PlayInfo, Mode } from "./play";
import { showResultCode } from "./result-code";
import { answers, attempts, reflect, stamp, type Attempt } from "./store";
import type { Choice, Story } from "./story";
import { timeline, turns } from "./timeline";

/** What the player asks for when a play is over. */
export interface DebriefRequest {
  story: Story;
  report: Report;
  info: PlayInfo;
  actions: Actions;
}

/** What can be done from a debrief. */
export interface Actions {
  /** Whether focus goes to the debrief: elsewhere it stays with the reply that ended the play. */
  focus: boolean;
  /** Plays once more. */
  again(mode: Mode): void;
  /** Plays on from a moment, counted from 0. */
  from(moment: number): void;
  /** Whether the attempt was kept, once that is known. */
  kept: Promise<boolean>;
  /** The choices taken. */
  run: string[];
}

/** The debrief of a finished play. */
export function debrief(story: Story, report: Report, info: PlayInfo, actions: Actions): HTMLElement {
  const root = part("debrief");
  const other: Mode = info.mode === "practice" ? "challenge" : "practice";
  const today = report.final?.rounded ?? 0;
  // What it came to when it was played is for good; the rest can only be shown of the story as it is.
  const then = attempts(story.slug).find((each) => each.seed === info.seed && each.story && each.story !== story.print);
  const shown = (!info.from && then) || { final: today, band: report.band, pass: report.pass, mastery: report.mastery };
  const bands = [...model.verdicts(story).content.querySelectorAll<HTMLElement>(".bands > li")];
  const band = bands[shown.band ?? 0];
  root.querySelector(".edited")?.toggleAttribute("hidden", shown !== then);
  fill(root, {
    final: shown.final,
    band: band?.dataset["name"] ?? "",
    means: band?.textContent ?? "",
    ...passed(story, shown),
    edited: shown === then ? word("debrief.edited", { final: today, band: bands[report.band ?? 0]?.dataset["name"] ?? "" }) : "",
    total: today,
    mode: how(info),
    ledger: report.lost ? word("debrief.ledger", { points: tenths(report.lost) }) : word("debrief.ledger_none"),
    sum: sum(report),
    other: word(`debrief.as_${other}`),
  });
  need(root, ".verdict").classList.toggle("won", shown.pass === true);
  need(root, report.ledger.length ? ".flawless" : ".ledger").remove();
  put(root, "skills", ...skills(story, report));
  timeline(root, story, report);
  const doing = (place: number) => {
    const step = report.steps[place] as Step;
    return did(story.choice(step.node, step.choice));
  };
  put(root, "turns", ...turns(report, doing, tenths));
  if (report.ledger.length) put(root, "lines", ...rows(story, report));
  put(root, "moments", ...report.steps.map((step, place) => moment(story, step, place, actions)));
  if (info.from) need(root, "[data-do=other]").remove();
  else on(root, "other", () => actions.again(other));
  on(root, "again", () => actions.again(info.mode));
  on(root, "print", () => print());
  on(root, "save", () => {
    const code = root.querySelector(".hand-over .code")?.textContent;
    const json = { ...stamp(), scenario: story.slug, ...info, run: actions.run, report, ...(shown === then ? { then } : {}), ...(code ? { code } : {}) };
    saveJson(`${story.slug}.json`, json, need(root, ".acts:has([data-do=save])"));
  });
  if (info.mode === "challenge" && !info.from) {
    const played = { run: actions.run, seed: info.seed, story: info.story, final: today };
    void showResultCode(root, story, played, actions.kept);
  } else need(root, ".hand-over").remove();
  reflection(root, story.slug);
  return root;
}

/** The two questions: answers are kept as they are typed, on this device. */
function reflection(root: HTMLElement, slug: string): void {
  const fields = [...root.querySelectorAll<HTMLTextAreaElement>(".reflect textarea")];
  const before = answers(slug);
  fields.forEach((field, place) => {
    field.value = before[place] ?? "";
    field.addEventListener("change", () => reflect(slug, fields.map(({ value }) => value)));
  });
}

function passed(story: Story, { pass, mastery }: Pick<Report, "pass" | "mastery"> | Attempt): { verdict: string; asks: string } {
  const { pass: score, mastery: high, every } = model.verdicts(story).dataset;
  if (mastery) return { verdict: word("debrief.mastery"), asks: "" };
  if (!pass) return { verdict: word("debrief.not_passed"), asks: word("debrief.pass_asks", { score: score ?? "" }) };
  return {
    verdict: word("debrief.passed"),
    asks: word("debrief.mastery_asks", { score: high ?? "", skill: every ?? "" }),
  };
}

function how({ mode, tries, from }: PlayInfo): string {
  if (from) return word("debrief.apart", { number: from });
  if (mode === "challenge") return word("debrief.challenge");
  return word("debrief.tried", { count: tries });
}

function sum({ lost, final }: Report): string {
  return word(lost % 10 ? "debrief.sum" : "debrief.sum_exact", { lost: tenths(lost), final: final?.rounded ?? 0 });
}

function skills(story: Story, report: Report): HTMLElement[] {
  const levels = [...model.verdicts(story).content.querySelectorAll<HTMLElement>(".levels > li")];
  return report.skills.map(({ skill, score: { rounded } }) => {
    const level = levels.find((level) => rounded >= Number(level.dataset["from"]));
    const item = part("skill-score", {
      score: rounded,
      says: filled(level?.textContent ?? "", { skill: model.name(story, skill) }),
    });
    put(item, "skill", ...model.tag(story, skill));
    item.classList.add(hue(item));
    need(item, ".track i").style.setProperty("--at", `${rounded}%`);
    return item;
  });
}

function moment(story: Story, step: Step, place: number, actions: Actions): HTMLElement {
  const choices = story.choices(step.node);
  const choice = story.choice(step.node, step.choice);
  const best = word(step.method === "exact" ? "debrief.best" : "debrief.best_bound", { score: step.best.rounded });
  const item = part("review", {
    title: word("debrief.did", { number: place + 1, what: did(choice) }),
    best: choice.strongest ? `${word("debrief.was_strongest")} · ${best}` : best,
  });
  on(item, "from", () => actions.from(place));
  const pair = need(item, ".pair");
  pair.append(side("yours", choice));
  const strongest = choices.find((other) => other.strongest);
  if (!choice.strongest && strongest) {
    need(item, "details").setAttribute("open", "");
    pair.append(side("strongest", strongest));
  }
  return item;
}

/** What was said, its ratings, and why. */
function side(name: "yours" | "strongest", choice: Choice): HTMLElement {
  const side = part(name);
  const condition = name === "strongest" && choice.gate ? inside(choice.gate) : [];
  side.append(...choice.you.querySelectorAll(".line"), choice.why);
  if (condition.length) put(side, "gate", ...condition);
  return side;
}
