/** The stage: the bar with the customer's goodwill, the live region, and the conversation growing downward. */

import type { View } from "./engine";
import { copy, showMood, fill, inside, need, part, put, setFace, word } from "./parts";
import { savesData, setMood } from "./faces";
import type { Choice, Story } from "./story";

/** What was said and answered, and what it did. */
interface Exchange {
  moment: HTMLElement;
  beat: HTMLElement;
  before: number;
  after: number;
}

/** How a moment is offered. */
export interface Offer {
  /** Places in the author's order, as shown. */
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

  constructor(
    readonly story: Story,
    view: View,
  ) {
    if (story.hasGoodwill) this.#portray();
    else this.#bar.remove();
    story.root.append(this.root);
    this.show(view);
  }

  #portray(): void {
    const customer = copy(this.story.customer);
    put(this.#bar, "name", need(customer, "b"));
    // A portrait that shows moods is the face.
    const plate = savesData ? null : customer.querySelector(".plate");
    const face = plate && !plate.classList.contains("still") ? [] : inside(part("face"));
    put(this.#bar, "portrait", ...(plate ? [plate] : []), ...face);
  }

  /** Brings the bar up to the play. */
  show(view: View): void {
    if (!this.story.hasGoodwill) return;
    fill(this.#bar, {
      mood: word(`mood.${view.mood}`),
      goodwill: word("play.goodwill", { goodwill: view.goodwill }),
      count: count(view),
    });
    const [plate, face] = [this.#bar.querySelector<HTMLElement>(".plate"), this.#bar.querySelector<SVGElement>(".face")];
    if (plate) setMood(plate, view.mood);
    if (face) setFace(face, view.mood);
    need(this.#bar, ".meter i").style.setProperty("--at", `${view.goodwill}%`);
  }

  /** The live region says the goodwill and nothing else: focus carries the rest. */
  #say(text: string): void {
    if (this.story.hasGoodwill) this.#live.textContent = text;
  }

  /** Says where goodwill stands, after a moment was taken back. */
  sayAgain(view: View): void {
    this.#say(word("play.start_at", { goodwill: view.goodwill, mood: word(`mood.${view.mood}`) }));
  }

  #beat(...nodes: Node[]): HTMLElement {
    const beat = part("beat");
    beat.append(...nodes);
    this.#talk.append(beat);
    return beat;
  }

  /** Draws the moment at hand with its choices. */
  moment(view: View, offer: Offer): void {
    const lines = this.story.lines(view.node);
    const by = lines.querySelector(".by");
    const mood = this.story.authored(view.node) ?? (this.story.hasGoodwill && view.mood);
    if (by && mood) {
      by.querySelector(".mood")?.remove();
      showMood(by, mood);
    }
    const heading = part("moment", { moment: word("story.moment", { number: view.done + 1 }) });
    this.#moment = this.#beat(heading, lines);
    this.offer(view, offer);
    this.#mend();
  }

  /** Draws the choices of the moment at hand. */
  offer(view: View, { order, hints, choose }: Offer): void {
    const hint = hints && this.story.hint(view.node);
    const group = part("choices", { ask: this.story.ask(view.node) });
    const choices = this.story.choices(view.node);
    let key = 0;
    for (const place of order) {
      const choice = choices[place] as Choice;
      const open = view.open[place];
      if (!open && !choice.shut) continue;
      group.append(button(choice, ++key, open ? () => choose(place) : null));
    }
    group.addEventListener("keydown", pressByNumber);
    this.#moment.append(...(hint ? [hint] : []), group);
  }

  /** Takes the choices away, draws what was said and how it was taken, and says what it did to goodwill. */
  exchange(choice: Choice, before: View, after: View, coaching: boolean): HTMLElement {
    this.#moment.querySelectorAll(".choices, .hint").forEach((done) => done.remove());
    const answer = choice.answer;
    const beat = this.#beat(choice.you, answer);
    if (this.story.hasGoodwill) {
      showMood(need(answer, ".by"), after.mood);
      beat.append(this.#shift(before, after));
    }
    if (coaching) {
      const coach = part("coach", { heading: choice.whyHeading });
      coach.append(choice.why);
      beat.append(coach);
    }
    this.#exchanges.push({ moment: this.#moment, beat, before: before.goodwill, after: after.goodwill });
    this.#mend();
    this.show(after);
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
    this.#say(says);
    const shift = part("shift", { says });
    shift.dataset["way"] = way;
    return shift;
  }

  /** Takes the last exchange back. */
  takeBack(): void {
    const last = this.#exchanges.pop();
    if (!last) return;
    last.beat.remove();
    this.#moment = last.moment;
    this.#mend();
  }

  /** The seam: it cracks where goodwill was lost, is mended in gold once that is won back, and runs gold where it grew. */
  #mend(): void {
    let gold = false;
    this.#exchanges.forEach(({ moment, beat, before, after }, place) => {
      moment.dataset["seam"] = gold ? "gold" : "plain";
      const wonBack = this.#exchanges.slice(place).some((later) => later.after >= before);
      beat.dataset["seam"] = after > before ? "gold" : after === before ? "plain" : wonBack ? "mended" : "crack";
      gold = after > before || (gold && after === before);
    });
    this.#moment.dataset["seam"] ??= gold ? "gold" : "plain";
  }

  /** Draws an ending. */
  ending(node: string): void {
    this.#moment = this.#beat(...this.story.ending(node));
    this.#moment.classList.add("ending");
    this.#mend();
  }

  /** Adds controls or a note below all else. */
  add(node: HTMLElement): void {
    this.#talk.append(node);
  }

  /** A note above the conversation. */
  note(node: HTMLElement): void {
    this.#talk.before(node);
  }

  /** The heading of the moment at hand, or of the ending. */
  get heading(): HTMLElement {
    return need(this.#moment, "h3");
  }

  /** The moment at hand, or the ending. */
  get at(): HTMLElement {
    return this.#moment;
  }
}

/** How far one is: "3 of about 6". */
export function count(view: View): string {
  if (view.over) return word("play.over");
  return word(view.exact ? "play.count" : "play.count_about", { done: view.done + 1, about: view.about });
}

/** Brings a beat to the top, clear of the bar, and focuses one of its headings. */
export function scrollTo(beat: HTMLElement, heading: HTMLElement, gently = false): void {
  const tall = heading.getBoundingClientRect().top - beat.getBoundingClientRect().top > innerHeight / 2;
  (tall ? heading : beat).scrollIntoView({ block: gently ? "nearest" : "start" });
  heading.focus({ preventScroll: true });
}

function button(choice: Choice, key: number, choose: (() => void) | null): HTMLElement {
  const button = part("choice", { key });
  button.classList.toggle("act", choice.isAct);
  button.setAttribute("aria-keyshortcuts", String(key));
  button.append(...[...choice.link.querySelectorAll(".text")].map((text) => text.cloneNode(true)));
  if (choose) {
    button.addEventListener("click", choose);
  } else {
    // Reachable, so that the reason can be read; not `disabled`, which would take it out of the way of the keyboard.
    button.setAttribute("aria-disabled", "true");
    const reason = choice.shut?.cloneNode(true) as HTMLElement;
    reason.hidden = false;
    button.append(reason);
  }
  return button;
}

/** Number keys choose, while focus is in the group: nowhere else, so that they take no key from anybody. */
function pressByNumber(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const buttons = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(".choice");
  buttons[Number(event.key) - 1]?.click();
}
