//! Class reports: what is counted, what is shown, and what is kept back.

use scenario_wasm::class::{Class, MIN_GROUP, Reason, Rule, Scenarios, StatedResult, UnreadCode};
use scenario_wasm::code::{self, PlayInfo, Reporting, Said, ScenarioKey};
use scenario_wasm::{Choice, Graph, Scenario, Session};

use crate::build::{ACT, APOLOGIZE, LISTEN, choice, decision, ending, graph, leaa};

/// Listen, apologize, act: with slips, an order error if listening is left out, and two endings.
fn story() -> Scenario {
    let cut = Choice { slips: vec![0], ..choice("cut", &[0], 1) };
    let nodes = vec![
        decision("open", &[LISTEN], vec![choice("ask", &[3], 1), choice("note", &[1], 1), cut]),
        decision("own", &[APOLOGIZE], vec![choice("sorry", &[3], 2), choice("none", &[0], 2)]),
        decision("fix", &[ACT], vec![choice("van", &[3], 3), choice("later", &[1], 4)]),
        ending("mended"),
        ending("lost"),
    ];
    Scenario::new(graph(leaa(), nodes)).unwrap()
}

/// Codes of plays, each by this person and with its own seed.
fn codes(kind: Reporting, plays: &[(&str, [&str; 3])]) -> String {
    let scenario = story();
    let coded = plays.iter().enumerate().map(|(seed, (who, ids))| {
        let (session, fit) = Session::replay(&scenario, ids);
        assert_eq!(fit, 3);
        let info = PlayInfo { challenge: true, seed: seed as u32, seconds: Some(90) };
        code::encode(ScenarioKey::new("course", "parcel"), &session, kind, info, who).unwrap() + "\n"
    });
    coded.collect()
}

fn class(reporting: Reporting, text: &str, rule: Rule) -> (Class, String) {
    let scenario = story();
    let mut scenarios = Scenarios::new(reporting);
    scenarios.add("course", "parcel", [], &scenario);
    let class = Class::of(&scenarios, scenarios.read(0, text, &[]), rule);
    let json = String::from_utf8(class.json(&scenarios)).unwrap();
    (class, json)
}

const GOOD: [&str; 3] = ["ask", "sorry", "van"];
const CURT: [&str; 3] = ["cut", "sorry", "later"];
const COLD: [&str; 3] = ["note", "none", "later"];

#[test]
fn figures_cover_only_the_attempts_that_count() {
    let plays = [
        ("ann", GOOD),
        ("ben", CURT),
        ("cid", CURT),
        ("dee", COLD),
        ("Ann", COLD),
        ("eve", COLD),
        ("", GOOD),
    ];
    let text = codes(Reporting::Full, &plays);
    let (class, json) = class(Reporting::Full, &text, Rule::First);
    assert_eq!(class.rows.len(), 7);
    let ann: Vec<_> = class.rows.iter().filter(|row| row.who.eq_ignore_ascii_case("ann")).collect();
    assert_eq!(
        ann.iter().map(|row| (row.attempt, row.attempts, row.counts)).collect::<Vec<_>>(),
        [(1, 2, true), (2, 2, false)]
    );
    let [group] = class.groups.as_slice() else { panic!() };
    assert_eq!((group.count, group.passed, group.replayed, group.hidden), (6, 2, 6, false));
    let open = &group.decisions[0];
    assert_eq!(open.choices, Some((vec![2, 2, 2], 2)), "ask, note, cut; cut is worst");
    // Of 6 people, 2 chose the worst at `own`, and 4 at `fix`.
    assert_eq!(group.hardest(), Some(2));
    assert_eq!(class.teach.decision, Some((0, 2)));
    assert_eq!(group.slips, [(0, 2)]);
    // After `cut` or `note`, listening has not happened: the apology, and what depends on it, come too early.
    assert!(group.early.iter().any(|(node, skill, count)| (*node, *skill, *count) == (1, APOLOGIZE, 2)));
    assert_eq!(group.endings, [(4, 4), (3, 2)]);
    assert_eq!(group.finals.count, 6);
    assert_eq!(group.finals.ranks[4], 100);
    assert!(
        json.starts_with(
            r#"{"reporting":"full","rows":[{"file":0,"line":1,"who":"ann","scenario":"parcel","final":100,"#
        ),
        "{json}"
    );
    assert!(json.contains(r#""hardest":"fix""#) && json.contains(r#""teach":{"skill":"#), "{json}");
}

#[test]
fn the_best_attempt_counts_if_the_course_says_so() {
    let text = codes(Reporting::Full, &[("ann", COLD), ("ann", GOOD), ("ann", GOOD)]);
    let (class, _) = class(Reporting::Full, &text, Rule::Best);
    assert_eq!(class.rows.iter().map(|row| row.counts).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!((class.groups[0].count, class.groups[0].passed), (1, 1));
}

/// Also in letters that English does not have.
#[test]
fn names_match_in_any_case() {
    let text = codes(Reporting::Full, &[("Zo\u{eb}", GOOD), ("ZO\u{cb}", COLD), ("zoe", COLD)]);
    let (class, _) = class(Reporting::Full, &text, Rule::First);
    let tries: Vec<_> = class.rows.iter().map(|row| (row.attempt, row.attempts, row.counts)).collect();
    assert_eq!(tries, [(1, 2, true), (2, 2, false), (1, 1, true)]);
}

#[test]
fn small_groups_have_no_figures_about_choices() {
    let plays = [("a", GOOD), ("b", CURT), ("c", COLD), ("d", COLD), ("e", CURT)];
    for count in 1..=plays.len() {
        let (class, json) = class(Reporting::Full, &codes(Reporting::Full, &plays[..count]), Rule::First);
        let group = &class.groups[0];
        assert_eq!(group.hidden, count < MIN_GROUP);
        assert_eq!(group.decisions.is_empty(), count < MIN_GROUP);
        assert_eq!(json.contains(r#""node""#), count >= MIN_GROUP, "{json}");
        assert_eq!(class.rows.len(), count, "a row is missing");
        assert_eq!(class.rows[0].result.skills.len(), 3);
    }
}

#[test]
fn a_course_shows_no_more_than_its_reporting_level_whatever_a_code_contains() {
    let plays: Vec<(&str, [&str; 3])> = ["a", "b", "c", "d", "e", "f"].map(|who| (who, COLD)).to_vec();
    for kind in [Reporting::Minimal, Reporting::Scores, Reporting::Full] {
        for reporting in [Reporting::Minimal, Reporting::Scores, Reporting::Full] {
            let (class, json) = class(reporting, &codes(kind, &plays), Rule::First);
            let row = &class.rows[0].result;
            assert_eq!(row.verified, kind == Reporting::Full, "{kind:?} in {reporting:?}");
            assert_eq!(row.skills.is_empty(), kind.min(reporting) == Reporting::Minimal);
            assert_eq!(row.duration.is_some(), kind.min(reporting) == Reporting::Full);
            let counts = kind == Reporting::Full || reporting != Reporting::Full;
            assert_eq!(
                class.groups.iter().map(|group| group.count).sum::<usize>(),
                if counts { 6 } else { 0 }
            );
            assert!(class.groups.iter().all(|group| group.hidden == (kind.min(reporting) < Reporting::Full)));
            assert_eq!(json.contains(r#""listen":"#), kind.min(reporting) >= Reporting::Scores, "{json}");
            assert_eq!((row.final_, row.pass), (class.rows[1].result.final_, false));
        }
    }
}

#[test]
fn if_plays_can_be_verified_a_code_without_choices_does_not_count() {
    let unverified = codes(Reporting::Minimal, &[("ann", GOOD), ("ben", GOOD)]);
    let verified = codes(Reporting::Full, &[("", CURT), ("", CURT), ("ann", COLD)]);
    let text = format!("{unverified}{verified}");
    for rule in [Rule::First, Rule::Best] {
        let (class, json) = class(Reporting::Full, &text, rule);
        let rows: Vec<_> = class.rows.iter().map(|row| (row.result.verified, row.counts)).collect();
        assert_eq!(rows, [(false, false), (false, false), (true, true), (true, true), (true, true)]);
        let [group] = class.groups.as_slice() else { panic!() };
        assert_eq!((group.count, group.passed, group.replayed), (3, 0, 3), "{json}");
    }
    let (class, _) = class(Reporting::Minimal, &text, Rule::First);
    assert_eq!(class.groups[0].count, 4, "if no code can be verified, each person counts");
}

#[test]
fn an_impossible_result_is_recognized() {
    let scenario = story();
    let model = &scenario.graph().model;
    let is_impossible = |last: u8, pass: bool, skills: Option<&[u8]>| {
        StatedResult { last, pass, skills, order: vec![0, 1, 2, 3] }.contradicts_itself(&scenario)
    };
    assert!(is_impossible(model.pass.score - 1, true, None), "a pass below the score of a pass");
    assert!(!is_impossible(model.pass.score, true, None));
    assert!(!is_impossible(100, false, None), "a skill can have been too low");
    assert!(is_impossible(80, false, Some(&[70, 70, 70])), "a final above every skill");
    assert!(is_impossible(80, true, Some(&[90, 90, 90])), "a final below every skill, and no cap");
    assert!(!is_impossible(30, false, Some(&[90, 90, 90])), "a cap");
    let floor = model.pass.single_chance;
    assert!(is_impossible(90, true, Some(&[100, floor - 1, 100])), "a pass with a skill below its minimum");
    // Real plays never have an impossible result.
    for plays in [GOOD, CURT, COLD, ["note", "sorry", "van"], ["cut", "none", "van"]] {
        for kind in [Reporting::Minimal, Reporting::Scores] {
            let (class, _) = class(Reporting::Scores, &codes(kind, &[("", plays)]), Rule::First);
            assert_eq!((class.rows.len(), class.unread.len()), (1, 0), "{plays:?}");
        }
    }
}

#[test]
fn the_same_play_counts_once_and_under_one_name() {
    let one = codes(Reporting::Full, &[("ann", GOOD)]);
    let (class, _) = class(
        Reporting::Full,
        &format!("{one}{}{}", one.to_lowercase(), codes(Reporting::Full, &[("ben", GOOD)])),
        Rule::First,
    );
    assert_eq!((class.rows.len(), class.repeated), (1, 1));
    assert!(matches!(
        class.unread[..],
        [UnreadCode { line: 3, reason: Reason::Borrowed { file: 0, line: 1 }, .. }]
    ));
}

#[test]
fn unreadable_codes_are_listed_and_the_rest_is_kept() {
    let good = codes(Reporting::Full, &[("ann", GOOD)]);
    let scenario = story();
    let session = Session::replay(&scenario, GOOD).0;
    let info = PlayInfo { challenge: true, seed: 9, seconds: None };
    let other =
        code::encode(ScenarioKey::new("course", "elsewhere"), &session, Reporting::Full, info, "").unwrap();
    let misread = good.replacen('-', "-0", 1).replacen("-0", "-", 0);
    let text = format!("name,code\n{misread}{other}\n{good}");
    let (class, json) = class(Reporting::Full, &text, Rule::First);
    assert_eq!(class.rows.len(), 1);
    assert_eq!(class.rows[0].line, 4);
    let unread: Vec<_> = class.unread.iter().map(|code| (code.line, code.reason.name())).collect();
    assert_eq!(unread, [(2, "checksum"), (3, "unknown")]);
    assert!(json.contains(r#"{"file":0,"line":3,"reason":"unknown","code":""#), "{json}");
}

/// Whatever is edited, a row shows the result that the code states, and, if the choices still exist, their result now.
#[test]
fn a_result_does_not_change_after_the_fact() {
    fn choices(graph: &mut Graph) -> &mut Vec<Choice> {
        &mut graph.nodes[0].decision.as_mut().unwrap().choices
    }
    // An edit; whether it makes another version; and whether the result now is lower, if the choices have one.
    type Edit = (fn(&mut Graph), bool, Option<bool>);
    let edits: [Edit; 6] = [
        (|graph| choices(graph).swap(0, 1), false, None),
        (|graph| choices(graph).insert(0, choice("wait", &[1], 1)), true, Some(false)),
        (|graph| choices(graph)[1].was = vec!["write".into()], false, None),
        (|graph| choices(graph)[1].ratings = vec![0], true, Some(true)),
        (
            |graph| {
                choices(graph)[1].id = "write".into();
                choices(graph)[1].was = vec!["note".into()];
            },
            true,
            Some(false),
        ),
        (|graph| drop(choices(graph).remove(1)), true, None),
    ];
    let then = Said::of(&Session::replay(&story(), COLD).0);
    for (kind, course) in [(Reporting::Full, Reporting::Full), (Reporting::Minimal, Reporting::Minimal)] {
        for (at, (edit, moved, now)) in edits.iter().enumerate() {
            for known in [false, true] {
                let text = codes(kind, &[("ann", COLD)]);
                let mut graph = story().graph().clone();
                edit(&mut graph);
                let (edited, before) = (Scenario::new(graph).unwrap(), story());
                let mut scenarios = Scenarios::new(course);
                scenarios.add("course", "van", ["parcel"], &edited);
                if known {
                    scenarios.add_before("course", "parcel", &before);
                }
                let class = Class::of(&scenarios, scenarios.read(0, &text, &[]), Rule::First);
                let [row] = &class.rows[..] else { panic!("{at}: {class:?}") };
                let result = &row.result;
                let said = Said { final_: result.final_, pass: result.pass, band: Some(result.band as u8) };
                assert_eq!((said, result.moved), (then, *moved), "{at}");
                if kind == Reporting::Minimal {
                    continue;
                }
                assert_eq!(result.now.map(|now| now.final_ < then.final_), *now, "{at}");
                // Verified by the version itself, or by one with the same result.
                assert_eq!(result.verified, known || !moved || *now == Some(false), "{at}");
                assert_eq!(row.counts, result.verified || now.is_some(), "{at}");
                assert_eq!(result.skills.is_empty(), !result.verified, "{at}");
            }
        }
    }
}

/// What a code of version 1 leaves out can be read from the version of the scenario that was played.
#[test]
fn codes_of_version_1_are_read_with_the_version_that_was_played() {
    let code = "6EGXZ-0Z7PV-60000-0050Q-A1ADF-9R2~ann";
    let mut graph = story().graph().clone();
    graph.nodes[0].decision.as_mut().unwrap().choices.insert(0, choice("wait", &[1], 1));
    let (edited, before) = (Scenario::new(graph).unwrap(), story());
    let mut scenarios = Scenarios::new(Reporting::Full);
    scenarios.add("course", "parcel", [], &edited);
    let reasons = |scenarios: &Scenarios<&Scenario>| {
        scenarios.read(0, code, &[]).next().unwrap().map_err(|code| code.reason)
    };
    assert_eq!(reasons(&scenarios), Err(Reason::Moved(0)));
    scenarios.add_before("course", "parcel", &before);
    let result = reasons(&scenarios).unwrap().result;
    let then = Said::of(&Session::replay(&story(), COLD).0);
    assert_eq!(
        (result.final_, result.verified, result.moved, result.now),
        (then.final_, true, true, Some(then))
    );
}

#[test]
fn a_hostile_name_is_escaped() {
    let text = codes(Reporting::Full, &[("<b>&\u{1}</b>", GOOD)]);
    let (_, json) = class(Reporting::Full, &text, Rule::First);
    assert!(json.contains(r#""who":"\u003cb\u003e\u0026\u003c/b\u003e""#), "{json}");
}

#[test]
fn an_empty_class_is_not_an_error() {
    let (class, json) = class(Reporting::Full, "\0\u{feff}no code here", Rule::First);
    assert_eq!((class.rows.len(), class.unread.len(), class.teach.skill), (0, 0, None));
    assert!(
        json.ends_with(r#""scenarios":[],"skills":[],"teach":{"skill":null,"decision":null}}"#),
        "{json}"
    );
}
