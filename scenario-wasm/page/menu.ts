/** The menu of every page: text size, light or dark, single keys, reading aloud, and the list of keys. It is a script of its
 *  own, with its parts, and loads once a page is idle. */

import { readAloud, whenThereIsAVoice } from "./aloud";
import { onKey } from "./keys";
import { need, on, part, receive } from "./parts";
import { isTable, peek, write } from "./store";

receive();

/** The reader's settings for all pages of the course. `look.js` applies the stored ones before a page is painted. */
type Look = Partial<Record<"text" | "scheme" | "keys", string>>;

const look = (): Look => peek("look", isTable) ?? {};

/** Changes settings, here and on later pages. Returns whether they could be stored. */
function setLook(changes: Look): boolean {
  const { documentElement: root } = document;
  const { text = "", scheme = "", keys = "" } = { ...look(), ...changes };
  root.style.setProperty("--text", text);
  root.style.colorScheme = scheme;
  root.dataset["keys"] = keys;
  return write("look", isTable, () => ({ text, scheme, keys }));
}

function begin(): void {
  const button = document.querySelector<HTMLButtonElement>(".menu-button");
  if (!button || !("popover" in button)) return;
  const menu = part("menu");
  document.body.append(menu);
  const known = look();
  for (const input of menu.querySelectorAll<HTMLInputElement>("input")) {
    const name = input.name as keyof Look;
    input.checked = input.type === "checkbox" ? known.keys !== "off" : input.value === (known[name] ?? "");
    input.addEventListener("change", () => {
      const value = input.type === "checkbox" && !input.checked ? "off" : input.value;
      need(menu, ".look-not-kept").hidden = setLook({ [name]: value });
    });
  }
  const aloud = need<HTMLButtonElement>(menu, "[data-do=aloud]");
  const speaking = (isOn: boolean) => aloud.setAttribute("aria-pressed", String(isOn));
  whenThereIsAVoice(() => (aloud.hidden = false));
  on(menu, "aloud", () => speaking(readAloud(() => speaking(false))));
  onKey("?", () => menu.togglePopover());
  menu.addEventListener("toggle", (event) => (event as ToggleEvent).newState === "open" && need(menu, "h2").focus());
  button.append(part("menu-sign"));
  button.popoverTargetElement = menu;
  button.disabled = false;
}

// Its parts follow immediately.
queueMicrotask(begin);
