/** The way into the script of the debrief. It is fetched once a play begins, so that it does not stand in the way of the
 *  first choice, and after it its templates, as the build rendered them from the theme; the player asks for a debrief by
 *  an event. */

import { debrief, sentence, type DebriefRequest } from "./debrief";
import { need } from "./parts";

document.addEventListener("amends:debrief", (event) => {
  const request = (event as CustomEvent<DebriefRequest>).detail;
  const { root } = request.story;
  const made = debrief(request);
  root.append(made);
  need(root, ".stage > [role=status]").textContent = sentence(made);
  if (request.actions.focus) need(root, "#debrief-heading").focus();
});

// A closed `details` does not print: the transcript needs what it holds.
addEventListener("beforeprint", () => {
  for (const closed of document.querySelectorAll(".debrief details")) closed.setAttribute("open", "");
});
