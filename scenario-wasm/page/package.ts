/** What the build says of a package, in its launch page. */

import { need } from "./parts";

/** A scenario of the package. */
export interface PackagedScenario {
  slug: string;
  /** Names it in the state. */
  key: string;
  /** A digest of `choices`: what is kept of another version of the scenario is told apart by it. */
  table: string;
  /** The ids of all choices. */
  choices: string[];
  /** Its model's id. */
  model: string;
  /** From how many points a skill is as good as a pass. */
  mark: number;
  /** The ids of the skills that count. */
  skills: string[];
}

export interface Package {
  standard: "scorm12" | "scorm2004" | "cmi5";
  /** Names the course for statements. */
  iri: string;
  /** Where the frame begins. */
  start: string;
  certificate: "first" | "best";
  on_fail: "failed" | "incomplete";
  reporting: "minimal" | "scores" | "full";
  scenarios: PackagedScenario[];
  /** The slug of each lesson, with what names it in the state. */
  lessons: [slug: string, key: string][];
}

/** Read once, before the page's own code runs. */
export const pack = JSON.parse(need(document, "#package").textContent ?? "") as Package;
