//! Values in a form that their key does not accept: a list for a mapping, a word for a list, lines without hyphens. Each is
//! reported as one fault at the right line, with what to write; once that is done, nothing is left to report.

use amends::diag::Severity;

use crate::diagnostics::BASE;
use crate::harness::Site;

const LATE: &str = "content/scenarios/late.yaml";
const LESSON: &str = "content/lessons/01-hear.md";
const GOALS: &str = "content/objectives.yaml";

/// The file; what the base has, if that differs from the right form; the right form; what was typed; and part of the remedy.
type Form = (&'static str, &'static str, &'static str, &'static str, &'static str);

const ASK: &str = "      - id: ask
        say: What happened?
        rate: 3
        sets: [heard]
        reply: She tells you.
        why: An open question lets her tell it.
        then: sorry
";
const GUESS: &str = "      - id: guess
        say: It must be the snow.
        rate: 0
        slips: [assume]
        reply: It was not the snow.
        why: A guess is no question.
        then: sorry
";

#[rustfmt::skip]
const FORMS: &[Form] = &[
    // Lists of names.
    (LATE, "", "tests: [listen]", "tests: listen", "write `tests: [listen]`"),
    (LATE, "", "tests: [listen]", "tests: { listen: 3 }", "write `tests: [listen]`"),
    (LATE, "", "tests: [apologize, empathize]", "tests: apologize and empathize", "write `tests: [apologize, empathize]`"),
    (LATE, "", "sets: [heard]", "sets: { heard: true }", "write `sets: [heard]`"),
    (LATE, "", "slips: [assume]", "slips: { assume: yes, interrupt: false }", "write `slips: [assume]`"),
    (LESSON, "", "objectives: [hear]", "objectives: hear", "write `objectives: [hear]`"),
    (LESSON, "", "objectives: [hear]", "objectives: { hear: true }", "write `objectives: [hear]`"),
    (LESSON, "objectives: [hear]\n", "objectives:\n  - hear\n", "objectives:\n  - id: hear\n", "write only `hear`"),
    (LESSON, "", "scenarios: [late]", "scenarios: late", "write `scenarios: [late]`"),
    // Ratings.
    (LATE, "", "rate: { apologize: 3, empathize: 3 }", "rate: [3, 3]", "write `rate: { apologize: 3, empathize: 3 }`"),
    (LATE, "", "rate: { apologize: 3, empathize: 3 }", "rate: [apologize: 3, empathize: 3]", "write `rate: { apologize: 3, empathize: 3 }`"),
    (LATE, "", "rate: { apologize: 3, empathize: 3 }", "rate: apologize 3, empathize 3", "write `rate: { apologize: 3, empathize: 3 }`"),
    (LATE, "", "rate: { apologize: 3, empathize: 3 }", "rate: apologize=3; empathize=3", "write `rate: { apologize: 3, empathize: 3 }`"),
    (LATE, "", "goodwill: 30 }", "goodwill: { start: 30 } }", "write `goodwill: 30`"),
    (LATE, "", "goodwill: 30 }", "goodwill: [30] }", "write `goodwill: 30`"),
    // Ways.
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: { heard: kept, else: lost }", "write `then: [{ when: heard, to: kept }, lost]`"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: { when: heard, to: kept, otherwise: lost }", "write `then: [{ when: heard, to: kept }, lost]`"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: [{ when: heard, to: kept }, { else: lost }]", "write `then: [{ when: heard, to: kept }, lost]`"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: [[heard, kept], lost]", "write `then: [{ when: heard, to: kept }, lost]`"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: [{ heard: kept }, lost]", "write `then: [{ when: heard, to: kept }, lost]`"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: { when: heard, to: kept }", "write `then: [{ when: heard, to: kept }, NODE]`, with the node for all other cases in place of NODE"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: [kept, lost]", "write `then: [{ when: FLAG, to: kept }, lost]`"),
    (LATE, "", "{ when: heard, to", "{ when: { heard: true }, to", "write only `heard`"),
    (LATE, "", "{ when: heard, to", "{ when: { flag: heard }, to", "write only `heard`"),
    (LATE, "", "{ when: heard, to", "{ when: [heard], to", "write `heard`, without brackets"),
    // Texts.
    (LATE, "", "        say: What happened?\n", "        say: [What happened?]\n", "write `say: What happened?` without brackets"),
    (LATE, "        say: What happened?\n", "        say: |\n          What happened?\n          Tell me.\n", "        say:\n          - What happened?\n          - Tell me.\n", "it is one text: write `say: |`, and the text below it without hyphens"),
    (LATE, "", "    says: It is late.\n", "    says:\n      text: It is late.\n", "write only `It is late.`"),
    (LATE, "    says: It is late.\n", "    says: |\n      It is late.\n", "    lines: |\n      It is late.\n", "did you mean `says`?"),
    (LATE, "", "start: opening\n", "start: { node: opening }\n", "write only `opening`"),
    (LATE, "", "start: opening\n", "start: [opening]\n", "write `start: opening` without brackets"),
    (LATE, "", "start: opening\n", "start: [opening, sorry]\n", "only one is allowed here: write `start: opening`"),
    // The customer.
    (LATE, "", "customer: { name: Ruth, goodwill: 30 }", "customer:\n  - name: Ruth\n  - goodwill: 30", "put a space in place of each hyphen"),
    (LATE, "", "customer: { name: Ruth, goodwill: 30 }", "customer: Ruth", "write `{ name: Ruth, goodwill: ... }` in its place"),
    (LATE, "customer: { name: Ruth, goodwill: 30 }\n", "customer:\n  name: Ruth\n  goodwill: 30\n", "name: Ruth\ngoodwill: 30\n", "write `customer:` on a line of its own above it"),
    // Nodes and endings.
    (LATE, "", "  kept:\n    ending: good\n    title: She stays\n    text: She stays.\n", "  kept:\n    - ending: good\n    - title: She stays\n    - text: She stays.\n", "put a space in place of each hyphen"),
    (LATE, "", "  kept:\n    ending: good\n    title: She stays\n    text: She stays.\n", "  kept: She stays.\n", "write below it, indented further, what a decision has"),
    (LATE, "", "  kept:\n    ending: good\n    title: She stays\n    text: She stays.\n", "  kept:\n    ending:\n      good:\n        title: She stays\n        text: She stays.\n", "write `ending: good`, and directly below it `title: ...` and `text: ...`"),
    (LATE, "", "  kept:\n    ending: good\n    title: She stays\n    text: She stays.\n", "  kept:\n    ending:\n      kind: good\n      title: She stays\n      text: She stays.\n", "write `ending: good`, and directly below it `title: ...` and `text: ...`"),
    (LATE, "", "    ending: good\n    title: She stays\n", "    good: true\n    title: She stays\n", "write `ending: good`"),
    (LATE, "", "    ending: good\n", "    ending: [good]\n", "write `ending: good` without brackets"),
    (LATE, "", "  kept:\n    ending: good\n", "endings:\n  kept:\n    ending: good\n", "move what is below `endings` to the end of `nodes`, and remove the line `endings:`"),
    // Flags, and other mappings with names by the author.
    (LATE, "start: opening\n", "start: opening\nflags: { heard: You listened. }\n", "start: opening\nflags: [heard]\n", "write `flags: { heard: ... }`"),
    (LATE, "start: opening\n", "start: opening\nflags: { heard: You listened. }\n", "start: opening\nflags: heard\n", "write `flags: { heard: ... }`"),
    (LATE, "start: opening\n", "start: opening\nflags:\n    heard: You listened.\n", "start: opening\nflags:\n  - heard: You listened.\n", "remove the hyphens"),
    (LATE, "start: opening\n", "start: opening\nflags: { heard: You listened. }\n", "start: opening\nflags: { heard: }\n", "write one after the colon"),
    (GOALS, "", "hear: { says: \"Let it be told.\" }\n", "- hear: { says: \"Let it be told.\" }\n", "remove the hyphens"),
    (GOALS, "hear: { says: \"Let it be told.\" }\n", "hear:\n  says: Let it be told.\n", "- id: hear\n  says: Let it be told.\n", "write `hear:` in place of `- id: hear`, with its own lines below it, indented further"),
    (GOALS, "", "hear: { says: \"Let it be told.\" }\n", "objectives:\n  hear: { says: \"Let it be told.\" }\n", "remove the line `objectives:`"),
    (GOALS, "", "hear: { says: \"Let it be told.\" }\n", "hear: Let it be told.\n", "write `{ says: Let it be told. }` in its place"),
    (LATE, "start: opening\n", "start: opening\nexpect: [{ path: [ask, own], score: 100 }]\n", "start: opening\nexpect: { path: [ask, own], score: 100 }\n", "put it in brackets: `expect: [{ path: ... }]`"),
    (LATE, "start: opening\n", "start: opening\nexpect:\n  - path: [ask, own]\n    score: 100\n", "start: opening\nexpect:\n  path: [ask, own]\n  score: 100\n", "start it with a hyphen: `- path: ...`, with its other lines directly below `path`"),
    // Settings.
    ("site.yaml", "", "lints: off\n", "lints: false\n", "write `lints: off`"),
    ("site.yaml", "", "lints: off\n", "lints: None\n", "write `lints: off`"),
    ("site.yaml", "lints: off\n", "lints: off\nlanguages: [en]\n", "lints: off\nlanguages: en\n", "write `languages: [en]`"),
    ("site.yaml", "lints: off\n", "lints: off\nlanguages: [en]\n", "lints: off\nlanguages: { en: English }\n", "write `languages: [en]`"),
    ("site.yaml", "lints: off\n", "lints: off\nlanguages:\n  - en\n", "lints: off\nlanguages:\n  - code: en\n    name: English\n", "write only `en`"),
    ("site.yaml", "lints: off\n", "lints: off\nlanguages: [en, de]\n", "lints: off\nlanguage: [en, de]\n", "write `languages: [en, de]`"),
    ("site.yaml", "lints: off\n", "lints: off\nlessons: [01-hear]\n", "lints: off\nlessons: { 01-hear: 1 }\n", "write `lessons: [01-hear]`"),
    ("site.yaml", "lints: off\n", "lints: off\nroutes:\n  new: { title: New, lessons: [01-hear] }\n", "lints: off\nroutes:\n  new: { title: New, lessons: 01-hear }\n", "write `lessons: [01-hear]`"),
    ("site.yaml", "lints: off\n", "lints: off\nroutes:\n    new:\n      title: New\n      lessons: [01-hear]\n", "lints: off\nroutes:\n  - new:\n      title: New\n      lessons: [01-hear]\n", "remove the hyphens"),
    ("site.yaml", "lints: off\n", "lints: off\nroutes:\n  new:\n    title: New\n    lessons: [01-hear]\n", "lints: off\nroutes:\n  - id: new\n    title: New\n    lessons: [01-hear]\n", "write `new:` in place of `- id: new`"),
    ("site.yaml", "lints: off\n", "lints: off\nbrand: { color: \"#8a1c4a\" }\n", "lints: off\ncolor: \"#8a1c4a\"\n", "write `brand:` on a line of its own above it"),
    ("site.yaml", "", "title: A small course\nlints: off\n", "title A small course\nlints: off\n", "write `title: A small course`"),
    // Characters between values, and around them.
    (LATE, "", "tests: [apologize, empathize]", "tests: [apologize empathize]", "put a comma between them: `apologize, empathize`"),
    (LATE, "", "tests: [apologize, empathize]", "tests: apologize, empathize]", "write `tests: [apologize, empathize]`"),
    (LATE, "", "tests: [apologize, empathize]", "tests: ［apologize，empathize］", "write `tests: [apologize, empathize]`"),
    (LATE, "", "rate: { apologize: 3, empathize: 3 }", "rate: (apologize: 3, empathize: 3)", "write `rate: { apologize: 3, empathize: 3 }`"),
    (LATE, "", "then: [{ when: heard, to: kept }, lost]", "then: [{when:heard,to:kept},lost]", "and do the same after each key of this line"),
    (LATE, "", "goodwill: 30 }", "goodwill：30 }", "write `goodwill: 30`"),
    (LATE, "", "name: Ruth, goodwill", "name: Ruth， goodwill", "type `, ` in its place"),
    (LATE, "", "customer: { name: Ruth, goodwill: 30 }\n", "customer: { \"name\": \"Ruth\", \"goodwill\": 30 },\n", "remove it"),
    (LATE, "", "        rate: 3\n        sets", "        **rate**: 3\n        sets", "write `rate: 3`"),
    (LATE, "", "      - id: ask\n", "      a) id: ask\n", "type a hyphen and a space in its place: `- id: ask`"),
    (LATE, "title: Late\n", "title: \"Null\"\n", "title: Null\n", "put it in quotes"),
    (LATE, "title: Late\n", "title: \"|Late|\"\n", "title: |Late|\n", "put the whole text in double quotes"),
    (LATE, "        say: What happened?\n", "        say: \"In C:\\\\private?\"\n", "        say: \"In C:\\private?\"\n", "write `\\\\` for a backslash"),
    // Lines further left than what they belong to.
    (LATE, "", "        reply: She tells you.\n", "    reply: She tells you.\n", "start it directly below `sets`, 8 spaces from the left"),
    (LATE, "", "    title: She stays\n", "  title: She stays\n", "start it directly below `ending`, 4 spaces from the left"),
    (LATE, "", "    text: She stays.\n", "text: She stays.\n", "start it directly below `title`, 4 spaces from the left"),
    (LATE, "", "    text: She stays.\n", "  text: She stays.\n", "start it directly below `title`"),
    (LATE, "", "    choices:\n      - id: own\n", "  choices:\n      - id: own\n", "start it directly below `tests`"),
    // Words that other tools and people use.
    (LATE, "{ when: heard, to", "{ when: not heard, to", "{ unless: heard, to", "write `when: not heard`"),
    (LATE, "{ when: heard, to", "{ when: goodwill > 40, to", "{ when: 40 < goodwill, to", "write `goodwill > 40`"),
    (LATE, "goodwill: 30 }", "goodwill: 30, pronoun: she }", "goodwill: 30, pronoun: she/her }", "write `pronoun: she`"),
    (LATE, "", "channel: phone", "channel: by phone", "write `channel: phone`"),
    (LATE, "", "        then: sorry\n      - id: guess", "        then: goto sorry\n      - id: guess", "did you mean `sorry`?"),
    (LESSON, "objectives: [hear]\n", "objectives: [hear]\nminutes: 5\n", "objectives: [hear]\nminutes: 5-10\n", "write `minutes: 5`"),
];

/// Forms of choices other than a list: the beginning of the first choice, that of the second, and the remedy.
#[rustfmt::skip]
const CHOICES: &[(&str, &str, &str)] = &[
    ("      ask:\n        ", "      guess:\n        ", "write `- id: ask` in place of `ask:`, with its own lines directly below `id`"),
    ("      ask:\n      ", "      guess:\n      ", "write `- id: ask` in place of `ask:`, with its own lines directly below `id`"),
    ("      - ask:\n        ", "      - guess:\n        ", "write `- id: ask` in place of `- ask:`, with its own lines directly below `id`"),
    ("      - ask:\n          ", "      - guess:\n          ", "write `- id: ask` in place of `- ask:`, with its own lines directly below `id`"),
    ("      id: ask\n      ", "      id: guess\n      ", "write `- id: ask` in place of `id: ask`, with its other lines directly below `id`"),
    ("      ask:\n        ", "      - id: guess\n        ", "write `- id: ask` in place of `ask:`, with its own lines directly below `id`"),
    ("      - id: ask\n        ", "      guess:\n        ", "write `- id: guess` in place of `guess:`, with its own lines directly below `id`"),
];

/// The line, message and remedy of each error and warning in the base once a file has this text.
fn faults(path: &str, text: &str) -> Vec<(usize, String)> {
    let site = Site::copy(BASE);
    site.put(path, text);
    let checked = site.check();
    let found = checked.diagnostics().iter().filter(|each| each.severity > Severity::Info);
    let described = found.map(|each| {
        let text = checked.sources().text(each.span.file);
        let line = text[..each.span.start as usize].matches('\n').count();
        (line, format!("{}: {}", each.message, each.hint.as_deref().unwrap_or_default()))
    });
    described.collect()
}

/// Adds to `wrong` unless exactly one fault is reported, where the typed text departs from the right one, with this remedy,
/// and the right text has no faults.
fn check_form(path: &str, right: &str, typed: &str, remedy: &str, wrong: &mut Vec<String>) {
    let line = right.lines().zip(typed.lines()).take_while(|(one, other)| one == other).count();
    let (found, left) = (faults(path, typed), faults(path, right));
    let is_expected = |(at, words): &(usize, String)| {
        words.contains(remedy) && !words.contains("cannot be read as YAML") && at.abs_diff(line) <= 1
    };
    if !matches!(&found[..], [one] if is_expected(one)) || !left.is_empty() {
        let shown: Vec<&str> = typed.lines().skip(line).take(3).collect();
        wrong.push(format!(
            "{}\n  expected {remedy:?} at line {line}\n  found {found:?}\n  left once fixed {left:?}",
            shown.join("\n")
        ));
    }
}

#[test]
fn a_value_in_the_wrong_form_is_one_fault_with_its_remedy() {
    let (site, mut wrong) = (Site::copy(BASE), Vec::new());
    for (path, own, right, typed, remedy) in FORMS {
        let text = site.read(path);
        let own = if own.is_empty() { right } else { own };
        assert!(text.contains(own), "{own}");
        check_form(path, &text.replacen(own, right, 1), &text.replacen(own, typed, 1), remedy, &mut wrong);
    }
    let text = site.read(LATE);
    for (ask, guess, remedy) in CHOICES {
        // Indents the other lines of the choice like the last line of `start`.
        let form = |choice: &str, start: &str| {
            let indent = start.rsplit('\n').next().unwrap_or_default();
            let lines: Vec<&str> = choice.lines().skip(1).map(str::trim_start).collect();
            format!("{start}{}\n", lines.join(&format!("\n{indent}")))
        };
        let typed = text.replace(ASK, &form(ASK, ask)).replace(GUESS, &form(GUESS, guess));
        check_form(LATE, &text, &typed, remedy, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}\n{} of {}", wrong.join("\n"), wrong.len(), FORMS.len() + CHOICES.len());
}
