/** The way into the script of the debrief. It is fetched once a play begins, so that it does not stand in the way of the
 *  first choice, and after it its templates, as the build rendered them from the theme; the player asks for a debrief by
 *  an event. */

import { debrief, type DebriefRequest } from "./debrief";
import { need } from "./parts";

document.addEventListener("amends:debrief", (event) => {
  const { story, report, info, actions } = (event as CustomEvent<DebriefRequest>).detail;
  story.root.append(debrief(story, report, info, actions));
  const heading = need(story.root, "#debrief-heading");
  if (actions.focus) heading.focus();
});

// A closed `details` does not print: the transcript needs what it holds.
addEventListener("beforeprint", () => {
  for (const closed of document.querySelectorAll(".debrief details")) closed.setAttribute("open", "");
});
