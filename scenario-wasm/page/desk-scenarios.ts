/** The words of the desk's scenarios, which the page contains: names for ids. */

import { copy, inside, need } from "./parts";

const content = need<HTMLTemplateElement>(document, "template.shelf").content;

/** The scenarios, with the data for the engine. */
export function graphs(): { names: string; graph: string }[] {
  const all = [...content.querySelectorAll<HTMLElement>("[data-graph]")];
  return all.map(({ dataset }) => ({ names: dataset["names"] ?? "", graph: dataset["graph"] ?? "" }));
}

function of(slug: string): HTMLElement {
  return need(content, `[data-slug="${slug}"]`);
}

function model(slug: string): HTMLElement {
  return need(content, `[data-model="${of(slug).dataset["by"]}"]`);
}

export const title = (slug: string) => need(of(slug), "h2").textContent ?? "";

/** The customer's portrait, if there is one. */
export const face = (slug: string) => [...of(slug).querySelectorAll(".plate")].map(copy);

/** A skill as hue, glyph and word; without a scenario, of the first model that has it. */
export function skill(id: string, slug?: string): Node[] {
  return inside(need(slug ? model(slug) : content, `[data-skill="${id}"]`));
}

export const skillName = (id: string, slug?: string) =>
  need(slug ? model(slug) : content, `[data-skill="${id}"]`).dataset["name"] ?? id;

export const slip = (id: string, slug: string) => need(model(slug), `[data-slip="${id}"]`).textContent ?? id;

/** The band with an index, the highest first; the model may have had more when somebody played. */
export const band = (place: number, slug: string) => model(slug).querySelector(`.bands > :nth-child(${place + 1})`)?.textContent ?? "";

interface Moment {
  number: string;
  /** Its first words. */
  says: string;
  all: string;
  tests: Node[];
  /** `ratings` are 0 to 3, one for each of `tests`. */
  choices: { id: string; text: string; ratings: number[]; worth: string }[];
}

/** The words of a decision. */
export function moment(node: string, slug: string): Moment {
  const found = need(of(slug), `[data-node="${node}"]`);
  const choices = [...found.querySelectorAll<HTMLElement>("[data-choice]")];
  return {
    number: found.dataset["number"] ?? "",
    says: need(found, "p").textContent ?? "",
    all: need(found, "q").textContent ?? "",
    tests: [...found.querySelectorAll(".skill")].map(copy),
    choices: choices.map(({ dataset, textContent }) => ({
      id: dataset["choice"] ?? "",
      text: textContent ?? "",
      ratings: (dataset["ratings"] ?? "").split(" ").map(Number),
      worth: dataset["worth"] ?? "",
    })),
  };
}

/** The title of an ending. */
export const ending = (node: string, slug: string) => need(of(slug), `[data-node="${node}"]`).textContent ?? "";

/** The lessons that lead to the scenario. */
export const lessons = (slug: string) => [...of(slug).querySelectorAll(".behind a")].map(copy);
