// Runs the program under test as users do.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The path in AMENDS, or the program that `cargo build` makes. */
export const program = resolve(process.env["AMENDS"] ?? resolve(__dirname, "../../target/debug/amends"));

export const repository = resolve(__dirname, "../..");

/** Runs the program and returns what it prints. */
export function amends(...args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1e8, stdio: ["ignore", "pipe", "pipe"] });
}

export function build(source: string, site: string, ...more: string[]): void {
  amends("build", "--quiet", "--site", source, "--output", site, ...more);
}

export function temporary(): string {
  return mkdtempSync(join(tmpdir(), "amends-"));
}

interface Sessions {
  scenarios: { title: string; sessions: { count: number; passed: number; mean: string }[] }[];
  people: { who: string; scenario: string; finals: [number, number] }[];
}

/** What `amends results` reports on two sessions of the course at `source`. */
export function compareSessions(source: string, before: string, after: string): Sessions {
  const cwd = temporary();
  writeFileSync(join(cwd, "before.txt"), before);
  writeFileSync(join(cwd, "after.txt"), after);
  const args = ["--session", "before=before.txt", "--session", "after=after.txt", "--site", source, "--format", "json"];
  const report = execFileSync(program, ["results", "--quiet", ...args], { cwd, encoding: "utf8" });
  rmSync(cwd, { recursive: true });
  return JSON.parse(report) as Sessions;
}

/** What `amends results` prints for these codes of a course, with a roster if `names` is given. Throws if a code cannot be read. */
export function results(source: string, codes: string, format: "json" | "csv", names?: string): string {
  const cwd = temporary();
  writeFileSync(join(cwd, "codes.txt"), codes);
  writeFileSync(join(cwd, "names.csv"), names ?? "");
  const roster = names === undefined ? [] : ["--roster", "names.csv"];
  const args = ["results", "--quiet", "codes.txt", "--site", source, "--format", format, ...roster];
  const report = execFileSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1e8 });
  rmSync(cwd, { recursive: true });
  return report;
}
