// The packages under test, and plays of their scenario that `amends` has checked.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { practice, slugOf, SCENARIO, type Course } from "../browser/courses";
import { amends, repository } from "../browser/program";
import { playOf, playsToEndings } from "../browser/proved";

export type Standard = "scorm12" | "scorm2004" | "cmi5";

export const hosts = resolve(process.env["HOSTS"] ?? join(repository, "target/hosts"));

/** The slug of the scenario that most packages contain. */
export const SLUG = slugOf(SCENARIO);

/** A package that `amends export` writes, and its unpacked files. */
export class Package {
  readonly zip: string;
  /** The folder with the unpacked files. */
  readonly folder: string;

  constructor(
    readonly standard: Standard,
    name: string,
    course: Course = practice,
    ...more: string[]
  ) {
    const packages = join(hosts, "packages");
    mkdirSync(packages, { recursive: true });
    this.folder = join(packages, `${name}-${standard}`);
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

const cache = new Map<string, Package>();

/** A package of the one scenario, exported once per standard and course. */
export function scenarioPackage(standard: Standard, course: Course = practice): Package {
  const name = course === practice ? "one" : "reported";
  const pack = cache.get(name + standard) ?? new Package(standard, name, course, SLUG);
  cache.set(name + standard, pack);
  return pack;
}

/** A play that passes, and one that fails. */
export const passing = playOf(practice, SCENARIO, "promise,stop,play-back,own-it,own-van,i-call,call".split(","));
export const failing = Object.values(playsToEndings(practice, SCENARIO)).find(({ pass }) => !pass)!;
