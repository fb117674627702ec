/** The page that a learning platform opens: it holds the session, shows the pages of the package in a frame, and stores data
 *  in place of the browser. A session ends with the page that started it, so this one stays while the trainee moves through
 *  the others. The script of each standard starts it, with its own platform. */

import { pack } from "./package";
import { need, on } from "./parts";
import { counted } from "./progress";
import { attempts, type PackageStorage } from "./store";
import { packState, unpackState } from "./state";
import { NOTHING, tally, type Report, type Progress } from "./tally";

/** The platform's answer when a session starts. */
export interface Opened {
  state: string;
  /** The trainee's status on the platform, as a rank. */
  rank: number;
  /** Somebody reviews an attempt: nothing may be written. */
  isReview: boolean;
}

/** A learning platform, by its standard. */
export interface Platform {
  /** Starts the session; null if no platform answers. */
  open(): Promise<Opened | null>;
  /** Saves the trainee's progress. Resolves to whether it is stored. */
  save(report: Report, state: string): Promise<boolean>;
  /** The same at once, without reading back: the page may be closing. */
  flush(report: Report, state: string, isEnd: boolean): void;
  /** Ends the session at once. `isLeaving` is false if the trainee ended it and the page stays. */
  close(isLeaving: boolean): void;
}

/** Storage for as long as this page is open. Its keys are the stored names, as in a browser's own storage. */
class MemoryStorage {
  readonly #changed: () => void;

  constructor(changed = () => {}) {
    this.#changed = changed;
  }

  getItem(name: string): string | null {
    return Object.hasOwn(this, name) ? (Reflect.get(this, name) as string) : null;
  }

  setItem(name: string, text: string): void {
    Reflect.set(this, name, text);
    this.#changed();
  }

  removeItem(name: string): void {
    Reflect.deleteProperty(this, name);
  }
}

const frame = need<HTMLIFrameElement>(document, "iframe");
const bar = need(document, ".session");

/** The key of the current message on the launch page. */
let said = "connecting";

/** The words of the bar, in the language of the page in the frame. */
function words(key: string): string {
  const { lang } = document.documentElement;
  const all = [...document.querySelectorAll<HTMLTemplateElement>("template.words")];
  const own = all.find(({ dataset }) => dataset["language"] === lang) ?? all[0];
  return own?.content.querySelector(`[data-word="launch.${key}"]`)?.textContent ?? "";
}

/** Shows all words of the bar, and the codes if a trainer has no other access to the results. */
function show(key = said): void {
  said = key;
  bar.dataset["said"] = key;
  for (const each of bar.querySelectorAll<HTMLElement>("[data-says]")) each.textContent = words(each.dataset["says"] ?? "");
  need(bar, "[role=status]").textContent = words(key);
  const needed = key === "absent" || key === "unsaved";
  const codes = pack.scenarios.map(({ slug }) => counted(attempts(slug), pack.certificate)?.code ?? "").filter(Boolean);
  const list = need(bar, ".codes");
  list.hidden = !needed || !codes.length;
  need(list, "output").textContent = codes.join("\n");
}

export function launch(platform: Platform): void {
  let [isOpen, isOver, isStarted, isDirty, isSaving] = [false, false, false, false, false];
  let before: Progress = { rank: NOTHING, score: null };

  const device = new MemoryStorage(() => {
    if (isOver) return;
    // If nothing is reported, the codes are what is left.
    if (!isOpen) return show();
    isStarted = isDirty = true;
    void save();
  });
  const storage = { tab: new MemoryStorage(), device, isReceived: true } as unknown as PackageStorage;
  window.amends = storage;

  /** One save at a time; anything that changes meanwhile is saved afterward. */
  async function save(): Promise<void> {
    if (isSaving) return;
    isSaving = true;
    while (isDirty && !isOver) {
      isDirty = false;
      show("saving");
      const now = tally(before);
      storage.isReceived = await platform.save(now, packState(now));
      if (!isOver && !isDirty) show(storage.isReceived ? "saved" : "unsaved");
    }
    isSaving = false;
  }

  function flush(isEnd = false): void {
    if (!isOpen || isOver) return;
    // A visit alone does not begin anything, but it is reported that nothing is complete.
    const now = tally(before);
    platform.flush(now, isStarted || before.score !== null ? packState(now) : "", isEnd);
  }

  function end(isLeaving: boolean): void {
    if (isOver) return;
    flush(true);
    isOver = true;
    platform.close(isLeaving);
  }

  addEventListener("pagehide", () => end(true));
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && isStarted) flush();
  });
  on(bar, "finish", async () => {
    need<HTMLButtonElement>(bar, "[data-do=finish]").disabled = true;
    while (isSaving) await new Promise((wait) => setTimeout(wait, 50));
    end(false);
    frame.remove();
    if (isOpen) show(storage.isReceived ? "over" : "unsaved");
    const over = need(document, ".over");
    over.hidden = false;
    need(over, "p").textContent = words(said);
    over.focus();
    window.close();
  });
  frame.addEventListener("load", () => {
    const page = frame.contentDocument?.documentElement;
    if (!page?.lang) return;
    const { documentElement: own } = document;
    [own.lang, own.dir] = [page.lang, page.dir];
    show();
  });

  show();
  void platform
    .open()
    .catch(() => null)
    .then((opened) => {
      const known = opened && unpackState(opened.state);
      if (known) before = known;
      if (opened) before = { ...before, rank: Math.max(before.rank, opened.rank) };
      isOpen = Boolean(opened && !opened.isReview);
      storage.isReceived = isOpen;
      show(!opened ? "absent" : opened.isReview ? "review" : known ? "resumed" : "ready");
      frame.src = pack.start;
    });
}
