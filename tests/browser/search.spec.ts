// Search: under a sub-path, from disk, offline, by keyboard alone, in many scripts, and in a large course.

import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { words } from "../../scenario-wasm/page/search-words";
import { expectAccessible } from "./axe";
import { Course, practice } from "./courses";
import { host } from "./host";
import { overflow } from "./layout";
import { build, repository, temporary } from "./program";
import { expect, test, type Page } from "./site";

const results = (page: Page) => page.locator(".finds li");

/** Types a query and waits for the status line. */
async function ask(page: Page, query: string, status: RegExp): Promise<void> {
  await page.getByRole("searchbox").fill(query);
  await expect(page.getByRole("status")).toHaveText(status);
}

for (const access of ["over HTTP", "from disk"]) {
  test(`other forms of a word are found ${access}, and a result leads to its page`, async ({ page, url }) => {
    await page.goto(access === "from disk" ? practice.fileUrl("search/index.html") : url("search/index.html"));
    await expect(page.locator(".no-search")).toHaveCount(0);
    await ask(page, "apologising", /found|best/i);
    await expect(results(page).first().locator("mark").first()).toHaveText(/apolog/i);
    const link = results(page).first().getByRole("link");
    const title = (await link.locator(".of").textContent())!;
    await link.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await page.goBack();
    await expect(page.getByRole("searchbox")).toBeVisible();
  });
}

test("a query of several words finds the part that has them all, whatever its accents and capitals", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await ask(page, "LISTEN finïshed", /found|best/i);
  await expect(results(page).first().locator(".of")).toContainText("Listen until they have finished");
  await ask(page, "xyzzyplugh", /Nothing/);
  await expect(results(page)).toHaveCount(0);
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("status")).toHaveText("");
});

test("the beginning of a word is enough, and the address keeps the query", async ({ page, url }) => {
  await page.goto(url("search/index.html"));
  await ask(page, "apol", /found|best/i);
  expect(new URL(page.url()).searchParams.get("q")).toBe("apol");
  const first = await results(page).first().textContent();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("apol");
  await expect(results(page).first()).toHaveText(first!);
});

test("search works by keyboard alone, from the key that opens it to the page found", async ({ page, url }) => {
  await page.goto(url("index.html"));
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  // Inserts the query in one step, so that no earlier results come in between. In the field, the key that opens the search is text.
  await page.keyboard.insertText("listen");
  await expect(results(page)).not.toHaveCount(0);
  const before = await results(page).first().elementHandle();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toHaveValue("listen/");
  await expect.poll(() => before!.evaluate((row) => row.isConnected)).toBe(false);
  await page.keyboard.press("ArrowDown");
  await expect(results(page).nth(0).getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(results(page).nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).toBeFocused();
  const title = (await results(page).first().locator(".of").textContent())!;
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
});

test("a page with results is accessible, fits 320 pixels, and requests nothing from other origins", async ({ page, url }) => {
  await page.goto(`${url("search/index.html")}?q=listen`);
  await expect(results(page)).not.toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow(page)).toBe(0);
});

test.describe("offline", () => {
  test.use({ serviceWorkers: "allow" });

  test("search works in the pages cached after the first visit", async ({ page, context, url }) => {
    await page.goto(url("index.html"));
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
    await context.setOffline(true);
    await page.goto(url("search/index.html"));
    await ask(page, "apologising", /found|best/i);
    await expect(results(page).first().locator("mark").first()).toHaveText(/apolog/i);
    const title = (await results(page).first().locator(".of").textContent())!;
    await results(page).first().getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  });
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says why there is no search, and where to look", async ({ page, url }) => {
    await page.goto(url("search/index.html"));
    await expect(page.getByRole("searchbox")).toHaveCount(0);
    await page.locator(".no-search").getByRole("link").click();
    await expect(page).toHaveURL(url("index.html"));
  });
});

test("the page splits text into words as the build does", () => {
  const cases = JSON.parse(readFileSync(join(repository, "tests/search/words.json"), "utf8")) as [string, string][];
  for (const [text, expected] of cases) expect(words(text).join(" "), text).toBe(expected);
});

test.describe("a course in scripts without spaces, and with letters in several forms", () => {
  let work: string;
  let course: Course;
  // Two similar apologies for each script: a part of one must be found in its own lesson, not only in the other.
  const texts: Record<string, [string, string]> = {
    Thai: ["ขออภัยในความล่าช้า เราจะโทรกลับภายในวันนี้", "เราเข้าใจว่าคุณรอมานานแล้ว น้ำเสียงของคุณสำคัญ"],
    Lao: ["ຂໍອະໄພທີ່ພວກເຮົາມາຊ້າ ພວກເຮົາຈະໂທກັບມື້ນີ້", "ພວກເຮົາເຂົ້າໃຈວ່າທ່ານລໍຖ້າມາດົນແລ້ວ"],
    Khmer: ["សូមអភ័យទោសចំពោះការយឺតយ៉ាវ\u200bយើងនឹងទូរស័ព្ទទៅវិញថ្ងៃនេះ", "យើងយល់ថាអ្នកបានរង់ចាំយូរហើយ"],
    Burmese: ["နောက်ကျသွားတဲ့အတွက် တောင်းပန်ပါတယ်။ ဒီနေ့ပြန်ဖုန်းဆက်ပါမယ်။", "သင်စောင့်နေရတာကြာပြီဆိုတာ နားလည်ပါတယ်။"],
    Chinese: ["很抱歉让您久等了，我们今天会给您回电话。", "国家和家庭都知道您等了很久，我们非常理解。"],
    Japanese: ["お待たせして申し訳ございません。本日中に折り返しお電話いたします。", "ガスの点検が遅れたことをおわびします。"],
  };

  test.beforeAll(() => {
    work = temporary();
    course = new Course(work, join(work, "public"));
    mkdirSync(join(work, "content/lessons"), { recursive: true });
    writeFileSync(join(work, "site.yaml"), "title: Scripts\nid: scripts\nlints: off\n");
    const lesson = (name: string, title: string, text: string) =>
      writeFileSync(join(work, `content/lessons/${name}.md`), `---\ntitle: ${title}\n---\n\n${text}\n`);
    for (const [script, pair] of Object.entries(texts)) pair.forEach((text, at) => lesson(`${script.toLowerCase()}-${at}`, `${script} ${at}`, text));
    lesson("letters", "Letters", "STRASSE ΟΔΟΣ ISPARTA Be\u00adschwer\u00adde cafe\u0301 zero\u200bwidth");
    lesson("apart", "Apart", "国有家");
    build(work, course.site);
  });
  test.afterAll(() => rmSync(work, { recursive: true }));

  for (const [script, pair] of Object.entries(texts)) {
    test(`every three consecutive letters of a ${script} text are found`, async ({ page }) => {
      await page.goto(course.fileUrl("search/index.html"));
      await ask(page, "straße", /found/i);
      for (const [at, text] of pair.entries()) {
        const runs = text.match(/[\p{L}\p{M}\u200b]+/gu)!.map((run) => [...run]);
        const trigrams = runs.flatMap((run) => run.slice(2).map((_, from) => run.slice(from, from + 3).join("")));
        expect(trigrams.length).toBeGreaterThan(10);
        const missed = await page.evaluate(
          async ({ trigrams, title }) => {
            const input = document.querySelector<HTMLInputElement>(".seek input")!;
            const missed: string[] = [];
            for (const trigram of trigrams) {
              document.querySelector(".finds")!.replaceChildren();
              input.value = trigram;
              input.dispatchEvent(new Event("input"));
              const titles = () => [...document.querySelectorAll(".finds .of")].map((each) => each.textContent);
              for (let turns = 0; turns < 50 && titles().length === 0; turns++) await new Promise((done) => setTimeout(done));
              if (!titles().includes(title) || !document.querySelector(".finds mark")) missed.push(trigram);
            }
            return missed;
          },
          { trigrams, title: `${script} ${at}` },
        );
        expect(missed).toEqual([]);
      }
    });
  }

  test("a word is found whatever its case, and despite invisible characters in it", async ({ page }) => {
    await page.goto(course.fileUrl("search/index.html"));
    for (const query of ["straße", "Οδός", "ısparta", "beschwerde", "CAFÉ", "zerowidth"]) {
      await ask(page, query, /found/i);
      await expect(results(page).first().locator(".of")).toHaveText("Letters");
      await expect(results(page).first().locator("mark")).toHaveCount(1);
    }
  });

  test("adjacent characters rank above the same characters apart", async ({ page }) => {
    await page.goto(course.fileUrl("search/index.html"));
    await ask(page, "国家", /found/i);
    await expect(results(page).first().locator(".of")).toHaveText("Chinese 1");
    await expect(results(page).first().locator("mark").first()).toHaveText("国家");
  });
});

test.describe("a course of four hundred lessons", () => {
  let work: string;
  let library: Course;

  test.beforeAll(() => {
    work = temporary();
    library = new Course(work, join(work, "public"));
    mkdirSync(join(work, "content/lessons"), { recursive: true });
    writeFileSync(join(work, "site.yaml"), "title: Library\nid: library\nlints: off\n");
    // Makes many different words from syllables. Each lesson also has a word that no other has.
    const syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ve"];
    const word = (n: number) => syllables[n % 16]! + syllables[(n >> 4) % 16]! + syllables[(n >> 8) % 16]! + (n % 7 ? "n" : "st");
    let seed = 7;
    const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
    for (let lesson = 0; lesson < 400; lesson++) {
      const words = Array.from({ length: 600 }, () => word((random() >> 8) % ((random() >> 8) % 2 ? 300 : 4000)));
      const text = `---\ntitle: Lesson ${lesson}\n---\n\n${words.slice(0, 200).join(" ")}\n\n## Part\n\nzq${word(lesson)}ing ${words.slice(200).join(" ")}\n`;
      writeFileSync(join(work, `content/lessons/l-${lesson}.md`), text);
    }
    build(work, library.site);
  });
  test.afterAll(() => rmSync(work, { recursive: true }));

  test("a query loads at most 100 kB of the index, over HTTP and from disk", async ({ page }) => {
    const { root, close } = await host(() => library.site);
    const sizes = new Map<string, number>();
    page.on("request", (request) => {
      const name = /search\/([0-9a-f]{8}\/[a-z0-9-]+\.js)/.exec(request.url())?.[1];
      if (name) sizes.set(name, statSync(join(library.site, "search", name)).size);
    });
    for (const address of [`${root}search/index.html`, library.fileUrl("search/index.html")]) {
      sizes.clear();
      await page.goto(address);
      await ask(page, "zqceceba", /found|best/i);
      await expect(results(page).first().locator("mark").first()).toHaveText(/^zqceceba/);
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      expect(sizes.size).toBeGreaterThan(2);
      expect(total, [...sizes].join(" ")).toBeLessThan(100_000);
    }
    close();
    expect(readdirSync(join(library.site, "search"), { recursive: true }).length).toBeGreaterThan(100);
  });
});
