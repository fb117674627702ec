/** The result code of the challenge that counts: made once the debrief is shown, and sent only by the trainee. */

import type { Codes, Reporting } from "./codes";
import { codes } from "./codes-script";
import { copied } from "./export";
import { need, on, part, word } from "./parts";
import { counted } from "./progress";
import { attempts, coded, course, isReceived, type Attempt } from "./store";
import type { Story } from "./story";

/** What a code needs of a finished challenge. */
type Challenge = Pick<Attempt, "run" | "seed" | "seconds" | "final" | "story">;

/** Shows the code of the attempt that counts, which is this one if nothing is stored. */
export async function showResultCode(root: HTMLElement, story: Story, played: Challenge, kept: Promise<unknown>): Promise<void> {
  const section = need(root, ".hand-over");
  try {
    const [made] = await Promise.all([codes(), kept]);
    const counts = counted(attempts(story.slug), document.documentElement.dataset["certificate"]);
    if (!show(section, story, made, counts ?? played, counts?.code)) section.remove();
  } catch {
    section.classList.add("failed");
    section.hidden = false;
  }
}

function show(section: HTMLElement, story: Story, codes: Codes, played: Challenge, before?: string): boolean {
  const field = need(section, ".code");
  const who = need<HTMLInputElement>(section, "[name=who]");
  const made = () => {
    const { run, final, seed, seconds } = played;
    // If the story has been edited since, this would be the code of another play.
    if ((played.story ?? story.fingerprint) !== story.fingerprint) return "";
    const { reporting } = section.dataset as { reporting: Reporting };
    return codes.code({ course, slug: story.slug, graph: story.graph, run, final, reporting, seed, seconds, who: who.value });
  };
  // The field may show an address that could not be copied.
  let code = "";
  const update = () => {
    // A code that was made at the time is final, even if the story changes; only its name can.
    code = before ? codes.renamed(before, who.value) || before : made();
    field.textContent = section.dataset["code"] = code;
    if (code) void coded(story.slug, played, code);
    return code !== "";
  };
  who.value = before?.split("~")[1] ?? "";
  who.addEventListener("input", update);
  const say = (done: string, isDone: boolean) => {
    need(section, "[role=status]").textContent = word(isDone ? done : "code.select");
  };
  need(section, "[data-fill=of]").textContent = word("code.of", { final: played.final });
  on(section, "copy", async () => say("code.copied", await copied(code, field)));
  const { desk } = part("codes").dataset;
  const link = need(section, "[data-do=link]");
  // From a disk, no address would mean anything to the trainer.
  link.hidden = !desk || !location.protocol.startsWith("http");
  on(section, "link", async () => {
    const address = new URL(desk ?? "", location.href);
    address.hash = code;
    const isDone = await copied(address.href, field);
    say("code.copied_link", isDone);
  });
  section.hidden = isReceived();
  return update();
}
