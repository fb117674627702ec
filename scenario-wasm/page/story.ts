/** The story in the page: a section for each decision, reply and ending. Read here, never changed. */

import type { Mood } from "./engine";
import { copy, inside, need, part, put, templates } from "./parts";
import type { Step } from "./store";

/** A choice, from its link in the decision and the section of its reply. */
export class Choice {
  constructor(
    readonly id: string,
    readonly link: HTMLElement,
    readonly reply: HTMLElement,
    /** What was done, in the past tense, if the author wrote it. */
    readonly short: string | undefined,
  ) {}

  get strongest(): boolean {
    return "strongest" in this.reply.dataset;
  }

  /** 0 to 3, parallel to the decision's tested skills. */
  get ratings(): number[] {
    return (this.reply.dataset["ratings"] ?? "").split(" ").map(Number);
  }

  /** The author's words. */
  get #said(): HTMLElement {
    return need(this.link, ".text");
  }

  get text(): string {
    return this.#said.textContent ?? "";
  }

  get isAct(): boolean {
    return this.link.classList.contains("act");
  }

  /** Why it is closed; null if a closed choice is not shown at all. */
  get shut(): HTMLElement | null {
    return this.link.querySelector<HTMLElement>(".shut");
  }

  /** Its condition in words. */
  get gate(): HTMLElement | null {
    return this.link.querySelector<HTMLElement>(".gate");
  }

  get you(): HTMLElement {
    const you = part("you");
    you.classList.toggle("act", this.isAct);
    put(you, "said", ...inside(this.#said));
    return you;
  }

  get answer(): HTMLElement {
    return copy(need(this.reply, ".answer"));
  }

  get whyHeading(): string {
    return need(this.reply, ".coach h4").textContent ?? "";
  }

  /** The ratings and the coaching. */
  get why(): HTMLElement {
    return copy(need(this.reply, ".why"));
  }
}

/** A decision and what was chosen there, by their ids. */
interface Taken {
  node: string;
  choice: string;
}

export class Story {
  /** The element with everything that is read. During a play, it is not in the document. */
  readonly tale: HTMLElement;
  #found: Map<string, HTMLElement> | undefined;

  constructor(readonly root: HTMLElement) {
    this.tale = need(root, ".tale");
  }

  /** Decisions and endings by the targets of links; filled by the first moment that is played. */
  get #sections(): Map<string, HTMLElement> {
    if (!this.#found) {
      const sections = [...this.tale.children] as HTMLElement[];
      this.#found = new Map(sections.map((section) => [section.querySelector("[id]")?.id ?? "", section]));
    }
    return this.#found;
  }

  /** The fingerprint of everything that routes and scores. */
  get fingerprint(): string | undefined {
    return this.model.dataset["print"];
  }

  get graph(): string {
    return this.model.dataset["graph"] ?? "";
  }

  get isDrill(): boolean {
    return "drill" in this.root.dataset;
  }

  /** Whether there is a customer whose goodwill is shown. */
  get hasGoodwill(): boolean {
    return "goodwill" in this.root.dataset;
  }

  get slug(): string {
    return this.root.dataset["slug"] ?? "";
  }

  /** The prefix of this story's anchors. */
  get #key(): string {
    return (this.root.getAttribute("aria-labelledby") ?? "").replace("_heading", "-");
  }

  #section(id: string): HTMLElement {
    const section = this.#sections.get(this.#key + id);
    if (!section) throw new Error(`the page has no moment ${id}`);
    return section;
  }

  lines(node: string): HTMLElement {
    return copy(need(this.#section(node), ".lines"));
  }

  /** The mood that the author set, if any. */
  authored(node: string): Mood | undefined {
    return this.#section(node).dataset["mood"] as Mood | undefined;
  }

  ask(node: string): string {
    return need(this.#section(node), ".ask > p").textContent ?? "";
  }

  hint(node: string): HTMLElement | null {
    const hint = this.#section(node).querySelector<HTMLElement>(".hint");
    return hint && copy(hint);
  }

  /** The skills that a decision tests, by index in the model. */
  tests(node: string): number[] {
    const { skills } = this;
    const tested = (this.#section(node).dataset["tests"] ?? "").split(" ");
    return tested.map((id) => skills.findIndex(({ dataset }) => dataset["id"] === id));
  }

  choices(node: string): Choice[] {
    const section = this.#section(node);
    // It arrives with the debrief.
    const did = templates("did").next().value?.content.children ?? [];
    const shorts = did[[...this.#sections.values()].indexOf(section)]?.children ?? [];
    return [...section.querySelectorAll<HTMLElement>("a.choice")].map((link, place) => {
      const id = (link.getAttribute("href") ?? "").slice(`#${this.#key}${node}_`.length);
      const short = shorts[place]?.textContent || undefined;
      return new Choice(id, link, link.nextElementSibling as HTMLElement, short);
    });
  }

  /** The choice that was taken. */
  choice({ node, choice }: Taken): Choice {
    const found = this.choices(node).find(({ id }) => id === choice);
    if (!found) throw new Error(`the page has no choice ${choice}`);
    return found;
  }

  /** A decision that was taken, in the form for a learning platform. */
  step(taken: Taken): Step {
    const { node, choice } = taken;
    const { ratings } = this.choice(taken);
    const sum = ratings.reduce((sum, rating) => sum + rating, 0);
    return {
      node,
      choice: this.choices(node).findIndex(({ id }) => id === choice),
      rating: Math.round((100 * sum) / (3 * ratings.length)),
      skills: this.tests(node).map((skill) => this.skill(skill).dataset["id"] ?? ""),
    };
  }

  ending(node: string): Node[] {
    const section = copy(this.#section(node));
    section.querySelector(".on")?.remove();
    return inside(section);
  }

  /** What the player needs of the model: its skills, and the graph. */
  get model(): HTMLTemplateElement {
    return this.#held("model");
  }

  get customer(): DocumentFragment {
    return this.#held("customer").content;
  }

  /** A template of the story: a drill's is inside of it; a scenario is alone on its page, and its template came in a script. */
  #held(kind: "model" | "customer"): HTMLTemplateElement {
    for (const each of templates(kind)) if (!this.isDrill || this.root.contains(each)) return each;
    throw new Error(`the page has no ${kind}`);
  }

  get skills(): HTMLElement[] {
    return [...need(this.model.content, ".skills").children] as HTMLElement[];
  }

  /** A skill, by index in the model. */
  skill(place: number): HTMLElement {
    return need(this.model.content, `.skills > :nth-child(${place + 1})`);
  }
}
