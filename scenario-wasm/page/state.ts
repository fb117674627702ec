/** The state of a trainee as the short text that a learning platform stores.
 *
 *  A letter is a number below 64, and a number takes as many letters as its field is wide:
 *
 *      1 RANK SCORE . LESSON* [. KEY TABLE PLAY [, PLAY]*]*
 *
 *  A play is its flags, tries, seed and minute; for a finished one, also final, seconds and skills; then its choices. Of each
 *  scenario there are at most three finished plays (the one that counts, the best, the last), and the current run.
 *  `src/package/session.rs` computes the greatest length. Text that cannot be read is no state: the trainee starts again. */

import { pack, type PackagedScenario } from "./package";
import type { PlayInfo } from "./play";
import { counted, highest } from "./progress";
import { attempts, device, lessons, newest, prefix, VERSION, type Attempt, type Run } from "./store";
import type { Progress } from "./tally";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const [CHALLENGE, PASS, MASTERY, UNDERWAY] = [1, 2, 4, 8];
const MINUTE = 60_000;
/** The values for a skill that did not count, and for an unknown time. */
const [NO_SKILL, NO_TIME] = [64 ** 2 - 1, 64 ** 3 - 1];

function spelled(value: number, width: number): string {
  let text = "";
  for (let rest = Math.min(Math.max(0, Math.round(value)), 64 ** width - 1); text.length < width; rest = Math.floor(rest / 64)) {
    text = LETTERS.charAt(rest % 64) + text;
  }
  return text;
}

/** Reads a text letter by letter. Throws if it ends too early or contains an invalid letter. */
class Letters {
  #at = 0;
  constructor(readonly text: string) {}

  take(width: number): string {
    const taken = this.text.slice(this.#at, (this.#at += width));
    if (taken.length < width) throw new Error("the state is cut off");
    return taken;
  }

  number(width: number): number {
    return [...this.take(width)].reduce((sum, letter) => {
      const value = LETTERS.indexOf(letter);
      if (value < 0) throw new Error("no letter of a state");
      return sum * 64 + value;
    }, 0);
  }

  get isLeft(): boolean {
    return this.#at < this.text.length;
  }
}

/** The number of letters of a choice. */
const wide = ({ choices }: PackagedScenario) => (choices.length > 64 ? 2 : 1);

function choices(scenario: PackagedScenario, run: string[]): string {
  const places = run.map((id) => scenario.choices.indexOf(id));
  // A run of another scenario is left out.
  return places.includes(-1) ? "" : places.map((place) => spelled(place, wide(scenario))).join("");
}

const began = ({ tries, seed }: PlayInfo, at: number) => spelled(tries, 1) + spelled(seed, 6) + spelled(at / MINUTE, 5);

function finished(scenario: PackagedScenario, play: Attempt): string {
  const flags = (play.mode === "challenge" ? CHALLENGE : 0) + (play.pass ? PASS : 0) + (play.mastery ? MASTERY : 0);
  const skills = scenario.skills.map((id) => spelled(play.skills?.[id] ?? NO_SKILL, 2)).join("");
  const results = spelled(play.final, 2) + spelled(play.seconds ?? NO_TIME, 3) + skills;
  return spelled(flags, 1) + began(play, Date.parse(play.at)) + results + choices(scenario, play.run);
}

function underway(scenario: PackagedScenario, play: Run): string {
  const flags = UNDERWAY + (play.mode === "challenge" ? CHALLENGE : 0);
  return spelled(flags, 1) + began(play, play.began ?? Date.parse(play.at)) + choices(scenario, play.run);
}

/** The finished plays that are stored, in order. */
function kept(all: Attempt[], rule: string): Attempt[] {
  const chosen = new Set([counted(all, rule), highest(all), all.at(-1)]);
  return all.filter((play) => chosen.has(play));
}

/** The stored data as text. */
export function packState(progress: Progress): string {
  const done = lessons();
  const marks = pack.lessons.map(([slug, key]) => (slug in done ? key : "")).join("");
  const scenarios = pack.scenarios.map((scenario) => {
    const plays = kept(attempts(scenario.slug), pack.certificate).map((play) => finished(scenario, play));
    const run = newest(scenario.slug);
    if (run?.run.length) plays.push(underway(scenario, run));
    return plays.length ? `.${scenario.key}${scenario.table}${plays.join()}` : "";
  });
  return `1${spelled(progress.rank, 1)}${spelled(progress.score ?? 0, 2)}.${marks}${scenarios.join("")}`;
}

function play(scenario: PackagedScenario, text: string, isSame: boolean): Attempt | Run {
  const letters = new Letters(text);
  const flags = letters.number(1);
  const [tries, seed, minute] = [letters.number(1), letters.number(6), letters.number(5)];
  const at = new Date(minute * MINUTE).toISOString();
  const info = { v: VERSION, at, tries, seed, mode: flags & CHALLENGE ? ("challenge" as const) : ("practice" as const) };
  const run: string[] = [];
  const taken = () => {
    while (isSame && letters.isLeft) run.push(scenario.choices[letters.number(wide(scenario))] ?? "");
    return run;
  };
  if (flags & UNDERWAY) return { ...info, began: minute * MINUTE, ended: false, run: taken() };
  const [final, seconds] = [letters.number(2), letters.number(3)];
  const skills = scenario.skills.map((id) => [id, letters.number(2)] as const).filter(([, score]) => score !== NO_SKILL);
  const result = { final, pass: Boolean(flags & PASS), mastery: Boolean(flags & MASTERY), skills: Object.fromEntries(skills) };
  return { ...info, ...result, ...(seconds === NO_TIME ? {} : { seconds }), run: taken() };
}

/** Restores the stored data, and returns the trainee's progress; null if the text is not ours. */
export function unpackState(text: string): Progress | null {
  try {
    const [head = "", marks = "", ...scenarios] = text.split(".");
    const letters = new Letters(head);
    if (letters.take(1) !== "1") return null;
    const progress = { rank: letters.number(1), score: letters.number(2) };
    const values: Record<string, unknown> = {};
    const at = new Date(0).toISOString();
    const read: string[] = marks.match(/.{3}/g) ?? [];
    const done = pack.lessons.filter(([, key]) => read.includes(key));
    values["lessons"] = Object.fromEntries(done.map(([slug]) => [slug, at]));
    for (const part of scenarios) {
      const scenario = pack.scenarios.find(({ key }) => part.startsWith(key));
      if (!scenario) continue;
      const { key, table, slug } = scenario;
      const isSame = part.startsWith(table, key.length);
      const plays = part.slice(key.length + table.length).split(",").map((text) => play(scenario, text, isSame));
      values[`attempts:${slug}`] = plays.filter((play) => "final" in play);
      const run = plays.find((play) => !("final" in play));
      if (run && isSame) values[`run:${slug}`] = run;
    }
    for (const [name, value] of Object.entries(values)) device().setItem(prefix + name, JSON.stringify(value));
    return progress;
  } catch {
    return null;
  }
}
