// The packages under test, and plays of the scenario in them, as the program proves them.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { practice, slugOf, TALK, type Course } from "../browser/courses";
import { amends, repository } from "../browser/program";
import { endings, played } from "../browser/proved";

export type Standard = "scorm12" | "scorm2004" | "cmi5";

export const hosts = resolve(process.env["HOSTS"] ?? join(repository, "target/hosts"));

/** The scenario that is played in full. */
export const SLUG = slugOf(TALK);

export class Package {
  readonly zip: string;
  /** What the zip holds. */
  readonly folder: string;

  constructor(
    readonly standard: Standard,
    name: string,
    course: Course = practice,
    ...more: string[]
  ) {
    const to = join(hosts, "packages");
    mkdirSync(to, { recursive: true });
    this.folder = join(to, `${name}-${standard}`);
    this.zip = `${this.folder}.zip`;
    amends("export", standard, "--quiet", "--site", course.source, "--output", this.zip, ...more);
    rmSync(this.folder, { recursive: true, force: true });
    execFileSync("python3", ["-m", "zipfile", "-e", this.zip, this.folder]);
  }

  get files(): string[] {
    const all = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return all.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(this.folder.length + 1)).sort();
  }

  text(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }
}

const made = new Map<string, Package>();

/** One scenario as a package, made once. */
export function one(standard: Standard, course: Course = practice): Package {
  const name = course === practice ? "one" : "reported";
  const known = made.get(name + standard) ?? new Package(standard, name, course, SLUG);
  made.set(name + standard, known);
  return known;
}

/** A play that passes and one that does not. */
export const passing = played(practice, TALK, "promise,stop,play-back,own-it,own-van,i-call,call".split(","));
export const failing = Object.values(endings(practice, TALK)).find(({ pass }) => !pass)!;
