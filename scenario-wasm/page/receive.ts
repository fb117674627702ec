/** Receives the markup that the build delivers in scripts. */

import { received } from "./parts";

let policy: { createHTML(html: string): unknown } | undefined;

/** Templates that the build rendered from the theme arrive in scripts of their own, as text, by an event. A page with two
 *  bundles receives each twice; the first bundle takes it. */
export function receive(): void {
  document.addEventListener("amends:parts", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const html = (event as CustomEvent<string>).detail;
    const held = document.createElement("template");
    // Only markup from the build may become part of a page: the page's policy allows no other name.
    policy ??= window.trustedTypes?.createPolicy("amends-parts", { createHTML: (html: string) => html });
    held.innerHTML = (policy?.createHTML(html) ?? html) as string;
    received.push(...held.content.querySelectorAll("template"));
    document.body.append(held.content);
  });
}
