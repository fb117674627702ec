/** A scenario: the brief, the start, the play, the debrief, and continuing where the trainee left. */

import type { DebriefRequest } from "./debrief";
import { Engine, type Report } from "./engine";
import { idle, painted } from "./idle";
import { fill, loadScripts, need, on, part, word } from "./parts";
import { Play, type PlayInfo, type Mode } from "./play";
import * as store from "./store";
import type { Story } from "./story";

const title = document.title;

/** Takes over the page of a scenario, once the engine has started. */
export function scenario(story: Story, failed: () => void): void {
  new Session(story, failed).open();
}

class Session {
  readonly #graph: string;
  #made: Engine | undefined;
  readonly #start = need(document, ".brief .start");
  /** The link to the readable story, kept for when the player breaks. */
  readonly #link = [...this.#start.childNodes];
  #play: Play | null = null;
  /** Whether the attempt was stored, once that is known. */
  #kept: Promise<boolean> = Promise.resolve(true);
  /** The script of the debrief, once it has been requested. */
  #debriefing: Promise<void> | null = null;

  constructor(
    readonly story: Story,
    readonly failed: () => void,
  ) {
    this.#graph = story.graph;
    idle(() => {
      try {
        // Looks up what the first moment needs, and what the last one does.
        story.authored(this.#engine.view().node);
        idle(() => this.#engine.report());
      } catch {
        this.#giveBack();
      }
    });
  }

  /** Created when there is time, or for the first play. */
  get #engine(): Engine {
    return (this.#made ??= new Engine(this.#graph));
  }

  /** Something broke: returns the page to the story. */
  #giveBack(): void {
    this.#clear();
    this.#start.replaceChildren(...this.#link);
    document.body.classList.remove("underway");
    this.failed();
  }

  /** Continues a run of this tab at once; offers an older one. Start may have been pressed while this script was loading. */
  open(): void {
    const { slug } = this.story;
    const isPressed = this.#start.querySelector("a")?.hash === location.hash;
    if (isPressed) history.replaceState(null, "", location.pathname + location.search);
    const here = store.ofThisTab(slug);
    const newest = store.newest(slug);
    const pressed = location.hash ? this.#pressed() : -1;
    // A finished play stays in My record; if the current story has other moments, there is nothing to return to.
    const isLost = (run: store.Run) => run.ended && this.#fitting(run).length < run.run.length;
    if (pressed >= 0 && (here ?? newest)?.mode !== "challenge") return this.#begin("practice", pressed);
    if (here && !isLost(here)) return this.#resume(here);
    this.#offer(newest);
    if (isPressed && !newest) this.#begin(this.#mode);
  }

  get #mode(): Mode {
    return need<HTMLInputElement>(this.#start, "[name=mode]:checked").value as Mode;
  }

  #offer(saved: store.Run | null): void {
    const start = part("start");
    if (saved) {
      fill(start, { saved: word("play.saved", { number: saved.run.length + 1 }) });
      on(start, "resume", () => this.#resume(saved));
    } else need(start, ".saved").remove();
    on(start, "start", () => this.#begin(this.#mode));
    this.#start.replaceChildren(...start.childNodes);
  }

  /** The choice of the first moment with which the page was opened, as home offers them. A reload then continues from it. */
  #pressed(): number {
    const choices = this.story.choices(this.#engine.view().node);
    const place = choices.findIndex(({ link }) => link.getAttribute("href") === location.hash);
    if (place >= 0) history.replaceState(null, "", location.pathname + location.search);
    return place;
  }

  #begin(mode: Mode, pressed = -1): void {
    this.#clear();
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.#kept = Promise.resolve(true);
    const info = { mode, seed: seed ?? 0, tries: 0, began: Date.now(), story: this.story.fingerprint };
    store.keep(this.story.slug, info, [], false);
    const play = this.#set(info);
    if (pressed >= 0) play.press(pressed);
    else play.focus();
  }

  /** Tries another way from a moment of a finished play. Stores nothing of it, so the play itself stays unchanged. */
  #playOn(finished: PlayInfo, run: string[], moment: number): void {
    this.#clear();
    const before = this.#engine.replay(run.slice(0, moment)).run;
    const play = this.#set({ mode: "practice", seed: finished.seed, tries: 0, from: moment + 1 });
    play.resume(before, true);
    this.#aside(play, word("play.apart", { number: moment + 1 }), finished, run);
  }

  /** Shows the strongest line at each moment, to read along. */
  #guide(finished: PlayInfo, run: string[]): void {
    this.#clear();
    this.#aside(this.#set({ mode: "practice", seed: 0, tries: 0, from: 1, isGuide: true }), word("play.guide"), finished, run);
  }

  /** Says what a play beside the finished one is, and links back to the finished one. */
  #aside(play: Play, says: string, finished: PlayInfo, run: string[]): void {
    const note = part("apart", { says });
    on(note, "back", () => {
      this.#clear();
      this.#engine.replay(run);
      const play = this.#set(finished);
      play.resume(run, true);
      this.#close(play, { focus: true });
    });
    play.stage.note(note);
    play.focus();
  }

  /** The report of another run, which changes nothing on the page. */
  #reportOf(run: string[], at: string[]): Report | null {
    const { run: fits, over } = this.#engine.replay(run);
    const report = over && fits.length === run.length ? this.#engine.report() : null;
    this.#engine.replay(at);
    return report;
  }

  #isEdited({ story }: store.Run): boolean {
    return story !== undefined && story !== this.story.fingerprint;
  }

  /** The choices of a run as far as they fit the current scenario. One with an id by position, such as `a`, may be another
   *  now. */
  #fitting(saved: store.Run): string[] {
    const { run } = this.#engine.replay(saved.run);
    const place = this.#isEdited(saved) ? run.findIndex((id) => id.length === 1) : -1;
    return place < 0 ? run : run.slice(0, place);
  }

  /** Plays the same choices again, as far as they fit. */
  #resume(saved: store.Run): void {
    this.#clear();
    const { mode, seed, tries, began } = saved;
    const { run, over } = this.#engine.replay(this.#fitting(saved));
    const play = this.#set({ mode, seed, tries, began, story: this.story.fingerprint });
    const ended = saved.ended && over;
    play.resume(run, ended);
    const left = over && !ended && mode === "challenge";
    // The page was left before the attempt was appended, or before that was certain.
    if (left) this.#record(play.info, run);
    if (ended || left) this.#close(play);
    const fits = run.length === saved.run.length && (ended || !this.#isEdited(saved));
    const note = part("notice", { says: word(fits ? "play.resumed" : "play.changed") });
    on(note, "restart", () => this.#begin(mode));
    play.stage.note(note);
    if (!ended) play.focus();
  }

  #set(info: PlayInfo): Play {
    document.body.classList.add("underway");
    // The first moment appears before anything is fetched for the last.
    setTimeout(() => void this.#prepare().catch(() => {
      // The end tries again.
    }));
    const play = new Play(this.story, this.#engine, info, {
      moved: (view) => {
        if (!info.from && !store.keep(this.story.slug, info, view.run, false)) this.#notKept();
      },
      // The page's title shows the progress.
      shown: ({ count }) => (document.title = `${count} · ${title}`),
      ended: (view) => {
        if (!info.from) this.#record(info, view.run);
        if (info.isGuide) play.stage.add(need(play.stage.root, ".aside"));
        else if (this.#play) this.#close(this.#play, { isNew: true });
      },
      failed: () => this.#giveBack(),
    });
    this.#play = play;
    return play;
  }

  #close(play: Play, { focus = false, isNew = false } = {}): void {
    this.story.root.classList.add("over");
    const { info, view } = play;
    const detail: DebriefRequest = {
      story: this.story,
      report: this.#engine.report(),
      info,
      run: view.run,
      kept: this.#kept,
      focus,
      isNew,
      again: (mode) => this.#begin(mode),
      from: (moment) => this.#playOn(info, view.run, moment),
      guide: () => this.#guide(info, view.run),
      reportOf: (run) => this.#reportOf(run, view.run),
    };
    const show = () => {
      if (this.#play === play) this.story.root.dispatchEvent(new CustomEvent("amends:debrief", { detail, bubbles: true }));
    };
    this.#prepare().then(() => painted(show), () => this.#offerDebrief(play, isNew));
  }

  /** Reports that the debrief did not load, with a way to try again. */
  #offerDebrief(play: Play, isNew: boolean): void {
    if (this.#play !== play) return;
    const note = part("no-debrief");
    on(note, "load", () => {
      note.remove();
      this.#close(play, { focus: true, isNew });
    });
    play.stage.add(note);
  }

  /** Fetches what the debrief needs; tries again if that failed before. */
  #prepare(): Promise<void> {
    this.#debriefing ??= loadScripts("result");
    this.#debriefing.catch(() => (this.#debriefing = null));
    return this.#debriefing;
  }

  /** Reports, once, that this browser stores nothing. */
  #notKept(): void {
    if (this.#play && !document.querySelector(".not-kept")) this.#play.stage.note(part("not-kept"));
  }

  /** Appends the finished play to the attempts, and only then marks it as finished: the page may be left in between. */
  #record(info: PlayInfo, run: string[]): void {
    const { final, pass, mastery, band, skills, steps } = this.#engine.report();
    const scores = skills.map(({ skill, score }) => [this.story.skill(skill).dataset["id"] ?? "", score.rounded] as const);
    const { began, ...played } = info;
    this.#kept = store.append(this.story.slug, {
      ...played,
      ...(began ? { seconds: Math.round((Date.now() - began) / 1000) } : {}),
      run,
      final: final?.rounded ?? 0,
      pass: pass === true,
      mastery: mastery === true,
      band: band ?? 0,
      skills: Object.fromEntries(scores),
      ...(document.documentElement.dataset["package"] === "full" ? { steps: steps.map((step) => this.story.step(step)) } : {}),
    });
    void this.#kept.then((kept) => {
      if (!kept) this.#notKept();
      else if (this.#play?.info === info) store.keep(this.story.slug, info, run, true);
    });
  }

  #clear(): void {
    this.#play?.stage.root.remove();
    this.story.root.querySelector(".debrief")?.remove();
    this.story.root.classList.remove("over");
    this.#play = null;
    document.title = title;
  }
}
