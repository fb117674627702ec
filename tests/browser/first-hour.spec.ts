// The guide for the first hour: the file of each step builds and plays as docs/first-hour.md says, and VS Code's task finds the
// place in each line of `check --format short`.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { amends, build, program, repository, temporary } from "./program";

const SCENARIO = "content/scenarios/cold-dinner.yaml";

let work: string;
let course: string;

test.beforeEach(() => {
  work = temporary();
  course = join(work, "course");
  amends("new", "--quiet", course);
});
test.afterEach(() => rmSync(work, { recursive: true }));

test("the file of each step of the first hour builds, plays and contains the YAML that the guide shows", () => {
  const guide = readFileSync(join(repository, "docs/first-hour.md"), "utf8");
  const steps = guide.split("\n## Step ").slice(1);
  expect(steps).toHaveLength(3);
  for (const [at, step] of steps.entries()) {
    const path = join(repository, `docs/first-hour/${at + 1}.yaml`);
    const file = readFileSync(path, "utf8");
    const blocks = [...step.split("\n## ")[0]!.matchAll(/```yaml\n([^]*?)```/g)].map((block) => block[1]!);
    expect(blocks.length).toBeGreaterThan(0);
    for (const part of blocks) expect(file).toContain(part);
    // The first file is typed from the guide alone, so the guide must show all of it.
    if (at === 0) expect(blocks.join("\n")).toBe(file);
    for (const [picture] of step.matchAll(/first-hour\/\d\.png/g)) expect(existsSync(join(repository, "docs", picture))).toBe(true);
    cpSync(path, join(course, "content/scenarios/friday.yaml"));
    build(course, join(work, "site"));
    expect(existsSync(join(work, "site/scenarios/friday/index.html"))).toBe(true);
    const choices = at === 0 ? "ask" : "ask,lend";
    const report = amends("play", "friday", "--site", course, "--choices", choices, "--format", "json");
    expect((JSON.parse(report) as { final: { rounded: number } }).final.rounded).toBe(100);
  }
});

test("the VS Code task finds the place of every error", () => {
  const { tasks } = JSON.parse(readFileSync(join(course, ".vscode/tasks.json"), "utf8")) as {
    tasks: { args: string[]; problemMatcher: { pattern?: { regexp: string } } }[];
  };
  const task = tasks.find((each) => each.problemMatcher.pattern)!;
  const text = readFileSync(join(course, SCENARIO), "utf8");
  expect(text).toContain("then: story");
  writeFileSync(join(course, SCENARIO), text.replace("then: story", "then: stroy"));
  const lines = spawnSync(program, task.args, { cwd: course, encoding: "utf8" }).stdout.trim().split("\n");
  const pattern = new RegExp(task.problemMatcher.pattern!.regexp);
  const found = lines.map((line) => pattern.exec(line)?.slice(1, 6));
  const place = text.slice(0, text.indexOf("then: story") + "then: ".length).split("\n");
  expect(found).toContainEqual([SCENARIO, `${place.length}`, `${place.at(-1)!.length + 1}`, "error", "unknown-name"]);
  expect(found).not.toContain(undefined);
});
