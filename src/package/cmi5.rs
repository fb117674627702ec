//! The course structure of a cmi5 package.

use std::fmt::Write as _;

use super::Part;
use super::session::iri;
use crate::course::Course;
use crate::markdown::escape;

/// `cmi5.xml`.
pub(super) fn structure(course: &Course, parts: &[Part<'_>]) -> String {
    let (iri, language) = (iri(course), &course.settings.language);
    let language_string = |element: &str, text: &str| {
        format!("<{element}><langstring lang=\"{language}\">{}</langstring></{element}>", escape(text))
    };
    // A description may not be empty.
    let description_element = |description: &str, title: &str| {
        language_string("description", if description.is_empty() { title } else { description })
    };
    let mut objectives: Vec<String> = Vec::new();
    for id in parts.iter().flat_map(|part| part.session.objectives()) {
        if !objectives.contains(&id) {
            objectives.push(id);
        }
    }
    let (mut all, mut units) = (String::new(), String::new());
    for id in &objectives {
        let name = objective_name(course, id);
        // Writing to a string cannot fail.
        let _ = writeln!(
            all,
            "<objective id=\"{iri}:{id}\">{}{}</objective>",
            language_string("title", name),
            language_string("description", name)
        );
    }
    if !all.is_empty() {
        all = format!("<objectives>\n{all}</objectives>\n");
    }
    for Part { id, title, description, launch, session } in parts {
        let own = session.objectives();
        let mut own: String = own.iter().map(|id| format!("<objective idref=\"{iri}:{id}\"/>")).collect();
        if !own.is_empty() {
            own = format!("<objectives>{own}</objectives>");
        }
        let (title, description) = (language_string("title", title), description_element(description, title));
        let move_on = if session.scenarios.is_empty() { "Completed" } else { "CompletedAndPassed" };
        let _ = writeln!(
            units,
            "<au id=\"{iri}:au:{id}\" moveOn=\"{move_on}\" launchMethod=\"AnyWindow\" activityType=\"http://adlnet.gov/expapi/activities/simulation\">{title}{description}{own}<url>{launch}</url></au>"
        );
    }
    let settings = &course.settings;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\">
<course id=\"{iri}\">{}{}</course>
{all}{units}</courseStructure>
",
        language_string("title", &settings.title),
        description_element(&settings.description, &settings.title),
    )
}

/// The name of the skill with this objective id.
fn objective_name<'a>(course: &'a Course, id: &'a str) -> &'a str {
    let skill = course.models.iter().find_map(|model| {
        let skill = id.strip_prefix(&model.id)?.strip_prefix('-')?;
        model.skills.iter().find(|each| each.id == skill)
    });
    skill.map_or(id, |skill| &skill.name)
}
