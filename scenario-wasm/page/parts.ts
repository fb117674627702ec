/** The page's own templates: parts to clone, words to fill in. No script contains markup or a word of the interface. */

import { forms, formatted } from "./language";

export type Values = Record<string, string | number>;

/** An element that a page of this theme must contain. If it is missing, the player ends, and the story stays. */
export function need<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** The templates that arrived in scripts. */
const received: HTMLTemplateElement[] = [];
let policy: { createHTML(html: string): unknown } | undefined;

/** Receives the templates that the build rendered from the theme and delivers in scripts of their own, as text, by an event. A
 *  page with two bundles receives each twice; the first bundle takes it. */
export function receive(): void {
  document.addEventListener("amends:parts", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const html = (event as CustomEvent<string>).detail;
    const arrived = document.createElement("template");
    // Only markup from the build may become part of a page: the page's policy allows no other name.
    policy ??= window.trustedTypes?.createPolicy("amends-parts", { createHTML: (html: string) => html });
    arrived.innerHTML = (policy?.createHTML(html) ?? html) as string;
    received.push(...arrived.content.querySelectorAll("template"));
    document.body.append(arrived.content);
  });
}

const all = document.getElementsByTagName("template");

/** The page's templates of this kind; there may be one for each script. Searching a long story for them takes time, so those
 *  that arrived in scripts are searched first. */
export function* templates(kind: string): Generator<HTMLTemplateElement> {
  for (const list of [received, all]) for (const each of list) if (each.classList.contains(kind)) yield each;
}

/** An element in one of these templates. */
function held(kind: "parts" | "words", ...selectors: string[]): HTMLElement {
  for (const selector of selectors) {
    for (const { content } of templates(kind)) {
      const found = content.querySelector<HTMLElement>(selector);
      if (found) return found;
    }
  }
  throw new Error(`the page has no ${selectors}`);
}

/** A fresh copy of a part. */
export function part(name: string, values: Values = {}): HTMLElement {
  return fill(copy(held("parts", `[data-part="${name}"]`)), values);
}

/** The scripts that have run. */
const ran = new Set<string>();

/** Adds the scripts and styles of a part to the page. Resolves once the scripts have run, in order. If some did not load, the
 *  next call fetches only those. */
export async function loadScripts(name: string): Promise<void> {
  const nodes = inside(part(name)).filter((node) => !ran.has((node as HTMLScriptElement).src));
  const scripts = nodes.filter((node) => node instanceof HTMLScriptElement);
  const loads = scripts.map((script) => {
    script.async = false;
    return new Promise((loaded, failed) => {
      script.addEventListener("load", () => loaded(ran.add(script.src)));
      script.addEventListener("error", failed);
    });
  });
  document.head.append(...nodes);
  await Promise.all(loads);
}

export function copy<T extends Node>(node: T): T {
  return document.importNode(node, true);
}

/** Copies of all child nodes. */
export function inside(node: ParentNode): Node[] {
  return [...node.childNodes].map(copy);
}

/** Puts text where `data-fill` asks for it; the root may ask, too. */
export function fill<T extends HTMLElement>(root: T, values: Values): T {
  for (const place of [root, ...root.querySelectorAll<HTMLElement>("[data-fill]")]) {
    const value = values[place.dataset.fill ?? ""];
    if (value !== undefined) place.textContent = formatted(value);
  }
  return root;
}

/** Puts nodes where `data-slot` or `data-list` names the place. */
export function put(root: ParentNode, name: string, ...nodes: (Node | string)[]): void {
  need(root, `[data-slot="${name}"], [data-list="${name}"]`).replaceChildren(...nodes);
}

/** The class for the color of the skill in this element. */
export function hue(root: ParentNode): string {
  return [...need(root, ".skill").classList].find((name) => name.startsWith("hue-")) ?? "";
}

/** Calls back when the control with this `data-do` is pressed. Ignores the second press of a double one: the first has taken
 *  effect, and what is under the pointer now was not meant. */
export function on(root: ParentNode, name: string, then: () => void): void {
  need(root, `[data-do="${name}"]`).addEventListener("click", (event) => {
    if ((event as MouseEvent).detail < 2) then();
  });
}

/** Words of the interface, in the form for `count`, with the names in braces filled in. */
export function word(key: string, values: Values = {}): string {
  const known = forms(values["count"]).map((form) => `[data-word="${key}${form}"]`);
  return filled(held("words", ...known).textContent ?? "", values);
}

export function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (brace, name: string) => formatted(values[name] ?? brace));
}
