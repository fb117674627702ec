/** The menu of every page: text size, light or dark, single keys, reading aloud, and the list of keys. It is a script of its
 *  own, with its parts, and loads once a page is idle. */

import { atHand, hush, isSpeaking, speak, whenThereIsAVoice } from "./aloud";
import { keysAreOn, look, setLook, type Look } from "./look";
import { need, on, part } from "./parts";
import { receive } from "./receive";

receive();

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
  on(menu, "aloud", () => {
    const begins = !isSpeaking();
    speaking(begins);
    if (begins) speak(atHand(), () => speaking(false));
    else hush();
  });
  addEventListener("pagehide", hush);
  addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    const isTyped = (target as Element).closest?.("input, textarea, select, [contenteditable]");
    if (key === "?" && keysAreOn() && !ctrlKey && !metaKey && !altKey && !isTyped) menu.togglePopover();
  });
  menu.addEventListener("toggle", (event) => (event as ToggleEvent).newState === "open" && need(menu, "h2").focus());
  button.append(part("menu-sign"));
  button.popoverTargetElement = menu;
  button.disabled = false;
}

// Its parts follow immediately.
queueMicrotask(begin);
