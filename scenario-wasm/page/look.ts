/** How a reader wants to see and work the pages of the course: the size of text, light or dark, and whether letters and numbers
 *  are keys. `look.js` applies what is stored before a page is painted. */

import { isTable, peek, write } from "./store";

export type Look = Partial<Record<"text" | "scheme" | "keys", string>>;

const { documentElement: root } = document;

export const look = (): Look => peek("look", isTable) ?? {};

/** Changes it, here and on the pages to come. Says whether those will know. */
export function setLook(changes: Look): boolean {
  const { text = "", scheme = "", keys = "" } = { ...look(), ...changes };
  root.style.setProperty("--text", text);
  root.style.colorScheme = scheme;
  root.dataset["keys"] = keys;
  return write("look", isTable, () => ({ text, scheme, keys }));
}

/** Whether a single key may do something: who speaks to the browser, or trembles, can turn that off. */
export const keysAreOn = () => root.dataset["keys"] !== "off";
