/** The search: queries the index that the build made, and shows the results with the words marked.
 *
 *  The index is split into classic scripts, which are loaded as needed, so that it works from the disk and under the
 *  strictest policy. The generator's `search/pack.rs` describes them. Without this script, the page says so. */

import { fill, need, part, word } from "./parts";
import { isDense, SHOWN as CUT, words } from "./search-words";

/** The letters that the forms of a word share, their endings, and pairs of a distance and a weight. */
type Entry = [shared: string, endings: string, places: number[]];
type Page = [kind: "lesson" | "scenario", url: string, title: string, sections: [anchor: string, heading: string, text: string][]];
/** The number of sections; the first word of each piece of words; for each share of the texts, the sections of its pieces. */
type Index = [count: number, words: string[], texts: string[]];

/** A section of a page. */
interface Shown {
  kind: "lesson" | "scenario";
  url: string;
  title: string;
  heading: string;
  text: string;
}

declare global {
  interface Window {
    amendsFound?: (name: string, value: unknown) => void;
  }
}

/** The most results that are shown, and the most words of each. */
const SHOWN = 8;
const WORDS = 32;
/** The same in characters, for scripts without spaces. */
const SIGNS = 96;

/** The pieces that have arrived or been requested. */
const held = new Map<string, Promise<unknown>>();
window.amendsFound = (name, value) => held.set(name, Promise.resolve(value));

// The only texts that can become the address of a script are names of pieces of the index, in the folder that the page
// names. Each version has its own folder, so that no two are mixed.
const folder = document.documentElement.dataset["search"] ?? "";
const piece = (name: string) => {
  if (!/^([0-9a-f]{8}\/)?(index|w\d+|t\d+-\d+)\.js$/.test(name)) throw new TypeError(name);
  return name;
};
const policy = window.trustedTypes?.createPolicy("amends", { createScriptURL: piece });

/** A piece of the index, loaded once. On a small site, one file contains them all. */
function load<T>(name: string): Promise<T> {
  const requested = () =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      const address = `${folder}${name}.js`;
      script.src = policy?.createScriptURL(address) ?? piece(address);
      // It has replaced this promise by what it contains.
      script.onload = () => done(held.get(name));
      script.onerror = () => {
        held.delete(name);
        failed(new Error(name));
      };
      document.head.append(script);
    });
  if (!held.has(name)) held.set(name, requested());
  return held.get(name) as Promise<T>;
}

/** The last of the starts that is not after a word, else the first. */
function at(starts: string[], word: string): number {
  return Math.max(0, starts.findLastIndex((start) => start <= word));
}

/** Where a word occurs, by section, and its forms, for marking. */
interface Match {
  scores: Map<number, number>;
  forms: string[];
}

/** The word itself, words that start with it or, failing both, words with the same beginning. */
async function match([count, starts]: Index, asked: string): Promise<Match> {
  const pieces = new Set<number>();
  for (let length = asked.length; length >= Math.max(2, asked.length / 2); length--) pieces.add(at(starts, asked.slice(0, length)));
  const last = at(starts, `${asked}\uffff`);
  for (let next = at(starts, asked); next <= last && pieces.size < 6; next++) pieces.add(next);
  const entries = (await Promise.all([...pieces].map((name) => load<Entry[]>(`w${name}`)))).flat();
  const matches: { force: number; forms: string[]; places: number[] }[] = [];
  for (const [shared, endings, places] of entries) {
    if (!shared.startsWith(asked) && !asked.startsWith(shared)) continue;
    const forms = endings.split(" ").map((ending) => shared + ending);
    const begun = forms.filter((form) => form.startsWith(asked));
    if (forms.includes(asked)) matches.push({ force: 1, forms, places });
    else if (begun.length > 0) matches.push({ force: 0.5, forms: begun, places });
    else if (shared.length > 2 && shared.length * 2 >= asked.length) matches.push({ force: 0.2, forms, places });
  }
  const best = Math.max(...matches.map(({ force }) => force));
  const scores = new Map<number, number>();
  const forms: string[] = [];
  for (const { force, places, forms: own } of matches) {
    if (force < 0.5 && best > force) continue;
    forms.push(...(isDense(asked) ? [asked] : own));
    const rare = Math.log(1 + (count - places.length / 2 + 0.5) / (places.length / 2 + 0.5));
    let section = 0;
    for (let next = 0; next < places.length; next += 2) {
      section += places[next]!;
      scores.set(section, Math.max(scores.get(section) ?? 0, force * rare * places[next + 1]!));
    }
  }
  return { scores, forms };
}

interface Found {
  /** The total number of sections. */
  count: number;
  shown: Shown[];
  marks: Set<string>;
}

/** A section by its number: a digit in base 36 is the number of sections in a piece. */
async function read([, , texts]: Index, section: number): Promise<Shown> {
  let before = 0;
  for (const [share, counts] of texts.entries()) {
    for (let piece = 0; piece < counts.length; piece++) {
      const count = parseInt(counts[piece]!, 36);
      if (section < before + count) return sections(await load<Page[]>(`t${share}-${piece}`))[section - before]!;
      before += count;
    }
  }
  throw new RangeError(`${section}`);
}

function sections(pages: Page[]): Shown[] {
  return pages.flatMap(([kind, url, title, sections]) =>
    sections.map(([anchor, heading, text]) => ({ kind, url: anchor ? `${url}#${anchor}` : url, title, heading, text })),
  );
}

/** The best sections. One with more of the words precedes one that has one of them often. */
async function search(question: string): Promise<Found> {
  const cut = words(question);
  // The last character of a run is part of the pair before it.
  const isAsked = (each: string, at: number) => !isDense(each) || [...each].length > 1 || !(cut[at - 1]?.length! > each.length && cut[at - 1]!.endsWith(each));
  const asked = [...new Set(cut.filter(isAsked))].slice(0, 8);
  const index = await load<Index>("index");
  const matches = await Promise.all(asked.map((each) => match(index, each)));
  const all = new Map<number, number>();
  for (const { scores } of matches) for (const [section, score] of scores) all.set(section, (all.get(section) ?? 0) + score);
  const hits = (section: number) => matches.filter(({ scores }) => scores.has(section)).length / matches.length;
  const ranked = [...all].map(([section, score]) => [section, score * hits(section) ** 3] as const);
  ranked.sort(([one, more], [other, less]) => less - more || one - other);
  const shown = ranked.slice(0, SHOWN).map(([section]) => read(index, section));
  return { count: ranked.length, shown: await Promise.all(shown), marks: new Set(matches.flatMap(({ forms }) => forms)) };
}

/** Splits a text into pieces, of which every second one is a word or a character of a script without spaces, and tells which
 *  are marked: a word by itself, a character together with a neighbor. */
function cut(text: string, marks: Set<string>): { pieces: string[]; marked: Set<number> } {
  const pieces = text.split(CUT);
  const marked = new Set<number>();
  const follows = (at: number) => pieces[at + 1] === "" && isDense(pieces[at + 2] ?? "");
  for (let at = 1; at < pieces.length; at += 2) {
    const piece = pieces[at]!;
    if (words(piece).some((each) => marks.has(each))) marked.add(at);
    else if (isDense(piece) && follows(at) && marks.has(words(piece + pieces[at + 2])[0] ?? "")) marked.add(at).add(at + 2);
  }
  return { pieces, marked };
}

/** Puts a text into an element, with marked words in `mark`; a long text starts shortly before the first of them. */
function mark(place: HTMLElement, text: string, marks: Set<string>, isLong = false): void {
  const { pieces, marked } = cut(text, marks);
  let [start, end] = [0, pieces.length];
  if (isLong) {
    const length = (isDense(pieces[1] ?? "") ? SIGNS : WORDS) * 2;
    const [first = 0] = marked;
    if (first >= length) start = first - 17;
    end = start + length;
    if (start > 0) place.append("… ");
  }
  for (let at = start; at < Math.min(end, pieces.length); at++) {
    const last = place.lastChild;
    if (!marked.has(at)) {
      if (pieces[at]) place.append(pieces[at]!);
    } else if (last instanceof HTMLElement && last.tagName === "MARK") {
      last.append(pieces[at]!);
    } else {
      const shown = document.createElement("mark");
      shown.append(pieces[at]!);
      place.append(shown);
    }
  }
  if (end < pieces.length) place.append(" …");
}

function show({ kind, url, title, heading, text }: Shown, marks: Set<string>): HTMLElement {
  const row = part("find", { kind: word(`search.${kind}`) });
  const link = need<HTMLAnchorElement>(row, "a");
  link.href = `../${url}`;
  mark(need(row, ".of"), title, marks);
  const under = need(row, ".under");
  if (heading) mark(under, heading, marks);
  else under.remove();
  mark(need(row, ".says"), text, marks, true);
  return row;
}

const box = need(document, ".seek");
const input = need<HTMLInputElement>(box, "input");
const list = need<HTMLElement>(box, ".finds");
let turn = 0;

async function ask(): Promise<void> {
  const own = ++turn;
  const question = input.value.trim();
  keep(question);
  let says = "";
  let rows: HTMLElement[] = [];
  if (words(question).length > 0) {
    try {
      const { count, shown, marks } = await search(question);
      if (own !== turn) return;
      rows = shown.map((each) => show(each, marks));
      says = word(count > rows.length ? "search.best" : "search.found", { count, shown: rows.length });
    } catch {
      if (own !== turn) return;
      says = word("search.failed");
    }
  } else if (question.trim()) {
    says = word("search.found", { count: 0, shown: 0 });
  }
  list.replaceChildren(...rows);
  fill(box, { says });
}

/** Puts the query into the address, so that going back leads to its results. */
function keep(question: string): void {
  const url = new URL(location.href);
  if (question) url.searchParams.set("q", question);
  else url.searchParams.delete("q");
  try {
    history.replaceState(null, "", url);
  } catch {
    // Some browsers refuse this for pages from the disk.
  }
}

/** Arrows move between the query and the results, Escape to the query, Enter to the first result. */
box.addEventListener("keydown", (event) => {
  const links = [...list.querySelectorAll("a")];
  const stops: HTMLElement[] = [input, ...links];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    stops[here + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  } else if (event.key === "Escape" && here > 0) {
    input.focus();
    input.select();
  } else if (event.key === "Enter" && here === 0) {
    links[0]?.click();
  } else return;
  event.preventDefault();
});
input.addEventListener("input", () => void ask());

document.querySelector(".no-search")?.remove();
box.hidden = false;
input.value = new URLSearchParams(location.search).get("q") ?? input.value;
input.focus();
// Needed in any case, so it loads while the query is typed.
load("index").catch(() => fill(box, { says: word("search.failed") }));
if (input.value) void ask();
