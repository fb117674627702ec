/** The page code's way in. The page is a readable story until the engine has started; only then does the player own it.
 *  The story is hidden at once, and removed when there is time: for a long one that takes longer than all else. */

import { drill } from "./drill";
import { start } from "./engine";
import { showPortraits } from "./faces";
import { idle } from "./idle";
import { keepOffline } from "./offline";
import { received } from "./parts";
import { scenario } from "./scenario";
import { openSearch } from "./search-key";
import { Story } from "./story";

/** Markup that the build made, and nothing else, may become part of a page: its policy allows this name alone. */
const policy = window.trustedTypes?.createPolicy("amends-parts", { createHTML: (html: string) => html });

// Templates that the build rendered from the theme come in scripts of their own, as text, by an event.
document.addEventListener("amends:parts", (event) => {
  const html = (event as CustomEvent<string>).detail;
  const held = document.createElement("template");
  held.innerHTML = policy?.createHTML(html) ?? html;
  received.push(...held.content.querySelectorAll("template"));
  document.body.append(held.content);
});

/** Resolves once the scripts that the page itself names have run: they are deferred, and bring the templates. */
const loaded = new Promise((done) => document.addEventListener("DOMContentLoaded", done));

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
  await loaded;
  // A scenario is alone on its page: to look for more in a long one takes its time.
  const roots = "drill" in first.dataset ? document.querySelectorAll<HTMLElement>(".story") : [first];
  for (const root of roots) takeOver(new Story(root));
}

main().catch(() => {
  // The engine may not start here: the story stays.
});
keepOffline();
showPortraits();
openSearch();
