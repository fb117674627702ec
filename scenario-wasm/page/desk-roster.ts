/** The names on a list that have sent nothing, as in `amends results --roster`, compared in the form that codes contain. */

import type { Codes } from "./codes";
import type { Row } from "./desk-table";
import { need, part, put, word } from "./parts";

interface Listed {
  name: string;
  group: string;
}

/** Figures about a group need at least this many people. */
const MIN_GROUP = 5;

/** The rows of a list: a name and, after a comma, a semicolon or a tab, a group. Skips a heading, and the line that tells
 *  Excel what separates cells. */
function listed(text: string): Listed[] {
  const all = text.split(/\r?\n/).map((line) => {
    const sign = ["\t", ";", "،"].find((each) => line.includes(each)) ?? ",";
    const cells = line.split(new RegExp(`${sign}(?=(?:[^"]*"[^"]*")*[^"]*$)`)).map((cell) => cell.replaceAll('"', "").trim());
    return { name: cells[0] ?? "", group: cells[1] ?? "" };
  });
  const named = all.filter(({ name }) => name && name !== "sep=");
  return /^(?:name|who)$/i.test(named[0]?.name ?? "") ? named.slice(1) : named;
}

/** Shows what a list adds to the codes. */
export function roster(root: HTMLElement, text: string, rows: Row[], { key, near }: Codes): void {
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
    const names = unlisted.filter(([other]) => near(key, other)).map(([, { who }]) => who);
    return part("missing", { name, group, perhaps: names.length ? word("class.perhaps", { names: names.join(comma) }) : "" });
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
