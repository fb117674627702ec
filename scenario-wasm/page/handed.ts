/** What the build hands over in scripts of its own: templates that it rendered from the theme, as text, by an event. */

import { handedOver } from "./parts";

/** Markup that the build made, and nothing else, may become part of a page: its policy allows this name alone. */
const policy = window.trustedTypes?.createPolicy("amends-parts", { createHTML: (html: string) => html });

document.addEventListener("amends:parts", (event) => {
  const html = (event as CustomEvent<string>).detail;
  const held = document.createElement("template");
  held.innerHTML = policy?.createHTML(html) ?? html;
  handedOver.push(...held.content.querySelectorAll("template"));
  document.body.append(held.content);
});

/** Resolves once the scripts that the page itself names have run: they are deferred, and handed over what they hold. */
export const handed = new Promise((done) => document.addEventListener("DOMContentLoaded", done));
