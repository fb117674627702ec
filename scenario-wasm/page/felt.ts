/** Makes goodwill visible: a gain or a loss flies from the reply to the bar, and the seam beside the words breaks, runs gold,
 *  or is mended along the same break. All of it is also in words; with reduced motion, nothing moves. */

import { isStill, FLOW } from "./bowl";
import { isMirrored, signed } from "./language";
import { part } from "./parts";

/** How a seam appears: a crack snaps, gold flows. */
const SEAMS: Record<string, KeyframeAnimationOptions> = {
  crack: { duration: 300, easing: "steps(7)" },
  gold: { duration: 700, easing: FLOW },
  mended: { duration: 1000, easing: FLOW },
};
/** Until a beat has appeared and the page has scrolled to it. */
const CALM = 320;

const goodwill = () => parseFloat(document.querySelector<HTMLElement>(".meter i")?.style.getPropertyValue("--at") ?? "");

/** Watches the play in this element. An answer may take a while to appear; its effect on goodwill shows afterward. */
export function feel(story: HTMLElement, comes?: (beat: HTMLElement) => Promise<void> | void): void {
  let before = goodwill();
  const watching = new MutationObserver(async (records) => {
    const by = goodwill() - before;
    before = goodwill();
    const shifts = records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node): node is HTMLElement => node instanceof HTMLElement && node.matches(".shift"));
    const [shift, ...others] = shifts;
    // A play that continues from where it was left, or that was started by a press on another page.
    if (others.length || isNaN(by)) return;
    if (shift) await comes?.(shift.parentElement as HTMLElement);
    if (isStill()) return;
    if (shift && by) setTimeout(() => fly(shift, by), CALM);
    for (const { type, target, oldValue } of records) {
      if (type !== "attributes") continue;
      const { seam = "" } = (target as HTMLElement).dataset;
      const way = seam !== oldValue && SEAMS[seam];
      if (way) (target as HTMLElement).animate({ insetBlockEnd: ["100%", "0"] }, { ...way, pseudoElement: "::before" });
    }
  });
  watching.observe(story, { subtree: true, childList: true, attributeFilter: ["data-seam"], attributeOldValue: true });
}

/** Moves a change from the reply to the end of the meter. */
function fly(shift: HTMLElement, by: number): void {
  const meter = document.querySelector(".meter");
  if (!meter || !shift.isConnected) return;
  const [from, to] = [shift.getBoundingClientRect(), meter.getBoundingClientRect()];
  const isSeen = ({ top, bottom }: DOMRect) => top >= 0 && bottom <= innerHeight;
  if (!isSeen(from) || !isSeen(to)) return;
  const flown = part("flown", { by: signed(by) });
  flown.dataset["way"] = shift.dataset["way"];
  document.body.append(flown);
  const at = (to.width * goodwill()) / 100;
  const start = `${isMirrored ? from.right - flown.offsetWidth : from.left}px ${from.top}px`;
  const end = `${(isMirrored ? to.right - at : to.left + at) - flown.offsetWidth / 2}px ${to.top - flown.offsetHeight / 2}px`;
  const way = [{ translate: start, opacity: 0 }, { opacity: 1, offset: 0.2 }, { opacity: 1, offset: 0.8 }, { translate: end, opacity: 0 }];
  flown.animate(way, { duration: 700, easing: "cubic-bezier(.5, 0, .2, 1)" }).onfinish = () => flown.remove();
}
