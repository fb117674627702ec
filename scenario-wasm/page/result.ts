/** The way into the script of the debrief. It is fetched once a play begins, so that it does not stand in the way of the
 *  first choice, and after it its templates, as the build rendered them from the theme; the player asks for a debrief by
 *  an event. */

import { debrief, type Asked } from "./debrief";
import { need } from "./parts";

/** Markup that the build made, and nothing else, may become part of a page: its policy allows this name alone. */
const policy = window.trustedTypes?.createPolicy("amends-debrief", { createHTML: (html: string) => html });

document.addEventListener("amends:parts", (event) => {
  const html = (event as CustomEvent<string>).detail;
  const held = document.createElement("template");
  held.innerHTML = policy?.createHTML(html) ?? html;
  document.body.append(held.content);
});

document.addEventListener("amends:debrief", (event) => {
  const { story, report, manner, ways } = (event as CustomEvent<Asked>).detail;
  story.root.append(debrief(story, report, manner, ways));
  const heading = need(story.root, "#debrief-heading");
  if (ways.focus) heading.focus();
});

// A closed `details` does not print: the transcript needs what it holds.
addEventListener("beforeprint", () => {
  for (const closed of document.querySelectorAll(".debrief details")) closed.setAttribute("open", "");
});
