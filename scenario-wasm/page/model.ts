/** A story's model as only a debrief shows it: its skills, by their place in it, and what it says of a play that is over. */

import { copy, inside, need, templates } from "./parts";
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

/** The drawing of a skill. */
export function glyph(story: Story, place: number): SVGElement {
  return copy(need<SVGElement>(story.skill(place), ".glyph"));
}

/** A skill as hue, glyph and word. */
export function tag(story: Story, place: number): Node[] {
  return inside(story.skill(place));
}

/** The same, leading to where a lesson teaches it, if one does. */
export function taught(story: Story, place: number): Node[] {
  const links = templates("taught").next().value?.content;
  const link = links?.querySelector(`[data-skill="${story.skill(place).dataset["id"]}"]`);
  if (!link) return tag(story, place);
  const leading = copy(link);
  leading.append(...tag(story, place));
  return [leading];
}

/** The model's words for a play that is over: bands, levels, slips. They come with the debrief. */
export function verdicts(story: Story): HTMLTemplateElement {
  return need<HTMLTemplateElement>(document, `template.verdicts[data-model="${story.model.dataset["model"]}"]`);
}

/** What it says of a slip, by place. */
export function slip(story: Story, place: number): string {
  return need(verdicts(story).content, `.slips > :nth-child(${place + 1})`).textContent ?? "";
}
