// The courses under test, and the sites that `setup.ts` builds of them.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "./program";

const BUILT = join(repository, "target/browser");

/** A course in the folder `source`, built into the folder `site`. */
export class Course {
  constructor(
    readonly source: string,
    readonly site: string,
    /** Lines that were added to another course's settings. */
    readonly changed?: { of: Course; settings: string },
  ) {}

  /** All pages of the site, by their path in it, but for former addresses, which lead on before they can be looked at. */
  get pages(): string[] {
    const files = readdirSync(this.site, { recursive: true, encoding: "utf8" });
    const leadsOn = (path: string) => readFileSync(join(this.site, path), "utf8").includes('http-equiv="refresh"');
    return files.filter((path) => path.endsWith(".html") && !leadsOn(path)).sort();
  }

  get scenarios(): string[] {
    return this.pages.filter((path) => /^scenarios\/.+\/index\.html$/.test(path));
  }

  get lessons(): string[] {
    return this.pages.filter((path) => /^lessons\/.+\/index\.html$/.test(path));
  }

  /** The lessons that hold a drill. */
  get drilled(): string[] {
    return this.lessons.filter((path) => this.html(path).includes('class="story drill"'));
  }

  /** The scenarios that close a choice at some moment and say why. */
  get closing(): string[] {
    return this.scenarios.filter((path) => this.html(path).includes('class="shut"'));
  }

  /** A page as it was built. */
  html(path: string): string {
    return readFileSync(join(this.site, path), "utf8");
  }

  /** A page on the disk, as a URL. */
  onDisk(path: string): string {
    return pathToFileURL(join(this.site, path)).href;
  }
}

export const slugOf = (path: string) => path.split("/").at(-2)!;

const course = (name: string, source = join("tests/sites", name)) => new Course(join(repository, source), join(BUILT, name));

const variant = (of: Course, name: string, settings: string) => new Course(join(BUILT, `${name}-source`), join(BUILT, name), { of, settings });

/** The course that ships. Its words are its authors' business: what is tested of it holds of any course. */
export const shipped = course("site", ".");
/** The course that most tests play. */
export const practice = course("course");
/** In English, German and Arabic. */
export const languages = course("languages");
/** The same in the theme for a frame, with a brand. */
export const compact = variant(languages, "compact", 'theme: compact\nbrand: { color: "#8a1c4a" }');
export const fullReporting = variant(practice, "full-reporting", "reporting: full");
export const withoutDesk = variant(practice, "without-desk", "desk: false");

export const all = [shipped, practice, languages, compact, fullReporting, withoutDesk];

/** The scenario that most tests play: by phone, with hints, and with ways of different lengths. */
export const TALK = "scenarios/third-promised-tuesday/index.html";
