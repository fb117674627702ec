// Platforms as they should not be: one that answers nothing, one that lies, one that lets nobody write; and a strict reader of
// every value that is written.

import { expect, test, type Page } from "@playwright/test";
import { play, begin, hurry } from "../browser/player";
import { fullReporting, languages, practice } from "../browser/courses";
import { endings } from "../browser/proved";
import { failing, one, Package, passing, SLUG } from "./packages";
import { Again, holding, inside, launched, serve } from "./platforms";

/** A platform of a few lines, in the words of 1.2. `answers` is what its calls do. */
async function open(page: Page, answers: string, pack = one("scorm12")): Promise<{ close(): void }> {
  const script = `<script>
    window.written = [];
    const data = {};
    const API = {
      LMSInitialize: () => "true", LMSGetValue: (key) => data[key] ?? "", LMSCommit: () => "true", LMSFinish: () => (written.push(["finish", ""]), "true"),
      LMSSetValue: (key, value) => { written.push([key, value]); data[key] = value; return "true"; },
    };
    ${answers}
    window.API = API;
  </script>`;
  const { root, server } = await serve(pack.folder, holding(script));
  await page.goto(root);
  return { close: () => server.close() };
}

const written = (page: Page) => page.evaluate(() => (window as unknown as { written: [string, string][] }).written);
const said = async (page: Page) => (await launched(page)).locator("[role=status]");

/** What 1.2 lets stand in a value; a run-time that is kind lets more pass. */
const FITS: [RegExp, RegExp][] = [
  [/^cmi\.suspend_data$/, /^[\x21-\x7e]{0,4096}$/],
  [/^cmi\.core\.lesson_status$/, /^(passed|completed|failed|incomplete|browsed|not attempted)$/],
  [/^cmi\.core\.exit$/, /^(|suspend|time-out|logout)$/],
  [/^cmi\.core\.session_time$/, /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/],
  [/score\.(raw|min|max)$/, /^(100|\d{1,2})(\.\d+)?$/],
  [/^cmi\.objectives\.\d+\.id$/, /^[\x21-\x7e]{1,255}$/],
  [/^cmi\.objectives\.\d+\.status$/, /^(passed|failed)$/],
  [/^cmi\.interactions\.\d+\.(id|objectives\.\d+\.id)$/, /^[\x21-\x7e]{1,255}$/],
  [/^cmi\.interactions\.\d+\.type$/, /^choice$/],
  [/^cmi\.interactions\.\d+\.student_response$/, /^[a-z]$/],
  [/^cmi\.interactions\.\d+\.result$/, /^\d{1,3}$/],
  [/^finish$/, /^$/],
];

test("every value is one of the standard, the score comes before the status, and the status alone", async ({ page }) => {
  const all = `const list = (name) => ({ ["cmi." + name + "._children"]: "id,score,status,type,result", ["cmi." + name + "._count"]: "0" });
    Object.assign(data, list("objectives"), list("interactions"));`;
  const platform = await open(page, all, one("scorm12", fullReporting));
  await play(await inside(page), "challenge", passing.choices);
  await expect(await said(page)).toHaveText(/has saved/);
  const values = await written(page);
  for (const [key, value] of values) {
    const rule = FITS.find(([name]) => name.test(key));
    expect(rule?.[1].test(value), `${key} = ${value}`).toBe(true);
  }
  const keys = values.map(([key]) => key);
  expect(values.filter(([key]) => /^cmi\.interactions\.\d+\.id$/.test(key)).map(([, id]) => id.split("_")[0])).toEqual(passing.choices.map(() => SLUG));
  expect(keys.lastIndexOf("cmi.core.score.raw")).toBeLessThan(keys.lastIndexOf("cmi.core.lesson_status"));
  expect(values.filter(([key]) => key !== "cmi.suspend_data").at(-1)).toEqual(["cmi.core.lesson_status", "passed"]);
  // What stands there is not written again.
  expect(keys.filter((key) => key === "cmi.core.score.min")).toHaveLength(1);
  platform.close();
});

for (const [name, answers] of Object.entries({
  "answers nothing": "for (const name in API) API[name] = () => {};",
  "throws": 'for (const name in API) API[name] = () => { throw new Error("no"); };',
  "does not begin": 'API.LMSInitialize = () => "false";',
  "has no way to begin": "delete API.LMSInitialize;",
})) {
  test(`a platform that ${name} is named, and the trainee plays on and gets a code`, async ({ page }) => {
    const platform = await open(page, answers);
    await expect(await said(page)).toHaveText(/No learning platform answers/);
    const scenario = await inside(page);
    await play(scenario, "challenge", passing.choices);
    await expect(scenario.locator(".hand-over .code")).toHaveText(/\S/);
    await expect((await launched(page)).locator(".codes .code")).toHaveText(/\S/);
    expect(await written(page)).toEqual([]);
    platform.close();
  });
}

test("a platform that loses what it has taken is asked again, within bounds, and then not believed", async ({ page }) => {
  const platform = await open(page, 'API.LMSGetValue = (key) => key === "cmi.suspend_data" ? "" : data[key] ?? "";');
  const scenario = await inside(page);
  await play(scenario, "challenge", passing.choices);
  await expect(await said(page)).toHaveText(/did not save/);
  await expect((await launched(page)).locator(".codes .code")).toHaveText(/\S/);
  const states = (await written(page)).filter(([key]) => key === "cmi.suspend_data");
  expect(states.length).toBeLessThan(60);
  platform.close();
});

test("one that loses the first of two writes is written to until it stands", async ({ page }) => {
  const platform = await open(page, 'const lost = {}; const set = API.LMSSetValue; API.LMSSetValue = (key, value) => (lost[key + value] ? set(key, value) : ((lost[key + value] = true), "true"));');
  await play(await inside(page), "challenge", passing.choices);
  await expect(await said(page)).toHaveText(/has saved/);
  expect((await written(page)).filter(([key]) => key !== "cmi.suspend_data").at(-1)).toEqual(["cmi.core.lesson_status", "passed"]);
  platform.close();
});

for (const mode of ["review", "browse"]) {
  test(`in ${mode} nothing is written, and the page says so`, async ({ page }) => {
    const platform = await open(page, `data["cmi.core.lesson_mode"] = "${mode}";`);
    await expect(await said(page)).toHaveText(/reviewing/);
    await play(await inside(page), "challenge", passing.choices);
    await (await launched(page)).locator("[data-do=finish]").click();
    expect(await written(page)).toEqual([["finish", ""]]);
    platform.close();
  });
}

test("nothing is written before the trainee begins, and nothing of two learners in one browser mixes", async ({ page, context }) => {
  const platform = await open(page, "");
  await inside(page);
  expect(await written(page)).toEqual([]);
  const scenario = await inside(page);
  await begin(scenario, "practice");
  await hurry(scenario, passing.choices.slice(0, 2));
  await expect(await said(page)).toHaveText(/has saved/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect((await inside(other)).locator("[data-do=resume]")).toHaveCount(0);
  platform.close();
});

test("with on_fail: incomplete a fail stays incomplete", async ({ page }) => {
  const pack = one("scorm12");
  const html = pack.text("launch.html").replace('"on_fail":"failed"', '"on_fail":"incomplete"');
  const script = `<script>window.written = []; const data = {}; window.API = { LMSInitialize: () => "true", LMSGetValue: (key) => data[key] ?? "", LMSCommit: () => "true", LMSFinish: () => "true", LMSSetValue: (key, value) => { written.push([key, value]); data[key] = value; return "true"; } };</script>`;
  const { root, server } = await serve(pack.folder, holding(script), (request, response) => {
    if (!request.url!.endsWith("launch.html")) return false;
    response.writeHead(200, { "Content-Type": "text/html" }).end(html);
    return true;
  });
  await page.goto(root);
  await play(await inside(page), "challenge", failing.choices);
  await expect(await said(page)).toHaveText(/has saved/);
  expect((await written(page)).filter(([key]) => /status/.test(key))).toEqual([["cmi.core.lesson_status", "incomplete"]]);
  server.close();
});

test("a whole course: the score is the mean over all its scenarios, and what is done comes back", async ({ page }) => {
  const pack = new Package("scorm12", "course");
  const platform = new Again("scorm12", pack);
  await platform.start();
  await platform.open(page, "ada");
  const home = await inside(page);
  await home.locator(`.card[data-slug=${SLUG}] a`).click();
  await expect.poll(async () => (await inside(page)).url()).toContain(SLUG);
  await play(await inside(page), "challenge", passing.choices);
  await expect(await said(page)).toHaveText(/has saved/);
  const score = Math.round(passing.final / practice.scenarios.length);
  await expect.poll(async () => (await platform.stored("ada"))["cmi.core.score.raw"]).toBe(String(score));
  expect((await platform.stored("ada"))["cmi.core.lesson_status"]).toBe("incomplete");
  await (await launched(page)).locator("[data-do=finish]").click();
  await platform.open(page, "ada");
  await expect((await inside(page)).locator(`.card[data-slug=${SLUG}]`)).toContainText(String(passing.final));
  platform.stop();
});

test("a part of several, and one language in the theme for a frame, are reported as any other", async ({ page }) => {
  const german = Object.values(endings(languages, "de/scenarios/late-parcel/index.html"))[0]!;
  for (const [pack, launch, { choices, final, pass }, language] of [
    [new Package("scorm2004", "parts", practice, "--multi-sco"), `launch-${SLUG}.html`, passing, "en"],
    [new Package("scorm2004", "german", languages, "late-parcel", "--language", "de", "--theme", "compact"), "launch.html", german, "de"],
  ] as const) {
    const platform = new Again("scorm2004", pack, launch);
    await platform.start();
    await platform.open(page, "ada");
    await play(await inside(page), "challenge", [...choices]);
    await expect((await launched(page)).locator(".session")).toHaveAttribute("data-said", "saved");
    await expect((await launched(page)).locator("html")).toHaveAttribute("lang", language);
    await (await launched(page)).locator("[data-do=finish]").click();
    await expect.poll(async () => (await platform.stored("ada"))["cmi.success_status"]).toBe(pass ? "passed" : "failed");
    expect(await platform.stored("ada")).toMatchObject({ "cmi.completion_status": "completed", "cmi.score.raw": String(final) });
    platform.stop();
  }
});
