// What the generator proved of a scenario: a play to each ending, with the score that the terminal gives it, and a play to
// a moment at which a choice is closed. The page has to come to the same.

import { execFileSync } from "node:child_process";
import { program, shipped } from "./made";
import { source } from "./site";

/** A play that reaches an ending, as texts of choices in order, and the score that it got. */
export interface Found {
  choices: string[];
  final: number;
}

interface Proof {
  endings: Record<string, { play: string[] | null }>;
  gates: { open: string; node: string; choice: string; closed_after: string[] | null }[];
}

const known = new Map<string, unknown>();

/** What the program prints as JSON, asked for once. */
function told<T>(...args: string[]): T {
  const key = args.join(" ");
  if (!known.has(key)) {
    const json = execFileSync(program, [...args, "--format", "json"], { cwd: shipped, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    known.set(key, JSON.parse(json));
  }
  return known.get(key) as T;
}

const proof = (slug: string) => told<Proof>("prove", slug);

/** A scenario's page, by its path in the site, as the reader without the player has it. */
class Written {
  readonly #html: string;

  constructor(path: string) {
    this.#html = source(path);
  }

  get start(): string {
    return /class="node decision first".*?id="s-([^"]+)"/s.exec(this.#html)![1]!;
  }

  /** The texts of these choices, in order; nothing where they lead nowhere. */
  texts(node: string, [id, ...rest]: string[]): string[] | null {
    if (id === undefined) return [];
    const link = new RegExp(`href="#s-${node}--${id}"><span class="text">(.*?)</span>.*?</section></li>`, "s").exec(this.#html);
    if (!link) return null;
    const ways = [...link[0].matchAll(/<li><a href="#s-([^"]+)"/g)].map(([, to]) => to!);
    for (const to of ways) {
      const after = this.texts(to, rest);
      if (after) return [text(link[1]!), ...after];
    }
    return null;
  }

  title(ending: string): string {
    return text(new RegExp(`<h3 id="s-${ending}"[^>]*>(.*?)</h3>`, "s").exec(this.#html)![1]!);
  }
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** As a reader sees it. */
function text(html: string): string {
  const bare = html.replace(/<[^>]*>/g, "");
  return bare.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!).replace(/\s+/g, " ").trim();
}

const slugOf = (path: string) => path.split("/").at(-2)!;

function read(path: string, play: string[]): string[] {
  const written = new Written(path);
  const texts = written.texts(written.start, play);
  if (!texts) throw new Error(`${path} has no way ${play.join()}`);
  return texts;
}

/** For each ending of the story, by its title, a play that reaches it. */
export function endings(path: string): Record<string, Found> {
  const written = new Written(path);
  const all = Object.entries(proof(slugOf(path)).endings).map(([ending, { play }]) => {
    if (!play) throw new Error(`${path}: no play comes to ${ending}`);
    const { final } = told<{ final: { rounded: number } }>("play", slugOf(path), "--choices", play.join());
    return [written.title(ending), { choices: read(path, play), final: final.rounded }] as const;
  });
  return Object.fromEntries(all);
}

/** A play to some ending. */
export function anEnding(path: string): Found {
  return Object.values(endings(path))[0]!;
}

/** A play to a moment at which a choice is closed and says why, in a story that has one. */
export function toClosed(path: string): string[] {
  const closed = proof(slugOf(path)).gates.find(({ node, choice, closed_after }) => {
    const link = new RegExp(`href="#s-${node}--${choice}">(?:(?!</a>).)*class="shut"`, "s");
    return closed_after && link.test(source(path));
  });
  if (!closed) throw new Error(`${path}: no play comes to a closed choice`);
  return read(path, closed.closed_after!);
}
