/** The curve of goodwill: the seam again, lying down. The list of points says in words what the line shows. */

import { moodOf } from "./engine";
import { need, part, put, word } from "./parts";

export function curve(root: ParentNode, goodwill: number[]): void {
  const last = goodwill.length - 1;
  const x = (place: number) => (100 * place) / Math.max(1, last);
  let crack = "";
  let gold = "";
  for (let place = 1; place <= last; place++) {
    const [from, to] = [at(goodwill, place - 1), at(goodwill, place)];
    const ends: Ends = [x(place - 1), 100 - from, x(place), 100 - to];
    if (to < from) crack += cracked(ends);
    else gold += `M${ends[0]} ${ends[1]}L${ends[2]} ${ends[3]}`;
  }
  need(root, "path.crack").setAttribute("d", crack);
  need(root, "path.gold").setAttribute("d", gold);
  const [least, most] = [Math.min(...goodwill), Math.max(...goodwill)];
  const points = goodwill.map((value, place) => {
    const point = part("point", { says: says(goodwill, place), goodwill: value });
    point.style.setProperty("--x", `${x(place)}%`);
    point.style.setProperty("--y", `${100 - value}%`);
    point.classList.toggle("down", place > 0 && value < at(goodwill, place - 1));
    point.classList.toggle("edge", value === least || value === most);
    return point;
  });
  put(root, "points", ...points);
}

type Ends = [fromX: number, fromY: number, toX: number, toY: number];

function at(goodwill: number[], place: number): number {
  return goodwill[place] ?? 0;
}

/** A broken line between two points. */
function cracked([fromX, fromY, toX, toY]: Ends): string {
  const [wide, high] = [toX - fromX, toY - fromY];
  const bends = [
    [0.28, 0.12],
    [0.2, 0.4],
    [0.62, 0.48],
    [0.52, 0.78],
    [0.86, 0.84],
  ] as const;
  const line = bends.map(([along, down]) => `L${fromX + along * wide} ${fromY + down * high}`);
  return `M${fromX} ${fromY}${line.join("")}L${toX} ${toY}`;
}

function says(goodwill: number[], place: number): string {
  const value = at(goodwill, place);
  const by = place > 0 ? value - at(goodwill, place - 1) : 0;
  const where = place > 0 ? word("moment", { number: place }) : word("debrief.before");
  const moved = by ? word(by > 0 ? "debrief.rose" : "debrief.fell", { by: Math.abs(by) }) : "";
  const stands = word("debrief.point", { goodwill: value, mood: word(`mood.${moodOf(value)}`) });
  return `${where}: ${stands}${moved && `, ${moved}`}`;
}
