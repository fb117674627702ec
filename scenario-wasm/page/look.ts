/** The reader's settings for all pages of the course: text size, light or dark, and whether letters and numbers are keys.
 *  `look.js` applies the stored ones before a page is painted. */

import { isTable, peek, write } from "./store";

export type Look = Partial<Record<"text" | "scheme" | "keys", string>>;

const { documentElement: root } = document;

export const look = (): Look => peek("look", isTable) ?? {};

/** Changes settings, here and on later pages. Returns whether they could be stored. */
export function setLook(changes: Look): boolean {
  const { text = "", scheme = "", keys = "" } = { ...look(), ...changes };
  root.style.setProperty("--text", text);
  root.style.colorScheme = scheme;
  root.dataset["keys"] = keys;
  return write("look", isTable, () => ({ text, scheme, keys }));
}

/** Whether single keys have an effect: people who use voice control, or whose hands tremble, can turn that off. */
export const keysAreOn = () => root.dataset["keys"] !== "off";
