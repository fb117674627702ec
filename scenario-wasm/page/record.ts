/** My record: attempts, skills, the certificate, and the stored data, which the trainee can export, import and delete. */

import { certificate, sign } from "./certificate";
import { copied, saveJson } from "./export";
import { openSearch } from "./keys";
import { date } from "./language";
import { canWork, isKept, keepOffline } from "./offline";
import { fill, need, on, part, put, word } from "./parts";
import { plan } from "./plan";
import { counted, type ScenarioRecord } from "./progress";
import { answers, attempts, course, device, lessons, prefix, stamp, stored, type Attempt } from "./store";
import { deleteAll, importRecord } from "./stored-data";

const root = need(document, ".record-page");
const rule = document.documentElement.dataset["certificate"];
/** The score from which a skill counts toward its badge. */
const STRONG = 75;

/** The questions after a conversation, in the order of the answers. */
const ASKED = ["debrief.ask_kept", "debrief.ask_change"];

function played(): ScenarioRecord[] {
  return [...root.querySelectorAll<HTMLElement>(".entries > li")].map((entry) => {
    const all = attempts(entry.dataset["slug"] ?? "");
    return { entry, link: need<HTMLAnchorElement>(entry, "a"), all, counted: counted(all, rule) };
  });
}

/** An attempt as a row. */
function line(attempt: Attempt, recorded: boolean, story: string | undefined): HTMLElement {
  const { mode, tries, pass, mastery, final, at } = attempt;
  const verdict = mode === "practice" ? "practice" : mastery ? "mastery" : pass ? "passed" : "not_passed";
  const item = part("attempt", { final, at: date(at), says: word(`record.${verdict}`, { count: tries }) });
  if (!recorded) need(item, ".recorded").remove();
  if (!attempt.story || attempt.story === story) item.querySelector(".edited")?.remove();
  if (recorded && attempt.code) {
    const { code } = attempt;
    const given = part("attempt-code", { code });
    on(given, "copy", async () => say(word((await copied(code, need(given, ".code"))) ? "code.copied" : "code.select")));
    item.append(given);
  }
  return item;
}

function conversations(all: ScenarioRecord[]): void {
  for (const { entry, all: attempts, counted } of all) {
    entry.hidden = !attempts.length;
    put(entry, "attempts", ...attempts.map((attempt) => line(attempt, attempt === counted, entry.dataset["print"])).reverse());
    const given = answers(entry.dataset["slug"] ?? "");
    put(entry, "answers", ...ASKED.flatMap((ask, place) => (given[place] ? [part("answer", { ask: word(ask), says: given[place] })] : [])));
  }
  need(root, ".none").hidden = all.some(({ all }) => all.length > 0);
}

function badges(all: ScenarioRecord[]): void {
  for (const badge of root.querySelectorAll<HTMLElement>(".badges > li")) {
    const { skill = "", scenarios } = badge.dataset;
    const goal = Math.min(3, Number(scenarios));
    const count = all.filter(({ counted }) => (counted?.skills?.[skill] ?? 0) >= STRONG).length;
    badge.classList.toggle("earned", count >= goal);
    need(badge, ".track i").style.setProperty("--at", `${(100 * Math.min(count, goal)) / goal}%`);
    fill(badge, { says: count >= goal ? word("record.badge", { count }) : word("record.badge_open", { done: count, count: goal }) });
  }
}

function progress(): void {
  const { lessons: total } = root.dataset;
  const known = [...root.querySelectorAll<HTMLElement>("[data-lesson]")];
  const done = known.filter(({ dataset }) => (dataset["lesson"] ?? "") in lessons()).length;
  fill(root, { lessons: word("record.lessons", { count: done, of: Number(total ?? 0) }) });
}

/** Data that could not be read was set aside: says so, and offers it as a file. */
function aside(): void {
  const names = (stored() ?? []).filter((name) => name.startsWith("aside:"));
  const note = need(root, ".aside");
  note.hidden = !names.length;
  fill(note, { says: word("record.aside", { count: names.length }) });
}

function show(): void {
  const all = played();
  plan(root, all);
  conversations(all);
  badges(all);
  progress();
  aside();
  certificate(root, all);
}

function say(text: string): void {
  need(root, "[role=status]").textContent = text;
}

function storedData(): void {
  on(root, "export", () => {
    const items = Object.fromEntries((stored() ?? []).map((name) => [name, device().getItem(prefix + name)]));
    saveJson(`${course}.json`, { ...stamp(), kind: "record", items }, need(root, ".acts:has([data-do=export])"));
  });
  const file = need<HTMLInputElement>(root, "[type=file]");
  on(root, "import", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const result = await importRecord(await chosen.text());
    file.value = "";
    say(typeof result === "string" ? word(`record.import_${result}`) : word("record.imported", { count: result.attempts }));
    show();
  });
  const ask = need<HTMLDialogElement>(root, "dialog");
  on(root, "delete", () => ask.showModal());
  on(ask, "no", () => ask.close());
  on(ask, "yes", async () => {
    ask.close();
    await deleteAll();
    say(word("record.deleted"));
    show();
    void offline();
  });
}

need(root, ".refused").hidden = stored() !== null;
need(root, ".apart").hidden = location.protocol !== "file:";
storedData();
sign(root);
show();
root.hidden = false;
document.querySelector(".no-record")?.remove();
addEventListener("storage", show);

/** Shows once the whole course is stored. */
async function offline(): Promise<void> {
  need(root, ".offline").hidden = !(await isKept());
}

void offline();
keepOffline();
openSearch();
if (canWork) navigator.serviceWorker.ready.then(offline, () => {});
