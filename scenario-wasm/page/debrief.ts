/** The debrief: its first screen has the score, one sentence, and the line that would have changed most; the rest is in
 *  chapters. */

import { chapters } from "./chapters";
import type { Report } from "./engine";
import { printed, saveJson } from "./export";
import { piecemeal } from "./idle";
import { firstSentence, tenths } from "./language";
import * as model from "./model";
import { fill, inside, need, on, part, put, word } from "./parts";
import type { PlayInfo, Mode } from "./play";
import { showResultCode } from "./result-code";
import { attempts, stamp, type Attempt } from "./store";
import type { Story } from "./story";

/** The player's request when a play is over: what was played, and what the debrief can do. */
export interface DebriefRequest {
  story: Story;
  report: Report;
  info: PlayInfo;
  /** The choices taken. */
  run: string[];
  /** Whether the attempt was stored, once that is known. */
  kept: Promise<boolean>;
  /** Whether focus moves to the debrief; otherwise it stays at the reply that ended the play. */
  focus: boolean;
  /** Whether the play has ended just now; otherwise its debrief is shown again, as after a reload. */
  isNew: boolean;
  /** Plays again. */
  again(mode: Mode): void;
  /** Continues from a moment, counted from 0. */
  from(moment: number): void;
  /** Shows the strongest play, moment by moment. */
  guide(): void;
  /** The report of another run; null if it no longer fits. */
  reportOf(run: string[]): Report | null;
}

/** The debrief of a finished play. The verdict appears at once, the rest piece by piece, so that no press has to wait. */
export function debrief(request: DebriefRequest): HTMLElement {
  const { story, report, info, run } = request;
  const root = part("debrief");
  const other: Mode = info.mode === "practice" ? "challenge" : "practice";
  const today = report.final?.rounded ?? 0;
  // The result at the time is final; everything else can only be shown for the current story.
  const then = attempts(story.slug).find((each) => each.seed === info.seed && each.story && each.story !== story.fingerprint);
  const shown = (!info.from && then) || { final: today, band: report.band, pass: report.pass, mastery: report.mastery };
  const bands = [...model.verdicts(story).content.querySelectorAll<HTMLElement>(".bands > li")];
  const band = bands[shown.band ?? 0];
  root.querySelector(".edited")?.toggleAttribute("hidden", shown !== then);
  fill(root, {
    final: shown.final,
    band: band?.dataset["name"] ?? "",
    means: band?.textContent ?? "",
    ...passed(story, shown),
    edited: shown === then ? word("debrief.edited", { final: today, band: bands[report.band ?? 0]?.dataset["name"] ?? "" }) : "",
    total: today,
    mode: how(info),
    other: word(`debrief.as_${other}`),
  });
  need(root, ".verdict").classList.toggle("won", shown.pass === true);
  turningPoint(root, request);
  if (info.from) need(root, "[data-do=other]").remove();
  else on(root, "other", () => request.again(other));
  on(root, "again", () => request.again(info.mode));
  on(root, "guide", () => request.guide());
  const acts = need(root, ".acts:has([data-do=save])");
  on(root, "print", () => printed(acts));
  on(root, "save", () => {
    const code = root.querySelector<HTMLElement>(".hand-over")?.dataset["code"];
    const json = { ...stamp(), scenario: story.slug, ...info, run, report, ...(shown === then ? { then } : {}), ...(code ? { code } : {}) };
    saveJson(`${story.slug}.json`, json, acts);
  });
  if (info.mode === "challenge" && !info.from) {
    const played = { run, seed: info.seed, story: info.story, final: today };
    void showResultCode(root, story, played, request.kept);
  } else need(root, ".hand-over").remove();
  root.setAttribute("aria-busy", "true");
  piecemeal([...chapters(root, request), () => root.removeAttribute("aria-busy")]);
  return root;
}

/** The verdict in one sentence, for screen readers. */
export function sentence(root: HTMLElement): string {
  const [final = "", band = "", verdict = ""] = [".score b", "[data-fill=band]", ".verdict"].map((each) => need(root, each).textContent ?? "");
  return word("debrief.in_short", { final, band, verdict });
}

/** The moment that cost most, and what would have been stronger there; nothing if no line was weaker. */
function turningPoint(root: HTMLElement, { story, report, from }: DebriefRequest): void {
  const costs = report.steps.map((_, place) => report.ledger.reduce((sum, line) => sum + (line.step === place ? line.shown : 0), 0));
  const weak = report.steps.map((step, place) => (story.choice(step).strongest ? 0 : (costs[place] ?? 0)));
  const place = weak.indexOf(Math.max(...weak));
  const step = report.steps[place];
  const strongest = step && story.choices(step.node).find((choice) => choice.strongest);
  if (!step || !strongest || !weak[place]) {
    need(root, ".turning").remove();
    need(root, "[data-do=from]").remove();
    return;
  }
  need(root, ".flawless").remove();
  const heard = [...story.lines(step.node).querySelectorAll(".line")].at(-1);
  put(root, "heard", ...(heard ? inside(heard) : []));
  put(root, "yours", ...inside(need(story.choice(step).you, ".line")));
  put(root, "stronger", ...inside(need(strongest.you, ".line")));
  fill(root, {
    because: firstSentence(strongest.why.querySelector("p")?.textContent ?? ""),
    where: word("debrief.cost_there", { number: place + 1, points: tenths(weak[place] ?? 0) }),
  });
  on(root, "from", () => from(place));
}

function passed(story: Story, { pass, mastery }: Pick<Report, "pass" | "mastery"> | Attempt): { verdict: string; asks: string } {
  const { pass: score, mastery: high, every } = model.verdicts(story).dataset;
  if (mastery) return { verdict: word("debrief.mastery"), asks: "" };
  if (!pass) return { verdict: word("debrief.not_passed"), asks: word("debrief.pass_asks", { score: score ?? "" }) };
  return {
    verdict: word("debrief.passed"),
    asks: word("debrief.mastery_asks", { score: high ?? "", skill: every ?? "" }),
  };
}

function how({ mode, tries, from }: PlayInfo): string {
  if (from) return word("debrief.apart", { number: from });
  if (mode === "challenge") return word("debrief.challenge");
  return word("debrief.tried", { count: tries });
}
