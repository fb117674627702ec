/** What this device stores, under the course's id: unfinished runs, finished attempts, lessons that are done, answers and a
 *  name.
 *
 *  Nothing is stored before the first action that needs it. Storage may be full, forbidden or missing: every access may fail,
 *  and then the page continues without it and says so. Unreadable data is set aside, never overwritten. Data of a later
 *  version is left alone. In a package nothing is stored under the platform's origin: the launch page stores it. */

import type { PlayInfo } from "./play";

/** The version of the stored data. */
export const VERSION = 1;

/** An unfinished run: replayed, not trusted. */
export interface Run extends PlayInfo {
  v: number;
  at: string;
  run: string[];
  /** Whether its ending was shown. */
  ended: boolean;
}

/** A finished attempt; its result is final, whatever becomes of the story. */
export interface Attempt extends PlayInfo {
  v: number;
  at: string;
  run: string[];
  final: number;
  pass: boolean;
  mastery?: boolean;
  /** The index of the model's band. */
  band?: number;
  /** The score of each skill that counted, by id, 0 to 100. */
  skills?: Record<string, number>;
  /** Its duration, including breaks. */
  seconds?: number;
  /** Its result code, if it is the challenge that counts. */
  code?: string;
  /** In a package, its choices, for a platform that receives them; stored no longer than the launch page. */
  steps?: Step[];
}

/** A decision of a finished attempt. */
export interface Step {
  node: string;
  /** The index of the choice, from 0. */
  choice: number;
  /** The mean of its ratings, 0 to 100. */
  rating: number;
  /** The ids of the skills that the decision tests. */
  skills: string[];
}

export const course = document.documentElement.dataset["course"] ?? "";

/** The prefix of every stored name. */
export const prefix = `amends:${course}:`;

/** Replaces storage in a package: what the launch page stores while it is open, and passes to the learning platform. */
export interface PackageStorage {
  tab: Storage;
  device: Storage;
  /** Whether the platform stores it. */
  isReceived: boolean;
}

declare global {
  interface Window {
    amends?: PackageStorage;
  }
}

/** Null on a plain site. Throws in a package without a launch page. */
function packageStorage(): PackageStorage | null {
  if (!("package" in document.documentElement.dataset)) return null;
  const held = window.amends ?? window.parent.amends;
  if (!held) throw new Error("no launch page");
  return held;
}

/** Whether a learning platform receives the results, so that nobody has to send them. */
export function isReceived(): boolean {
  try {
    return packageStorage()?.isReceived === true;
  } catch {
    return false;
  }
}

export const tab = (): Storage => packageStorage()?.tab ?? sessionStorage;
export const device = (): Storage => packageStorage()?.device ?? localStorage;

/** The names of what is stored for this course, without the prefix; null if storage is refused. */
export function stored(from = device): string[] | null {
  try {
    return Object.keys(from()).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  } catch {
    return null;
  }
}

export const isList = (value: unknown): value is unknown[] => Array.isArray(value);
export const isNumber = (value: unknown): value is number => typeof value === "number";
export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The start of every file and every record. */
export function stamp(): { v: number; course: string; at: string } {
  return { v: VERSION, course, at: new Date().toISOString() };
}

/** The stored value of a name; if it is not JSON of the right form, it is first saved under another name. Throws if storage
 *  is refused. */
function load<T>(from: Storage, name: string, fits: (value: unknown) => value is T): T | null {
  const text = from.getItem(name);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (fits(value)) return value;
  } catch {
    // Not JSON, so it is set aside, too.
  }
  from.setItem(`${prefix}aside:${Date.now()}:${name.slice(prefix.length)}`, text);
  from.removeItem(name);
  return null;
}

/** The same, but a refusal gives null. */
export function peek<T>(name: string, fits: (value: unknown) => value is T, from = device): T | null {
  try {
    return load(from(), prefix + name, fits);
  } catch {
    return null;
  }
}

/** Changes a stored value at once. Returns whether it is stored now. */
export function write<T>(name: string, fits: (value: unknown) => value is T, edit: (before: T | null) => T): boolean {
  try {
    device().setItem(prefix + name, JSON.stringify(edit(load(device(), prefix + name, fits))));
    return true;
  } catch {
    return false;
  }
}

/** Changes that wait for their turn. A page that is left makes them at once, so that none is lost. */
const waiting = new Set<() => void>();
addEventListener("pagehide", () => waiting.forEach((act) => act()));

/** The same, one tab at a time. */
export function change<T>(name: string, fits: (value: unknown) => value is T, edit: (before: T | null) => T): Promise<boolean> {
  return new Promise((stored) => {
    const act = () => {
      if (waiting.delete(act)) stored(write(name, fits, edit));
    };
    waiting.add(act);
    const held = navigator.locks?.request(prefix + name, () => {
      act();
      // Stored data reaches another tab a little later than the lock does; without a pause, that tab would write what it
      // knew before.
      return new Promise((passed) => setTimeout(passed, 100));
    });
    // Refused where storage is, so there is no other tab to wait for.
    if (held) held.catch(act);
    else act();
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

/** Stores a run. Returns whether it could. Before the first choice only in this tab: there is nothing to continue yet. */
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

/** Whether two attempts are the same: each play has its own seed, but may be continued in two tabs. */
export function isSame(one: unknown, other: Pick<Attempt, "seed" | "run">): boolean {
  const attempt = one as Attempt | null;
  return attempt?.seed === other.seed && String(attempt.run) === String(other.run);
}

/** Appends an attempt once; never overwrites one, even if two tabs end at once. */
export function append(slug: string, attempt: Omit<Attempt, "v" | "at">): Promise<boolean> {
  const made: Attempt = { v: VERSION, at: stamp().at, ...attempt };
  return change(`attempts:${slug}`, isList, (before) =>
    before?.some((each) => isSame(each, made)) ? before : [...(before ?? []), made],
  );
}

/** Stores the code of an attempt with it. */
export function coded(slug: string, of: Pick<Attempt, "seed" | "run">, code: string): Promise<boolean> {
  return change(`attempts:${slug}`, isList, (before) =>
    (before ?? []).map((each) => (isSame(each, of) ? { ...(each as Attempt), code } : each)),
  );
}

/** The attempts at a scenario, in the order in which they ended. */
export function attempts(slug: string): Attempt[] {
  const all = (peek(`attempts:${slug}`, isList) ?? []) as Attempt[];
  return all.filter((attempt) => attempt?.v === VERSION && typeof attempt.final === "number");
}

/** A table without inherited names: a lesson may be called `constructor`. */
const table = (name: string): object => ({ __proto__: null, ...peek(name, isTable) });

/** The lessons that are done: when, by slug. */
export const lessons = () => table("lessons") as Record<string, string>;

/** Marks a lesson as done, or takes the mark back. */
export function mark(slug: string, done: boolean): Promise<boolean> {
  return change("lessons", isTable, (before) => {
    const { [slug]: _, ...others } = before ?? {};
    return done ? { ...others, [slug]: stamp().at } : others;
  });
}

/** The drills that were played to their end, by lesson: their indices. */
export const drills = () => table("drills") as Record<string, number[]>;

/** Stores that a drill was played to its end. */
export function drilled(slug: string, place: number): Promise<boolean> {
  return change("drills", isTable, (before) => ({ ...before, [slug]: union(before?.[slug], [place]) }));
}

/** The union of both lists. */
export function union(one: unknown, other: unknown): unknown[] {
  return [...new Set([one, other].filter(isList).flat())];
}

/** The answers to the questions after a scenario. */
export const answers = (slug: string) => (peek(`answers:${slug}`, isList) ?? []) as string[];

/** Stores them as they are typed: the page may be left at any letter. */
export function reflect(slug: string, given: string[]): boolean {
  return write(`answers:${slug}`, isList, () => given);
}
