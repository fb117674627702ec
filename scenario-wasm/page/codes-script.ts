/** Asks for the script that makes and reads result codes, which is fetched only where it is wanted. */

import type { Codes, CodesRequest } from "./codes";
import { loadScripts } from "./parts";

let loading: Promise<void> | undefined;

/** What the script gives. Rejects where it does not load, or where the engine may not start. */
export async function codes(): Promise<Codes> {
  await (loading ??= loadScripts("codes"));
  return new Promise((then, failed) => {
    const detail: CodesRequest = { then, failed: () => failed(new Error("the codes did not start")) };
    document.dispatchEvent(new CustomEvent("amends:codes", { detail }));
  });
}
