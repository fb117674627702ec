/** One play turn by turn: what was chosen, and what it was worth. Shown on request, and only where a course reports choices. */

import { fill, need, part, put, word } from "./parts";
import * as names from "./desk-scenarios";
import type { Row } from "./desk-table";

/** A decision, and what was chosen there, by their ids. */
export interface Turn {
  node: string;
  choice: string;
}

/** Puts a play on the page and brings it into view. */
export function showTurns(root: HTMLElement, row: Row, turns: Turn[]): void {
  const section = need(root, ".turns-of");
  const { scenario, who } = row;
  fill(section, { title: word("desk.turns_of", { who: who || word("desk.nobody"), title: names.title(scenario) }) });
  const items = turns.map(({ node, choice }) => {
    const { number, says, tests, choices } = names.moment(node, scenario);
    const chosen = choices.find(({ id }) => id === choice);
    const item = part("turn", { number, says, text: chosen?.text ?? choice });
    put(item, "tests", ...tests);
    if (chosen?.worth) fill(item, { worth: word(chosen.worth === "worst" ? "desk.worst_choice" : "desk.strongest") });
    return item;
  });
  put(section, "turns", ...items);
  section.hidden = false;
  section.focus();
}
