/** A class as it is shown: the table, what to teach next, and each scenario with its spread and the heat on its path. */

import { tenths } from "./language";
import { fill, hue, need, part, put, word, type Values } from "./parts";
import * as names from "./desk-scenarios";
import { table, type Row } from "./desk-table";
import { showTurns, type Turn } from "./desk-turns";

/** How scores are spread. */
interface Spread {
  count: number;
  mean_tenths: number;
  lowest: number;
  quarter: number;
  middle: number;
  three_quarters: number;
  highest: number;
}

interface Group {
  scenario: string;
  count: number;
  passed: number;
  finals: Spread;
  skills: (Spread & { skill: string })[];
  hidden: boolean;
  decisions: { node: string; count: number; worst: number | null; choices: Record<string, number> }[];
  hardest: string | null;
  early: { node: string; skill: string; count: number }[];
  slips: { slip: string; count: number }[];
  endings: { node: string; count: number }[];
  replayed: number;
}

interface Trouble {
  file: number;
  line: number;
  reason: string;
  scenario?: string;
  of_file?: number;
  of_line?: number;
  code: string;
}

/** What the engine says of a class. */
export interface Class {
  reporting: string;
  rows: Row[];
  troubles: Trouble[];
  repeated: number;
  scenarios: Group[];
  skills: (Spread & { skill: string })[];
  teach: { skill: string | null; decision: { scenario: string; node: string } | null };
}

const share = (count: number, of: number) => Math.floor((200 * count + of) / (2 * (of || 1)));

/** Puts a class on the page. */
export function showReport(root: HTMLElement, all: Class, files: string[], turns: (place: number) => Turn[]): void {
  table(root, all.rows, all.skills.map(({ skill }) => skill), files, (row, place) => showTurns(root, row, turns(place)));
  need(root, ".turns-of").hidden = true;
  fill(root, { sentence: sentence(all) });
  people(root, all);
  const repeated = word("desk.repeated", { count: all.repeated });
  fill(root, { repeated: all.repeated ? repeated : "" });
  need(root, ".unverified-note").hidden = all.rows.every(({ verified }) => verified);
  need(root, ".left-out-note").hidden = all.reporting !== "full" || all.rows.every(({ verified }) => verified);
  need(root, ".moved-note").hidden = all.rows.every(({ moved }) => !moved);
  need(root, ".class").hidden = !all.rows.length;
  troubles(root, all.troubles, files);
  teach(root, all);
  put(root, "played", ...all.scenarios.map(group));
}

/** The class in a sentence. */
function sentence({ scenarios, skills, teach }: Class): string {
  const count = scenarios.reduce((sum, each) => sum + each.count, 0);
  const passed = scenarios.reduce((sum, each) => sum + each.passed, 0);
  if (!count) return word("desk.none_counts");
  const all = word("class.sentence", { count, passed });
  if (teach.decision) {
    const { scenario, node } = teach.decision;
    const met = scenarios.find((each) => each.scenario === scenario)?.decisions.find((each) => each.node === node);
    const values = { title: names.title(scenario), share: share(met?.worst ?? 0, met?.count ?? 0), says: names.moment(node, scenario).says };
    return `${all} ${word("class.sentence_moment", values)}`;
  }
  const weakest = skills.find(({ skill }) => skill === teach.skill);
  return weakest ? `${all} ${word("class.sentence_skill", { skill: names.skillName(weakest.skill), mean: tenths(weakest.mean_tenths) })}` : all;
}

/** A line for each person who gave a name, a column for each conversation. */
function people(root: HTMLElement, { rows, scenarios }: Class): void {
  const all = new Map<string, { who: string; plays: Map<string, Row> }>();
  for (const row of rows.filter(({ who }) => who)) {
    const key = row.who.toLowerCase();
    const person = all.get(key) ?? { who: row.who, plays: new Map<string, Row>() };
    all.set(key, person);
    if (row.counts) person.plays.set(row.scenario, row);
  }
  const some = scenarios.length > 1 && all.size > 0;
  need(root, ".people").hidden = !some;
  put(root, "people-heads", part("people-head", { title: word("class.who") }), ...scenarios.map(({ scenario }) => part("people-head", { title: names.title(scenario) })));
  const lines = [...(some ? all.values() : [])].map(({ who, plays }) => {
    const item = part("person", { who });
    const cells = scenarios.map(({ scenario }) => {
      const row = plays.get(scenario);
      return part("people-cell", { final: row ? `${row.pass ? "✓ " : ""}${row.final}` : "–" });
    });
    item.append(...cells);
    return item;
  });
  put(root, "people", ...lines);
}

function troubles(root: HTMLElement, all: Trouble[], files: string[]): void {
  need(root, ".troubles").hidden = !all.length;
  const items = all.map(({ file, line, reason, scenario, of_file, of_line, code }) => {
    const place = word("desk.place", { file: files[file] ?? "", line });
    const values: Values = { title: scenario ? names.title(scenario) : "", place: word("desk.place", { file: files[of_file ?? 0] ?? "", line: of_line ?? 0 }) };
    return part("trouble", { place, code, says: word(`desk.reason_${reason}`, values) });
  });
  put(root, "troubles", ...items);
}

function teach(root: HTMLElement, { teach, skills, scenarios }: Class): void {
  const items: HTMLElement[] = [];
  const weakest = skills.find(({ skill }) => skill === teach.skill);
  if (weakest) {
    const item = part("lesson-skill", { says: word("desk.teach_skill", { mean: tenths(weakest.mean_tenths) }) });
    put(item, "skill", ...names.skill(weakest.skill));
    items.push(item);
  }
  if (teach.decision) {
    const { scenario, node } = teach.decision;
    const met = scenarios.find((each) => each.scenario === scenario)?.decisions.find((each) => each.node === node);
    const { number, says } = names.moment(node, scenario);
    const values = { number, says, title: names.title(scenario), share: share(met?.worst ?? 0, met?.count ?? 0) };
    const item = part("lesson-moment", { says: word("desk.teach_moment", values) });
    const lessons = names.lessons(scenario);
    if (lessons.length) put(item, "lessons", ...lessons.flatMap((lesson, place) => (place ? [" · ", lesson] : [lesson])));
    else need(item, ".behind").remove();
    items.push(item);
  }
  need(root, ".teach").hidden = !items.length;
  put(root, "teach", ...items);
}

function group(group: Group): HTMLElement {
  const { scenario, count, passed, replayed } = group;
  const values = { count, passed, share: share(passed, count) };
  const section = part("played", { title: names.title(scenario), says: word("class.plays", values) });
  const finals = spread(group.finals, [part("spread-name", { name: word("class.final") })]);
  const skills = group.skills.map((each) => {
    const item = spread(each, names.skill(each.skill, scenario));
    item.classList.add(hue(item));
    return item;
  });
  put(section, "spreads", finals, ...skills);
  need(section, ".hidden-note").hidden = !group.hidden;
  need(section, ".choices-part").hidden = group.hidden;
  put(section, "path", ...group.decisions.map((met) => moment(met, scenario, met.node === group.hardest)));
  const of = replayed;
  const findings: string[] = [];
  const [early] = group.early;
  if (early) findings.push(word("desk.early", { skill: names.skillName(early.skill, scenario), number: names.moment(early.node, scenario).number, count: early.count, of }));
  const [slip] = group.slips;
  if (slip) findings.push(word("class.slip", { slip: names.slip(slip.slip, scenario), count: slip.count, of }));
  for (const { node, count } of group.endings) findings.push(word("class.ended", { ending: names.ending(node, scenario), count, of }));
  put(section, "findings", ...findings.map((says) => part("finding", { says })));
  return section;
}

/** The scores from the lowest to the highest, the middle half of them, and the one in the middle. */
function spread(of: Spread, name: Node[]): HTMLElement {
  const { mean_tenths, lowest, quarter, middle, three_quarters, highest } = of;
  const says = word("desk.spread", { mean: tenths(mean_tenths), lowest, quarter, middle, three_quarters, highest });
  const item = part("spread", { mean: tenths(mean_tenths), says });
  put(item, "name", ...name);
  const place = (selector: string, from: number, to: number) => {
    const { style } = need(item, selector);
    style.setProperty("--from", `${from}%`);
    style.setProperty("--long", `${to - from}%`);
  };
  place(".range", lowest, highest);
  place(".half", quarter, three_quarters);
  place(".mid", middle, middle);
  return item;
}

/** A decision on the path: how many chose worst, and what was chosen. */
function moment(met: Group["decisions"][number], scenario: string, isHardest: boolean): HTMLElement {
  const { number, says, tests, choices } = names.moment(met.node, scenario);
  const item = part("moment", { number, says });
  put(item, "tests", ...tests);
  item.dataset["node"] = met.node;
  item.classList.toggle("hardest", isHardest);
  need(item, ".flag").hidden = !isHardest;
  if (met.worst === null) {
    fill(item, { worst: word("desk.few", { count: met.count }) });
    return item;
  }
  const heat = share(met.worst, met.count);
  fill(item, { worst: word("desk.worst", { worst: met.worst, count: met.count, share: heat }) });
  item.style.setProperty("--heat", `${heat}%`);
  put(
    item,
    "choices",
    ...choices.map(({ id, text, worth }) => {
      const count = met.choices[id] ?? 0;
      const choice = part("chosen", { text, count: word("desk.chosen", { count, share: share(count, met.count) }) });
      if (worth) fill(choice, { worth: word(worth === "worst" ? "desk.worst_choice" : "desk.strongest") });
      choice.dataset["worth"] = worth;
      need(choice, ".made i").style.setProperty("--at", `${share(count, met.count)}%`);
      return choice;
    }),
  );
  return item;
}
