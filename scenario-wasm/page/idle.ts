/** What can wait: until a page has time, or until what was drawn is seen. */

export function idle(then: () => void): void {
  (window.requestIdleCallback ?? setTimeout)(then);
}

export function painted(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}

/** One after the other, with room for a press in between. */
export function piecemeal([first, ...others]: (() => unknown)[]): void {
  if (!first) return;
  first();
  setTimeout(() => piecemeal(others));
}
