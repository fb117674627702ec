/** A day to play a conversation again, as a calendar file (RFC 5545). It does not mention the result: colleagues may see the
 *  calendar. */

import type { Report } from "./engine";
import { course, stamp, type Attempt } from "./store";

/** When to play again: after a week, two after a pass, four after mastery. The same day of the week is likely to be a working
 *  day, too. */
export function again({ pass, mastery }: Pick<Report, "pass" | "mastery"> | Attempt, from: Date): Date {
  const weeks = mastery ? 4 : pass ? 2 : 1;
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + 7 * weeks);
}

/** The day as an event, which replaces any other event of the same day. */
export function event(slug: string, day: Date, summary: string): string {
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("");
  // In a package, and from a disk, no address would lead back.
  const hasAddress = location.protocol.startsWith("http") && !("package" in document.documentElement.dataset);
  const address = location.origin + location.pathname;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//amends//amends//EN",
    "BEGIN:VEVENT",
    `UID:${slug}-${date}@${course}`,
    `DTSTAMP:${stamp().at.replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${date}`,
    `SUMMARY:${summary.replace(/[\\;,]/g, "\\$&")}`,
    ...(hasAddress ? [`DESCRIPTION:${address}`, `URL:${address}`] : []),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** A line can have 75 bytes; continuation lines start with a space. */
function folded(line: string): string {
  let [text, size] = ["", 0];
  for (const sign of line) {
    const bytes = new TextEncoder().encode(sign).length;
    if (size + bytes > 75) [text, size] = [`${text}\r\n `, 1];
    text += sign;
    size += bytes;
  }
  return text;
}
