/** A chat: three dots while the other side types. A key or a press ends the wait. */

import { isStill } from "./bowl";
import { need, part, word } from "./parts";

/** The duration of one cycle of the dots. */
const ROUND = 1200;

/** Delays an answer for as long as it is typed; one without a message from them appears at once. */
export async function typed(beat: HTMLElement): Promise<void> {
  const [by, stage] = [beat.querySelector(".answer .by:has(~ .line)"), beat.closest(".stage")];
  if (!by || !stage || isStill()) return;
  by.after(part("dots", { says: word("play.typing", { name: by.textContent ?? "" }) }));
  beat.classList.add("typing");
  stage.classList.add("waits");
  await new Promise<void>((done) => {
    const over = new AbortController();
    const end = (event?: Event) => {
      if ((event as KeyboardEvent | undefined)?.repeat) return;
      // It must not press something that is not visible yet.
      event?.stopPropagation();
      over.abort();
      done();
    };
    for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, end, { capture: true, signal: over.signal });
    setTimeout(end, ROUND);
  });
  need(beat, ".dots").remove();
  beat.classList.remove("typing");
  stage.classList.remove("waits");
}
