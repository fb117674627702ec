/** Progress so far, from what this device stores: shared by home, lessons and My record. */

import { attempts, drills, lessons, newest, type Attempt } from "./store";

/** A scenario as My record shows it. */
export interface ScenarioRecord {
  entry: HTMLElement;
  link: HTMLAnchorElement;
  all: Attempt[];
  counted: Attempt | undefined;
}

/** The attempt that counts: the first or the best finished challenge, by the course's rule. */
export function counted(all: Attempt[], rule: string | undefined): Attempt | undefined {
  const challenges = all.filter(({ mode }) => mode === "challenge");
  return rule === "best" ? highest(challenges) : challenges[0];
}

/** The attempt with the highest final; if several have it, the first. */
export function highest(all: Attempt[]): Attempt | undefined {
  return all.reduce<Attempt | undefined>((best, next) => (best && best.final >= next.final ? best : next), undefined);
}

/** What a list shows for a scenario: the result that counts, or the best practice. */
export function bestAttempt(slug: string, rule: string | undefined): Attempt | undefined {
  const all = attempts(slug);
  return counted(all, rule) ?? highest(all);
}

/** The rounded mean. */
export function mean(scores: number[]): number {
  return Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

/** From here on a skill needs no work. */
const STRONG = 90;

/** The skill with the lowest mean in the last five attempts, if that is not strong. */
export function weakestSkill(all: Attempt[]): { skill: string; score: number } | undefined {
  const last = [...all].sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, 5);
  const scores = last.flatMap(({ skills = {} }) => Object.entries(skills));
  const own = (skill: string) => scores.filter(([each]) => each === skill).map(([, score]) => score);
  const means = [...new Set(scores.map(([skill]) => skill))].map((skill) => ({ skill, score: mean(own(skill)) }));
  return means.filter(({ score }) => score < STRONG).sort((one, other) => one.score - other.score)[0];
}

/** The one of these scenarios that was left unfinished last. */
export function underway(slugs: string[]): string | undefined {
  const left = slugs.flatMap((slug) => {
    const run = newest(slug);
    return run?.run.length ? [{ slug, at: run.at }] : [];
  });
  return left.sort((one, other) => (one.at < other.at ? 1 : -1))[0]?.slug;
}

/** Whether a drill of this lesson was played to its end. */
export const isBegun = (slug: string) => Boolean(drills()[slug]?.length);

/** The first of these lessons that is not done; undefined if none was done or begun, so that a start stays a start. */
export function nextLesson(slugs: string[]): string | undefined {
  const done = lessons();
  if (!slugs.some((slug) => slug in done || isBegun(slug))) return undefined;
  return slugs.find((slug) => !(slug in done));
}
