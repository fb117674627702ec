/** A play: the rules of going on, trying again and ending, for scenarios and drills alike. */

import { shuffled, type Engine, type View } from "./engine";
import { need, on, part } from "./parts";
import { scrollTo, Stage } from "./stage";
import type { Story } from "./story";

export type Mode = "practice" | "challenge";

/** How a play is played: what, with the ids of its choices, makes it again. */
export interface PlayInfo {
  mode: Mode;
  /** Of the order of choices in a challenge. */
  seed: number;
  /** How many moments were tried again. */
  tries: number;
  /** When it began, in milliseconds. */
  began?: number | undefined;
  /** The fingerprint of the story that is played. */
  story?: string | undefined;
  /** The moment, from 1, that a finished play was played on from: such a play is kept apart from all results. */
  from?: number;
  /** Whether the strongest line is taken by itself, moment by moment. */
  isGuide?: boolean;
}

/** What a scenario and a drill do differently. */
export interface Hooks {
  /** After each choice, and after each that was taken back. */
  moved(view: View): void;
  /** Whenever something else is on screen. */
  shown(stage: Stage): void;
  /** Once the ending shows. */
  ended(view: View): void;
  /** Something broke: back to the readable story. */
  failed(): void;
}

export class Play {
  readonly stage: Stage;
  #view: View;

  constructor(
    readonly story: Story,
    readonly engine: Engine,
    readonly info: PlayInfo,
    readonly hooks: Hooks,
  ) {
    this.#view = engine.restart();
    this.stage = new Stage(story);
    this.#moment();
  }

  get view(): View {
    return this.#view;
  }

  /** Focus goes to the moment at hand. */
  focus(): void {
    scrollTo(this.stage.at, this.stage.heading, this.story.isDrill);
  }

  /** Plays these choices again without a word, and stands where they end. `ended` says that the ending was seen. */
  resume(run: string[], ended: boolean): void {
    run.forEach((id, place) => {
      const choice = this.story.choices(this.#view.node).findIndex((choice) => choice.id === id);
      this.#take(choice);
      const last = place === run.length - 1;
      if (this.#coaching && last && !ended) this.#controls();
      else if (!this.#view.over) this.#moment();
    });
    if (this.#view.over && (ended || !this.#coaching)) this.stage.ending(this.#view);
    this.hooks.shown(this.stage);
  }

  /** Presses a choice of the moment at hand. */
  press(place: number): void {
    this.#guard(() => this.#choose(place));
  }

  get #coaching(): boolean {
    return this.info.mode === "practice";
  }

  #moment(): void {
    const before = this.#view;
    this.stage.moment(before, this.#offer());
    if (this.info.isGuide) {
      const choices = this.story.choices(before.node);
      const best = choices.findIndex((choice, place) => choice.strongest && before.open[place]);
      this.#take(best < 0 ? before.open.indexOf(true) : best);
      this.#controls();
    }
    this.hooks.shown(this.stage);
  }

  #offer() {
    const { at, open } = this.#view;
    const places = [...open.keys()];
    return {
      order: this.#coaching ? places : shuffled(this.info.seed, at, open.length),
      hints: this.#coaching,
      choose: (place: number) => this.#guard(() => this.#choose(place)),
    };
  }

  /** A fault of the engine must not leave a page that does nothing. */
  #guard(act: () => void): void {
    try {
      act();
    } catch {
      this.hooks.failed();
    }
  }

  #take(place: number): HTMLElement {
    const before = this.#view;
    const choice = this.story.choices(before.node)[place];
    if (!choice) throw new Error("no such choice");
    this.#view = this.engine.choose(place);
    return this.stage.exchange(choice, before, this.#view, this.#coaching);
  }

  #choose(place: number): void {
    const beat = this.#take(place);
    this.hooks.moved(this.#view);
    this.hooks.shown(this.stage);
    if (this.#coaching) this.#controls();
    else this.#goOn();
    scrollTo(beat, beat.querySelector<HTMLElement>(".answer .by") ?? beat, this.story.isDrill);
  }

  /** Practice waits for the reader. */
  #controls(): void {
    if (this.story.isDrill && this.#view.over) {
      this.#end();
      return;
    }
    const controls = part("next");
    on(controls, "on", () =>
      this.#guard(() => {
        controls.remove();
        this.#goOn();
        this.focus();
      }),
    );
    if (this.info.isGuide) need(controls, "[data-do=retry]").remove();
    else on(controls, "retry", () =>
      this.#guard(() => {
        controls.remove();
        this.#tryAgain();
      }),
    );
    this.stage.add(controls);
  }

  #tryAgain(): void {
    this.#view = this.engine.undo();
    this.info.tries += 1;
    this.stage.takeBack();
    this.stage.show(this.#view);
    this.stage.offer(this.#view, this.#offer());
    this.stage.sayAgain(this.#view);
    this.hooks.moved(this.#view);
    this.focus();
  }

  /** Draws what comes next. */
  #goOn(): void {
    if (this.#view.over) this.#end();
    else this.#moment();
  }

  #end(): void {
    if (!this.story.isDrill) this.stage.ending(this.#view);
    this.hooks.shown(this.stage);
    this.hooks.ended(this.#view);
  }
}
