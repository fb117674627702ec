/** Takes in the markup that the build hands over in scripts. */

import { received } from "./parts";

let policy: { createHTML(html: string): unknown } | undefined;

/** Templates that the build rendered from the theme come in scripts of their own, as text, by an event. A page with two
 *  bundles hears each twice, and the first takes it. */
export function receive(): void {
  document.addEventListener("amends:parts", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const html = (event as CustomEvent<string>).detail;
    const held = document.createElement("template");
    // Markup that the build made, and nothing else, may become part of a page: its policy allows this name alone.
    policy ??= window.trustedTypes?.createPolicy("amends-parts", { createHTML: (html: string) => html });
    held.innerHTML = (policy?.createHTML(html) ?? html) as string;
    received.push(...held.content.querySelectorAll("template"));
    document.body.append(held.content);
  });
}
