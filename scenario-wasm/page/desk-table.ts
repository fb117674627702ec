/** The table of a class: a row for each play, sorted by any column. */

import { fill, need, on, part, put, word } from "./parts";
import * as names from "./desk-scenarios";

/** One play. */
export interface Row {
  file: number;
  line: number;
  who: string;
  scenario: string;
  final: number;
  skills: Record<string, number>;
  band: number;
  pass: boolean;
  mastery: boolean | null;
  attempt: number;
  attempts: number;
  counts: boolean;
  verified: boolean;
  moved: boolean;
  /** For a play on another version: the current result of the same choices. */
  now: { final: number } | null;
  /** The number of choices in its code. */
  turns: number;
}

type Key = string | number;

/** A column: its heading, and its sort key. */
export interface Column<Line> {
  head: (Node | string)[];
  key(line: Line, place: number): Key;
}

/** Shows the table, in the order of the codes. */
export function table(root: HTMLElement, rows: Row[], skills: string[], files: string[], turns: (place: number) => void): void {
  const columns: Column<Row>[] = [
    named("who", (row) => row.who.toLowerCase()),
    named("scenario", (row) => names.title(row.scenario)),
    named("final", (row) => row.final),
    ...skills.map((id) => ({ head: names.skill(id), key: (row: Row) => row.skills[id] ?? -1 })),
    named("band", (row) => row.final),
    named("pass", (row) => (row.mastery ? 2 : Number(row.pass))),
    named("attempt", (row) => row.attempt),
    named("line", (_, place) => place),
  ];
  const lines = rows.map((row, place) => {
    const item = line(row, skills, files);
    if (row.turns) on(item, "turns", () => turns(place));
    else need(item, "[data-do=turns]").remove();
    return item;
  });
  sortable(root, "rows", columns, rows, lines);
}

/** Shows rows at the list `name`, below headings that sort them. */
export function sortable<Line>(root: HTMLElement, name: string, columns: Column<Line>[], all: Line[], lines: HTMLElement[]): void {
  const heads = columns.map(({ head }) => {
    const cell = part("head");
    put(cell, "head", ...head);
    return cell;
  });
  columns.forEach(({ key }, column) => {
    const keys = all.map(key);
    const head = heads[column] as HTMLElement;
    need(head, "button").addEventListener("click", () => {
      const sign = head.ariaSort === "ascending" ? -1 : 1;
      for (const other of heads) other.ariaSort = null;
      head.ariaSort = sign > 0 ? "ascending" : "descending";
      const order = [...keys.keys()].sort((one, other) => sign * compare(keys[one] as Key, keys[other] as Key) || one - other);
      put(root, name, ...order.map((place) => lines[place] as HTMLElement));
    });
  });
  put(root, `${name}-heads`, ...heads);
  put(root, name, ...lines);
}

function named(name: string, key: Column<Row>["key"]): Column<Row> {
  return { head: [word(`class.${name}`)], key };
}

function compare(one: Key, other: Key): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
}

function line(row: Row, skills: string[], files: string[]): HTMLElement {
  const { who, scenario, final, band, pass, mastery, attempt, attempts, counts, verified, moved, now } = row;
  const item = part("row", {
    who: who || word("desk.nobody"),
    scenario: names.title(scenario),
    final,
    band: names.band(band, scenario),
    pass: word(mastery ? "class.mastery" : pass ? "class.passed" : "class.not_passed"),
    attempt: word("desk.attempts", { attempt, attempts }),
    now: now ? word("class.now", { final: now.final }) : "",
    line: word("desk.place", { file: files[row.file] ?? "", line: row.line }),
  });
  item.classList.toggle("apart", !counts);
  item.classList.toggle("won", pass);
  if (verified) need(item, ".told").remove();
  if (!moved) need(item, ".moved").remove();
  const cells = skills.map((id) => fill(part("score"), { score: row.skills[id] ?? "–" }));
  need(item, ".n").after(...cells);
  return item;
}
