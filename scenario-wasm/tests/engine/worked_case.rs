//! The worked case of the scoring rules: a late parcel on the phone, par listen 2, empathize 1, apologize 2, act 3.

use scenario_wasm::{Cap, Choice, Graph, Kind, Scenario, Session};

use crate::build::{ACT, APOLOGIZE, EMPATHIZE, LISTEN, choice, decision, ending, graph, leaa};

/// Decisions: the opening, a second chance to listen, listen and empathize, apologize, act, act, apologize and act; then the
/// ending.
fn late_parcel() -> Graph {
    let promise = Choice { slips: vec![3], ..choice("promise", &[0], 1) };
    graph(
        leaa(),
        vec![
            decision("opening", &[LISTEN], vec![choice("ask", &[3], 2), choice("number", &[1], 2), promise]),
            decision("again", &[LISTEN], vec![choice("stop", &[3], 2), choice("push", &[0], 2)]),
            decision(
                "story",
                &[LISTEN, EMPATHIZE],
                vec![choice("back", &[3, 3], 3), choice("stock", &[1, 1], 3)],
            ),
            decision("own", &[APOLOGIZE], vec![choice("own", &[3], 4), choice("none", &[0], 4)]),
            decision("fix", &[ACT], vec![choice("van", &[3], 5), choice("friday", &[1], 5)]),
            decision("tell", &[ACT], vec![choice("call", &[3], 6), choice("ring", &[1], 6)]),
            decision(
                "after",
                &[APOLOGIZE, ACT],
                vec![choice("call", &[3, 3], 7), choice("survey", &[0, 1], 7)],
            ),
            ending("end"),
        ],
    )
}

#[test]
fn the_strongest_choice_is_rated_3_throughout_without_slip_or_cap() {
    let strong = || choice("a", &[3, 3], 1);
    assert!(strong().is_strongest());
    assert!(!Choice { cap: Some(Cap::Serious), ..strong() }.is_strongest());
    assert!(!Choice { slips: vec![0], ..strong() }.is_strongest());
    assert!(!choice("a", &[3, 2], 1).is_strongest());
}

struct Expected {
    play: &'static [&'static str],
    skills: [&'static str; 4],
    final_score: &'static str,
    rounded: u64,
    pass: bool,
}

#[test]
fn scores_are_right_to_the_digit() {
    let scenario = Scenario::new(late_parcel()).expect("the case is valid");
    assert_eq!(scenario.par(), [2, 1, 2, 3]);
    let rows = [
        Expected {
            play: &["ask", "back", "own", "van", "call", "call"],
            skills: ["100", "100", "100", "100"],
            final_score: "100",
            rounded: 100,
            pass: true,
        },
        Expected {
            play: &["number", "back", "own", "van", "call", "call"],
            skills: ["200/3", "100", "100", "100"],
            final_score: "275/3",
            rounded: 92,
            pass: true,
        },
        Expected {
            play: &["promise", "stop", "back", "own", "van", "call", "call"],
            skills: ["50", "100", "100", "800/9"],
            final_score: "1505/18",
            rounded: 84,
            pass: true,
        },
        Expected {
            play: &["ask", "back", "none", "van", "call", "survey"],
            skills: ["100", "100", "0", "700/9"],
            final_score: "650/9",
            rounded: 72,
            pass: false,
        },
    ];
    for row in rows {
        let (session, fit) = Session::replay(&scenario, row.play);
        assert_eq!(fit, row.play.len());
        let report = session.report();
        let skills: Vec<String> = report.skills.iter().map(|skill| skill.score.exact.to_string()).collect();
        let last = report.final_.expect("the play is complete");
        assert_eq!(
            (skills.as_slice(), last.exact.to_string()),
            (row.skills.map(String::from).as_slice(), row.final_score.into())
        );
        assert_eq!((last.rounded, report.pass), (row.rounded, Some(row.pass)), "{:?}", row.play);
    }
}

#[test]
fn the_ledger_explains_every_lost_point() {
    let scenario = Scenario::new(late_parcel()).expect("the case is valid");
    let (session, _) = Session::replay(&scenario, ["promise", "stop", "back", "own", "van", "call", "call"]);
    let report = session.report();
    let lines: Vec<_> = report
        .ledger
        .iter()
        .map(|line| (line.kind, line.step, line.skill, line.cost.to_string(), line.shown))
        .collect();
    let expected = [
        (Kind::Rating, Some(0), Some(0), "25/2".to_owned(), 125),
        (Kind::Slip, Some(0), Some(3), "35/9".to_owned(), 39),
    ];
    assert_eq!(lines, expected);
    assert_eq!(report.lost, 164);
    assert_eq!(report.goodwill, [30, 12, 21, 30, 39, 48, 57, 66]);
}

#[test]
fn an_unfinished_play_has_no_score() {
    let scenario = Scenario::new(late_parcel()).expect("the case is valid");
    let (session, _) = Session::replay(&scenario, ["number", "stock"]);
    let report = session.report();
    assert!(!report.complete);
    assert_eq!((report.final_, report.band, report.pass, report.ending), (None, None, None, None));
    assert!(report.ledger.iter().all(|line| line.kind != Kind::Forfeit));
    // Listen is never opened, so all that follows counts half: 25 * 1/3 + 20 * 1/6 + 20 * 1/2 + 35 * 1/2.
    assert_eq!(report.steps[1].best.exact.to_string(), "235/6");
}
