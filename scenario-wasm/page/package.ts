/** The build's data about a package, in its launch page. */

import { need } from "./parts";

/** A scenario of the package. */
export interface PackagedScenario {
  slug: string;
  /** Its key in the state. */
  key: string;
  /** A digest of `choices`, which distinguishes the state of another version of the scenario. */
  table: string;
  /** The ids of all choices. */
  choices: string[];
  /** Its model's id. */
  model: string;
  /** The score from which a skill is as good as a pass. */
  mark: number;
  /** The ids of the skills that count. */
  skills: string[];
}

export interface Package {
  standard: "scorm12" | "scorm2004" | "cmi5";
  /** Identifies the course in statements. */
  iri: string;
  /** The first page in the frame. */
  start: string;
  certificate: "first" | "best";
  on_fail: "failed" | "incomplete";
  reporting: "minimal" | "scores" | "full";
  scenarios: PackagedScenario[];
  /** The slug of each lesson, with its key in the state. */
  lessons: [slug: string, key: string][];
}

/** Read once, before the page's own code runs. */
export const pack = JSON.parse(need(document, "#package").textContent ?? "") as Package;
