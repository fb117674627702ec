/** The report on a class: first a sentence, then the table of people, what to teach next, and a chapter for each
 *  conversation. */

import type { Codes } from "./codes";
import { showPortraits } from "./faces";
import { tenths } from "./language";
import { fill, need, part, put, word, type Values } from "./parts";
import { showPeople } from "./desk-people";
import { moment, played, share } from "./desk-played";
import * as names from "./desk-scenarios";
import { table, type Row } from "./desk-table";
import { showTurns, type Turn } from "./desk-turns";

/** A distribution of scores. */
export interface Spread {
  count: number;
  mean_tenths: number;
  lowest: number;
  quarter: number;
  middle: number;
  three_quarters: number;
  highest: number;
}

export interface Group {
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

/** The engine's report on a class. */
export interface Class {
  reporting: string;
  rows: Row[];
  troubles: Trouble[];
  repeated: number;
  scenarios: Group[];
  skills: (Spread & { skill: string })[];
  teach: { skill: string | null; decision: { scenario: string; node: string } | null };
}

/** Puts a class on the page. */
export function showReport(root: HTMLElement, all: Class, files: string[], turns: (place: number) => Turn[], key: Codes["key"]): void {
  const { rows, scenarios, reporting, repeated } = all;
  const show = (place: number) => showTurns(root, rows[place] as Row, turns(place));
  need(root, ".turns-of").hidden = true;
  opening(root, all);
  troubles(root, all.troubles, files);
  need(root, ".class").hidden = !rows.length;
  showPeople(root, all, show, key);
  table(root, rows, all.skills.map(({ skill }) => skill), files, show);
  // What holds for every row is said once, instead of in each of them.
  root.classList.toggle("unverified", rows.every(({ verified }) => !verified));
  const areVerified = rows.every(({ verified }) => verified);
  need(root, ".unverified-note").hidden = areVerified;
  need(root, ".left-out-note").hidden = reporting !== "full" || areVerified;
  need(root, ".moved-note").hidden = rows.every(({ moved }) => !moved);
  need(root, ".apart-note").hidden = rows.every(({ counts }) => counts);
  fill(root, { repeated: repeated ? word("desk.repeated", { count: repeated }) : "" });
  teach(root, all);
  put(root, "played", ...scenarios.map((group) => played(group, scenarios.length === 1)));
  showPortraits();
}

/** The decision at which most people chose worst. */
function hardest({ scenarios, teach: { decision } }: Class) {
  const group = scenarios.find(({ scenario }) => scenario === decision?.scenario);
  const met = group?.decisions.find(({ node }) => node === decision?.node);
  return group && met && { ...group, met, share: share(met.worst ?? 0, met.count), moment: names.moment(met.node, group.scenario) };
}

/** The weakest skill. */
const weakest = ({ skills, teach }: Class) => skills.find(({ skill }) => skill === teach.skill);

/** A sentence about the class, and what it is based on. */
function opening(root: HTMLElement, all: Class): void {
  const { scenarios } = all;
  const [worst, weak] = [hardest(all), weakest(all)];
  const count = scenarios.reduce((sum, each) => sum + each.count, 0);
  const passed = scenarios.reduce((sum, each) => sum + each.passed, 0);
  const values: Values = { passed: count ? word("class.sentence", { count, passed }) : word("desk.none_counts"), slipped: "", lede: "" };
  if (worst) {
    values["slipped"] = word("desk.slipped", { says: worst.moment.says });
    values["lede"] = word("desk.slipped_in", { number: worst.moment.number, title: names.title(worst.scenario), worst: worst.met.worst ?? 0, count: worst.met.count });
  } else if (count && weak) values["lede"] = word("class.sentence_skill", { skill: names.skillName(weak.skill), mean: tenths(weak.mean_tenths) });
  fill(root, values);
  need(root, ".sentence b").classList.toggle("some", passed > 0);
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

/** What to teach next. */
function teach(root: HTMLElement, all: Class): void {
  const [worst, weak] = [hardest(all), weakest(all)];
  const items: HTMLElement[] = [];
  put(root, "hardest");
  if (worst) {
    const { met, scenario, share } = worst;
    const { number, says } = worst.moment;
    const item = part("lesson-moment", { says: word("desk.teach_moment", { number, says, title: names.title(scenario), share }) });
    put(item, "lessons", ...names.lessons(scenario));
    items.push(item);
    const shown = moment(met, scenario, false);
    need(shown, ".words").prepend(...names.face(scenario));
    put(root, "hardest", shown);
  }
  if (weak) {
    const item = part("lesson-skill", { says: word("desk.teach_skill", { mean: tenths(weak.mean_tenths) }) });
    put(item, "skill", ...names.skill(weak.skill));
    items.push(item);
  }
  need(root, ".teach").hidden = !items.length;
  put(root, "teach", ...items);
}
