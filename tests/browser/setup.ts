// Builds the courses under test before Playwright collects the tests.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allCourses, type Course } from "./courses";
import { build } from "./program";

export default function setup(): void {
  buildCourses(allCourses);
}

export function buildCourses(courses: Course[]): void {
  for (const { source, site, variant } of courses) {
    if (variant) {
      rmSync(source, { recursive: true, force: true });
      cpSync(variant.of.source, source, { recursive: true });
      const settings = readFileSync(join(source, "site.yaml"), "utf8");
      writeFileSync(join(source, "site.yaml"), `${settings}\n${variant.settings}\n`);
    }
    build(source, site);
  }
}
