/** Asks for the script that makes and reads result codes, which is fetched only where it is wanted. */

import type { Ask, Codes } from "./codes";
import { inside, part } from "./parts";

/** What the script gives. Rejects where it does not load, or where the engine may not start. */
export async function ask(): Promise<Codes> {
  await loaded();
  return new Promise((then, failed) => {
    const detail: Ask = { then, failed: () => failed(new Error("the codes did not start")) };
    document.dispatchEvent(new CustomEvent("amends:codes", { detail }));
  });
}

let loading: Promise<void> | undefined;

function loaded(): Promise<void> {
  loading ??= new Promise((loaded, failed) => {
    const nodes = inside(part("codes"));
    const script = nodes.find((node) => node instanceof HTMLScriptElement);
    script?.addEventListener("load", () => loaded());
    script?.addEventListener("error", failed);
    document.head.append(...nodes);
  });
  return loading;
}
