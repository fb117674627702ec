/** Single keys: "/" opens the search, "?" the menu, and digits choose. People who use voice control, or whose hands tremble,
 *  can turn them off in the menu. */

/** Whether single keys have an effect. */
export const keysAreOn = () => document.documentElement.dataset["keys"] !== "off";

/** Whether a press is a single key that has an effect. */
export function isSingle({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return keysAreOn() && !ctrlKey && !altKey && !metaKey;
}

/** Calls back when this key is pressed alone, unless the reader is typing. */
export function onKey(key: string, then: () => void): void {
  addEventListener("keydown", (event) => {
    const isTyped = (event.target as Element).closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== key || !isSingle(event) || isTyped) return;
    event.preventDefault();
    then();
  });
}

/** Opens the search with "/" on any page that has one. */
export function openSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-search]");
  if (link) onKey("/", () => link.click());
}
