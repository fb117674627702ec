/** The entry point of the page code. The page is a readable story until the engine has started; only then does the player
 *  take over. The story is hidden at once, and removed when there is time: for a long one, removing takes longer than
 *  everything else. */

import { drill } from "./drill";
import { start } from "./engine";
import { showPortraits } from "./faces";
import { idle } from "./idle";
import { openSearch } from "./keys";
import { keepOffline } from "./offline";
import { loadScripts, need, part, receive } from "./parts";
import { scenario } from "./scenario";
import { Story } from "./story";

receive();

/** Resolves once the scripts that the page names have run: they are deferred, and deliver the templates. Not within the event:
 *  right after it a browser looks for what the address names, and would take scrolling and focus from a play that starts at once. */
const loaded = new Promise((done) => document.addEventListener("DOMContentLoaded", () => setTimeout(done)));

/** `playing` hides what only readers need. It is set first: a play that starts at once scrolls to where things are without that. */
function takeOver(story: Story): void {
  const failed = () => giveBack(story);
  try {
    story.tale.hidden = true;
    story.root.classList.add("playing");
    if (story.isDrill) drill(story, failed);
    else scenario(story, failed);
  } catch {
    failed();
  }
  idle(() => {
    if (story.tale.hidden) story.tale.remove();
  });
}

/** Returns the story to readers. */
function giveBack({ root, tale }: Story): void {
  root.classList.add("failed");
  root.classList.remove("playing");
  root.querySelector(".stage")?.remove();
  if (!tale.isConnected) root.append(tale);
  tale.hidden = false;
}

/** The link that skips the bar. On a scenario's page the player creates it: without a player, an anchor outside of the story
 *  would reset the story to its first moment. */
function skipLink(): void {
  if (document.querySelector(".skip")) return;
  const text = need(document, "#main");
  text.tabIndex = -1;
  const link = part("skip");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    text.focus();
  });
  document.body.prepend(link);
}

async function main(): Promise<void> {
  const first = document.querySelector<HTMLElement>(".story");
  if (!first) return;
  try {
    start();
  } catch {
    // The engine cannot start here, so the story stays.
    first.classList.add("failed");
    return;
  }
  await loaded;
  // A scenario is the only one on its page, and searching a long page for more takes time.
  const roots = "drill" in first.dataset ? document.querySelectorAll<HTMLElement>(".story") : [first];
  for (const root of roots) takeOver(new Story(root));
  // Drills have another height now.
  if ("drill" in first.dataset) document.querySelector(":target")?.scrollIntoView({ behavior: "instant" });
  skipLink();
}

void main();
// Not needed for the first choice. On other pages it is part of the page.
if (document.querySelector(".scenario")) {
  addEventListener("load", () => idle(() => void loadScripts("soon").catch(() => {
    // Without it there is no menu.
  })));
}
keepOffline();
showPortraits();
openSearch();
