/** The parts of a story's model that only a debrief shows: its skills, by index, and its words for a finished play. */

import { copy, inside, need, templates } from "./parts";
import type { Story } from "./story";

/** A skill's name. */
export function name(story: Story, place: number): string {
  return story.skill(place).dataset["name"] ?? "";
}

/** The names of a set of skills: bit 0 is the first. */
export function names(story: Story, set: number): string[] {
  return story.skills.filter((_, place) => (set >> place) & 1).map(({ dataset }) => dataset["name"] ?? "");
}

/** The glyph of a skill. */
export function glyph(story: Story, place: number): SVGElement {
  return copy(need<SVGElement>(story.skill(place), ".glyph"));
}

/** A skill as hue, glyph and word. */
export function tag(story: Story, place: number): Node[] {
  return inside(story.skill(place));
}

/** The same, as a link to where a lesson teaches it, if one does. */
export function taught(story: Story, place: number): Node[] {
  const links = templates("taught").next().value?.content;
  const link = links?.querySelector(`[data-skill="${story.skill(place).dataset["id"]}"]`);
  if (!link) return tag(story, place);
  const leading = copy(link);
  leading.append(...tag(story, place));
  return [leading];
}

/** The model's words for a finished play: bands, levels, slips. They arrive with the debrief. */
export function verdicts(story: Story): HTMLTemplateElement {
  return need<HTMLTemplateElement>(document, `template.verdicts[data-model="${story.model.dataset["model"]}"]`);
}

/** The model's words for a slip, by index. */
export function slip(story: Story, place: number): string {
  return need(verdicts(story).content, `.slips > :nth-child(${place + 1})`).textContent ?? "";
}
