/** What this device remembers, under the course's id: the runs under way, and the attempts that were finished.
 *
 *  Nothing is stored before the first choice. Storage may be full, forbidden or absent: every access may fail, and then
 *  the player goes on without it. */

import type { Manner } from "./play";

/** The version of what is stored; anything else is left alone. */
const VERSION = 1;

/** A run under way: replayed, not trusted. */
export interface Run extends Manner {
  v: number;
  run: string[];
  /** Whether its ending was shown. */
  ended: boolean;
}

/** A finished attempt. */
export interface Attempt extends Manner {
  v: number;
  at: string;
  run: string[];
  final: number;
  pass: boolean;
}

const course = document.documentElement.dataset["course"] ?? "";

function key(kind: string, slug: string): string {
  return `amends:${course}:${kind}:${slug}`;
}

function read<T>(from: () => Storage, name: string): T | null {
  try {
    return JSON.parse(from().getItem(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function write(to: () => Storage, name: string, value: unknown): void {
  try {
    if (value === null) to().removeItem(name);
    else to().setItem(name, JSON.stringify(value));
  } catch {
    // Then it is not remembered.
  }
}

const tab = () => sessionStorage;
const device = () => localStorage;

function run(from: () => Storage, slug: string): Run | null {
  const found = read<Run>(from, key("run", slug));
  return found?.v === VERSION && Array.isArray(found.run) ? found : null;
}

/** The run of this tab: the same scenario in two tabs is two runs. */
export const ofThisTab = (slug: string) => run(tab, slug);

/** The newest run of any tab. */
export const newest = (slug: string) => run(device, slug);

export function keep(slug: string, manner: Manner, choices: string[], ended: boolean): void {
  const run: Run = { v: VERSION, ...manner, run: choices, ended };
  write(tab, key("run", slug), run);
  write(device, key("run", slug), ended ? null : run);
}

/** Appends an attempt; never overwrites one, also when two tabs end at once. */
export function append(slug: string, manner: Manner, choices: string[], final: number, pass: boolean): void {
  const name = key("attempts", slug);
  const attempt: Attempt = { v: VERSION, ...manner, at: new Date().toISOString(), run: choices, final, pass };
  const add = () => {
    const before = read<unknown>(device, name);
    write(device, name, [...(Array.isArray(before) ? before : []), attempt]);
  };
  if (navigator.locks) navigator.locks.request(name, add).catch(add);
  else add();
}
