/** The skills of a story's model, by their place in it, as only a debrief shows them. */

import { copy, inside, need } from "./parts";
import type { Story } from "./story";

/** A skill's name. */
export function name(story: Story, place: number): string {
  return story.skill(place).dataset["name"] ?? "";
}

/** The names of a set of skills: bit 0 is the first. */
export function names(story: Story, set: number): string[] {
  const names = [];
  for (let place = 0; set >> place; place++) if ((set >> place) & 1) names.push(name(story, place));
  return names;
}

/** The hue of a skill, 1 to 8. */
export function hue(story: Story, place: number): string {
  return /hue-(\d)/.exec(need(story.skill(place), ".skill").className)?.[1] ?? "1";
}

/** The drawing of a skill. */
export function glyph(story: Story, place: number): SVGElement {
  return copy(need<SVGElement>(story.skill(place), ".glyph"));
}

/** A skill as hue, glyph and word. */
export function tag(story: Story, place: number): Node[] {
  return inside(story.skill(place));
}
