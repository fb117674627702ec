// Plays that `amends prove` finds: one to each ending, with the score that `amends play` gives it, and one to a closed choice.
// The page must arrive at the same scores.

import { practice, slugOf, SCENARIO, type Course } from "./courses";
import { amends } from "./program";

/** A play that reaches an ending: the texts of its choices in order, and its score. */
export interface Play {
  choices: string[];
  final: number;
  pass: boolean;
}

interface Proof {
  endings: Record<string, { play: string[] | null }>;
  gates: { open: string; node: string; choice: string; closed_after: string[] | null }[];
}

const cache = new Map<string, unknown>();

/** What the program prints as JSON about a scenario. It runs once for each set of arguments. */
function json<T>({ source }: Course, command: "prove" | "play", path: string, ...more: string[]): T {
  const args = [command, slugOf(path), "--site", source, "--format", "json", ...more];
  const key = args.join(" ");
  if (!cache.has(key)) cache.set(key, JSON.parse(amends(...args)));
  return cache.get(key) as T;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** HTML as plain text. */
function plainText(html: string): string {
  const untagged = html.replace(/<[^>]*>/g, "");
  return untagged.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!).replace(/\s+/g, " ").trim();
}

/** The texts of these choices from a node on, found in the page's story without the player; null where no link follows them. */
function choiceTexts(html: string, node: string, [id, ...rest]: string[]): string[] | null {
  if (id === undefined) return [];
  const link = new RegExp(`href="#s-${node}_${id}"><span class="text">(.*?)</span>.*?</section></li>`, "s").exec(html);
  for (const [, to] of link?.[0].matchAll(/<li><a href="#s-([^"]+)"/g) ?? []) {
    const after = choiceTexts(html, to!, rest);
    if (after) return [plainText(link![1]!), ...after];
  }
  return null;
}

function playTexts(html: string, play: string[]): string[] {
  const start = /class="node decision first".*?id="s-([^"]+)"/s.exec(html)![1]!;
  const choices = choiceTexts(html, start, play);
  if (!choices) throw new Error(`the page has no path ${play.join()}`);
  return choices;
}

/** A play that reaches each ending of a scenario, by the title of the ending. */
export function playsToEndings(course: Course, path: string): Record<string, Play> {
  const html = course.html(path);
  const proofs = Object.entries(json<Proof>(course, "prove", path).endings);
  const plays = proofs.map(([ending, { play }]) => {
    if (!play) throw new Error(`${path}: no play reaches ${ending}`);
    const [, title] = new RegExp(`<h3 id="s-${ending}"[^>]*>(.*?)</h3>`, "s").exec(html)!;
    return [plainText(title!), playOf(course, path, play)] as const;
  });
  return Object.fromEntries(plays);
}

/** The play that makes the choices with these ids. */
export function playOf(course: Course, path: string, ids: string[]): Play {
  const { final, pass } = json<{ final: { rounded: number }; pass: boolean }>(course, "play", path, "--choices", ids.join());
  return { choices: playTexts(course.html(path), ids), final: final.rounded, pass };
}

/** The play of the strongest choices, in a scenario where each of them leads to only one node. */
export function strongestPlay(course: Course, path: string): Play {
  const html = course.html(path);
  const ids: string[] = [];
  const sameChoice = "(?:(?!</section></li>).)*?";
  let node: string | undefined = /class="node decision first".*?id="s-([^"]+)"/s.exec(html)![1]!;
  while (node) {
    const strongest = new RegExp(`href="#s-${node}_([^"]+)">${sameChoice}class="reply"[^>]*data-strongest${sameChoice}<ul class="on"><li><a href="#s-([^"]+)"`, "s").exec(html);
    if (strongest) ids.push(strongest[1]!);
    node = strongest?.[2];
  }
  return playOf(course, path, ids);
}

/** A play to any one ending. */
export function anyPlay(course: Course = practice, path = SCENARIO): Play {
  return Object.values(playsToEndings(course, path))[0]!;
}

/** The choices that lead to a decision with a closed choice that shows the reason. */
export function choicesToClosed(course: Course, path: string): string[] {
  const html = course.html(path);
  const closed = json<Proof>(course, "prove", path).gates.find(({ node, choice, closed_after }) => {
    const link = new RegExp(`href="#s-${node}_${choice}">(?:(?!</a>).)*class="shut"`, "s");
    return closed_after && link.test(html);
  });
  if (!closed) throw new Error(`${path}: no play reaches a closed choice`);
  return playTexts(html, closed.closed_after!);
}
