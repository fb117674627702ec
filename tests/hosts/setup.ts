// Builds the courses that packages are made of: the tests read plays from their pages.

import { fullReporting, languages, practice } from "../browser/courses";
import { buildCourses } from "../browser/setup";

export default function setup(): void {
  buildCourses([practice, fullReporting, languages]);
}
