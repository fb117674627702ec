/** Copies and files for the reader, even if a frame or a browser refuses them. */

import { need, part } from "./parts";

/** Copies the text; if that is refused, selects the field that shows it, for the reader's own keys. Returns whether it was
 *  copied. */
export async function copied(text: string, field: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.textContent = text;
    getSelection()?.selectAllChildren(field);
    return false;
  }
}

/** Prints the page. A frame may refuse that silently; then a note appears after `at`. */
export function printed(at: Element): void {
  let isHeard = self === top;
  addEventListener("beforeprint", () => (isHeard = true), { once: true });
  print();
  if (!isHeard && !at.nextElementSibling?.matches(".not-printed")) at.after(part("not-printed"));
}

/** Offers a file as a download. */
export function save(name: string, file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The same for a text. A frame may refuse it silently; inside of one, the text also appears after `at`, selected, for the
 *  reader's own keys. */
export function saveText(name: string, text: string, type: string, at: Element): void {
  save(name, new Blob([text], { type }));
  if (self === top) return;
  const shown = part("as-text");
  const field = need<HTMLTextAreaElement>(shown, "textarea");
  field.value = text;
  at.parentElement?.querySelector("textarea[readonly]")?.closest("div")?.remove();
  at.after(shown);
  field.select();
}

/** The same for data. */
export function saveJson(name: string, json: unknown, at: Element): void {
  saveText(name, JSON.stringify(json, null, 1), "application/json", at);
}
