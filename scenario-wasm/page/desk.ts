/** The desk: a report on the codes that a class sent. Everything is computed in this browser; nothing is sent, and nothing is
 *  stored. */

import type { Codes, Desk, Reporting } from "./codes";
import { codes } from "./codes-script";
import { showReport, type Class } from "./desk-report";
import { roster } from "./desk-roster";
import { sessions } from "./desk-sessions";
import { printsTurns, type Turn } from "./desk-turns";
import { graphs } from "./desk-scenarios";
import { isWorkbook, textOf } from "./desk-mail";
import { printed, save } from "./export";
import { fill, need, on, put, word } from "./parts";

const root = need(document, ".desk-page");
/** Larger files are not lists of codes. */
const LARGEST = 50_000_000;

const files: { name: string; text: string }[] = [];
/** Former versions of the scenarios: name and graph. A script of the course provides them. */
const before: [string, string][] = [];
document.addEventListener("amends:history", (event) => before.push(...(event as CustomEvent<typeof before>).detail));
const pasted = need<HTMLTextAreaElement>(root, "[name=codes]");
const expected = need<HTMLTextAreaElement>(root, "[name=roster]");
const earlier = need<HTMLTextAreaElement>(root, "[name=earlier]");

function say(text: string): void {
  need(root, "[role=status]").textContent = text;
}

/** The engine's report on these texts, which the desk then holds. */
function classOf(desk: Desk, texts: string[]): Class {
  desk.clear();
  for (const text of texts) desk.read(text);
  return desk.report() as Class;
}

/** The names of what was pasted and of the files. */
const sources = () => [word("desk.pasted"), ...files.map(({ name }) => name)];

function report(desk: Desk, rules: Codes): void {
  const before = classOf(desk, [earlier.value]);
  const result = classOf(desk, [pasted.value, ...files.map(({ text }) => text)]);
  const names = [...sources(), word("desk.pasted")];
  result.troubles.push(...before.troubles.map((each) => ({ ...each, file: names.length - 1 })));
  const some = result.rows.length + result.troubles.length > 0;
  need(root, ".report").hidden = !some;
  need(document, ".brief").hidden = some;
  const intake = need<HTMLDetailsElement>(root, ".intake");
  intake.open = !some;
  const count = result.rows.length;
  fill(intake, { more: word("desk.more", { count }) });
  say(word(some ? "desk.read" : "desk.nothing", { count }));
  if (some) showReport(need(root, ".report"), result, names, (row) => desk.turns(row) as Turn[], rules.key);
  roster(root, expected.value, result.rows, rules);
  sessions(root, before, result, rules.key);
  fill(root, { files: files.map(({ name }) => name).join(", ") });
  if (some) need(root, ".sentence").focus();
}

async function take(desk: Desk, rules: Codes, list: Iterable<File>): Promise<void> {
  const refused: string[] = [];
  for (const file of list) {
    const { name, size } = file;
    const bytes = size > LARGEST ? null : new Uint8Array(await file.arrayBuffer());
    if (!bytes) refused.push(word("desk.too_large", { name }));
    else if (isWorkbook(bytes)) refused.push(word("desk.workbook", { name }));
    else files.push({ name, text: textOf(name, bytes) });
  }
  report(desk, rules);
  if (refused.length) say(refused.join(" "));
}

function controls(desk: Desk, rules: Codes): void {
  on(root, "read", () => report(desk, rules));
  const chosen = need<HTMLInputElement>(root, "[type=file]");
  on(root, "choose", () => chosen.click());
  chosen.addEventListener("change", async () => {
    await take(desk, rules, chosen.files ?? []);
    chosen.value = "";
  });
  on(root, "clear", () => {
    files.length = 0;
    pasted.value = expected.value = earlier.value = "";
    put(need(root, ".report"), "rows");
    report(desk, rules);
    say(word("desk.cleared"));
    pasted.focus();
  });
  on(root, "csv", () => {
    const table = desk.table(sources());
    // The byte order mark makes spreadsheets read the text as UTF-8; the decoder removed it.
    save("class.csv", new Blob(["\ufeff", table], { type: "text/csv;charset=utf-8" }));
  });
  on(root, "print", () => printed(need(root, ".acts:has([data-do=print])")));
  printsTurns(need(root, ".report"));
  const drop = need(root, ".drop");
  const over = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    drop.classList.toggle("over", isOver);
  };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (!dropped.length) pasted.value += event.dataTransfer?.getData("text/plain") ?? "";
    void take(desk, rules, dropped);
  });
}

async function main(): Promise<void> {
  const { course, certificate } = document.documentElement.dataset;
  const { reporting } = root.dataset as { reporting: Reporting };
  const rules = await codes();
  const desk = rules.desk(course ?? "", reporting, certificate === "best");
  for (const { names, graph } of graphs()) desk.put(names, graph);
  for (const [slug, graph] of before) desk.putBefore(slug, graph);
  controls(desk, rules);
  root.hidden = false;
  document.querySelector(".no-desk")?.remove();
  // A trainee's link carries its code after the `#`, which browsers do not send.
  (onhashchange = () => {
    const linked = location.hash.slice(1);
    // The link that skips the bar has a target, and is no code.
    if (linked && !document.querySelector(":target")) {
      pasted.value = linked;
      report(desk, rules);
    }
  })();
}

main().catch(() => need(document, ".no-desk").classList.add("failed"));
