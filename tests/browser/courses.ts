// The courses under test. `setup.ts` builds their sites.

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
    /** For a copy of another course: that course, and the lines added to its settings. */
    readonly variant?: { of: Course; settings: string },
  ) {}

  /** The paths of all pages of the site except redirects from former addresses, which leave before they can be inspected. */
  get pages(): string[] {
    const files = readdirSync(this.site, { recursive: true, encoding: "utf8" });
    const isRedirect = (path: string) => readFileSync(join(this.site, path), "utf8").includes('http-equiv="refresh"');
    return files.filter((path) => path.endsWith(".html") && !isRedirect(path)).sort();
  }

  get scenarios(): string[] {
    return this.pages.filter((path) => /^scenarios\/.+\/index\.html$/.test(path));
  }

  get lessons(): string[] {
    return this.pages.filter((path) => /^lessons\/.+\/index\.html$/.test(path));
  }

  /** The lessons that contain a drill. */
  get lessonsWithDrills(): string[] {
    return this.lessons.filter((path) => this.html(path).includes('class="story drill"'));
  }

  /** The scenarios in which some choice can be closed and shows the reason. */
  get scenariosWithClosedChoices(): string[] {
    return this.scenarios.filter((path) => this.html(path).includes('class="shut"'));
  }

  /** The HTML of a built page. */
  html(path: string): string {
    return readFileSync(join(this.site, path), "utf8");
  }

  /** The file URL of a page. */
  fileUrl(path: string): string {
    return pathToFileURL(join(this.site, path)).href;
  }
}

export const slugOf = (path: string) => path.split("/").at(-2)!;

const course = (name: string, source = join("tests/sites", name)) => new Course(join(repository, source), join(BUILT, name));

const variant = (of: Course, name: string, settings: string) => new Course(join(BUILT, `${name}-source`), join(BUILT, name), { of, settings });

/** The course that ships. Its authors may change its text at any time, so tests require of it only what holds for any course. */
export const shipped = course("site", ".");
/** The course that most tests use. */
export const practice = course("course");
/** A course in English, German and Arabic. */
export const languages = course("languages");
/** The same course in the theme for frames, with a brand color. */
export const compact = variant(languages, "compact", 'theme: compact\nbrand: { color: "#8a1c4a" }');
export const fullReporting = variant(practice, "full-reporting", "reporting: full");
export const withoutDesk = variant(practice, "without-desk", "desk: false");

export const allCourses = [shipped, practice, languages, compact, fullReporting, withoutDesk];

/** The scenario that most tests play: a phone call with hints, whose paths differ in length. */
export const SCENARIO = "scenarios/third-promised-tuesday/index.html";
