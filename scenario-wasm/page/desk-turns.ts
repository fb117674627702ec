/** A play turn by turn: what was said, its rating, and what would have been stronger. Shown on request, and only if the
 *  course reports choices. */

import { fill, need, on, part, put, word } from "./parts";
import * as names from "./desk-scenarios";
import type { Row } from "./desk-table";
import { printed } from "./export";

/** A decision and what was chosen there, by their ids, and the goodwill after it. */
export interface Turn {
  node: string;
  choice: string;
  goodwill: number;
}

/** Shows a play and scrolls to it. */
export function showTurns(root: HTMLElement, row: Row, turns: Turn[]): void {
  const section = need(root, ".turns-of");
  const { scenario, who, final, pass } = row;
  const name = who || word("desk.nobody");
  fill(section, {
    title: word("desk.turns_of", { who: name, title: names.title(scenario) }),
    final,
    pass: word(pass ? "class.passed" : "class.not_passed"),
  });
  put(section, "turns", ...turns.map((turn) => shown(turn, name, scenario)));
  section.hidden = false;
  section.focus();
  // Focus alone may center a tall section.
  section.scrollIntoView();
}

/** Prints only the conversation. */
export function printsTurns(root: HTMLElement): void {
  on(root, "print-turns", () => {
    root.classList.add("talk-only");
    addEventListener("afterprint", () => root.classList.remove("talk-only"), { once: true });
    printed(need(root, ".turns-of .acts"));
  });
}

function shown({ node, choice, goodwill }: Turn, who: string, scenario: string): HTMLElement {
  const { all, tests, choices } = names.moment(node, scenario);
  const chosen = choices.find(({ id }) => id === choice);
  const strongest = choices.find(({ worth }) => worth === "strongest");
  const isBest = chosen?.worth === "strongest";
  const best = isBest ? "" : (strongest?.text ?? "");
  const item = part("turn", { says: all, who, text: chosen?.text ?? choice, goodwill: word("play.goodwill", { goodwill }), best });
  item.dataset["seam"] = isBest ? "gold" : chosen?.worth === "worst" ? "crack" : "plain";
  const marks = (chosen?.ratings ?? []).map((rating, place) => {
    const mark = part("mark", { rating: word("story.mark", { rating }) });
    put(mark, "skill", tests[place] ?? "");
    return mark;
  });
  put(item, "marks", ...marks);
  return item;
}
