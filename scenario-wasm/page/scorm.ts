/** A learning platform with SCORM 1.2 or 2004: an object in a window around this one.
 *
 *  Platforms answer "true" to what they lose, lack calls of the standard, and return less than they store. So every call is
 *  looked up first, only changes are written, one value at a time, score before status, and each is read back and repeated a
 *  limited number of times until it is stored. */

import { launch, type Opened, type Platform } from "./launch";
import { pack } from "./package";
import { BEGUN, FAILED, NOTHING, PASSED, type Report } from "./tally";

const is12 = pack.standard === "scorm12";
const CALLS = is12
  ? { api: "API", begin: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", end: "LMSFinish" }
  : { api: "API_1484_11", begin: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", end: "Terminate" };
const KEYS = is12
  ? { score: "cmi.core.score", exit: "cmi.core.exit", time: "cmi.core.session_time", mode: "cmi.core.lesson_mode" }
  : { score: "cmi.score", exit: "cmi.exit", time: "cmi.session_time", mode: "cmi.mode" };
const STATE = "cmi.suspend_data";

/** Without these, nothing is saved. */
const NEEDED = [STATE, `${KEYS.score}.raw`, `${KEYS.score}.scaled`];

/** How long to look for a platform, how long to wait for a value to arrive, and how often to write it. */
const [PATIENCE, WAITS, TURNS] = [5_000, [0, 100, 200, 400, 800], 3];

type Api = Record<string, unknown>;
type Value = [key: string, value: string];

const wait = (time: number) => new Promise((done) => setTimeout(done, time));

/** These values if the condition holds, else none. */
const only = (holds: boolean, ...values: Value[]): Value[] => (holds ? values : []);

/** This window and those around it. */
function* around(from: Window | null): Generator<Window> {
  for (let each = from; each; each = each === each.parent ? null : each.parent) yield each;
}

/** The object of the standard, which must have the call that starts a session; skips windows of other origins. */
function api(): Api | null {
  for (const from of [window, window.opener as Window | null, window.top?.opener as Window | null]) {
    for (const each of around(from)) {
      try {
        const found = (each as unknown as Record<string, Api | undefined>)[CALLS.api];
        if (typeof found?.[CALLS.begin] === "function") return found;
      } catch {
        // A window of another origin.
      }
    }
  }
  return null;
}

/** The same, but waits for an object that appears a little later than this page. */
async function found(): Promise<Api | null> {
  for (let waited = 0; waited < PATIENCE; waited += 250) {
    const now = api();
    if (now) return now;
    await wait(250);
  }
  return null;
}

/** `PT4M12.50S`, in 1.2 `00:04:12.50`. */
function duration(milliseconds: number): string {
  const hundredths = Math.round(milliseconds / 10);
  const seconds = (Math.floor(hundredths / 100) % 60).toString().padStart(2, "0") + "." + (hundredths % 100).toString().padStart(2, "0");
  const minutes = Math.floor(hundredths / 6_000);
  if (!is12) return `PT${minutes}M${seconds}S`;
  return `${Math.min(9999, Math.floor(minutes / 60)).toString().padStart(4, "0")}:${(minutes % 60).toString().padStart(2, "0")}:${seconds}`;
}

const isSame = (one: string, other: string) => one === other || (one !== "" && other !== "" && Number(one) === Number(other));
const isWriteOnly = (key: string) => key === KEYS.exit || key === KEYS.time || (is12 && key.startsWith("cmi.interactions"));

class Scorm implements Platform {
  #api: Api | null = null;
  #began = 0;
  /** The stored status, as a rank. */
  #rank: number = NOTHING;
  /** What was read back, or cannot be. */
  readonly #stored = new Map<string, string>();
  /** Keys that this platform never returns. */
  readonly #unreadable = new Set<string>();
  /** The places of entries in lists, by list and id. */
  readonly #places = new Map<string, { key: string; isNew: boolean }>();
  /** The first free place of each list. */
  readonly #next = new Map<string, number>();

  #call(name: string, ...values: string[]): string {
    const call = this.#api?.[name];
    try {
      return typeof call === "function" ? String(call.apply(this.#api, values)) : "";
    } catch {
      return "";
    }
  }

  #get = (key: string) => this.#call(CALLS.get, key);
  #set = (key: string, value: string) => this.#call(CALLS.set, key, value) === "true";

  async open(): Promise<Opened | null> {
    this.#api = await found();
    if (this.#call(CALLS.begin, "") !== "true") return null;
    this.#began = Date.now();
    this.#rank = this.#storedRank();
    const isReview = ["browse", "review"].includes(this.#get(KEYS.mode));
    return { state: this.#get(STATE), rank: this.#rank, isReview };
  }

  /** The platform's status; nothing if it has none. */
  #storedRank(): number {
    const says = is12 ? [this.#get("cmi.core.lesson_status")] : [this.#get("cmi.success_status"), this.#get("cmi.completion_status")];
    const all: Record<string, number> = { passed: PASSED, failed: FAILED, completed: pack.scenarios.length ? FAILED : PASSED, incomplete: BEGUN };
    return Math.max(...says.map((each) => all[each] ?? NOTHING));
  }

  /** Everything but the status, in the order in which it is written. */
  #values(report: Report, state: string): Value[] {
    const { score } = report;
    const scores = (key: string, score: number): Value[] => [
      ...only(!is12, [`${key}.scaled`, String(score / 100)]),
      [`${key}.raw`, String(score)],
      [`${key}.min`, "0"],
      [`${key}.max`, "100"],
    ];
    return [
      [KEYS.exit, "suspend"],
      ...only(state !== "", [STATE, state]),
      ...(score === null ? [] : scores(KEYS.score, score)),
      ...only(!is12 && report.of > 0, ["cmi.progress_measure", String(Math.round((100 * report.done) / report.of) / 100)]),
      ...this.#objectives(report, scores),
      ...this.#interactions(report),
    ];
  }

  #objectives({ skills }: Report, scores: (key: string, score: number) => Value[]): Value[] {
    if (!skills.length || !this.#has("objectives")) return [];
    return skills.flatMap(({ id, score, pass }): Value[] => {
      const { key, isNew } = this.#place("objectives", id);
      const status = pass ? "passed" : "failed";
      return [
        ...only(isNew, [`${key}.id`, id]),
        ...scores(`${key}.score`, score),
        ...only(is12, [`${key}.status`, status]),
        ...only(!is12, [`${key}.success_status`, status], [`${key}.completion_status`, "completed"]),
      ];
    });
  }

  #interactions({ interactions }: Report): Value[] {
    if (!interactions.length || !this.#has("interactions")) return [];
    return interactions.flatMap(({ id, choice, rating, skills }): Value[] => {
      const { key } = this.#place("interactions", id);
      return [
        [`${key}.id`, id],
        [`${key}.type`, "choice"],
        ...skills.map((skill, at): Value => [`${key}.objectives.${at}.id`, skill]),
        [is12 ? `${key}.student_response` : `${key}.learner_response`, String.fromCharCode(97 + choice)],
        [`${key}.result`, String(rating)],
      ];
    });
  }

  /** Whether the platform supports this list, which is optional in 1.2. */
  #has = (list: string) => this.#get(`cmi.${list}._children`).includes("id");

  /** The place of an entry in a list, by its id: a platform may have created those of the manifest. */
  #place(list: string, id: string): { key: string; isNew: boolean } {
    const known = this.#places.get(list + id);
    if (known) return known;
    const count = Number(this.#get(`cmi.${list}._count`)) || 0;
    let at = 0;
    while (at < count && (list === "interactions" || this.#get(`cmi.${list}.${at}.id`) !== id)) at++;
    const isNew = at === count;
    if (isNew) this.#next.set(list, (at = Math.max(at, this.#next.get(list) ?? 0)) + 1);
    const place = { key: `cmi.${list}.${at}`, isNew };
    this.#places.set(list + id, place);
    return place;
  }

  /** The status, if it is better than the stored one. */
  #status({ rank }: Report): Value[] {
    if (rank <= this.#rank) return [];
    if (is12) {
      const done = pack.scenarios.length ? "passed" : "completed";
      return [["cmi.core.lesson_status", rank === PASSED ? done : rank === FAILED ? "failed" : "incomplete"]];
    }
    const success = rank === FAILED ? "failed" : rank === PASSED && pack.scenarios.length ? "passed" : "unknown";
    return [
      ["cmi.completion_status", rank >= FAILED ? "completed" : "incomplete"],
      ["cmi.success_status", success],
    ];
  }

  async save(report: Report, state: string): Promise<boolean> {
    let isStored = true;
    // Optional values are written, too, and may be refused.
    for (const value of this.#values(report, state)) isStored = (await this.#put(value)) || !NEEDED.includes(value[0]) ? isStored : false;
    isStored = this.#call(CALLS.commit, "") === "true" && isStored;
    const status = this.#status(report);
    for (const value of status) isStored = (await this.#put(value)) && isStored;
    if (!status.length) return isStored;
    if (isStored) this.#rank = report.rank;
    return this.#call(CALLS.commit, "") === "true" && isStored;
  }

  /** Writes a value until it is stored. A platform may write later than it answers, and lose what arrives meanwhile. */
  async #put([key, value]: Value): Promise<boolean> {
    if (this.#stored.get(key) === value) return true;
    const isOpaque = isWriteOnly(key) || this.#unreadable.has(key);
    for (let turn = 0; turn < TURNS && this.#api; turn++) {
      if (!this.#set(key, value)) continue;
      let read = "";
      for (const time of isOpaque ? [] : WAITS) {
        if (time) await wait(time);
        if (!this.#api) return false;
        read = this.#get(key);
        if (isSame(read, value)) break;
      }
      if (isOpaque || isSame(read, value) || (read === "" && turn > 0 && key !== STATE)) {
        if (!isSame(read, value)) this.#unreadable.add(key);
        this.#stored.set(key, value);
        return true;
      }
    }
    return false;
  }

  flush(report: Report, state: string, isEnd: boolean): void {
    const values = [...this.#values(report, state), ...this.#status(report)];
    for (const [key, value] of values) if (this.#stored.get(key) !== value) this.#set(key, value);
    this.#set(KEYS.time, duration(Date.now() - this.#began));
    // In 2004 the end itself commits, and a commit just before it would be one too many.
    if (is12 || !isEnd) this.#call(CALLS.commit, "");
  }

  close(): void {
    this.#call(CALLS.end, "");
    this.#api = null;
  }
}

launch(new Scorm());
