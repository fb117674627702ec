/** A phone call: its clock runs from the first moment to the end, and a wave moves while somebody speaks. */

import { isStill } from "./bowl";
import { duration } from "./language";
import { fill, part } from "./parts";

/** Watches for a play in this element. Returns a function to be called with each answer. */
export function call(story: HTMLElement): (beat: HTMLElement) => void {
  let tick = () => {};
  const start = () => {
    const count = story.querySelector(".bar .count");
    if (!count || count.nextElementSibling) return;
    const clock = part("clock");
    const began = Date.now();
    tick = () => void fill(clock, { time: duration(Math.round((Date.now() - began) / 1000)) });
    tick();
    count.after(clock);
    // With reduced motion, it moves with each turn of the talk.
    const counting = setInterval(() => {
      if (!clock.isConnected || story.querySelector(".ending")) clearInterval(counting);
      else if (!isStill()) tick();
    }, 1000);
  };
  new MutationObserver(start).observe(story, { childList: true });
  start();
  return (beat) => {
    tick();
    const stage = beat.closest(".stage");
    stage?.classList.add("speaks");
    setTimeout(() => stage?.classList.remove("speaks"), Math.min(4000, 25 * (beat.querySelector(".answer")?.textContent ?? "").length));
  };
}
