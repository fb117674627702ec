/** Links as they were before a filter of mail rewrote them, as `amends results` reads them. What most filters do is escapes;
 *  Proofpoint's has a way of its own. */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A text with its links as they were. */
export function unfiltered(text: string): string {
  return text
    .replace(/urldefense\.[^\s"<>]*?\/v2\/url\?u=([^\s"<>]*)/g, (_, link: string) => link.replaceAll("-", "%"))
    .replace(/urldefense\.([^\s"<>]*)__;([\w-]*)[^\s"<>]*/g, (_, link: string, end: string) => starless(link, end));
}

/** A link with letters in place of its stars: of each the next, and of two with a sign behind them as many as that says. */
function starless(link: string, end: string): string {
  // Of one digit too many nothing can be made.
  const letters = end.length % 4 === 1 ? "" : atob(end.replaceAll("-", "+").replaceAll("_", "/"));
  let at = 0;
  return link.replace(/\*(?:\*(.))?/g, (_, run?: string) => {
    const from = at;
    at += run ? 2 + DIGITS.indexOf(run) : 1;
    return letters.slice(from, at);
  });
}
