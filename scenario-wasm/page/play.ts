/** A play: the rules of continuing, trying again and ending, for scenarios and drills alike. */

import { shuffled, type Engine, type View } from "./engine";
import { need, on, part } from "./parts";
import { scrollTo, Stage } from "./stage";
import type { Story } from "./story";

export type Mode = "practice" | "challenge";

/** How a play is played: together with the ids of its choices, it can be repeated. */
export interface PlayInfo {
  mode: Mode;
  /** The seed of the order of choices in a challenge. */
  seed: number;
  /** How many moments were tried again. */
  tries: number;
  /** When it started, in milliseconds. */
  began?: number | undefined;
  /** The fingerprint of the story. */
  story?: string | undefined;
  /** For a play that continues a finished one: the moment at which it starts, from 1. It is kept apart from all results. */
  from?: number;
  /** Whether it takes the strongest line by itself, moment by moment. */
  isGuide?: boolean;
}

/** What differs between a scenario and a drill. */
interface Hooks {
  /** After each choice, and after each that was taken back. */
  moved(view: View): void;
  /** Whenever the screen changes. */
  shown(stage: Stage): void;
  /** Once the ending is shown. */
  ended(view: View): void;
  /** Something broke: return to the readable story. */
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

  /** Moves focus to the current moment. */
  focus(): void {
    scrollTo(this.stage.at, this.stage.heading, this.story.isDrill);
  }

  /** Plays these choices again silently, and stops where they end. `ended` is whether the ending has been shown. */
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

  /** Presses a choice of the current moment. */
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
      choose: (place: number) => this.press(place),
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
    const act = (then: () => void) => () =>
      this.#guard(() => {
        controls.remove();
        then();
        this.focus();
      });
    on(controls, "on", act(() => this.#goOn()));
    if (this.info.isGuide) need(controls, "[data-do=retry]").remove();
    else on(controls, "retry", act(() => this.#tryAgain()));
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
  }

  /** Shows what comes next. */
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
