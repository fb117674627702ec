/** Requests the script that makes and reads result codes, which is fetched only where it is needed. */

import type { Codes, CodesRequest } from "./codes";
import { loadScripts } from "./parts";

let loading: Promise<void> | undefined;

/** The functions of the script. Rejects if it does not load, or the engine is not allowed to start. */
export async function codes(): Promise<Codes> {
  await (loading ??= loadScripts("codes"));
  return new Promise((answer) => {
    document.dispatchEvent(new CustomEvent<CodesRequest>("amends:codes", { detail: answer }));
  });
}
