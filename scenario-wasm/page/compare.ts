/** Two attempts at one conversation: the first one that was stored, and this one. */

import type { DebriefRequest } from "./debrief";
import { did } from "./ledger";
import { fill, need, word } from "./parts";
import { attempts, isSame } from "./store";
import { curve } from "./timeline";

/** Draws both, if there is an earlier attempt that still fits the conversation. */
export function compare(root: HTMLElement, { story, report, info, run, reportOf }: DebriefRequest): void {
  const section = need(root, ".two");
  const now = { seed: info.seed, run };
  const first = attempts(story.slug).find((attempt) => !isSame(attempt, now));
  const before = first && reportOf(first.run);
  const at = before ? before.steps.findIndex((step, place) => step.choice !== report.steps[place]?.choice) : -1;
  const [one, other] = [before?.steps[at], report.steps[at]];
  if (!before || !one || !other) {
    section.remove();
    return;
  }
  fill(section, {
    first: before.final?.rounded ?? 0,
    now: report.final?.rounded ?? 0,
    parted: word("debrief.parted", {
      number: at + 1,
      before: did(story.choice(one)),
      now: did(story.choice(other)),
    }),
  });
  curve(need<SVGElement>(section, "svg"), before.goodwill, report.goodwill, at);
  section.hidden = false;
}
