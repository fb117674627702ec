/** Who of a list of names has sent nothing, as `amends results --roster` says it: names are compared as codes carry them. */

import { need, part, put, word } from "./parts";
import type { Row } from "./desk-table";

interface Listed {
  name: string;
  group: string;
}

/** Figures of a group need as many people. */
const MIN_GROUP = 5;

/** A name as codes carry it, in any case. */
function key(name: string): string {
  const letters = [...name.normalize().trim()].slice(0, 24);
  const carried = letters.reduce((all, letter) => {
    if (/\p{White_Space}/u.test(letter)) return all.endsWith("-") ? all : `${all}-`;
    return /[\p{Cc},;"\\%~]/u.test(letter) ? all : all + letter;
  }, "");
  return carried.toLowerCase();
}

/** The lines of a list: a name, and behind a comma, a semicolon or a tab a group. A heading is passed over. */
function listed(text: string): Listed[] {
  const all = text.split(/\r?\n/).map((line) => {
    const sign = ["\t", ";", "،"].find((each) => line.includes(each)) ?? ",";
    const cells = line.split(new RegExp(`${sign}(?=(?:[^"]*"[^"]*")*[^"]*$)`)).map((cell) => cell.replaceAll('"', "").trim());
    return { name: cells[0] ?? "", group: cells[1] ?? "" };
  });
  const named = all.filter(({ name }) => name);
  return /^(?:name|who)$/i.test(named[0]?.name ?? "") ? named.slice(1) : named;
}

/** Whether two names may be of one person: a slip or two apart, the words in another order, or only some of them. */
function isNear(one: string, other: string): boolean {
  const [ones, others] = [one, other].map((name) => name.split("-").filter(Boolean).sort()) as [string[], string[]];
  const [fewer, more] = ones.length < others.length ? [ones, others] : [others, ones];
  const slips = Math.min([...one].length, [...other].length) < 5 ? 1 : 2;
  return (fewer.length > 0 && fewer.every((word) => more.includes(word))) || distance([...ones.join("")], [...others.join("")]) <= slips;
}

/** How many letters were changed, left out, added or swapped with their neighbour. */
function distance(one: string[], other: string[]): number {
  const rows = [[...other.keys(), other.length]];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    const own = [row];
    rows.push(own);
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      own.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + Number(!isSame), isSwapped ? at(row - 2, column - 2) + 1 : Infinity));
    }
  }
  return at(one.length, other.length);
}

/** Puts on the page what a list says beside the codes. */
export function roster(root: HTMLElement, text: string, rows: Row[]): void {
  const list = listed(text).map((line) => ({ ...line, key: key(line.name) }));
  const sent = new Map<string, { who: string; plays: Row[] }>();
  for (const row of rows.filter(({ who }) => who)) {
    const person = sent.get(key(row.who)) ?? { who: row.who, plays: [] };
    sent.set(key(row.who), person);
    if (row.counts) person.plays.push(row);
  }
  const unlisted = [...sent].filter(([name]) => list.every((line) => line.key !== name));
  const comma = word("punctuation.comma");
  const missing = list.filter((line) => !sent.has(line.key)).map(({ name, group, key }) => {
    const near = unlisted.filter(([other]) => isNear(key, other)).map(([, { who }]) => who);
    return part("missing", { name, group, perhaps: near.length ? word("class.perhaps", { names: near.join(comma) }) : "" });
  });
  const says: string[] = [];
  if (unlisted.length) says.push(word("class.unlisted", { names: unlisted.map(([, { who }]) => who).join(comma) }));
  for (const group of new Set(list.map(({ group }) => group).filter(Boolean))) {
    const members = list.filter((line) => line.group === group);
    const own = members.flatMap((line) => sent.get(line.key) ?? []);
    const plays = own.flatMap(({ plays }) => plays);
    const passed = word("class.sentence", { count: plays.length, passed: plays.filter(({ pass }) => pass).length });
    says.push(`${word("class.group_sent", { group, sent: own.length, listed: members.length })} ${own.length < MIN_GROUP ? "" : passed}`.trim());
  }
  need(root, ".roster").hidden = !list.length;
  need(root, ".nobody-missing").hidden = missing.length > 0;
  put(root, "missing", ...missing);
  put(root, "roster", ...says.map((each) => part("finding", { says: each })));
}
