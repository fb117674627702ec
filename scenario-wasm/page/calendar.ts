/** A day to play a conversation again, as a file for calendars (RFC 5545). It says nothing of the result: colleagues may see
 *  one's calendar. */

import type { Report } from "./engine";
import { course, stamp, type Attempt } from "./store";

/** When it is time: after a week, or two once it was passed, or four with mastery. The same day of the week is likely to be a
 *  day of work, too. */
export function again({ pass, mastery }: Pick<Report, "pass" | "mastery"> | Attempt, from: Date): Date {
  const weeks = mastery ? 4 : pass ? 2 : 1;
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + 7 * weeks);
}

/** The day as an event. Another one of the same day takes its place, and does not stand beside it. */
export function event(slug: string, day: Date, summary: string): string {
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("");
  // In a package, and from a disk, there is no address that would lead back.
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

/** A line may have 75 bytes; the next one goes on after a blank. */
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
