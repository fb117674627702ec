/** The bowl: its golden seams are drawn one after the other. */

/** Whether this reader prefers reduced motion. */
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The easing with which gold is drawn. */
export const FLOW = "cubic-bezier(.6, 0, .3, 1)";

/** Draws the seams of a mended bowl, starting at this one, in at most a second and a half. Below the gold are the cracks. */
export function mend(bowl: Element, from = 0): void {
  if (isStill()) return;
  const seams = [...bowl.querySelectorAll<SVGPathElement>(".seams .gold")].slice(from);
  const gap = Math.min(280, 1220 / Math.max(1, seams.length - 1));
  seams.forEach((seam, place) => {
    const crack = seam.cloneNode() as SVGElement;
    crack.classList.remove("gold");
    seam.before(crack);
    const length = seam.getTotalLength();
    const way = { strokeDasharray: [length, length], strokeDashoffset: [length, 0] };
    seam.animate(way, { duration: 280, delay: place * gap, easing: FLOW, fill: "backwards" }).onfinish = () => crack.remove();
  });
}
