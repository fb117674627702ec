// Builds the courses that packages are made of: plays are read from their pages.

import { fullReporting, languages, practice } from "../browser/courses";
import { prepare } from "../browser/setup";

export default function setup(): void {
  prepare([practice, fullReporting, languages]);
}
