/** A scenario: the brief, the start, the play, the debrief, and going on where one left. */

import { debrief } from "./debrief";
import { Engine, type View } from "./engine";
import { need, on, part, word } from "./parts";
import { Play, type Manner, type Mode } from "./play";
import { count } from "./stage";
import * as store from "./store";
import type { Story } from "./story";

const title = document.title;

/** Takes over the page of a scenario; the engine has started. */
export function scenario(story: Story, failed: () => void): void {
  new Session(story, failed).open();
}

class Session {
  readonly #engine: Engine;
  readonly #start = need(document, ".brief .start");
  /** The way into the readable story, kept for when the player breaks. */
  readonly #link = [...this.#start.childNodes];
  #play: Play | null = null;
  #debrief: HTMLElement | null = null;

  constructor(
    readonly story: Story,
    readonly failed: () => void,
  ) {
    this.#engine = new Engine(story.graph);
  }

  /** A run of this tab goes on at once; an older one is offered. */
  open(): void {
    const { slug } = this.story;
    const here = store.ofThisTab(slug);
    if (here) this.#resume(here);
    else this.#offer(store.newest(slug));
  }

  #offer(saved: store.Run | null): void {
    const start = part("start", { saved: word("play.saved", { number: (saved?.run.length ?? 0) + 1 }) });
    if (saved) on(start, "resume", () => this.#resume(saved));
    else need(start, ".saved").remove();
    on(start, "start", () => {
      const mode = this.#start.querySelector<HTMLInputElement>("[name=mode]:checked")?.value;
      this.#begin(mode === "challenge" ? "challenge" : "practice");
    });
    this.#start.replaceChildren(...start.childNodes);
  }

  #begin(mode: Mode): void {
    this.#clear();
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.#set({ mode, seed: seed ?? 0, tries: 0 }).focus();
  }

  /** The same choices again, as far as they fit the scenario of today. */
  #resume(saved: store.Run): void {
    this.#clear();
    const { mode, seed, tries } = saved;
    const { run, over } = this.#engine.replay(saved.run);
    const fits = run.length === saved.run.length;
    const play = this.#set({ mode, seed, tries });
    const ended = saved.ended && over;
    play.resume(run, ended);
    this.#title(play.view);
    if (ended || (over && mode === "challenge")) this.#close(play);
    const note = part("notice", { says: word(fits ? "play.resumed" : "play.changed") });
    on(note, "restart", () => this.#begin(mode));
    play.stage.note(note);
    if (!ended) play.focus();
  }

  #set(manner: Manner): Play {
    document.body.classList.add("underway");
    const play = new Play(this.story, this.#engine, manner, {
      moved: (view) => {
        store.keep(this.story.slug, manner, view.run, false);
        this.#title(view);
      },
      ended: (view) => {
        store.keep(this.story.slug, manner, view.run, true);
        const { final, pass } = this.#engine.report();
        store.append(this.story.slug, manner, view.run, final?.rounded ?? 0, pass === true);
        if (this.#play) this.#close(this.#play);
      },
      failed: () => {
        this.#clear();
        this.#start.replaceChildren(...this.#link);
        document.body.classList.remove("underway");
        this.failed();
      },
    });
    this.#play = play;
    this.#title(play.view);
    return play;
  }

  #close(play: Play): void {
    this.story.root.classList.add("over");
    this.#debrief = debrief(this.story, this.#engine.report(), play.manner, (mode) => this.#begin(mode));
    this.story.root.append(this.#debrief);
  }

  /** The page's title says how far one is. */
  #title(view: View): void {
    document.title = `${count(view)} · ${title}`;
  }

  #clear(): void {
    this.#play?.stage.root.remove();
    this.#debrief?.remove();
    this.story.root.classList.remove("over");
    this.#play = this.#debrief = null;
    document.title = title;
  }
}
