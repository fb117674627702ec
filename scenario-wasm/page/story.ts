/** The story as it stands in the page: one section for each decision, reply and ending. Read here, never changed. */

import { copy, inside, need } from "./parts";

/** What the page knows of a choice, by its link in the decision and its section. */
export class Choice {
  constructor(
    readonly link: HTMLElement,
    readonly reply: HTMLElement,
  ) {}

  get id(): string {
    return this.link.dataset["choice"] ?? "";
  }

  get strongest(): boolean {
    return "strongest" in this.reply.dataset;
  }

  /** What was done, past tense, where the author says it. */
  get short(): string | undefined {
    return this.reply.dataset["short"];
  }

  /** 0 to 3, parallel to what the decision tests. */
  get ratings(): number[] {
    return (this.reply.dataset["ratings"] ?? "").split(" ").map(Number);
  }

  get text(): string {
    return need(this.link, ".text").textContent ?? "";
  }

  /** Why it is closed; nothing where a closed choice is not to be shown at all. */
  get shut(): HTMLElement | null {
    return this.link.querySelector<HTMLElement>(".shut");
  }

  /** Its condition in words. */
  get gate(): HTMLElement | null {
    return this.link.querySelector<HTMLElement>(".gate");
  }

  get you(): HTMLElement {
    return anonymous(copy(need(this.reply, ".you")));
  }

  get answer(): HTMLElement {
    return copy(need(this.reply, ".answer"));
  }

  get whyHeading(): string {
    return need(this.reply, ".coach summary").textContent ?? "";
  }

  /** The ratings and the coaching. */
  get why(): HTMLElement {
    return copy(need(this.reply, ".why"));
  }
}

export class Story {
  constructor(readonly root: HTMLElement) {}

  get graph(): string {
    return this.root.dataset["graph"] ?? "";
  }

  get isDrill(): boolean {
    return "drill" in this.root.dataset;
  }

  /** Whether there is a customer whose goodwill shows. */
  get hasGoodwill(): boolean {
    return "goodwill" in this.root.dataset;
  }

  get slug(): string {
    return this.root.dataset["slug"] ?? "";
  }

  #section(kind: string, id: string): HTMLElement {
    return need(this.root, `.${kind}[data-node="${id}"]`);
  }

  lines(node: string): HTMLElement {
    return copy(need(this.#section("decision", node), ".lines"));
  }

  /** The mood that the author set, if any. */
  authored(node: string): boolean {
    return "mood" in this.#section("decision", node).dataset;
  }

  ask(node: string): string {
    return need(this.#section("decision", node), ".ask > p").textContent ?? "";
  }

  hint(node: string): HTMLElement | null {
    const hint = this.#section("decision", node).querySelector<HTMLElement>(".hint");
    return hint && copy(hint);
  }

  /** The skills that a decision tests, by place in the model. */
  tests(node: string): number[] {
    const skills = [...need(this.model.content, ".skills").children] as HTMLElement[];
    const tested = (this.#section("decision", node).dataset["tests"] ?? "").split(" ");
    return tested.map((id) => skills.findIndex((skill) => skill.dataset["id"] === id));
  }

  choices(node: string): Choice[] {
    const links = this.#section("decision", node).querySelectorAll<HTMLElement>("[data-choice]");
    return [...links].map((link) => {
      const id = link.dataset["choice"] ?? "";
      return new Choice(link, need(this.root, `.reply[data-node="${node}"][data-choice="${id}"]`));
    });
  }

  choice(node: string, id: string): Choice {
    const found = this.choices(node).find((choice) => choice.id === id);
    if (!found) throw new Error(`the page has no choice ${id}`);
    return found;
  }

  ending(node: string): Node[] {
    const section = copy(this.#section("ending", node));
    section.querySelector(".on")?.remove();
    return inside(anonymous(section));
  }

  /** The model's words. */
  get model(): HTMLTemplateElement {
    return need<HTMLTemplateElement>(this.root, "template.model");
  }

  /** One of the model's lists, by place. */
  listed(list: string, place: number): HTMLElement {
    return need(this.model.content, `.${list} > :nth-child(${place + 1})`);
  }

  /** A skill's name. */
  skill(place: number): string {
    return this.listed("skills", place).dataset["name"] ?? "";
  }

  /** What the model calls a skill. */
  skillId(place: number): string {
    return this.listed("skills", place).dataset["id"] ?? "";
  }

  /** The names of a set of skills: bit 0 is the first. */
  skills(set: number): string[] {
    const names = [];
    for (let place = 0; set >> place; place++) if ((set >> place) & 1) names.push(this.skill(place));
    return names;
  }

  /** The hue of a skill, 1 to 8. */
  hue(place: number): string {
    return /hue-(\d)/.exec(need(this.listed("skills", place), ".skill").className)?.[1] ?? "1";
  }

  /** The drawing of a skill. */
  glyph(place: number): SVGElement {
    return copy(need<SVGElement>(this.listed("skills", place), ".glyph"));
  }

  /** A skill as hue, glyph and word. */
  tag(place: number): Node[] {
    return inside(this.listed("skills", place));
  }
}

/** A copy must not claim the ids of its original. */
function anonymous(root: HTMLElement): HTMLElement {
  for (const named of root.querySelectorAll("[id]")) named.removeAttribute("id");
  return root;
}
