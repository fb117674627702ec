/** The table of people: a row for each person, a column for each conversation; a press shows what the person chose. */

import type { Codes } from "./codes";
import { need, part, put, word } from "./parts";
import type { Class } from "./desk-report";
import * as names from "./desk-scenarios";
import { sortable, type Column, type Row } from "./desk-table";

interface Person {
  who: string;
  /** The attempts that count, by conversation: their index in the report. */
  plays: Map<string, number>;
}

/** Puts the table on the page. */
export function showPeople(root: HTMLElement, { rows, scenarios }: Class, turns: (place: number) => void, key: Codes["key"]): void {
  const people = peopleOf(rows, key);
  const row = ({ plays }: Person, scenario: string) => rows[plays.get(scenario) ?? -1];
  const played: Column<Person>[] = scenarios.map(({ scenario }) => ({
    head: [...names.face(scenario), names.title(scenario)],
    key: (person) => row(person, scenario)?.final ?? -1,
  }));
  const columns = [{ head: [word("class.who")], key: ({ who }: Person) => who.toLowerCase() }, ...played];
  const lines = people.map((person) => {
    const line = part("person", { who: person.who || word("desk.nobody") });
    line.append(...scenarios.map(({ scenario }) => score(row(person, scenario), () => turns(person.plays.get(scenario) ?? -1))));
    return line;
  });
  sortable(root, "people", columns, people, lines);
  const passed = scenarios.map(({ count, passed }) => part("people-sum", { sum: word("desk.attempts", { attempt: passed, attempts: count }) }));
  put(root, "people-sums", part("person-head", { who: word("class.passed") }), ...passed);
}

/** People by name, in the order of the codes; a play without a name is a row of its own. */
function peopleOf(rows: Row[], key: Codes["key"]): Person[] {
  const all = new Map<string | number, Person>();
  rows.forEach((row, place) => {
    const name = key(row.who) || place;
    const person = all.get(name) ?? { who: row.who, plays: new Map() };
    if (row.who || row.counts) all.set(name, person);
    if (row.counts) person.plays.set(row.scenario, place);
  });
  return [...all.values()];
}

function score(row: Row | undefined, turns: () => void): HTMLElement {
  if (!row) return part("not-played");
  const cell = part("people-cell", { final: row.final, pass: word(row.pass ? "class.passed" : "class.not_passed") });
  cell.classList.add(row.pass ? "won" : "lost");
  const button = need(cell, "button");
  if (!row.turns) {
    button.replaceWith(...button.childNodes);
    return cell;
  }
  button.addEventListener("click", () => {
    turns();
    for (const other of cell.closest("table")?.querySelectorAll("[aria-current]") ?? []) other.ariaCurrent = null;
    button.ariaCurrent = "true";
  });
  return cell;
}
