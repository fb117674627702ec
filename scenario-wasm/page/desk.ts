/** The desk: the codes that a class sent, as a report. All of it is worked out in this browser; nothing is sent, and
 *  nothing is stored. */

import type { Desk, Reporting } from "./codes";
import { codes } from "./codes-script";
import { showReport, type Class } from "./desk-report";
import { roster } from "./desk-roster";
import { printsTurns, type Turn } from "./desk-turns";
import { graphs } from "./desk-scenarios";
import { isWorkbook, textOf } from "./desk-mail";
import { printed, save } from "./export";
import { fill, need, on, put, word } from "./parts";

const root = need(document, ".desk-page");
/** Larger files are no lists of codes. */
const LARGEST = 50_000_000;

interface Text {
  name: string;
  text: string;
}

const files: Text[] = [];
/** The scenarios as they were: name and graph. A script of the course brings them. */
const before: [string, string][] = [];
document.addEventListener("amends:history", (event) => before.push(...(event as CustomEvent<typeof before>).detail));
const pasted = need<HTMLTextAreaElement>(root, "[name=codes]");
const expected = need<HTMLTextAreaElement>(root, "[name=roster]");

function say(text: string): void {
  need(root, "[role=status]").textContent = text;
}

function report(desk: Desk): void {
  const texts = [{ name: word("desk.pasted"), text: pasted.value }, ...files];
  desk.clear();
  for (const { text } of texts) desk.read(text);
  const result = desk.report() as Class;
  const names = texts.map(({ name }) => name);
  const some = result.rows.length + result.troubles.length > 0;
  need(root, ".report").hidden = !some;
  need(document, ".brief").hidden = some;
  const intake = need<HTMLDetailsElement>(root, ".intake");
  intake.open = !some;
  const count = result.rows.length;
  fill(intake, { more: word("desk.more", { count }) });
  say(word(some ? "desk.read" : "desk.nothing", { count }));
  if (some) showReport(need(root, ".report"), result, names, (row) => desk.turns(row) as Turn[]);
  roster(root, expected.value, result.rows);
  fill(root, { files: files.map(({ name }) => name).join(", ") });
  if (some) need(root, ".sentence").focus();
}

async function take(desk: Desk, list: Iterable<File>): Promise<void> {
  const refused: string[] = [];
  for (const file of list) {
    if (file.size > LARGEST) {
      refused.push(word("desk.too_large", { name: file.name }));
      continue;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isWorkbook(bytes)) {
      refused.push(word("desk.workbook", { name: file.name }));
      continue;
    }
    files.push({ name: file.name, text: textOf(file.name, bytes) });
  }
  report(desk);
  if (refused.length) say(refused.join(" "));
}

function controls(desk: Desk): void {
  on(root, "read", () => report(desk));
  const chosen = need<HTMLInputElement>(root, "[type=file]");
  on(root, "choose", () => chosen.click());
  chosen.addEventListener("change", async () => {
    await take(desk, chosen.files ?? []);
    chosen.value = "";
  });
  on(root, "clear", () => {
    files.length = 0;
    pasted.value = expected.value = "";
    put(need(root, ".report"), "rows");
    report(desk);
    say(word("desk.cleared"));
    pasted.focus();
  });
  on(root, "csv", () => {
    const table = desk.table([word("desk.pasted"), ...files.map(({ name }) => name)]);
    // The mark makes spreadsheets read the text as UTF-8; the decoder took it away.
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
    void take(desk, dropped);
  });
}

async function main(): Promise<void> {
  const { course, certificate } = document.documentElement.dataset;
  const { reporting } = root.dataset as { reporting: Reporting };
  const desk = (await codes()).desk(course ?? "", reporting, certificate === "best");
  for (const { names, graph } of graphs()) desk.put(names, graph);
  for (const [slug, graph] of before) desk.putBefore(slug, graph);
  controls(desk);
  root.hidden = false;
  document.querySelector(".no-desk")?.remove();
  // A trainee's link carries its code behind the sign that browsers keep to themselves.
  const linked = location.hash.slice(1);
  if (linked) {
    pasted.value = linked;
    report(desk);
  }
}

main().catch(() => need(document, ".no-desk").classList.add("failed"));
