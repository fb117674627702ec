/** Stores the course for offline use if a service worker can run: once the page is idle, and not if the reader saves data. */

import { savesData } from "./faces";
import { idle } from "./idle";
import { prefix } from "./store";

/** Whether a worker can be registered. From the disk, and in a frame without an origin, even trying is an error. */
export const canWork = isSecureContext && origin !== "null" && "serviceWorker" in navigator;

/** Registers the worker whose address the page contains; a page under `serve` contains none. */
export function keepOffline(): void {
  const { dataset } = document.documentElement;
  const { offline } = dataset;
  // A page with two scripts gets here twice, and a policy can be created only once.
  delete dataset["offline"];
  if (!offline || !canWork || savesData) return;
  const register = () => {
    // The page's policy allows only this way, and only this address, for a text to become the address of a script.
    const allowed = window.trustedTypes?.createPolicy("amends", { createScriptURL: (_: string) => offline });
    navigator.serviceWorker.register(allowed?.createScriptURL("") ?? offline).catch(() => {
      // Refused, so there is no offline use.
    });
  };
  addEventListener("load", () => idle(register));
}

/** Whether the whole course is stored. */
export async function isKept(): Promise<boolean> {
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    const names = await caches.keys();
    return Boolean(registration?.active) && names.some((name) => name.startsWith(`${prefix}offline:`));
  } catch {
    return false;
  }
}

/** Deletes the copies. */
export async function forgetOffline(): Promise<void> {
  try {
    await (await navigator.serviceWorker.getRegistration())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
  } catch {
    // There are none.
  }
}
