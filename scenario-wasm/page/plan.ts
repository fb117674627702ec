/** The plan of My record: what to play again and when, and the weakest skill, with the lesson that teaches it. */

import { again } from "./calendar";
import { day } from "./language";
import { copy, fill, need, part, put, word } from "./parts";
import { weakestSkill, type ScenarioRecord } from "./progress";

/** The most entries: nobody keeps to a longer plan. */
const SOON = 3;

/** Updates the plan. */
export function plan(root: HTMLElement, all: ScenarioRecord[]): void {
  const section = need(root, ".plan");
  const played = all.flatMap(({ link, all }) => {
    const last = all.at(-1);
    return last ? [{ link, when: again(last, new Date(last.at)) }] : [];
  });
  section.hidden = !played.length;
  played.sort((one, other) => one.when.getTime() - other.when.getTime());
  const now = new Date();
  const items = played.slice(0, SOON).map(({ link, when }) => {
    const item = part("again", { when: when <= now ? word("record.due") : day(when) });
    put(item, "link", copy(link));
    return item;
  });
  put(section, "again", ...items);
  skill(need(section, ".weak"), root, all);
}

/** The skill with the lowest recent scores. */
function skill(side: HTMLElement, root: HTMLElement, all: ScenarioRecord[]): void {
  const weakest = weakestSkill(all.flatMap(({ all }) => all));
  const badge = [...root.querySelectorAll<HTMLElement>(".badges > li")].find(({ dataset }) => dataset["skill"] === weakest?.skill);
  side.hidden = !weakest || !badge;
  if (!weakest || !badge) return;
  const name = need(badge, "b");
  const taught = need<HTMLAnchorElement>(side, ".taught");
  const lesson = name.querySelector("a");
  taught.hidden = !lesson;
  if (lesson) taught.href = lesson.href;
  need(side, ".skill").className = `skill ${badge.classList.item(0)}`;
  fill(side, { skill: name.textContent ?? "", weak: word("record.weakest", { score: weakest.score }) });
}
