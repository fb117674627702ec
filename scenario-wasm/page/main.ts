/** The page code's way in. The page is a readable story until the engine has started; only then does the player own it,
 *  and takes the tale off it: in a long one a browser would style thousands of elements with each choice. */

import { drill } from "./drill";
import { start } from "./engine";
import { handed } from "./handed";
import { openSearch } from "./keys";
import { keepOffline } from "./offline";
import { scenario } from "./scenario";
import { Story } from "./story";

/** `playing` hides what only readers need. It is set once the player stands. */
function takeOver(story: Story): void {
  const failed = () => giveBack(story);
  try {
    story.tale.remove();
    if (story.isDrill) drill(story, failed);
    else scenario(story, failed);
    story.root.classList.add("playing");
  } catch {
    failed();
  }
}

/** Leaves the story to readers. */
function giveBack({ root, tale }: Story): void {
  root.classList.remove("playing");
  root.querySelector(".stage")?.remove();
  if (!tale.isConnected) root.append(tale);
}

async function main(): Promise<void> {
  const stories = [...document.querySelectorAll<HTMLElement>(".story")].map((root) => new Story(root));
  if (!stories.length) return;
  const read = () => stories.forEach(giveBack);
  // Of a scenario nothing shows yet, unless the address names a moment. Who starts before the player is there reads.
  const link = document.querySelector(".start > a");
  if (link && !location.hash) stories[0]?.tale.remove();
  link?.addEventListener("click", read);
  try {
    start();
    await handed;
  } catch {
    return read();
  }
  stories.forEach(takeOver);
}

void main();
keepOffline();
openSearch();
