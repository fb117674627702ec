/** Keeping the course for offline, where a service worker can run: once the page is idle, and not where data is saved. */

import { savesData } from "./faces";
import { idle } from "./idle";
import { prefix } from "./store";

/** Whether a worker may be asked for. From the disk, and in a frame that is given no origin, only to ask is a fault. */
export const canWork = isSecureContext && origin !== "null" && "serviceWorker" in navigator;

/** Registers the worker. The page says where it is; a page that is served while it is written says nothing. */
export function keepOffline(): void {
  const { dataset } = document.documentElement;
  const { offline } = dataset;
  // A page with two scripts asks twice, and a policy can be made once.
  delete dataset["offline"];
  if (!offline || !canWork || savesData) return;
  const register = () => {
    // The page's policy lets no text become a script's address but by this one way, and this one address.
    const allowed = window.trustedTypes?.createPolicy("amends", { createScriptURL: (_: string) => offline });
    navigator.serviceWorker.register(allowed?.createScriptURL("") ?? offline).catch(() => {
      // Refused: then there is no offline.
    });
  };
  addEventListener("load", () => idle(register));
}

/** Whether the whole course is kept. */
export async function isKept(): Promise<boolean> {
  try {
    const registration = await navigator.serviceWorker.getRegistration();
    const names = await caches.keys();
    return Boolean(registration?.active) && names.some((name) => name.startsWith(`${prefix}offline:`));
  } catch {
    return false;
  }
}

/** Lets the copies go. */
export async function forgetOffline(): Promise<void> {
  try {
    await (await navigator.serviceWorker.getRegistration())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
  } catch {
    // None here.
  }
}
