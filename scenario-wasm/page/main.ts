/** The page code's way in. The page is a readable story until the engine has started; only then does the player own it.
 *  The tale is hidden at once, and comes off the page when there is time: to let go of a long one takes longer than all else. */

import { drill } from "./drill";
import { start } from "./engine";
import { handed } from "./handed";
import { idle } from "./idle";
import { openSearch } from "./keys";
import { keepOffline } from "./offline";
import { scenario } from "./scenario";
import { Story } from "./story";

/** `playing` hides what only readers need. It is set once the player stands. */
function takeOver(story: Story): void {
  const failed = () => giveBack(story);
  try {
    story.tale.hidden = true;
    if (story.isDrill) drill(story, failed);
    else scenario(story, failed);
    story.root.classList.add("playing");
  } catch {
    failed();
  }
  idle(() => {
    if (story.tale.hidden) story.tale.remove();
  });
}

/** Leaves the story to readers. */
function giveBack({ root, tale }: Story): void {
  root.classList.remove("playing");
  root.querySelector(".stage")?.remove();
  if (!tale.isConnected) root.append(tale);
  tale.hidden = false;
}

async function main(): Promise<void> {
  const first = document.querySelector<HTMLElement>(".story");
  if (!first) return;
  start();
  await handed;
  // A scenario is alone on its page: to look for more in a long one takes its time.
  const roots = "drill" in first.dataset ? document.querySelectorAll<HTMLElement>(".story") : [first];
  for (const root of roots) takeOver(new Story(root));
}

main().catch(() => {
  // The engine may not start here: the story stays.
});
keepOffline();
openSearch();
