/** Single keys: "/" opens the search, "?" the menu, and digits choose. People who use voice control, or whose hands tremble,
 *  can turn them off in the menu. */

/** Whether single keys have an effect. */
export const keysAreOn = () => document.documentElement.dataset["keys"] !== "off";

/** Whether a press is a single key that has an effect: the reader is not typing, and no dialog asks for an answer. */
export function isSingle({ ctrlKey, altKey, metaKey, target }: KeyboardEvent): boolean {
  const isTyped = (target as Element).closest?.("input, textarea, select, [contenteditable]");
  return keysAreOn() && !ctrlKey && !altKey && !metaKey && !isTyped && !document.querySelector("dialog[open]");
}

/** Calls back when this key is pressed alone. */
export function onKey(key: string, then: () => void): void {
  addEventListener("keydown", (event) => {
    if (event.key !== key || !isSingle(event)) return;
    event.preventDefault();
    then();
  });
}

/** Opens the search with "/" on any page that has one. */
export function openSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-search]");
  if (link) onKey("/", () => link.click());
}
