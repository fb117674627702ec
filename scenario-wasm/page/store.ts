/** What this device remembers, under the course's id: the runs under way, the attempts that were finished, the lessons
 *  that are done, answers and a name.
 *
 *  Nothing is stored before the first act that needs it. Storage may be full, forbidden or absent: every access may
 *  fail, then the page goes on without it and says so. What cannot be read is set aside, never overwritten. What a
 *  later version wrote is left alone. In a package nothing is stored on the platform's origin: the launch page remembers. */

import type { PlayInfo } from "./play";

/** The version of what is stored. */
export const VERSION = 1;

/** A run under way: replayed, not trusted. */
export interface Run extends PlayInfo {
  v: number;
  at: string;
  run: string[];
  /** Whether its ending was shown. */
  ended: boolean;
}

/** A finished attempt: what it came to then is for good, whatever becomes of the story. */
export interface Attempt extends PlayInfo {
  v: number;
  at: string;
  run: string[];
  final: number;
  pass: boolean;
  mastery?: boolean;
  /** The place of the band among the model's. */
  band?: number;
  /** Of each skill that counted, by its id, 0 to 100. */
  skills?: Record<string, number>;
  /** How long it took, breaks among it. */
  seconds?: number;
  /** Its result code, of a challenge that counts. */
  code?: string;
  /** In a package, what it chose; for a platform that is told so, and kept no longer than the launch page. */
  steps?: Step[];
}

/** A decision of a finished attempt. */
export interface Step {
  node: string;
  /** The place of the choice, from 0. */
  choice: number;
  /** The mean of its ratings, 0 to 100. */
  rating: number;
  /** The ids of the skills that the decision tests. */
  skills: string[];
}

/** When each lesson was done, by slug. */
export type Lessons = Record<string, string>;

export const course = document.documentElement.dataset["course"] ?? "";

/** All that is stored has a name that begins so. */
export const prefix = `amends:${course}:`;

/** In place of storage in a package: what the launch page remembers while it is open, and hands to the learning platform. */
export interface Shelves {
  tab: Storage;
  device: Storage;
  /** Whether the platform takes what is handed to it. */
  isHeard: boolean;
}

declare global {
  interface Window {
    amends?: Shelves;
  }
}

/** Nothing on a plain site. In a package it throws where there is no launch page. */
export function shelves(): Shelves | null {
  if (!("package" in document.documentElement.dataset)) return null;
  const held = window.amends ?? window.parent.amends;
  if (!held) throw new Error("no launch page");
  return held;
}

/** Whether a learning platform takes the results, so that nobody need carry them. */
export function isHeard(): boolean {
  try {
    return shelves()?.isHeard === true;
  } catch {
    return false;
  }
}

export const tab = (): Storage => shelves()?.tab ?? sessionStorage;
export const device = (): Storage => shelves()?.device ?? localStorage;

export const isList = (value: unknown): value is unknown[] => Array.isArray(value);
export const isNumber = (value: unknown): value is number => typeof value === "number";
export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What every file and every record begins with. */
export function stamp(): { v: number; course: string; at: string } {
  return { v: VERSION, course, at: new Date().toISOString() };
}

/** What is stored under a name; what is no JSON of the right shape is put under another name first. Throws where
 *  storage is refused. */
function load<T>(from: Storage, name: string, fits: (value: unknown) => value is T): T | null {
  const text = from.getItem(name);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (fits(value)) return value;
  } catch {
    // No JSON: set aside, too.
  }
  from.setItem(`${prefix}aside:${Date.now()}:${name.slice(prefix.length)}`, text);
  from.removeItem(name);
  return null;
}

/** The same, where a refusal is as good as nothing. */
export function peek<T>(name: string, fits: (value: unknown) => value is T, from = device): T | null {
  try {
    return load(from(), prefix + name, fits);
  } catch {
    return null;
  }
}

/** Changes what is stored under a name at once. Says whether it is now stored. */
export function write<T>(name: string, fits: (value: unknown) => value is T, edit: (before: T | null) => T): boolean {
  try {
    device().setItem(prefix + name, JSON.stringify(edit(load(device(), prefix + name, fits))));
    return true;
  } catch {
    return false;
  }
}

/** The same, one tab at a time. */
export function change<T>(name: string, fits: (value: unknown) => value is T, edit: (before: T | null) => T): Promise<boolean> {
  const act = () => write(name, fits, edit);
  return new Promise((stored) => {
    const held = navigator.locks?.request(prefix + name, () => {
      stored(act());
      // What is stored reaches another tab a little later than the lock does: it would write what it knew before.
      return new Promise((passed) => setTimeout(passed, 100));
    });
    // Refused where storage is: then there is no other tab to wait for.
    if (held) held.catch(() => stored(act()));
    else stored(act());
  });
}

function run(from: () => Storage, slug: string): Run | null {
  const found = peek(`run:${slug}`, isTable, from) as Run | null;
  return found?.v === VERSION && isList(found.run) ? found : null;
}

/** The run of this tab: the same scenario in two tabs is two runs. */
export const ofThisTab = (slug: string) => run(tab, slug);

/** The newest run of any tab. */
export const newest = (slug: string) => run(device, slug);

/** Remembers a run. Says whether it could. Before its first choice only this tab does: there is nothing yet to go on with. */
export function keep(slug: string, info: PlayInfo, choices: string[], ended: boolean): boolean {
  const text = JSON.stringify({ ...info, run: choices, ended, v: VERSION, at: stamp().at });
  const name = `${prefix}run:${slug}`;
  try {
    tab().setItem(name, text);
    if (ended) device().removeItem(name);
    else if (choices.length) device().setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/** Whether two attempts are one: each play has a seed of its own, but may be resumed in two tabs. */
export function isSame(one: unknown, other: Pick<Attempt, "seed" | "run">): boolean {
  const attempt = one as Attempt | null;
  return attempt?.seed === other.seed && String(attempt.run) === String(other.run);
}

/** Appends an attempt once; never overwrites one, also when two tabs end at once. */
export function append(slug: string, attempt: Omit<Attempt, "v" | "at">): Promise<boolean> {
  const made: Attempt = { v: VERSION, at: stamp().at, ...attempt };
  return change(`attempts:${slug}`, isList, (before) => [
    ...(before ?? []),
    ...(before?.some((each) => isSame(each, made)) ? [] : [made]),
  ]);
}

/** Keeps the code of an attempt with it. */
export function coded(slug: string, of: Pick<Attempt, "seed" | "run">, code: string): Promise<boolean> {
  return change(`attempts:${slug}`, isList, (before) =>
    (before ?? []).map((each) => (isSame(each, of) ? { ...(each as Attempt), code } : each)),
  );
}

/** The attempts at a scenario, in the order in which they were finished. */
export function attempts(slug: string): Attempt[] {
  const all = (peek(`attempts:${slug}`, isList) ?? []) as Attempt[];
  return all.filter((attempt) => attempt?.v === VERSION && typeof attempt.final === "number");
}

/** A table that knows only what was put in: a lesson may be called `constructor`. */
const table = (name: string): object => ({ __proto__: null, ...peek(name, isTable) });

/** The lessons that are done. */
export const lessons = () => table("lessons") as Lessons;

/** Marks a lesson as done, or takes the mark back. */
export function mark(slug: string, done: boolean): Promise<boolean> {
  return change("lessons", isTable, (before) => {
    const { [slug]: _, ...others } = before ?? {};
    return done ? { ...others, [slug]: stamp().at } : others;
  });
}

/** The drills that were played to their end, by lesson: their places in it. */
export const drills = () => table("drills") as Record<string, number[]>;

/** Remembers that a drill was played to its end. */
export function drilled(slug: string, place: number): Promise<boolean> {
  return change("drills", isTable, (before) => ({ ...before, [slug]: union(before?.[slug], [place]) }));
}

/** Both lists without what comes twice. */
export function union(one: unknown, other: unknown): unknown[] {
  return [...new Set([one, other].filter(isList).flat())];
}

/** The answers to the questions after a scenario. */
export const answers = (slug: string) => (peek(`answers:${slug}`, isList) ?? []) as string[];

/** Keeps them as they are typed: the page may be left at any letter. */
export function reflect(slug: string, given: string[]): boolean {
  return write(`answers:${slug}`, isList, () => given);
}
