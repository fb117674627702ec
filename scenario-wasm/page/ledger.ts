/** The ledger in sentences: where the points went. */

import type { Line, Report } from "./engine";
import { listed, tenths } from "./language";
import * as model from "./model";
import { filled, part, put, word } from "./parts";
import type { Choice, Story } from "./story";

/** What was done, to stand after "You". */
export function did(choice: Choice): string {
  return choice.short ?? word("ledger.chose", { text: choice.text });
}

/** The rows of the table. */
export function rows(story: Story, report: Report): HTMLElement[] {
  return report.ledger.map((line) => {
    const row = part("line", {
      says: says(story, report, line),
      cost: line.shown ? word("ledger.cost", { points: tenths(line.shown) }) : 0,
    });
    put(row, "skill", ...(line.skill === null ? [] : model.tag(story, line.skill)));
    return row;
  });
}

function says(story: Story, report: Report, line: Line): string {
  const sentence = main(story, report, line);
  return line.nothing_left ? `${sentence} ${word("ledger.nothing_left")}` : sentence;
}

function main(story: Story, report: Report, line: Line): string {
  const step = line.step === null ? undefined : report.steps[line.step];
  const what = step ? did(story.choice(step.node, step.choice)) : "";
  const skill = line.skill === null ? "" : model.name(story, line.skill);
  switch (line.kind) {
    case "rating":
      return word("ledger.rating", { what, skill, got: line.rating ?? 0 });
    case "order": {
      const needs = listed(model.names(story, line.needs), "disjunction");
      const order_says = filled(model.verdicts(story).dataset["order"] ?? "", { skill, needs });
      return word("ledger.order", { what, order_says });
    }
    case "slip": {
      const named = model.slip(story, line.slip ?? 0);
      return word(line.carried ? "ledger.slip_carried" : "ledger.slip", { what, says: named });
    }
    case "forfeit":
      return word("ledger.forfeit", { count: line.count, skill });
    case "cap": {
      const cap = report.cap ?? "serious";
      return word("ledger.cap", { band: word(`ledger.${cap}`), limit: model.verdicts(story).dataset[cap] ?? "" });
    }
  }
}
