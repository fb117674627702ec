/** A drill: a moment or two in a lesson, played in place. The only thing stored is that it was played to its end. */

import { Engine } from "./engine";
import { on, part, word } from "./parts";
import { Play } from "./play";
import { drilled } from "./store";
import type { Story } from "./story";

export function drill(story: Story, failed: () => void): void {
  const engine = new Engine(story.graph);
  const begin = (): Play =>
    new Play(story, engine, { mode: "practice", seed: 0, tries: 0 }, { moved: () => {}, shown: () => {}, ended, failed });
  let play = begin();

  function ended(): void {
    const note = part("drill-end", { says: verdict(story, engine) });
    on(note, "again", () => {
      play.stage.root.remove();
      play = begin();
      play.focus();
    });
    play.stage.add(note);
    void keep(story);
  }
}

/** Counts the drill toward its lesson, and notifies the script that shows the progress. */
async function keep(story: Story): Promise<void> {
  const slug = document.querySelector<HTMLElement>(".finish")?.dataset["lesson"];
  if (!slug) return;
  const detail = await drilled(slug, [...document.querySelectorAll(".drill")].indexOf(story.root));
  document.dispatchEvent(new CustomEvent("amends:drilled", { detail }));
}

function verdict(story: Story, engine: Engine): string {
  const { steps } = engine.report();
  const strong = steps.filter((step) => story.choice(step).strongest).length;
  if (strong === steps.length) return word(strong === 1 ? "drill.strong" : "drill.strong_all");
  return steps.length === 1 ? word("drill.weak") : word("drill.some", { count: strong, of: steps.length });
}
