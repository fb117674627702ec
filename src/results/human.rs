//! A class report for the terminal: a table, then what there is to know for teaching.

use std::fmt::Write as _;
use std::ops::Range;

use crate::diag::render::counted;

use super::people::{GroupFigures, Missing, Play, Roster};
use super::report::{Hardest, PlayRow, Played, Report, Scores};

impl Report {
    /// For a terminal. Each person in a line where they are asked for, or played more than one conversation.
    #[must_use]
    pub fn human(&self, people: bool) -> String {
        if self.rows.is_empty() {
            return self.table() + &self.absent();
        }
        let mut text = format!("{}\n\n{}", self.sentence(), self.table());
        let minimal = self.reporting == "minimal";
        if self.unverified {
            text.push_str("\n* unverified: the code claims this result, and nothing can check it.\n");
            if self.reporting == "full" {
                text.push_str(
                    "  The figures leave it out, as this course asks for codes that can be checked.\n",
                );
            }
        }
        if self.rows.iter().any(|row| row.moved) {
            text.push_str("\n~ played on another version of the scenario. It says what the play came to then; where a code does not, what its choices come to now.\n");
            if self.has_now() {
                text.push_str("  “Now” is what the same choices come to on this version.\n");
            }
        }
        if self.repeated > 0 {
            let _ = writeln!(
                text,
                "\n{} stood there more than once and counts once.",
                counted(self.repeated, "code")
            );
        }
        if !self.people.is_empty() && (people || self.scenarios.len() > 1) {
            text.push_str(&self.everybody());
        }
        text.push_str(&self.absent());
        for scenario in &self.scenarios {
            text.push_str(&section(scenario));
        }
        if !minimal && self.scenarios.len() > 1 {
            text.push_str("\nAll scenarios\n");
            self.skills.iter().for_each(|skill| text.push_str(&spread(&skill.name, skill)));
        }
        text.push_str(&self.teach());
        text
    }

    /// The class in a sentence.
    fn sentence(&self) -> String {
        let hardest = self.teach_scenario.map(|at| &self.scenarios[at]);
        let hardest = hardest.and_then(|scenario| Some((scenario, scenario.hardest.as_ref()?)));
        let weakest = self.teach_skill.map(|at| &self.skills[at]);
        let all = format!("{} of {} passed", self.passed, counted(self.counted, "play"));
        match (hardest, weakest) {
            _ if self.counted == 0 => "No play counts.".to_owned(),
            (Some((scenario, hardest)), _) => {
                let Hardest { node, says, share, .. } = hardest;
                format!(
                    "{all}; most slipped at `{node}` of “{}”, where {share} % chose worst: {says}",
                    scenario.title
                )
            }
            (None, Some(skill)) => {
                format!("{all}; the weakest skill is {}, with a mean of {}.", skill.name, skill.mean)
            }
            (None, None) => format!("{all}."),
        }
    }

    fn table(&self) -> String {
        let mut head = vec!["Who".to_owned(), "Scenario".to_owned(), "Final".to_owned()];
        head.extend(self.skills.iter().map(|skill| skill.name.clone()));
        let now = if self.has_now() { &["Now"][..] } else { &[] };
        head.extend(
            ["Band", "Pass"].iter().chain(now).chain(&["Attempt", "Line"]).map(|name| (*name).to_owned()),
        );
        let numbers = 2..3 + self.skills.len();
        let rows = self.rows.iter().map(|row| cells(row, self.has_now()));
        aligned(std::iter::once(head).chain(rows).collect(), &numbers)
    }

    /// A line for each person, a column for each conversation.
    fn everybody(&self) -> String {
        let mut head = vec!["Who".to_owned()];
        head.extend(self.scenarios.iter().map(|scenario| scenario.title.clone()));
        let lines = self.people.iter().map(|person| {
            let play = |play: &Option<Play>| match play {
                Some(Play { last, pass: true }) => format!("{last}, passed"),
                Some(Play { last, .. }) => last.to_string(),
                None => "-".to_owned(),
            };
            std::iter::once(person.who.clone()).chain(person.plays.iter().map(play)).collect()
        });
        format!("\nWho did what\n{}", aligned(std::iter::once(head).chain(lines).collect(), &(0..0)))
    }

    /// Who of the list has sent nothing.
    fn absent(&self) -> String {
        let Some(Roster { missing, unlisted, groups }) = &self.roster else { return String::new() };
        let mut text = String::from("\n");
        text.push_str(if missing.is_empty() {
            "Everybody on the list has sent a code.\n"
        } else {
            "Nothing from\n"
        });
        for Missing { name, group, perhaps } in missing {
            let _ = write!(text, "  {name}");
            if !group.is_empty() {
                let _ = write!(text, " ({group})");
            }
            if !perhaps.is_empty() {
                let _ = write!(text, "; perhaps {}", perhaps.join(", "));
            }
            text.push('\n');
        }
        if !unlisted.is_empty() {
            let _ = writeln!(text, "Not on the list: {}", unlisted.join(", "));
        }
        for GroupFigures { name, listed, sent, passed } in groups {
            let _ = write!(text, "{name}: {sent} of {listed} sent a code");
            let _ = match passed {
                Some((plays, passed)) => writeln!(text, ", {passed} of {} passed", counted(*plays, "play")),
                None => writeln!(text),
            };
        }
        text
    }

    /// Whether of a play it is known what it comes to now.
    fn has_now(&self) -> bool {
        self.rows.iter().any(|row| row.now.is_some())
    }

    fn teach(&self) -> String {
        let mut text = String::new();
        let skill = self.teach_skill.map(|at| &self.skills[at]);
        let hardest = self
            .teach_scenario
            .and_then(|at| Some((&self.scenarios[at], self.scenarios[at].hardest.as_ref()?)));
        if skill.is_none() && hardest.is_none() {
            return text;
        }
        text.push_str("\nTeach next\n");
        if let Some(skill) = skill {
            let _ = writeln!(text, "  {}: the lowest mean of all skills, {}.", skill.name, skill.mean);
        }
        if let Some((scenario, hardest)) = hardest {
            let _ = writeln!(
                text,
                "  The moment `{}` of “{}”: {} % chose worst.",
                hardest.node, scenario.title, hardest.share
            );
        }
        for lesson in &self.lessons {
            let _ = writeln!(text, "  The lesson behind it: {lesson}.");
        }
        text
    }
}

/// A table whose columns stand below each other, numbers at the right.
fn aligned(rows: Vec<Vec<String>>, numbers: &Range<usize>) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[column] - cell.chars().count());
            let (before, after) =
                if numbers.contains(&column) { (space.as_str(), "") } else { ("", space.as_str()) };
            let _ = write!(line, "{before}{cell}{after}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn cells(row: &PlayRow, has_now: bool) -> Vec<String> {
    let mark = match (row.verified, row.moved) {
        (true, false) => "",
        (false, false) => "*",
        (true, true) => "~",
        (false, true) => "*~",
    };
    let who = if row.who.is_empty() { "-" } else { &row.who };
    let mut cells = vec![who.to_owned(), row.scenario.clone(), format!("{}{mark}", row.last)];
    cells.extend(
        row.skills.iter().map(|score| score.map_or_else(|| "-".to_owned(), |score| score.to_string())),
    );
    cells.push(row.band.clone());
    cells.push(
        match (row.pass, row.mastery) {
            (_, Some(true)) => "mastery",
            (true, _) => "passed",
            (false, _) => "not yet",
        }
        .to_owned(),
    );
    let now = row.now.map_or_else(|| "-".to_owned(), |now| now.to_string());
    cells.extend(has_now.then_some(now));
    let counts = if row.attempts > 1 && row.counts { ", counts" } else { "" };
    cells.push(format!("{} of {}{counts}", row.attempt, row.attempts));
    cells.push(row.place.clone());
    cells
}

fn section(played: &Played) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "\n{} ({}): {}, {} passed ({} %)",
        played.title,
        played.slug,
        counted(played.count, "play"),
        played.passed,
        played.share
    );
    text.push_str(&spread("Final", &played.finals));
    played.skills.iter().for_each(|skill| text.push_str(&spread(&skill.name, skill)));
    if played.hidden {
        text.push_str("  Fewer than five plays: nothing is said about single choices.\n");
    }
    if let Some(hardest) = &played.hardest {
        let _ = writeln!(
            text,
            "  Hardest moment: `{}`, where {} of {} chose worst ({} %): {}",
            hardest.node, hardest.worst, hardest.count, hardest.share, hardest.says
        );
    }
    if let Some(early) = &played.early {
        let _ = writeln!(
            text,
            "  Most often too early: {} at `{}`, {} of {} plays.",
            early.name, early.node, early.count, early.of
        );
    }
    if let Some(slip) = &played.slip {
        let _ = writeln!(text, "  Most common slip: {}, {} of {} plays.", slip.name, slip.count, slip.of);
    }
    for ending in &played.endings {
        let _ = writeln!(text, "  Ended with “{}”: {} of {} plays.", ending.name, ending.count, ending.of);
    }
    text
}

fn spread(name: &str, scores: &Scores) -> String {
    let [lowest, quarter, middle, three, highest] = scores.ranks;
    format!(
        "  {name:<12} mean {:>5}   {lowest} to {highest}, half of them from {quarter} to {three}, middle {middle}\n",
        scores.mean
    )
}
