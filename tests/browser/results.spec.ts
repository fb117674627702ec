// Results without a server: a trainee's code, the terminal's report and the trainer's desk.

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fullReporting, practice, slugOf, TALK, withoutDesk } from "./courses";
import { look, seen } from "./pictures";
import { begin, downloaded, finish, play, ready, take } from "./player";
import { amends, results, sessions, temporary } from "./program";
import { anEnding } from "./proved";
import { expect, test, type Page } from "./site";

const DESK = "desk/index.html";
const CODE = /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{1,5})+(~.+)?$/;

test.use({ course: fullReporting });

/** The code of the debrief at hand, once it is made. */
async function code(page: Page): Promise<string> {
  const field = page.locator(".hand-over .code");
  await expect(field).toHaveText(CODE);
  return (await field.textContent())!;
}

/** A challenge by somebody new, its choices drawn by a seed, on the page of a scenario: what it came to, and its code. */
async function challenge(page: Page, seed: number, who: string): Promise<{ code: string; final: string; goodwill: string[] }> {
  // Somebody new on this device, who deletes what is there.
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  const again = page.locator("[data-do=again]");
  if (await again.count()) await again.click();
  else await begin(page, "challenge");
  await page.evaluate((seed) => {
    let state = seed * 7919 + 17;
    const draw = (below: number) => (state = (state * 48271) % 2147483647) % below;
    for (let moment = 0; moment < 50; moment++) {
      const open = [...document.querySelectorAll<HTMLElement>(".stage .choice:not([aria-disabled])")];
      // The order on the screen is another each time; what was drawn is not.
      const said = (choice: HTMLElement) => choice.querySelector(".text")!.textContent!;
      open.sort((one, other) => (said(one) < said(other) ? -1 : 1));
      if (open.length) open[draw(open.length)]!.click();
    }
  }, seed);
  await expect(page.locator(".debrief")).toBeVisible();
  await page.locator(".hand-over [name=who]").fill(who);
  await expect(page.locator(".hand-over .code")).toContainText(`~${who}`);
  const goodwill = (await page.locator(".stage .shift").allTextContents()).map((says) => `goodwill ${/\d+/.exec(says)![0]}`);
  return { code: await code(page), final: (await page.locator(".score b").textContent())!, goodwill };
}

/** Unfolds the chapters of the desk: all of them, or where codes are put in. */
async function unfold(page: Page, which = ".chapter"): Promise<void> {
  await page.locator(which).evaluateAll((all: HTMLDetailsElement[]) => all.forEach((each) => (each.open = true)));
}

/** Puts codes on the desk and reads them. */
async function desk(page: Page, codes: string): Promise<void> {
  await expect(page.locator(".desk-page")).toBeVisible();
  await unfold(page, ".intake");
  await page.getByLabel("Codes", { exact: true }).fill(codes);
  await page.getByRole("button", { name: "Read the codes" }).click();
}

interface Roster {
  missing: { name: string; group: string; perhaps: string[] }[];
  unlisted: string[];
  groups: { name: string; listed: number; sent: number; passed: [number, number] | null }[];
}

interface Report {
  rows: { who: string; final: number; skills: Record<string, number>; pass: boolean; line: number; verified: boolean; turns: number; moved: boolean; now: { final: number } | null }[];
  troubles: object[];
  scenarios: {
    count: number;
    passed: number;
    finals: { mean_tenths: number };
    skills: { skill: string; mean_tenths: number; middle: number }[];
    decisions: { node: string; count: number; worst: number | null; choices: Record<string, number> }[];
    hardest: string | null;
    endings: { node: string; count: number }[];
  }[];
  teach: { skill: string | null };
}

const TUESDAY = "content/scenarios/third-promised-tuesday.yaml";
const WAIT = `      - id: wait
        say: Hold the line, please.
        rate: 0
        reply: She holds it.
        why: She has held it for six minutes.
        then: story
`;

/** What is done to a story, and what is then so of every row. */
const edits: Record<string, { file?: string; story(text: string): string; is(row: Report["rows"][number]): boolean }> = {
  "a choice is moved": {
    story: (text) => text.replace(/( {6}- id: promise\n[^]*?)( {6}- id: number\n[^]*?)(?= {6}- id: ask\n)/, "$2$1"),
    is: ({ moved }) => !moved,
  },
  "a choice is put first": {
    story: (text) => text.replace("      - id: promise\n", `${WAIT}      - id: promise\n`),
    is: ({ moved, now, final }) => moved && now?.final === final,
  },
  "a moment is inserted": {
    story: (text) =>
      text
        .replace("start: opening", "start: ring")
        .replace("\nnodes:\n", `\nnodes:\n  ring:\n    says: "Hello?"\n    tests: [listen]\n    choices:\n${WAIT}${WAIT.replace("wait", "hello").replace("rate: 0", "rate: 3")}\n`.replaceAll("then: story", "then: opening")),
    is: ({ moved, now }) => moved && !now,
  },
  "a rating is another": {
    story: (text) => text.replaceAll("rate: 1\n", "rate: 2\n"),
    is: ({ moved, now, final }) => moved && now!.final >= final,
  },
  "an id is another": {
    story: (text) => text.replace("- id: ask\n", "- id: ask-her\n        was: [ask]\n"),
    is: ({ moved, now, final }) => moved && now?.final === final,
  },
  "the scenario is renamed": {
    file: TUESDAY.replace("third-promised", "third"),
    story: (text) => `aliases: [third-promised-tuesday]\n${text}`,
    is: ({ moved }) => !moved,
  },
};

/** What the terminal reads of these files, whether it can read all or not. */
function readAll(...args: string[]): Report {
  try {
    return JSON.parse(amends("results", "--format", "json", ...args)) as Report;
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout) as Report;
  }
}

test("a class of thirty: what the browser gives out, the terminal and the desk report alike", async ({ page, open, url }) => {
  await open(TALK);
  const class_: { code: string; final: string; goodwill: string[] }[] = [];
  for (let each = 1; each <= 30; each++) class_.push(await challenge(page, each, `p${each}`));
  const codes = class_.map(({ code }) => code).join("\n");
  const report = JSON.parse(results(fullReporting.source, codes, "json")) as Report;
  expect(report.rows.map(({ final }) => String(final))).toEqual(class_.map(({ final }) => final));
  expect(report.rows.every(({ verified }) => verified)).toBe(true);
  expect(new Set(report.rows.map(({ final }) => final)).size).toBeGreaterThan(5);

  await page.goto(url(DESK));
  await desk(page, codes);
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
    await expect(moment.locator(".worst")).toContainText(`${worst} of ${count} chose worst`);
    const counts = await moment.locator(".chosen b").allTextContents();
    expect(counts.map((text) => Number.parseInt(text))).toEqual(Object.values(choices));
  }
  await expect(page.locator(".played .hardest")).toHaveAttribute("data-node", group.hardest!);
  for (const { count } of group.endings) await expect(page.locator(".played [data-list=findings]")).toContainText(`${count} of 30 plays`);

  // The same table, also as a file.
  const plainCsv = (csv: string) => csv.replaceAll("codes.txt", "pasted").replace("\ufeff", "");
  expect(plainCsv(await downloaded(page, "Download as CSV"))).toBe(plainCsv(results(fullReporting.source, codes, "csv")));

  await look(page, "desk with codes");
  await unfold(page);
  await look(page, "desk, unfolded");

  // Beside a list of names the desk says what the terminal says.
  const names = "Name,Group\nP1,early\np2;early\n\"p3\",early\nP4,early\nP 5,early\nP30 Day,late\nMo Amin,late\np99,\nP29،late\n";
  const { roster: expected } = JSON.parse(results(fullReporting.source, codes, "json", names)) as { roster: Roster };
  await unfold(page, ".intake, .intake details");
  await page.getByRole("textbox", { name: "Names that you expect" }).fill(names);
  await page.getByRole("button", { name: "Read the codes" }).click();
  const missing = page.locator(".roster [data-list=missing] li");
  await expect(missing).toHaveCount(expected.missing.length);
  for (const [place, { name, group, perhaps }] of expected.missing.entries()) {
    const says = [name, group, perhaps.length ? `Perhaps: ${perhaps.join(", ")}.` : ""].join(" ").trim().replace(/ +/g, " ");
    await expect(missing.nth(place)).toHaveText(says);
  }
  const lines = page.locator(".roster [data-list=roster] li");
  await expect(lines.first()).toHaveText(`Not on the list: ${expected.unlisted.join(", ")}.`);
  await expect(lines).toHaveCount(1 + expected.groups.length);
  for (const [place, { name, listed, sent, passed }] of expected.groups.entries()) {
    const counted = passed ? ` ${passed[1]} of ${passed[0]} plays passed.` : "";
    await expect(lines.nth(place + 1)).toHaveText(`${name}: ${sent} of ${listed} sent a code.${counted}`);
  }
  await seen(page, "desk with a list");

  // Beside an earlier session, in which one of them was somebody else, it says so, too.
  const [first, second] = [class_.slice(0, 12), class_.slice(8)].map((some) => some.map(({ code }) => code));
  const { scenarios: figures, people: both } = sessions(fullReporting.source, first!.join("\n"), second!.join("\n"));
  await unfold(page, ".intake, .intake details");
  await page.getByRole("textbox", { name: "Codes of an earlier session" }).fill(first!.join("\n"));
  await desk(page, second!.join("\n"));
  const played = await page.locator(".sessions .session p span").allTextContents();
  expect(played).toEqual(figures[0]!.sessions.map((each) => `${each.passed} of ${each.count} plays passed. Mean: ${each.mean}`));
  const changes = await page.locator(".changes tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(changes).toEqual(both.map(({ who, scenario, finals: [before, after] }) => [who, scenario, String(before), String(after), "+0"]));
  expect(changes).toHaveLength(4);
  await look(page, "desk with an earlier session");
  await unfold(page, ".intake, .intake details");
  await page.getByRole("textbox", { name: "Codes of an earlier session" }).fill("");
  await desk(page, codes);
  await expect(page.locator(".sessions")).toBeHidden();

  // One play turn by turn, on request.
  await expect(page.locator(".sentence")).toContainText(`${group.passed} of 30 plays passed.`);
  await expect(page.locator(".turns-of")).toBeHidden();
  const people = page.locator(".who tbody tr");
  await expect(people).toHaveCount(30);
  await expect(page.locator(".who tfoot td")).toHaveText(`${group.passed} of 30`);
  await people.first().getByRole("button", { name: class_[0]!.final }).click();
  await expect(page.locator(".turns-of")).toBeFocused();
  await expect(page.locator(".turns-of h2")).toContainText("p1");
  await expect(page.locator(".turns-of .came")).toContainText(class_[0]!.final);
  expect(await page.locator(".turns-of .beat").count()).toBe(report.rows[0]!.turns);
  expect(await page.locator(".turns-of .beat > .meta").allTextContents()).toEqual(class_[0]!.goodwill);
  await expect(people.first()).toHaveText(/^p1/);
  await look(page, "desk, turn by turn");

  // The same class as codes arrive: in a mail, in a spreadsheet, and one retyped with a slip.
  const list = class_.map(({ code }) => code);
  const encoded = Buffer.from(list.slice(0, 15).join("\r\n")).toString("base64").replace(/.{76}/g, "$&\r\n");
  const mail = `From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`;
  const sheet = `\ufeff${list.slice(15, 29).map((code) => `"a name";${code}`).join("\r\n")}`;
  const slip = list[29]!.replace(/.(?=-)/, (symbol) => (symbol === "7" ? "8" : "7")).replaceAll("-", " ");
  await unfold(page, ".intake");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("Codes", { exact: true }).fill(`I typed it from paper:\n${slip}`);
  await page.locator("[type=file]").setInputFiles([
    { name: "a.eml", mimeType: "message/rfc822", buffer: Buffer.from(mail) },
    { name: "b.csv", mimeType: "text/csv", buffer: Buffer.from(sheet, "utf16le") },
    { name: "c.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004") },
  ]);
  await expect(page.locator("[role=status]")).toContainText("c.xlsx is a workbook");
  await expect(rows).toHaveCount(29);
  await expect(page.locator(".troubles li")).toHaveCount(1);
  await expect(page.locator(".troubles li")).toContainText("pasted, line 2");

  // So they are read after each kind of edit, once the version that was played is in the history.
  const files = { "a.eml": mail, "b.csv": sheet, "c.txt": slip };
  for (const [edit, { file = TUESDAY, story, is }] of Object.entries(edits)) {
    const folder = temporary();
    cpSync(fullReporting.source, folder, { recursive: true });
    amends("check", "--update-proof", "--site", folder);
    const content = readFileSync(join(folder, TUESDAY), "utf8");
    rmSync(join(folder, TUESDAY));
    writeFileSync(join(folder, file), story(content.split("\nexpect:")[0]!));
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    const { rows, troubles } = readAll(...paths, "--site", folder);
    expect(rows.map(({ final }) => String(final)), edit).toEqual(class_.slice(0, 29).map(({ final }) => final));
    expect(rows.filter((row) => !row.verified || !is(row)), edit).toEqual([]);
    expect(troubles, edit).toHaveLength(1);
    rmSync(folder, { recursive: true });
  }
});

test("a thousand codes: sorted by any column, and the same as the terminal's", async ({ page, open, url }) => {
  await open(TALK);
  const first = await challenge(page, 3, "x");
  // More of them by the script that makes them, each with a seed and a name of its own.
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
          const made = Array.from({ length: 1000 }, (_, seed) =>
            maker.code({ course, slug, graph, run: attempt.run, final: attempt.final, reporting: "full", seed, seconds: 60, who: `n${(seed * 37) % 1000}` }),
          );
          done(made.join("\n"));
        };
        document.dispatchEvent(new CustomEvent("amends:codes", { detail: (codes: Promise<Maker>) => codes.then(then, failed) }));
      }),
    { slug: slugOf(TALK) },
  );
  await page.goto(url(DESK));
  await desk(page, codes);
  await expect(page.locator("[role=status]")).toHaveText("Results read: 1,000.");
  const who = page.locator(".results tbody th");
  await expect(who).toHaveCount(1000);
  await expect(who.first()).toHaveText("n0");
  await unfold(page);
  const head = page.locator(".results thead th").first();
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(who.first()).toHaveText("n999");
  await expect(page.locator(".results tbody .n").first()).toHaveText(first.final);
  const report = JSON.parse(results(fullReporting.source, codes, "json")) as Report;
  expect(report.rows).toHaveLength(1000);
});

test("what somebody typed is shown as text, and what cannot be read is reported by its line", async ({ page, open, url }) => {
  await open(TALK);
  const { code } = await challenge(page, 5, "<img-src=x>");
  await page.goto(url(DESK));
  const wrong = code.replace(/.(?=-)/, (symbol) => (symbol === "7" ? "8" : "7"));
  await desk(page, `a mail\n${wrong}\n\n> ${code.toLowerCase()},\n${"AAAAA-".repeat(5000)}\n\u0000\u202e<b>x</b>`);
  await expect(page.locator(".results tbody th")).toHaveText("<img-src=x>");
  await expect(page.locator(".troubles li").first()).toContainText("pasted, line 2");
  await expect(page.locator(".troubles li").first()).toContainText("checksum is wrong");
  await expect(page.locator(".report img:not(.plate *), .report b b")).toHaveCount(0);
  await unfold(page, ".intake");
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.locator(".report")).toBeHidden();
});

test("files are read as they are dropped or chosen, whatever they hold", async ({ page, open, url }) => {
  await open(TALK);
  const { code } = await challenge(page, 6, "ann");
  await page.goto(url(DESK));
  await expect(page.locator(".desk-page")).toBeVisible();
  const wide = Buffer.from(`\ufeff"Ann";${code}\r\n`, "utf16le");
  const binary = Buffer.from(Array.from({ length: 200_000 }, (_, place) => (place * 31) % 256));
  await page.locator("[type=file]").setInputFiles([
    { name: "list.csv", mimeType: "text/csv", buffer: wide },
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

test("a code is copied, or marked where copying is refused; a link opens the desk with it", async ({ page, open, url, context }) => {
  await open(TALK);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { code } = await challenge(page, 7, "kim");
  await page.getByRole("button", { name: "Copy the code" }).click();
  await expect(page.locator(".hand-over [role=status]")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await page.getByRole("button", { name: "Copy a link" }).click();
  await expect(page.locator(".hand-over [role=status]")).toHaveText("The link is copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${url(DESK)}#${code}`);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await page.getByRole("button", { name: "Copy the code" }).click();
  await expect(page.locator(".hand-over [role=status]")).toContainText("does not let the page copy");
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe(code);
  await page.goto(link);
  await expect(page.locator(".results tbody th")).toHaveText("kim");
  // A link that was cut or broken on the way still brings its code.
  await page.goto("about:blank");
  await page.goto(`${link}%2`);
  await expect(page.locator(".results tbody th")).toHaveText("kim");
});

test("the first challenge is the one with a code, here and in My record; practice has none", async ({ page, open, url }) => {
  await open(TALK);
  const { code: first } = await challenge(page, 8, "lee");
  await page.getByRole("button", { name: "Play again" }).click();
  await finish(page, "last");
  await expect(page.locator(".hand-over .code")).toHaveText(first);
  await page.getByRole("button", { name: "Play it as practice" }).click();
  await finish(page, "first");
  await expect(page.locator(".hand-over")).toHaveCount(0);
  await page.goto(url("record/index.html"));
  await expect(page.locator(".given .code:visible")).toHaveText(first);
  // What the trainee takes along holds the code, too, and can be read.
  const record = await downloaded(page, "Export");
  expect(JSON.parse(results(fullReporting.source, record, "json")).rows).toHaveLength(1);
});

test("an attempt keeps its score and its code, whatever becomes of the story", async ({ page, open, url }) => {
  await open(TALK);
  const { code: made, final } = await challenge(page, 9, "kim");
  // The code is on the page a moment before it is kept with its attempt.
  await page.waitForFunction((code) => Object.values(localStorage).some((kept) => kept.includes(code)), made);
  // As if it had been played before an edit, and had come to one point less.
  const then = String(Number(final) - 1);
  await page.evaluate((final) => {
    for (const storage of [localStorage, sessionStorage]) {
      for (const name of Object.keys(storage).filter((name) => /:(attempts|run):/.test(name))) {
        const before = JSON.parse(storage.getItem(name)!);
        const edited = (each: object) => ({ ...each, story: "000000", ...("final" in each ? { final } : {}) });
        storage.setItem(name, JSON.stringify(Array.isArray(before) ? before.map(edited) : edited(before)));
      }
    }
  }, Number(then));
  await page.reload();
  await expect(page.locator(".score b")).toHaveText(then);
  await expect(page.locator(".debrief .edited")).toContainText(`${final} of 100`);
  await expect(page.locator(".hand-over .code")).toHaveText(made);
  await page.locator(".hand-over [name=who]").fill("lee");
  await expect(page.locator(".hand-over .code")).toContainText("~lee");
  expect((await code(page)).slice(0, 20)).toBe(made.slice(0, 20));
  await page.goto(url("record/index.html"));
  await expect(page.locator(".attempts li:visible").first()).toContainText(then);
  await expect(page.locator(".attempts .edited:visible")).toHaveText("edited since");
});

test("from the disk a code is made, and the desk reads it", async ({ page }) => {
  await page.goto(fullReporting.onDisk(TALK));
  await ready(page);
  await play(page, "challenge", anEnding().choices);
  const made = await code(page);
  await expect(page.getByRole("button", { name: "Copy a link" })).toBeHidden();
  await page.goto(fullReporting.onDisk(DESK));
  await desk(page, made);
  await expect(page.locator("[role=status]")).toHaveText("Results read: 1.");
});

test.describe("by default", () => {
  test.use({ course: practice });

  test("a code carries pass and final alone, and is called unverified", async ({ page, open, url }) => {
    await open(TALK);
    await expect(page.locator(".brief")).toContainText("whether you passed, and your score, and nothing more");
    const { choices, final } = anEnding();
    await begin(page, "challenge");
    for (const text of choices) await take(page, text, false);
    await expect(page.locator(".hand-over")).toContainText("Nobody can check it");
    const made = await code(page);
    expect(made.replaceAll("-", "").length).toBeLessThanOrEqual(26);
    await page.goto(url(DESK));
    await desk(page, made);
    await expect(page.locator(".told")).toHaveText("unverified");
    await expect(page.locator(".unverified-note")).toBeVisible();
    await expect(page.locator(".results tbody .n")).toHaveText([String(final)]);
    await expect(page.locator(".choices-part:visible, .heat .met")).toHaveCount(0);
  });
});

test("a course that wants no desk has none", () => {
  expect(withoutDesk.html("index.html")).not.toContain(DESK);
  expect(existsSync(join(withoutDesk.site, DESK))).toBe(false);
});
