/** The stage: the bar with the customer's goodwill, the live region, and the conversation growing downward. */

import { moods, type Mood, type View } from "./engine";
import { savesData, setMood } from "./faces";
import { isSingle, keysAreOn } from "./keys";
import { copy, fill, inside, need, part, put, word } from "./parts";
import type { Choice, Story } from "./story";

/** What was said and answered, and its effect. */
interface Exchange {
  moment: HTMLElement;
  beat: HTMLElement;
  before: number;
  after: number;
}

/** How a moment's choices are offered. */
interface Offer {
  /** Indices in the author's order, in the order shown. */
  order: number[];
  hints: boolean;
  choose(place: number): void;
}

export class Stage {
  readonly root = part("stage");
  readonly #bar = need(this.root, ".bar");
  readonly #live = need(this.root, "[role=status]");
  readonly #talk = need(this.root, ".talk");
  readonly #exchanges: Exchange[] = [];
  #moment = this.#talk;
  /** The number of the current moment, in words. */
  count = "";
  /** When something to press last appeared. */
  #drawn = 0;

  constructor(readonly story: Story) {
    if (story.hasGoodwill) this.#portray();
    else this.#bar.remove();
    this.root.addEventListener("click", (event) => this.#ignoreAccidental(event), true);
    story.root.append(this.root);
  }

  /** Ignores presses that were not meant: the second of a double one, and one that came before its target was visible. Keys,
   *  voice control and switches press without a click count, and always mean it. */
  #ignoreAccidental(event: MouseEvent): void {
    const { detail, timeStamp, target } = event;
    const soon = detail > 0 && timeStamp - this.#drawn < 350;
    if ((soon || detail > 1) && (target as Element).closest(".choices, .controls, .hint")) event.stopPropagation();
  }

  /** Adds something to press. */
  #offerTo(root: HTMLElement, ...nodes: HTMLElement[]): void {
    root.append(...nodes);
    this.#drawn = performance.now();
    // It is visible with the next frame.
    requestAnimationFrame((now) => (this.#drawn = now));
  }

  #portray(): void {
    const customer = copy(this.story.customer);
    put(this.#bar, "name", need(customer, "b"));
    // A portrait that shows moods is the face.
    const plate = savesData ? null : customer.querySelector(".plate");
    const face = plate && !plate.classList.contains("still") ? [] : inside(part("face"));
    put(this.#bar, "portrait", ...(plate ? [plate] : []), ...face);
  }

  /** Updates the bar: `place` is the current moment, from 1. */
  show(view: View, place = view.done + 1): void {
    this.count = count(view, place);
    if (!this.story.hasGoodwill) return;
    const mood = this.#mood(view, place > view.done);
    fill(this.#bar, {
      mood: word(`mood.${mood}`),
      goodwill: word("play.goodwill", { goodwill: view.goodwill }),
      count: this.count,
    });
    const [plate, face] = [this.#bar.querySelector<HTMLElement>(".plate"), this.#bar.querySelector<SVGElement>(".face")];
    if (plate) setMood(plate, mood);
    if (face) {
      face.dataset["mood"] = mood;
      need(face, "use").setAttribute("href", `#face-${mood}`);
    }
    need(this.#bar, ".meter i").style.setProperty("--at", `${view.goodwill}%`);
  }

  /** The only place that decides on the mood to show. If the author set one for the moment, it is the milder of the two after
   *  a gain, and the worse after a loss. */
  #mood({ mood, node, over }: View, isMoment = true): Mood {
    const last = this.#exchanges.at(-1);
    const by = last && isMoment ? last.after - last.before : 0;
    const named = over || !by ? undefined : this.story.authored(node);
    const pair = [mood, named ?? mood].map((each) => moods.indexOf(each));
    return moods[by > 0 ? Math.max(...pair) : Math.min(...pair)] ?? mood;
  }

  /** Announces to screen readers: the goodwill and, at the end, the result. Focus conveys everything else. */
  say(text: string): void {
    this.#live.textContent = text;
  }

  /** Announces the goodwill after a moment was taken back. */
  sayAgain(view: View): void {
    if (this.story.hasGoodwill) this.say(word("play.start_at", { goodwill: view.goodwill, mood: word(`mood.${this.#mood(view)}`) }));
  }

  #beat(...nodes: Node[]): HTMLElement {
    const beat = part("beat");
    beat.append(...nodes);
    this.#talk.append(beat);
    return beat;
  }

  /** Shows the current moment with its choices. */
  moment(view: View, offer: Offer): void {
    const lines = this.story.lines(view.node);
    // The bar shows it.
    lines.querySelector(".mood")?.remove();
    const heading = part("moment", { moment: word("story.moment", { number: view.done + 1 }) });
    this.#moment = this.#beat(heading, lines);
    this.show(view);
    this.offer(view, offer);
    this.#mend();
  }

  /** Shows the choices of the current moment. */
  offer(view: View, { order, hints, choose }: Offer): void {
    const hint = hints && this.story.hint(view.node);
    const group = part("choices", { ask: this.story.ask(view.node) });
    describe(group, need(this.#moment, ".lines"));
    const choices = this.story.choices(view.node);
    let key = 0;
    for (const place of order) {
      const choice = choices[place] as Choice;
      const open = view.open[place];
      if (!open && !choice.shut) continue;
      group.append(button(choice, ++key, open ? () => choose(place) : null));
    }
    this.#offerTo(this.#moment, ...(hint ? [hint] : []), group);
  }

  /** Replaces the choices with what was said and the answer, and shows the effect on goodwill. */
  exchange(choice: Choice, before: View, after: View, coaching: boolean): HTMLElement {
    this.#moment.querySelectorAll(".choices, .hint, .notice:not(.aside, .not-kept)").forEach((done) => done.remove());
    const answer = choice.answer;
    const [by, ...said] = answer.children;
    if (by) describe(by, ...said);
    const beat = this.#beat(choice.you, answer);
    if (this.story.hasGoodwill) beat.append(this.#shift(before, after));
    if (coaching) {
      const coach = part("coach", { heading: choice.whyHeading });
      coach.append(choice.why);
      beat.append(coach);
    }
    this.#exchanges.push({ moment: this.#moment, beat, before: before.goodwill, after: after.goodwill });
    this.#mend();
    this.show(after, after.done);
    return beat;
  }

  #shift(before: View, after: View): HTMLElement {
    const by = after.goodwill - before.goodwill;
    const way = by > 0 ? "up" : by < 0 ? "down" : "same";
    const says = word(`play.${way}`, {
      goodwill: after.goodwill,
      by: Math.abs(by),
      mood: word(`mood.${after.mood}`),
    });
    this.say(says);
    const shift = part("shift", { says });
    shift.dataset["way"] = way;
    return shift;
  }

  /** Removes the last exchange. */
  takeBack(): void {
    const { beat, moment } = this.#exchanges.pop() as Exchange;
    beat.remove();
    this.#moment = moment;
    this.#mend();
  }

  /** The seam: cracked where goodwill was lost, mended in gold once it is regained, and gold where goodwill grew. */
  #mend(): void {
    let gold = false;
    this.#exchanges.forEach(({ moment, beat, before, after }, place) => {
      moment.dataset["seam"] = gold ? "gold" : "plain";
      const wonBack = this.#exchanges.slice(place).some((later) => later.after >= before);
      beat.dataset["seam"] = after > before ? "gold" : after === before ? "plain" : wonBack ? "mended" : "crack";
      gold = after > before;
    });
    this.#moment.dataset["seam"] ??= gold ? "gold" : "plain";
  }

  /** Shows an ending. */
  ending(view: View): void {
    this.#moment = this.#beat(...this.story.ending(view.node));
    this.#moment.classList.add("ending");
    this.show(view);
    this.#mend();
  }

  /** Adds controls or a note below everything else. */
  add(node: HTMLElement): void {
    this.#offerTo(this.#talk, node);
  }

  /** A note above the current moment, and part of it: there it can be seen. */
  note(node: HTMLElement): void {
    this.heading.before(node);
  }

  /** The heading of the current moment or ending. */
  get heading(): HTMLElement {
    return need(this.#moment, "h3");
  }

  /** The current moment or ending. */
  get at(): HTMLElement {
    return this.#moment;
  }
}

/** The number of the current moment and, if every way has the same length, their total. */
function count({ done, about, exact, over }: View, place: number): string {
  if (over && place > done) return word("play.over");
  return exact ? word("play.count", { done: place, about }) : word("story.moment", { number: place });
}

let described = 0;

/** Makes a screen reader read these words with the element that gets focus. */
function describe(what: Element, ...words: Element[]): void {
  for (const each of words) each.id ||= `said-${++described}`;
  what.setAttribute("aria-describedby", words.map(({ id }) => id).join(" "));
}

/** The current moment, and whether any of it was in view in the last frame. */
let atHand: HTMLElement | undefined;
let isInView = false;
const watching = new IntersectionObserver((entries) => (isInView = entries.at(-1)?.isIntersecting ?? false));
let width = innerWidth;

// Turning the screen wraps lines differently, which would move the current moment.
addEventListener("resize", () => {
  if (innerWidth !== width && isInView) atHand?.scrollIntoView({ block: "start", behavior: "instant" });
  width = innerWidth;
});

// Number keys choose while focus is anywhere in the conversation, or on nothing: a press on plain words takes it away. A key that
// is held down chooses once.
addEventListener("keydown", (event) => {
  if (event.repeat || !isSingle(event)) return;
  const key = event.code.startsWith("Digit") ? event.code.slice(5) : event.key;
  const target = event.target as Element;
  const stage = target.closest?.(".stage") ?? target.querySelector?.(".scenario .stage");
  stage?.querySelectorAll<HTMLElement>(".choice")[Number(key) - 1]?.click();
});

/** Scrolls a beat to the top, below the bar, and focuses one of its headings. */
export function scrollTo(beat: HTMLElement, heading: HTMLElement, gently = false): void {
  watching.disconnect();
  watching.observe(beat);
  atHand = beat;
  const tall = heading.getBoundingClientRect().top - beat.getBoundingClientRect().top > innerHeight / 2;
  (tall ? heading : beat).scrollIntoView({ block: gently ? "nearest" : "start" });
  heading.focus({ preventScroll: true });
}

function button(choice: Choice, key: number, choose: (() => void) | null): HTMLElement {
  const button = part("choice", { key });
  button.classList.toggle("act", choice.isAct);
  if (keysAreOn()) button.setAttribute("aria-keyshortcuts", String(key));
  button.append(copy(need(choice.link, ".text")));
  if (choose) {
    button.addEventListener("click", choose);
  } else {
    // Focusable, so that the reason can be read; `disabled` would hide it from the keyboard.
    button.setAttribute("aria-disabled", "true");
    const reason = choice.shut?.cloneNode(true) as HTMLElement;
    reason.hidden = false;
    button.append(reason);
  }
  return button;
}
