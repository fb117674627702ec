/** The page code's way in. The page is a readable story until the engine has started; only then does the player own it. */

import { drill } from "./drill";
import { start } from "./engine";
import { handed } from "./handed";
import { openSearch } from "./keys";
import { keepOffline } from "./offline";
import { scenario } from "./scenario";
import { Story } from "./story";

/** `playing` hides the readable sections. It is set once the player stands, and goes where it breaks. */
function takeOver(story: Story): void {
  const { classList } = story.root;
  const failed = () => {
    classList.remove("playing");
    story.root.querySelector(".stage")?.remove();
  };
  try {
    if (story.isDrill) drill(story, failed);
    else scenario(story, failed);
    classList.add("playing");
  } catch {
    failed();
  }
}

async function main(): Promise<void> {
  const stories = [...document.querySelectorAll<HTMLElement>(".story")];
  if (!stories.length) return;
  try {
    await Promise.all([start(), handed]);
  } catch {
    return;
  }
  for (const root of stories) takeOver(new Story(root));
}

void main();
keepOffline();
openSearch();
