// The SCORM adapter on faulty platforms (no answer, lost values, read-only) and a strict check of every value it writes; then
// whole courses on scorm-again.

import { expect, test, type Page } from "@playwright/test";
import { begin, chooseAll, play } from "../browser/player";
import { fullReporting, languages, practice } from "../browser/courses";
import { playsToEndings } from "../browser/proved";
import { failing, Package, passing, scenarioPackage, SLUG } from "./packages";
import { courseFrame, endSession, expectSaved, launchFrame, platformPage, ScormAgain, serve, statusLine } from "./platforms";

/** A minimal SCORM 1.2 run-time that collects in `window.written` what is written. `changes` are statements that alter it. */
const runtime = (changes = "") => `<script>
  window.written = [];
  const data = {};
  const API = {
    LMSInitialize: () => "true", LMSGetValue: (key) => data[key] ?? "", LMSCommit: () => "true", LMSFinish: () => (written.push(["finish", ""]), "true"),
    LMSSetValue: (key, value) => { written.push([key, value]); data[key] = value; return "true"; },
  };
  ${changes}
  window.API = API;
</script>`;

/** Opens a package on the minimal run-time. */
async function open(page: Page, changes = "", pack = scenarioPackage("scorm12")): Promise<{ close(): void }> {
  const { root, server } = await serve(pack.folder, platformPage(runtime(changes)));
  await page.goto(root);
  return { close: () => server.close() };
}

const written = (page: Page) => page.evaluate(() => (window as unknown as { written: [string, string][] }).written);

/** The values that SCORM 1.2 allows for each key. Many run-times accept more. */
const ALLOWED: [RegExp, RegExp][] = [
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

test("every value is valid in SCORM 1.2, and the status is written last, after the score", async ({ page }) => {
  const lists = `const list = (name) => ({ ["cmi." + name + "._children"]: "id,score,status,type,result", ["cmi." + name + "._count"]: "0" });
    Object.assign(data, list("objectives"), list("interactions"));`;
  const platform = await open(page, lists, scenarioPackage("scorm12", fullReporting));
  await play(await courseFrame(page), "challenge", passing.choices);
  await expectSaved(page);
  const values = await written(page);
  for (const [key, value] of values) {
    const rule = ALLOWED.find(([name]) => name.test(key));
    expect(rule?.[1].test(value), `${key} = ${value}`).toBe(true);
  }
  const keys = values.map(([key]) => key);
  expect(values.filter(([key]) => /^cmi\.interactions\.\d+\.id$/.test(key)).map(([, id]) => id.split("_")[0])).toEqual(passing.choices.map(() => SLUG));
  expect(keys.lastIndexOf("cmi.core.score.raw")).toBeLessThan(keys.lastIndexOf("cmi.core.lesson_status"));
  expect(values.filter(([key]) => key !== "cmi.suspend_data").at(-1)).toEqual(["cmi.core.lesson_status", "passed"]);
  // A value that is already stored is not written again.
  expect(keys.filter((key) => key === "cmi.core.score.min")).toHaveLength(1);
  platform.close();
});

for (const [name, changes] of Object.entries({
  "answers nothing": "for (const name in API) API[name] = () => {};",
  "throws": 'for (const name in API) API[name] = () => { throw new Error("no"); };',
  "does not initialize": 'API.LMSInitialize = () => "false";',
  "has no call to initialize": "delete API.LMSInitialize;",
})) {
  test(`on a platform that ${name}, the page says so, and the trainee plays on and gets a code`, async ({ page }) => {
    const platform = await open(page, changes);
    await expect(await statusLine(page)).toHaveText(/No learning platform answers/);
    const scenario = await courseFrame(page);
    await play(scenario, "challenge", passing.choices);
    await expect(scenario.locator(".hand-over .code")).toHaveText(/\S/);
    await expect((await launchFrame(page)).locator(".codes .code")).toHaveText(/\S/);
    expect(await written(page)).toEqual([]);
    platform.close();
  });
}

test("writes to a platform that loses the state are repeated a limited number of times, then reported as not saved", async ({ page }) => {
  const platform = await open(page, 'API.LMSGetValue = (key) => key === "cmi.suspend_data" ? "" : data[key] ?? "";');
  const scenario = await courseFrame(page);
  await play(scenario, "challenge", passing.choices);
  await expect(await statusLine(page)).toHaveText(/did not save/);
  await expect((await launchFrame(page)).locator(".codes .code")).toHaveText(/\S/);
  const states = (await written(page)).filter(([key]) => key === "cmi.suspend_data");
  expect(states.length).toBeLessThan(60);
  platform.close();
});

test("a value is written again if the platform loses the first write", async ({ page }) => {
  const platform = await open(page, 'const lost = {}; const set = API.LMSSetValue; API.LMSSetValue = (key, value) => (lost[key + value] ? set(key, value) : ((lost[key + value] = true), "true"));');
  await play(await courseFrame(page), "challenge", passing.choices);
  await expectSaved(page);
  expect((await written(page)).filter(([key]) => key !== "cmi.suspend_data").at(-1)).toEqual(["cmi.core.lesson_status", "passed"]);
  platform.close();
});

for (const mode of ["review", "browse"]) {
  test(`in ${mode} mode nothing is written, and the page says so`, async ({ page }) => {
    const platform = await open(page, `data["cmi.core.lesson_mode"] = "${mode}";`);
    await expect(await statusLine(page)).toHaveText(/reviewing/);
    await play(await courseFrame(page), "challenge", passing.choices);
    await endSession(page);
    expect(await written(page)).toEqual([["finish", ""]]);
    platform.close();
  });
}

test("nothing is written before the trainee starts, and learners in one browser do not share a play", async ({ page, context }) => {
  const platform = await open(page);
  await courseFrame(page);
  expect(await written(page)).toEqual([]);
  const scenario = await courseFrame(page);
  await begin(scenario, "practice");
  await chooseAll(scenario, passing.choices.slice(0, 2));
  await expectSaved(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect((await courseFrame(other)).locator("[data-do=resume]")).toHaveCount(0);
  platform.close();
});

test("with `on_fail: incomplete` a failed play stays incomplete", async ({ page }) => {
  const pack = scenarioPackage("scorm12");
  const html = pack.text("launch.html").replace('"on_fail":"failed"', '"on_fail":"incomplete"');
  const { root, server } = await serve(pack.folder, platformPage(runtime()), (request, response) => {
    if (!request.url!.endsWith("launch.html")) return false;
    response.writeHead(200, { "Content-Type": "text/html" }).end(html);
    return true;
  });
  await page.goto(root);
  await play(await courseFrame(page), "challenge", failing.choices);
  await expectSaved(page);
  expect((await written(page)).filter(([key]) => /status/.test(key))).toEqual([["cmi.core.lesson_status", "incomplete"]]);
  server.close();
});

test("for a whole course the score is the mean over all its scenarios, and attempts are restored", async ({ page }) => {
  const pack = new Package("scorm12", "course");
  const platform = new ScormAgain("scorm12", pack);
  await platform.start();
  await platform.open(page, "ada");
  const home = await courseFrame(page);
  await home.locator(`.card[data-slug=${SLUG}] a`).click();
  await expect.poll(async () => (await courseFrame(page)).url()).toContain(SLUG);
  await play(await courseFrame(page), "challenge", passing.choices);
  await expectSaved(page);
  const score = Math.round(passing.final / practice.scenarios.length);
  await expect.poll(async () => (await platform.stored("ada"))["cmi.core.score.raw"]).toBe(String(score));
  expect((await platform.stored("ada"))["cmi.core.lesson_status"]).toBe("incomplete");
  await endSession(page);
  await platform.open(page, "ada");
  await expect((await courseFrame(page)).locator(`.card[data-slug=${SLUG}]`)).toContainText(String(passing.final));
  platform.stop();
});

test("one of several SCOs, and one language in the theme for frames, are reported like any other", async ({ page }) => {
  const german = Object.values(playsToEndings(languages, "de/scenarios/late-parcel/index.html"))[0]!;
  for (const [pack, launch, { choices, final, pass }, language] of [
    [new Package("scorm2004", "parts", practice, "--multi-sco"), `launch-${SLUG}.html`, passing, "en"],
    [new Package("scorm2004", "german", languages, "late-parcel", "--language", "de", "--theme", "compact"), "launch.html", german, "de"],
  ] as const) {
    const platform = new ScormAgain("scorm2004", pack, launch);
    await platform.start();
    await platform.open(page, "ada");
    await play(await courseFrame(page), "challenge", [...choices]);
    await expect((await launchFrame(page)).locator(".session")).toHaveAttribute("data-said", "saved");
    await expect((await launchFrame(page)).locator("html")).toHaveAttribute("lang", language);
    await endSession(page);
    await expect.poll(async () => (await platform.stored("ada"))["cmi.success_status"]).toBe(pass ? "passed" : "failed");
    expect(await platform.stored("ada")).toMatchObject({ "cmi.completion_status": "completed", "cmi.score.raw": String(final) });
    platform.stop();
  }
});
