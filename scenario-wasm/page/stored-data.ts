/** Imports stored data from a file, or deletes it. */

import { forgetOffline } from "./offline";
import { change, course, device, isList, isSame, isTable, prefix, stored, tab, union, VERSION, type Attempt } from "./store";

/** The result of an import: how many attempts were new, or why it was refused. */
type ImportResult = { attempts: number } | "no_record" | "other_course" | "newer" | "not_kept";

/** Adds the contents of an exported file. Loses nothing that is here, and adds nothing twice. */
export async function importRecord(text: string): Promise<ImportResult> {
  const file = parsed(text);
  if (!isTable(file) || file["kind"] !== "record" || !isTable(file["items"])) return "no_record";
  if (file["course"] !== course) return "other_course";
  if (file["v"] !== VERSION) return "newer";
  let attempts = 0;
  for (const [name, item] of Object.entries(file["items"])) {
    const value = parsed(item);
    if (name.startsWith("attempts:") && isList(value)) {
      const kept = await change(name, isList, (before) => {
        const all = before ?? [];
        const fresh = value.filter((each) => isTable(each) && !all.some((known) => isSame(known, each as unknown as Attempt)));
        attempts += fresh.length;
        return [...all, ...fresh].sort((one, other) => (when(one) < when(other) ? -1 : 1));
      });
      if (!kept) return "not_kept";
    } else if (name === "lessons" && isTable(value)) {
      await change(name, isTable, (before) => ({ ...value, ...before }));
    } else if (name === "drills" && isTable(value)) {
      await change(name, isTable, (before) => {
        const slugs = Object.keys({ ...value, ...before });
        return Object.fromEntries(slugs.map((slug) => [slug, union(before?.[slug], value[slug])]));
      });
    } else if (name.startsWith("answers:") && isList(value)) {
      await change(name, isList, (before) => before ?? value);
    }
  }
  return { attempts };
}

function when(attempt: unknown): string {
  return isTable(attempt) ? String(attempt["at"]) : "";
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

/** Deletes everything that the course stores on this device, including its copies for offline use. */
export async function deleteAll(): Promise<void> {
  for (const from of [device, tab]) for (const name of stored(from) ?? []) from().removeItem(prefix + name);
  await forgetOffline();
}
