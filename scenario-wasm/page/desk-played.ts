/** A conversation as the class played it: the distribution of scores, and how its decisions went. */

import { tenths } from "./language";
import { fill, hue, need, part, put, word } from "./parts";
import type { Group, Spread } from "./desk-report";
import * as names from "./desk-scenarios";

export const share = (count: number, of: number) => Math.floor((200 * count + of) / (2 * (of || 1)));

/** A conversation as a chapter. */
export function played(group: Group, isOpen: boolean): HTMLElement {
  const { scenario, count, passed, replayed } = group;
  const section = part("played", { title: names.title(scenario), says: word("class.plays", { count, passed, share: share(passed, count) }) });
  section.toggleAttribute("open", isOpen);
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

/** The scores from the lowest to the highest, with the middle half and the median. */
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
export function moment(met: Group["decisions"][number], scenario: string, isHardest: boolean): HTMLElement {
  const { number, says, tests, choices } = names.moment(met.node, scenario);
  const item = part("moment", { number, says });
  put(item, "tests", ...tests);
  item.dataset["node"] = met.node;
  item.classList.toggle("hardest", isHardest);
  if (met.worst === null) {
    fill(item, { worst: word("desk.few", { count: met.count }) });
    return item;
  }
  const heat = share(met.worst, met.count);
  fill(item, { worst: word("desk.worst", { worst: met.worst, count: met.count, share: heat }) });
  item.style.setProperty("--heat", `${heat}%`);
  const chosen = choices.map(({ id, text, worth }) => {
    const count = met.choices[id] ?? 0;
    const choice = part("chosen", { text, count: word("desk.chosen", { count, share: share(count, met.count) }) });
    if (worth) fill(choice, { worth: word(worth === "worst" ? "desk.worst_choice" : "desk.strongest") });
    choice.dataset["worth"] = worth;
    need(choice, ".made i").style.setProperty("--at", `${share(count, met.count)}%`);
    return choice;
  });
  put(item, "choices", ...chosen);
  return item;
}
