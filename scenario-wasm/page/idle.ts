/** Work that can wait until a page is idle, or until the last frame has been seen. */

export function idle(then: () => void): void {
  (window.requestIdleCallback ?? setTimeout)(then);
}

export function painted(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}

/** Runs the steps in order, and lets the page respond to presses in between. */
export function piecemeal([first, ...others]: (() => unknown)[]): void {
  if (!first) return;
  first();
  setTimeout(() => piecemeal(others));
}
