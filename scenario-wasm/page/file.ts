/** Files for the trainee, also where a frame keeps them back. */

import { need, part } from "./parts";

/** Hands a file to the browser. A frame may refuse that, and tells nobody: so inside of one the text stands after `at`, too,
 *  selected, for the reader's own keys. */
export function save(name: string, json: unknown, at: Element): void {
  const text = JSON.stringify(json, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  if (self === top) return;
  const shown = part("as-text");
  const field = need<HTMLTextAreaElement>(shown, "textarea");
  field.value = text;
  at.parentElement?.querySelector("textarea[readonly]")?.closest("div")?.remove();
  at.after(shown);
  field.select();
}
