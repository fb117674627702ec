// The shipped course built anew under other settings, for what only those show.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, shipped } from "./made";

/** A course of its own, in a folder of its own. */
export interface Course {
  /** Where it is written. */
  source: string;
  /** Where it is built. */
  site: string;
}

/** Builds the shipped course with these lines added to its settings. */
export function course(settings: string): Course {
  const source = mkdtempSync(join(tmpdir(), "amends-"));
  cpSync(join(shipped, "content"), join(source, "content"), { recursive: true });
  writeFileSync(join(source, "site.yaml"), `${readFileSync(join(shipped, "site.yaml"), "utf8")}\n${settings}\n`);
  const site = join(source, "public");
  execFileSync(program, ["build", "--quiet", "--site", source, "--output", site]);
  return { source, site };
}

/** What `amends results` prints for these codes; it fails where a code cannot be read. */
export function results({ source }: Course, codes: string, format: "json" | "csv" | "human"): string {
  const file = join(source, "codes.txt");
  writeFileSync(file, codes);
  return execFileSync(program, ["results", "--quiet", "codes.txt", "--format", format], { cwd: source, encoding: "utf8" });
}
