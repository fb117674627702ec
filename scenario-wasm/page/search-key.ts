/** The key that opens the search on any page that has one: "/", unless the reader is typing. */

import { keysAreOn } from "./look";

export function openSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-search]");
  if (!link) return;
  addEventListener("keydown", (event) => {
    const isTyped = (event.target as Element).closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || !keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || isTyped) return;
    event.preventDefault();
    link.click();
  });
}
