/** The certificate: the conversations that were passed, by the attempts that count, on one page. */

import { date } from "./language";
import { printed } from "./export";
import { fill, need, on, part, put, word } from "./parts";
import type { ScenarioRecord } from "./progress";
import { change, peek } from "./store";

/** A name without characters that would change the direction of text beyond it. */
const plain = (name: string) => name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();

const holder = (name: string) => plain(name) || word("record.no_name");

const isText = (value: unknown): value is string => typeof value === "string";

/** Updates the certificate. */
export function certificate(root: HTMLElement, all: ScenarioRecord[]): void {
  const passed = all.flatMap(({ link, counted }) => (counted?.pass ? [{ title: link.textContent ?? "", counted }] : []));
  const sheet = need(root, ".certificate");
  sheet.hidden = need(root, ".certify").hidden = !passed.length;
  need(root, ".certificate-none").hidden = passed.length > 0;
  if (!passed.length) return;
  const last = passed.map(({ counted }) => counted.at).sort().at(-1) ?? "";
  const name = need<HTMLInputElement>(root, "[name=holder]");
  if (!name.value) name.value = peek("name", isText) ?? "";
  fill(sheet, {
    holder: holder(name.value),
    says: word(passed.length === all.length ? "record.certificate_all" : "record.certificate_some", { done: passed.length, count: all.length }),
    date: date(last),
  });
  const rows = passed.map(({ title, counted }) => part("passed", { title, final: counted.final, at: date(counted.at) }));
  put(sheet, "passed", ...rows);
}

/** Asks for the name once, and keeps it only here. */
export function sign(root: HTMLElement): void {
  const name = need<HTMLInputElement>(root, "[name=holder]");
  name.addEventListener("input", () => fill(need(root, ".certificate"), { holder: holder(name.value) }));
  name.addEventListener("change", () => void change("name", isText, () => plain(name.value)));
  on(root, "certify", () => {
    document.body.classList.add("certifying");
    printed(need(root, ".certify"));
  });
  addEventListener("afterprint", () => document.body.classList.remove("certifying"));
}
