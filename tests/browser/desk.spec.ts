// The trainer's desk: it reads codes and reports what the terminal reports on them.

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fullReporting, SCENARIO, slugOf, withoutDesk } from "./courses";
import { type Attempt, challenge, DESK, mistyped, readCodes, unfold } from "./desk";
import { captureAndCheck, captureLayouts } from "./pictures";
import { downloadText } from "./player";
import { amends, compareSessions, results, temporary } from "./program";
import { expect, test } from "./site";

test.use({ course: fullReporting });

interface Roster {
  missing: { name: string; group: string; perhaps: string[] }[];
  unlisted: string[];
  groups: { name: string; listed: number; sent: number; passed: [number, number] | null }[];
}

interface Report {
  rows: { who: string; final: number; skills: Record<string, number>; verified: boolean; turns: number; moved: boolean; now: { final: number } | null }[];
  troubles: object[];
  scenarios: {
    count: number;
    passed: number;
    finals: { mean_tenths: number };
    skills: { skill: string; mean_tenths: number }[];
    decisions: { node: string; count: number; worst: number | null; choices: Record<string, number> }[];
    hardest: string | null;
    endings: { count: number }[];
  }[];
}

const SCENARIO_FILE = "content/scenarios/third-promised-tuesday.yaml";
const WAIT = `      - id: wait
        say: Hold the line, please.
        rate: 0
        reply: She holds it.
        why: She has held it for six minutes.
        then: story
`;

/** Edits of the scenario after codes were made, and what then holds for every row of the report. */
const edits: Record<string, { file?: string; edit(text: string): string; holds(row: Report["rows"][number]): boolean }> = {
  "a choice is moved": {
    edit: (text) => text.replace(/( {6}- id: promise\n[^]*?)( {6}- id: number\n[^]*?)(?= {6}- id: ask\n)/, "$2$1"),
    holds: ({ moved }) => !moved,
  },
  "a choice is put first": {
    edit: (text) => text.replace("      - id: promise\n", `${WAIT}      - id: promise\n`),
    holds: ({ moved, now, final }) => moved && now?.final === final,
  },
  "a node is inserted": {
    edit: (text) =>
      text
        .replace("start: opening", "start: ring")
        .replace("\nnodes:\n", `\nnodes:\n  ring:\n    says: "Hello?"\n    tests: [listen]\n    choices:\n${WAIT}${WAIT.replace("wait", "hello").replace("rate: 0", "rate: 3")}\n`.replaceAll("then: story", "then: opening")),
    holds: ({ moved, now }) => moved && !now,
  },
  "a rating is changed": {
    edit: (text) => text.replaceAll("rate: 1\n", "rate: 2\n"),
    holds: ({ moved, now, final }) => moved && now!.final >= final,
  },
  "an id is changed": {
    edit: (text) => text.replace("- id: ask\n", "- id: ask-her\n        was: [ask]\n"),
    holds: ({ moved, now, final }) => moved && now?.final === final,
  },
  "the scenario is renamed": {
    file: SCENARIO_FILE.replace("third-promised", "third"),
    edit: (text) => `aliases: [third-promised-tuesday]\n${text}`,
    holds: ({ moved }) => !moved,
  },
};

/** The report of `amends results` on these files, even if some codes cannot be read. */
function reportOn(...args: string[]): Report {
  try {
    return JSON.parse(amends("results", "--format", "json", ...args)) as Report;
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout) as Report;
  }
}

test("the terminal and the desk report the same on the codes of a class of thirty", async ({ page, open, url }) => {
  await open(SCENARIO);
  const attempts: Attempt[] = [];
  for (let number = 1; number <= 30; number++) attempts.push(await challenge(page, number, `p${number}`));
  const list = attempts.map(({ code }) => code);
  const codes = list.join("\n");
  const report = JSON.parse(results(fullReporting.source, codes, "json")) as Report;
  expect(report.rows.map(({ final }) => String(final))).toEqual(attempts.map(({ final }) => final));
  expect(report.rows.every(({ verified }) => verified)).toBe(true);
  expect(new Set(report.rows.map(({ final }) => final)).size).toBeGreaterThan(5);

  await page.goto(url(DESK));
  await readCodes(page, codes);
  await expect(page.locator("[role=status]")).toHaveText("Results read: 30.");
  const rows = page.locator(".results tbody tr");
  await expect(rows).toHaveCount(30);
  const skills = report.scenarios[0]!.skills.map(({ skill }) => skill);
  const cells = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent!.trim())));
  report.rows.forEach((row, place) => {
    const [who, , final, ...rest] = cells[place]!;
    expect([who, final]).toEqual([row.who, String(row.final)]);
    expect(rest.slice(0, skills.length)).toEqual(skills.map((skill) => String(row.skills[skill])));
  });
  const group = report.scenarios[0]!;
  const tenths = (count: number) => (count / 10).toFixed(1);
  const means = await page.locator(".played .spread > b").allTextContents();
  expect(means).toEqual([group.finals, ...group.skills].map(({ mean_tenths }) => tenths(mean_tenths)));
  await expect(page.locator(".played > summary .meta")).toContainText(`${group.count} plays, ${group.passed} of them passed`);
  const moments = page.locator(".played .heat .met");
  await expect(moments).toHaveCount(group.decisions.length);
  for (const [place, { node, count, worst, choices }] of group.decisions.entries()) {
    const moment = moments.nth(place);
    await expect(moment).toHaveAttribute("data-node", node);
    if (worst === null) {
      await expect(moment.locator(".worst")).toContainText(`${count} came here`);
      await expect(moment.locator(".chosen")).toHaveCount(0);
      continue;
    }
    await expect(moment.locator(".worst")).toContainText(`${worst} of ${count} made the worst choice`);
    const counts = await moment.locator(".chosen b").allTextContents();
    expect(counts.map((text) => Number.parseInt(text))).toEqual(Object.values(choices));
  }
  await expect(page.locator(".played .hardest")).toHaveAttribute("data-node", group.hardest!);
  for (const { count } of group.endings) await expect(page.locator(".played [data-list=findings]")).toContainText(`${count} of 30 plays`);

  // The table downloads as a file.
  const plainCsv = (csv: string) => csv.replaceAll("codes.txt", "pasted").replace("\ufeff", "");
  expect(plainCsv(await downloadText(page, "Download as CSV"))).toBe(plainCsv(results(fullReporting.source, codes, "csv")));

  await captureAndCheck(page, "desk with codes");
  await unfold(page);
  await captureAndCheck(page, "desk, unfolded");

  // With a list of names, the desk reports what the terminal does.
  const names = "Name,Group\nP1,early\np2;early\n\"p3\",early\nP4,early\nP 5,early\nP30 Day,late\nMo Amin,late\np99,\nP29،late\n";
  const { roster: expected } = JSON.parse(results(fullReporting.source, codes, "json", names)) as { roster: Roster };
  await unfold(page, ".intake, .intake details");
  await page.getByRole("textbox", { name: "Names that you expect" }).fill(names);
  await page.getByRole("button", { name: "Read the codes" }).click();
  const missing = page.locator(".roster [data-list=missing] li");
  await expect(missing).toHaveCount(expected.missing.length);
  for (const [place, { name, group, perhaps }] of expected.missing.entries()) {
    const text = [name, group, perhaps.length ? `Perhaps: ${perhaps.join(", ")}.` : ""].join(" ").trim().replace(/ +/g, " ");
    await expect(missing.nth(place)).toHaveText(text);
  }
  const lines = page.locator(".roster [data-list=roster] li");
  await expect(lines.first()).toHaveText(`Not on the list: ${expected.unlisted.join(", ")}.`);
  await expect(lines).toHaveCount(1 + expected.groups.length);
  for (const [place, { name, listed, sent, passed }] of expected.groups.entries()) {
    const passes = passed ? ` ${passed[1]} of ${passed[0]} plays passed.` : "";
    await expect(lines.nth(place + 1)).toHaveText(`${name}: ${sent} of ${listed} sent a code.${passes}`);
  }
  await captureLayouts(page, "desk with a list");

  // So it does with an earlier session, in which only some of the trainees took part.
  const [first, second] = [list.slice(0, 12).join("\n"), list.slice(8).join("\n")];
  const { scenarios: figures, people: inBoth } = compareSessions(fullReporting.source, first, second);
  await unfold(page, ".intake, .intake details");
  await page.getByRole("textbox", { name: "Codes of an earlier session" }).fill(first);
  await readCodes(page, second);
  const played = await page.locator(".sessions .session p span").allTextContents();
  expect(played).toEqual(figures[0]!.sessions.map((each) => `${each.passed} of ${each.count} plays passed. Mean: ${each.mean}`));
  const changes = await page.locator(".changes tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(changes).toEqual(inBoth.map(({ who, scenario, finals: [before, after] }) => [who, scenario, String(before), String(after), "+0"]));
  expect(changes).toHaveLength(4);
  await captureAndCheck(page, "desk with an earlier session");
  await unfold(page, ".intake, .intake details");
  await page.getByRole("textbox", { name: "Codes of an earlier session" }).fill("");
  await readCodes(page, codes);
  await expect(page.locator(".sessions")).toBeHidden();

  // A play can be shown turn by turn.
  await expect(page.locator(".sentence")).toContainText(`${group.passed} of 30 plays passed.`);
  await expect(page.locator(".turns-of")).toBeHidden();
  const people = page.locator(".who tbody tr");
  await expect(people).toHaveCount(30);
  await expect(page.locator(".who tfoot td")).toHaveText(`${group.passed} of 30`);
  await people.first().getByRole("button", { name: attempts[0]!.final }).click();
  await expect(page.locator(".turns-of")).toBeFocused();
  await expect(page.locator(".turns-of h2")).toContainText("p1");
  await expect(page.locator(".turns-of .came")).toContainText(attempts[0]!.final);
  expect(await page.locator(".turns-of .beat").count()).toBe(report.rows[0]!.turns);
  expect(await page.locator(".turns-of .beat > .meta").allTextContents()).toEqual(attempts[0]!.goodwill);
  await expect(people.first()).toHaveText(/^p1/);
  await captureAndCheck(page, "desk, turn by turn");

  // The same codes as they arrive in practice: in an email, in a spreadsheet, and one retyped with a mistake.
  const encoded = Buffer.from(list.slice(0, 15).join("\r\n")).toString("base64").replace(/.{76}/g, "$&\r\n");
  const email = `From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`;
  const sheet = `\ufeff${list.slice(15, 29).map((code) => `"a name";${code}`).join("\r\n")}`;
  const retyped = mistyped(list[29]!).replaceAll("-", " ");
  await unfold(page, ".intake");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("Codes", { exact: true }).fill(`I typed it from paper:\n${retyped}`);
  await page.locator("[type=file]").setInputFiles([
    { name: "a.eml", mimeType: "message/rfc822", buffer: Buffer.from(email) },
    { name: "b.csv", mimeType: "text/csv", buffer: Buffer.from(sheet, "utf16le") },
    { name: "c.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004") },
  ]);
  await expect(page.locator("[role=status]")).toContainText("c.xlsx is a workbook");
  await expect(rows).toHaveCount(29);
  await expect(page.locator(".troubles li")).toHaveCount(1);
  await expect(page.locator(".troubles li")).toContainText("pasted, line 2");

  // The terminal still reads them after each kind of edit, once the version that was played is in the history.
  const files = { "a.eml": email, "b.csv": sheet, "c.txt": retyped };
  for (const [name, { file = SCENARIO_FILE, edit, holds }] of Object.entries(edits)) {
    const folder = temporary();
    cpSync(fullReporting.source, folder, { recursive: true });
    amends("check", "--update-proof", "--site", folder);
    const content = readFileSync(join(folder, SCENARIO_FILE), "utf8");
    rmSync(join(folder, SCENARIO_FILE));
    writeFileSync(join(folder, file), edit(content.split("\nexpect:")[0]!));
    const paths = Object.entries(files).map(([file, text]) => {
      writeFileSync(join(folder, file), text);
      return join(folder, file);
    });
    const { rows, troubles } = reportOn(...paths, "--site", folder);
    expect(rows.map(({ final }) => String(final)), name).toEqual(attempts.slice(0, 29).map(({ final }) => final));
    expect(rows.filter((row) => !row.verified || !holds(row)), name).toEqual([]);
    expect(troubles, name).toHaveLength(1);
    rmSync(folder, { recursive: true });
  }
});

test("the desk reads and sorts a thousand codes, and the terminal reads as many", async ({ page, open, url }) => {
  await open(SCENARIO);
  const first = await challenge(page, 3, "x");
  // Makes more codes with the page's own script, each with its own seed and name.
  const codes = await page.evaluate(
    ({ slug }) =>
      new Promise<string>((done, failed) => {
        const graph = document.querySelector<HTMLElement>("template.model")!.dataset["graph"]!;
        const { course } = document.documentElement.dataset;
        const [attempt] = JSON.parse(localStorage.getItem(`amends:${course}:attempts:${slug}`)!);
        interface Maker {
          code(of: object): string;
        }
        const then = (maker: Maker) => {
          const codes = Array.from({ length: 1000 }, (_, seed) =>
            maker.code({ course, slug, graph, run: attempt.run, final: attempt.final, reporting: "full", seed, seconds: 60, who: `n${(seed * 37) % 1000}` }),
          );
          done(codes.join("\n"));
        };
        document.dispatchEvent(new CustomEvent("amends:codes", { detail: (codes: Promise<Maker>) => codes.then(then, failed) }));
      }),
    { slug: slugOf(SCENARIO) },
  );
  await page.goto(url(DESK));
  await readCodes(page, codes);
  await expect(page.locator("[role=status]")).toHaveText("Results read: 1,000.");
  const names = page.locator(".results tbody th");
  await expect(names).toHaveCount(1000);
  await expect(names.first()).toHaveText("n0");
  await unfold(page);
  const head = page.locator(".results thead th").first();
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(names.first()).toHaveText("n999");
  await expect(page.locator(".results tbody .n").first()).toHaveText(first.final);
  const report = JSON.parse(results(fullReporting.source, codes, "json")) as Report;
  expect(report.rows).toHaveLength(1000);
});

test("names are shown as plain text, and codes that cannot be read are reported with their line", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { code } = await challenge(page, 5, "<img-src=x>");
  await page.goto(url(DESK));
  const wrong = mistyped(code);
  await readCodes(page, `a mail\n${wrong}\n\n> ${code.toLowerCase()},\n${"AAAAA-".repeat(5000)}\n\u0000\u202e<b>x</b>`);
  await expect(page.locator(".results tbody th")).toHaveText("<img-src=x>");
  await expect(page.locator(".troubles li").first()).toContainText("pasted, line 2");
  await expect(page.locator(".troubles li").first()).toContainText("checksum is wrong");
  await expect(page.locator(".report img:not(.plate *), .report b b")).toHaveCount(0);
  await unfold(page, ".intake");
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.locator(".report")).toBeHidden();
});

test("files can be chosen or dropped, whatever they contain", async ({ page, open, url }) => {
  await open(SCENARIO);
  const { code } = await challenge(page, 6, "ann");
  await page.goto(url(DESK));
  await expect(page.locator(".desk-page")).toBeVisible();
  const utf16 = Buffer.from(`\ufeff"Ann";${code}\r\n`, "utf16le");
  const binary = Buffer.from(Array.from({ length: 200_000 }, (_, place) => (place * 31) % 256));
  await page.locator("[type=file]").setInputFiles([
    { name: "list.csv", mimeType: "text/csv", buffer: utf16 },
    { name: "picture.png", mimeType: "image/png", buffer: binary },
  ]);
  await expect(page.locator("[role=status]")).toHaveText("Results read: 1.");
  await expect(page.locator(".place")).toHaveText("list.csv, line 1");
  const transfer = await page.evaluateHandle((code) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([code], "again.txt"));
    return transfer;
  }, code);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer: transfer });
  await expect(page.locator(".report")).toContainText("Found more than once, and counted once: 1.");
});

test("a course with `desk: false` has no desk", () => {
  expect(withoutDesk.html("index.html")).not.toContain(DESK);
  expect(existsSync(join(withoutDesk.site, DESK))).toBe(false);
});
