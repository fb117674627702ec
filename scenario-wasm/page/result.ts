/** The entry point of the debrief's script. It is fetched once a play begins, so that it does not delay the first choice,
 *  followed by its templates, as the build rendered them from the theme; the player requests a debrief by an event. */

import { debrief, sentence, type DebriefRequest } from "./debrief";
import { need } from "./parts";

document.addEventListener("amends:debrief", (event) => {
  const request = (event as CustomEvent<DebriefRequest>).detail;
  const { root } = request.story;
  const made = debrief(request);
  root.append(made);
  need(root, ".stage > [role=status]").textContent = sentence(made);
  if (request.focus) need(root, "#debrief-heading").focus();
});

// A closed `details` does not print, and the transcript needs its contents.
addEventListener("beforeprint", () => {
  const closed = document.querySelectorAll<HTMLDetailsElement>(".debrief details:not([open])");
  const set = (open: boolean) => closed.forEach((each) => (each.open = open));
  set(true);
  addEventListener("afterprint", () => set(false), { once: true });
});
