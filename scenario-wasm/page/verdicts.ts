/** What a model says of a play when it is over: its bands, its levels, its slips. They come with the debrief. */

import { need } from "./parts";
import type { Story } from "./story";

/** The words of the story's model. */
export function verdicts(story: Story): HTMLTemplateElement {
  return need<HTMLTemplateElement>(document, `template.verdicts[data-model="${story.model.dataset["model"]}"]`);
}

/** One of its lists, by place. */
export function told(story: Story, list: "bands" | "slips", place: number): HTMLElement {
  return need(verdicts(story).content, `.${list} > :nth-child(${place + 1})`);
}
