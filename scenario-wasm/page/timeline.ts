/** The conversation as a timeline: a lane for each skill with its ratings, and goodwill as a horizontal seam.
 *
 *  Drawn twice, horizontally for wide pages and vertically for narrow ones; CSS shows one. Both are hidden from screen
 *  readers: the list of points says the same in words. */

import { moodOf, type Report, type Step } from "./engine";
import { isMirrored, listed, formatted } from "./language";
import { did } from "./ledger";
import * as model from "./model";
import { hue, need, part, put, word } from "./parts";
import type { Story } from "./story";

/** A rating: its moment, its lane, and whether it came too early. */
interface Mark {
  step: number;
  lane: number;
  rating: number;
  early: boolean;
}

/** Positions in units of the drawing: `along` is time, `across` has the lanes and then goodwill. */
interface Frame {
  upright: boolean;
  width: number;
  height: number;
  /** Where time starts and ends, and the length of a step. */
  start: number;
  end: number;
  step: number;
  firstLane: number;
  laneGap: number;
  /** The positions of goodwill 0 and 100. */
  low: number;
  high: number;
}

type Point = [x: number, y: number];

export function timeline(root: HTMLElement, story: Story, report: Report): void {
  const lanes = report.skills.map(({ skill }) => skill);
  const marks = ratings(story, report, lanes);
  new Drawing(need<SVGElement>(root, ".wide"), horizontal(report.steps.length, lanes.length)).draw(story, report, lanes, marks);
  new Drawing(need<SVGElement>(root, ".tall"), vertical(report.steps.length, lanes.length)).draw(story, report, lanes, marks);
  put(root, "legend", ...lanes.flatMap((lane) => model.tag(story, lane)));
  put(root, "points", ...report.goodwill.map((_, place) => part("point", { says: says(story, report, place) })));
}

/** The ratings of each choice in the skills that count. */
function ratings(story: Story, report: Report, lanes: number[]): Mark[] {
  return report.steps.flatMap((taken, step) => {
    const { ratings } = story.choice(taken);
    return story.tests(taken.node).flatMap((skill, place) => {
      const lane = lanes.indexOf(skill);
      const early = report.ledger.some((line) => line.kind === "order" && line.step === step && line.skill === skill);
      return lane < 0 ? [] : [{ step, lane, rating: ratings[place] ?? 0, early }];
    });
  });
}

function horizontal(steps: number, lanes: number): Frame {
  const low = 26 + 40 * lanes + 150;
  const step = Math.min(110, 560 / Math.max(1, steps));
  const end = 112 + step * steps;
  return { upright: false, width: Math.max(700, end + 28), height: low + 46, start: 112, end, step, firstLane: 26, laneGap: 40, low, high: low - 140 };
}

function vertical(steps: number, lanes: number): Frame {
  const laneGap = Math.min(32, 150 / lanes);
  const end = 40 + 58 * steps;
  return { upright: true, width: 300, height: end + 30, start: 40, end, step: 58, firstLane: 38, laneGap, low: 38 + laneGap * lanes + 4, high: 268 };
}

class Drawing {
  constructor(
    readonly svg: SVGElement,
    readonly frame: Frame,
  ) {}

  draw(story: Story, report: Report, lanes: number[], marks: Mark[]): void {
    this.svg.setAttribute("viewBox", `0 0 ${this.frame.width} ${this.frame.height}`);
    lanes.forEach((lane, place) => this.#lane(story, lane, place));
    this.#moods();
    report.steps.forEach((_, place) => this.#number(place));
    for (const mark of marks) this.#mark(story, lanes, mark);
    this.#goodwill(report.goodwill);
  }

  /** The moment before the first choice is 0. */
  #along(moment: number): number {
    return this.frame.start + this.frame.step * moment;
  }

  #across(goodwill: number): number {
    const { low, high } = this.frame;
    return low + ((high - low) * goodwill) / 100;
  }

  #laneAt(place: number): number {
    return this.frame.firstLane + this.frame.laneGap * place;
  }

  #at(along: number, across: number): Point {
    const [x, y] = this.frame.upright ? [across, along] : [along, across];
    return [mirrored(x, this.frame.width), y];
  }

  /** A line through the whole time. */
  #rule(className: string, across: number): void {
    const { start, end } = this.frame;
    shape(this.svg, "path", className, { d: `M${this.#at(start, across)}L${this.#at(end + 14, across)}` });
  }

  #text(className: string, [x, y]: Point, text: string | number): void {
    shape(this.svg, "text", className, { x, y: y + 4.5 }, formatted(text));
  }

  #lane(story: Story, lane: number, place: number): void {
    const across = this.#laneAt(place);
    this.#rule("rule", across);
    if (!this.frame.upright) return this.#text(`name ${hue(story.skill(lane))}`, this.#at(0, across), model.name(story, lane));
    const glyph = model.glyph(story, lane);
    const size = { x: mirrored(across, this.frame.width) - 8, y: 2, width: 16, height: 16 };
    for (const [key, value] of Object.entries(size)) glyph.setAttribute(key, String(value));
    glyph.classList.add(hue(story.skill(lane)));
    this.svg.append(glyph);
  }

  #moods(): void {
    const { upright } = this.frame;
    for (const goodwill of upright ? [20, 40, 60, 80] : [0, 20, 40, 60, 80, 100]) this.#rule("rule dim", this.#across(goodwill));
    if (upright) return;
    for (const goodwill of [10, 30, 50, 70, 90]) {
      this.#text("mood", this.#at(0, this.#across(goodwill)), word(`mood.${moodOf(goodwill)}`));
    }
  }

  #number(place: number): void {
    const { upright, low } = this.frame;
    this.#text("number", this.#at(this.#along(place + 1), upright ? 10 : low + 34), place + 1);
  }

  #mark(story: Story, lanes: number[], { step, lane, rating, early }: Mark): void {
    const [cx, cy] = this.#at(this.#along(step + 1), this.#laneAt(lane));
    const kind = `mark ${hue(story.skill(lanes[lane] ?? 0))} r${rating}`;
    if (early) shape(this.svg, "circle", `${kind} early`, { cx, cy, r: 15.5 });
    shape(this.svg, "circle", kind, { cx, cy, r: 11.5 });
    this.#text(`${kind} got`, [cx, cy], rating);
  }

  #goodwill(goodwill: number[]): void {
    const points = goodwill.map((value, place) => this.#at(this.#along(place), this.#across(value)));
    seam(this.svg, goodwill, points);
    const [least, most] = [Math.min(...goodwill), Math.max(...goodwill)];
    const last = points.length - 1;
    points.forEach(([cx, cy], place) => {
      const value = goodwill[place] ?? 0;
      const fell = place > 0 && value < (goodwill[place - 1] ?? 0);
      const kind = fell ? "stop down" : "stop";
      shape(this.svg, "circle", kind, { cx, cy, r: 4.5 });
      if (place && place !== last && value !== least && value !== most) return;
      const [dx, dy] = this.frame.upright ? [isMirrored ? -17 : 17, 0] : [0, fell ? 17 : -16];
      this.#text(`${kind} got`, [cx + dx, cy + dy], value);
    });
  }
}

/** A broken line between two points; the more was lost, the more broken. */
function cracked([fromX, fromY]: Point, [toX, toY]: Point, lost: number): string {
  const [wide, high] = [toX - fromX, toY - fromY];
  const scale = Math.min(1.4, 0.4 + lost / 20) / (Math.hypot(wide, high) || 1);
  const bends = [
    [0.2, -5],
    [0.3, 4],
    [0.5, -4],
    [0.62, 5],
    [0.84, -3],
  ] as const;
  const round = (value: number) => Math.round(value * 10) / 10;
  const line = bends.map(([along, off]) => {
    return `L${round(fromX + along * wide - off * high * scale)},${round(fromY + along * high + off * wide * scale)}`;
  });
  return `M${[fromX, fromY].map(round)}${line.join("")}L${[toX, toY].map(round)}`;
}

/** A point in words: the ratings of the moment, and its effect on goodwill. */
function says(story: Story, { goodwill, steps }: Report, place: number): string {
  const value = goodwill[place] ?? 0;
  const by = place > 0 ? value - (goodwill[place - 1] ?? 0) : 0;
  const where = place > 0 ? word("story.moment", { number: place }) : word("debrief.before");
  const step = steps[place - 1];
  const rated = step ? story.tests(step.node).map((skill, at) => {
    return word("debrief.rated", { skill: model.name(story, skill), rating: story.choice(step).ratings[at] ?? 0 });
  }) : [];
  const moved = by ? [word(by > 0 ? "debrief.rose" : "debrief.fell", { by: Math.abs(by) })] : [];
  const stands = word("debrief.point", { goodwill: value, mood: word(`mood.${moodOf(value)}`) });
  return word("debrief.point_at", { where, says: listed([...rated, stands, ...moved]) });
}

/** The turning points: the largest fall and the largest rise. */
export function turns(story: Story, { steps, goodwill }: Report): HTMLElement[] {
  const moves = steps.map((_, place) => (goodwill[place + 1] ?? 0) - (goodwill[place] ?? 0));
  const turn = (kind: "fall" | "rise", by: number) => {
    const place = moves.indexOf(by);
    const what = did(story.choice(steps[place] as Step));
    const item = part("turn", {
      kind: word(`debrief.${kind}`),
      says: word(`debrief.${kind}_says`, { number: place + 1, what, by: Math.abs(by) }),
    });
    item.classList.add(kind);
    return item;
  };
  const [fall, rise] = [Math.min(0, ...moves), Math.max(0, ...moves)];
  return [...(fall ? [turn("fall", fall)] : []), ...(rise ? [turn("rise", rise)] : [])];
}

/** Two lines of goodwill: the earlier one, dashed, and this one; `parted` is the choice, from 0, at which they part. */
export function curve(svg: SVGElement, before: number[], now: number[], parted: number): void {
  const step = 420 / Math.max(1, before.length - 1, now.length - 1);
  const points = (goodwill: number[]) => goodwill.map((value, place): Point => [mirrored(30 + step * place, 480), 140 - 1.14 * value]);
  for (const across of [26, 64, 102, 140]) shape(svg, "path", "rule", { d: `M30 ${across}H450` });
  const [x, y] = points(now)[parted] as Point;
  shape(svg, "path", "rule dim", { d: `M${x} 12V${y}` });
  shape(svg, "path", "old", { d: `M${points(before).join("L")}` });
  seam(svg, now, points(now));
  for (const [goodwill, kind] of [[before, "old"], [now, "stop"]] as const) {
    const [x, y] = points(goodwill).at(-1) as Point;
    shape(svg, "text", `${kind} got`, { x: x + mirrored(14, 0), y: y + 4.5 }, formatted(goodwill.at(-1) ?? 0));
  }
}

/** Measured from the side at which reading starts. */
const mirrored = (x: number, width: number) => (isMirrored ? width - x : x);

function shape(svg: SVGElement, name: string, className: string, attributes: Record<string, string | number>, text?: string): void {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  shape.setAttribute("class", className);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
  if (text !== undefined) shape.textContent = text;
  svg.append(shape);
}

/** Goodwill as the seam: cracked where it fell, gold where it rose. */
function seam(svg: SVGElement, goodwill: number[], points: Point[]): void {
  points.slice(1).forEach((to, place) => {
    const from = points[place] as Point;
    const by = (goodwill[place + 1] ?? 0) - (goodwill[place] ?? 0);
    const [kind, d] = by < 0 ? ["seam crack", cracked(from, to, -by)] : [by ? "seam" : "seam same", `M${from}L${to}`];
    shape(svg, "path", kind, { d });
  });
}
