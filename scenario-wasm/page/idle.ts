/** What can wait until a page has time. */

export function idle(then: () => void): void {
  (window.requestIdleCallback ?? setTimeout)(then);
}
