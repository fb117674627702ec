//! A class report for the terminal: a table, then what helps with teaching.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use crate::diag::controls::visible;
use crate::diag::render::counted;

use super::people::{GroupFigures, Missing, Person, Play, Roster};
use super::report::{Hardest, PlayRow, Played, Report, Scores};
use super::{Library, Reading};

impl Report {
    /// The report for a terminal, with a row for each person if requested, or if somebody played more than one
    /// conversation.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn human(
        &self,
        library: &Library,
        reading: &mut Reading<'_>,
        people: bool,
        to: &mut dyn Write,
    ) -> io::Result<()> {
        let mut text = |text: &str| to.write_all(visible(text).as_bytes());
        if reading.count() == 0 {
            return text(self.absent().trim_start());
        }
        text(&format!("{}\n\n", self.sentence()))?;
        let head = self.head();
        let mut columns = Columns::new(&head, 2..3 + self.skills.len());
        library.each(reading, |row| {
            columns.measure(&self.cells(&row));
            Ok(())
        })?;
        text(&columns.line(&head))?;
        library.each(reading, |row| text(&columns.line(&self.cells(&row))))?;
        text(&self.notes())?;
        if !self.people.is_empty() && (people || self.scenarios.len() > 1) {
            let head = self.people_head();
            let mut columns = Columns::new(&head, 0..0);
            self.people.iter().for_each(|person| columns.measure(&did(person)));
            text(&format!("\nWho did what\n{}", columns.line(&head)))?;
            self.people.iter().try_for_each(|person| text(&columns.line(&did(person))))?;
        }
        text(&self.absent())?;
        text(&self.sections())?;
        text(&self.teach())
    }

    /// Explains the marks in the rows, and what has no row.
    fn notes(&self) -> String {
        let mut text = String::new();
        if self.marks.unverified {
            text.push_str("\n* unverified: the code claims this result, and nothing can check it.\n");
            if self.reporting == "full" {
                text.push_str(
                    "  The figures leave it out, as this course asks for codes that can be checked.\n",
                );
            }
        }
        if self.marks.moved {
            text.push_str("\n~ played on another version of the scenario. The result is the one at the time; if the code does not contain it, the current result of its choices.\n");
            if self.marks.now {
                text.push_str("  “Now” is the result of the same choices on this version.\n");
            }
        }
        if self.repeated > 0 {
            let _ = writeln!(
                text,
                "\n{} occurred more than once and counts once.",
                counted(self.repeated, "code")
            );
        }
        text
    }

    fn sections(&self) -> String {
        let mut text: String = self.scenarios.iter().map(section).collect();
        if self.reporting != "minimal" && self.scenarios.len() > 1 {
            text.push_str("\nAll scenarios\n");
            self.skills.iter().for_each(|skill| text.push_str(&spread(&skill.name, skill)));
        }
        text
    }

    /// A sentence about the class.
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
                    "{all}; the hardest moment is `{node}` of “{}”, where {share} % made the worst choice: {says}",
                    scenario.title
                )
            }
            (None, Some(skill)) => {
                format!("{all}; the weakest skill is {}, with a mean of {}.", skill.name, skill.mean)
            }
            (None, None) => format!("{all}."),
        }
    }

    fn head(&self) -> Vec<String> {
        let skills = self.skills.iter().map(|skill| skill.name.as_str());
        let now = self.marks.now.then_some("Now");
        let head = ["Who", "Scenario", "Final"].into_iter().chain(skills).chain(["Band", "Pass"]);
        head.chain(now).chain(["Attempt", "Line"]).map(str::to_owned).collect()
    }

    fn people_head(&self) -> Vec<String> {
        let titles = self.scenarios.iter().map(|scenario| scenario.title.clone());
        std::iter::once("Who".to_owned()).chain(titles).collect()
    }

    /// The people on the list who have sent nothing.
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

    fn cells(&self, row: &PlayRow) -> Vec<String> {
        let mark = match (row.verified, row.moved) {
            (true, false) => "",
            (false, false) => "*",
            (true, true) => "~",
            (false, true) => "*~",
        };
        let known = |score: Option<u8>| score.map_or_else(|| "-".to_owned(), |score| score.to_string());
        let who = if row.who.is_empty() { "-" } else { &row.who };
        let mut cells = vec![who.to_owned(), row.scenario.clone(), format!("{}{mark}", row.last)];
        cells.extend(row.skills.iter().map(|score| known(*score)));
        let pass = match (row.pass, row.mastery) {
            (_, Some(true)) => "mastery",
            (true, _) => "passed",
            (false, _) => "not yet",
        };
        cells.extend([row.band.clone(), pass.to_owned()]);
        cells.extend(self.marks.now.then(|| known(row.now)));
        let counts = if row.attempts > 1 && row.counts { ", counts" } else { "" };
        cells.extend([format!("{} of {}{counts}", row.attempt, row.attempts), row.place.clone()]);
        cells
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
                "  The moment `{}` of “{}”: {} % made the worst choice.",
                hardest.node, scenario.title, hardest.share
            );
        }
        for lesson in &self.lessons {
            let _ = writeln!(text, "  The lesson about it: {lesson}.");
        }
        text
    }
}

/// The widths of a table's columns, which are aligned, numbers to the right.
struct Columns {
    widths: Vec<usize>,
    numbers: Range<usize>,
}

impl Columns {
    fn new(head: &[String], numbers: Range<usize>) -> Self {
        Self { widths: head.iter().map(|cell| cell.chars().count()).collect(), numbers }
    }

    fn measure(&mut self, cells: &[String]) {
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = cell.chars().count().max(*width);
        }
    }

    fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let space = " ".repeat(self.widths[column] - cell.chars().count());
            let (before, after) =
                if self.numbers.contains(&column) { (space.as_str(), "") } else { ("", space.as_str()) };
            let _ = write!(line, "{before}{cell}{after}  ");
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    }
}

/// What a person did in each conversation.
fn did(person: &Person) -> Vec<String> {
    let play = |play: &Option<Play>| match play {
        Some(Play { last, pass: true }) => format!("{last}, passed"),
        Some(Play { last, .. }) => last.to_string(),
        None => "-".to_owned(),
    };
    std::iter::once(person.who.to_string()).chain(person.plays.iter().map(play)).collect()
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
            "  Hardest moment: `{}`, where {} of {} made the worst choice ({} %): {}",
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
