//! The manifest of a SCORM package. The resources of the parts come first, and the resource of all other files has no
//! `href`: some platforms start the first resource, or the first `href`, whatever the organization says.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Part, Standard};
use crate::course::Course;
use crate::markdown::escape;

/// The names in which the two standards differ.
struct Dialect {
    version: &'static str,
    namespaces: &'static str,
    /// The attribute for the type of a resource.
    kind: &'static str,
}

const SCORM_12: Dialect = Dialect {
    version: "1.2",
    namespaces: r#"xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd""#,
    kind: "adlcp:scormtype",
};

const SCORM_2004: Dialect = Dialect {
    version: "2004 4th Edition",
    namespaces: r#"xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.adlnet.org/xsd/adlseq_v1p3 adlseq_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd""#,
    kind: "adlcp:scormType",
};

/// `imsmanifest.xml` of a package with these files.
pub(super) fn manifest(
    course: &Course,
    standard: Standard,
    parts: &[Part<'_>],
    files: &BTreeSet<String>,
) -> String {
    let is_2004 = standard == Standard::Scorm2004;
    let Dialect { version, namespaces, kind } = if is_2004 { SCORM_2004 } else { SCORM_12 };
    let (mut items, mut resources) = (String::new(), String::new());
    for Part { id, title, launch, session, .. } in parts {
        let title = escape(title);
        let sequencing = if is_2004 { sequencing(&session.objectives()) } else { String::new() };
        // Writing to a string cannot fail.
        let _ = writeln!(
            items,
            "<item identifier=\"item-{id}\" identifierref=\"sco-{id}\" isvisible=\"true\"><title>{title}</title>{sequencing}</item>"
        );
        let _ = writeln!(
            resources,
            "<resource identifier=\"sco-{id}\" type=\"webcontent\" {kind}=\"sco\" href=\"{launch}\"><file href=\"{launch}\"/><dependency identifierref=\"common\"/></resource>"
        );
    }
    let launches: BTreeSet<&str> = parts.iter().map(|part| part.launch.as_str()).collect();
    let common = files.iter().filter(|path| !launches.contains(path.as_str()));
    let common: String = common.map(|path| format!("<file href=\"{}\"/>\n", escape(path))).collect();
    let (global, control) = match is_2004 {
        true => (
            " adlseq:objectivesGlobalToSystem=\"false\"",
            "<imsss:sequencing><imsss:controlMode choice=\"true\" flow=\"true\"/></imsss:sequencing>\n",
        ),
        false => ("", ""),
    };
    let (id, title) = (&course.settings.id, escape(&course.settings.title));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<manifest identifier=\"amends-{id}\" version=\"1.0\" {namespaces}>
<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
<organizations default=\"organization\"><organization identifier=\"organization\"{global}><title>{title}</title>
{items}{control}</organization></organizations>
<resources>
{resources}<resource identifier=\"common\" type=\"webcontent\" {kind}=\"asset\">
{common}</resource>
</resources>
</manifest>
"
    )
}

/// The sequencing element of a part with these objectives, whose status the part itself reports.
fn sequencing(objectives: &[String]) -> String {
    let objectives: String =
        objectives.iter().map(|id| format!("<imsss:objective objectiveID=\"{id}\"/>")).collect();
    format!(
        "<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID=\"overall\" satisfiedByMeasure=\"false\"/>{objectives}</imsss:objectives><imsss:deliveryControls tracked=\"true\" completionSetByContent=\"true\" objectiveSetByContent=\"true\"/></imsss:sequencing>"
    )
}
