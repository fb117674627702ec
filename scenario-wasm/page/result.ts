/** The way into the script of the debrief. It is fetched once a play begins, so that it does not stand in the way of the
 *  first choice, and after it its templates, as the build rendered them from the theme; the player asks for a debrief by
 *  an event. */

import { debrief, type Asked } from "./debrief";
import { need } from "./parts";

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
