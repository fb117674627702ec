// What the generator proved of a scenario: a play to each ending, with the score that the terminal gives it, and a play to
// a moment at which a choice is closed. The page has to come to the same.

import { practice, slugOf, TALK, type Course } from "./courses";
import { amends } from "./program";

/** A play that reaches an ending, as texts of choices in order, and the score that it got. */
export interface Play {
  choices: string[];
  final: number;
  pass: boolean;
}

interface Proof {
  endings: Record<string, { play: string[] | null }>;
  gates: { open: string; node: string; choice: string; closed_after: string[] | null }[];
}

const known = new Map<string, unknown>();

/** What the program prints as JSON about a scenario, asked for once. */
function asked<T>({ source }: Course, command: "prove" | "play", path: string, ...more: string[]): T {
  const args = [command, slugOf(path), "--site", source, "--format", "json", ...more];
  const key = args.join(" ");
  if (!known.has(key)) known.set(key, JSON.parse(amends(...args)));
  return known.get(key) as T;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** As a reader sees it. */
function plain(html: string): string {
  const bare = html.replace(/<[^>]*>/g, "");
  return bare.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!).replace(/\s+/g, " ").trim();
}

/** The texts of these choices from a node on, as the page has them for a reader without the player; nothing where they lead
 *  nowhere. */
function texts(html: string, node: string, [id, ...rest]: string[]): string[] | null {
  if (id === undefined) return [];
  const link = new RegExp(`href="#s-${node}_${id}"><span class="text">(.*?)</span>.*?</section></li>`, "s").exec(html);
  for (const [, to] of link?.[0].matchAll(/<li><a href="#s-([^"]+)"/g) ?? []) {
    const after = texts(html, to!, rest);
    if (after) return [plain(link![1]!), ...after];
  }
  return null;
}

function read(html: string, play: string[]): string[] {
  const start = /class="node decision first".*?id="s-([^"]+)"/s.exec(html)![1]!;
  const choices = texts(html, start, play);
  if (!choices) throw new Error(`the page has no way ${play.join()}`);
  return choices;
}

/** For each ending of the story, by its title, a play that reaches it. */
export function endings(course: Course, path: string): Record<string, Play> {
  const html = course.html(path);
  const proved = Object.entries(asked<Proof>(course, "prove", path).endings);
  const plays = proved.map(([ending, { play }]) => {
    if (!play) throw new Error(`${path}: no play comes to ${ending}`);
    const [, title] = new RegExp(`<h3 id="s-${ending}"[^>]*>(.*?)</h3>`, "s").exec(html)!;
    return [plain(title!), played(course, path, play)] as const;
  });
  return Object.fromEntries(plays);
}

/** The play of these choices, by their ids. */
export function played(course: Course, path: string, ids: string[]): Play {
  const { final, pass } = asked<{ final: { rounded: number }; pass: boolean }>(course, "play", path, "--choices", ids.join());
  return { choices: read(course.html(path), ids), final: final.rounded, pass };
}

/** The play of the strongest choices, of a story that goes on from each in one way. */
export function flawless(course: Course, path: string): Play {
  const html = course.html(path);
  const ids: string[] = [];
  const within = "(?:(?!</section></li>).)*?";
  let node: string | undefined = /class="node decision first".*?id="s-([^"]+)"/s.exec(html)![1]!;
  while (node) {
    const strongest = new RegExp(`href="#s-${node}_([^"]+)">${within}class="reply"[^>]*data-strongest${within}<ul class="on"><li><a href="#s-([^"]+)"`, "s").exec(html);
    if (strongest) ids.push(strongest[1]!);
    node = strongest?.[2];
  }
  return played(course, path, ids);
}

/** A play to some ending. */
export function anEnding(course: Course = practice, path = TALK): Play {
  return Object.values(endings(course, path))[0]!;
}

/** A play to a moment at which a choice is closed and says why, in a story that has one. */
export function toClosed(course: Course, path: string): string[] {
  const html = course.html(path);
  const closed = asked<Proof>(course, "prove", path).gates.find(({ node, choice, closed_after }) => {
    const link = new RegExp(`href="#s-${node}_${choice}">(?:(?!</a>).)*class="shut"`, "s");
    return closed_after && link.test(html);
  });
  if (!closed) throw new Error(`${path}: no play comes to a closed choice`);
  return read(html, closed.closed_after!);
}
