/** The ledger: where the points went. */

import type { Line, Report } from "./engine";
import { listed, tenths } from "./language";
import * as model from "./model";
import { filled, part, put, word } from "./parts";
import type { Choice, Story } from "./story";

/** What was done, in a form that fits after "You". */
export function did(choice: Choice): string {
  return choice.short ?? word("ledger.chose", { text: choice.text });
}

/** The rows of the table: those of each moment below what was done there, and finally those of the whole play. */
export function costs(story: Story, report: Report): HTMLElement[] {
  const places = [...new Set(report.ledger.map(({ step }) => step))].sort((one, other) => (one ?? Infinity) - (other ?? Infinity));
  return places.map((place) => {
    const step = place === null ? undefined : report.steps[place];
    const what = step && did(story.choice(step));
    const body = part("marked", { title: what ? word("debrief.did", { number: (place ?? 0) + 1, what }) : word("debrief.whole") });
    body.append(...report.ledger.filter((line) => line.step === place).map((line) => row(story, report, line)));
    return body;
  });
}

function row(story: Story, report: Report, line: Line): HTMLElement {
  const says = sentence(story, report, line);
  const row = part("line", {
    says: line.nothing_left ? `${says} ${word("ledger.nothing_left")}` : says,
    cost: line.shown ? word("ledger.cost", { points: tenths(line.shown) }) : 0,
  });
  put(row, "skill", ...(line.skill === null ? [] : model.tag(story, line.skill)));
  return row;
}

function sentence(story: Story, report: Report, line: Line): string {
  const skill = line.skill === null ? "" : model.name(story, line.skill);
  switch (line.kind) {
    case "rating":
      return word("story.mark", { rating: line.rating ?? 0 });
    case "order": {
      const needs = listed(model.names(story, line.needs), "disjunction");
      return word("ledger.early", { order_says: filled(model.verdicts(story).dataset["order"] ?? "", { skill, needs }) });
    }
    case "slip": {
      const says = model.slip(story, line.slip ?? 0);
      return line.carried ? word("ledger.slip_carried", { what: "", says }) : says;
    }
    case "forfeit":
      return word("ledger.forfeit", { count: line.count, skill });
    case "cap": {
      const cap = report.cap ?? "serious";
      return word("ledger.cap", { band: word(`ledger.${cap}`), limit: model.verdicts(story).dataset[cap] ?? "" });
    }
  }
}
