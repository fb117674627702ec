//! The tables of a report: the plays, the people and the figures of a class, the turns of a person, and two sessions.

use serde_json::{Value, json};

use super::people::{GroupFigures, Missing, Play, Roster};
use super::report::{PlayRow, Played, Report, Scores};
use super::sessions::{Change, Sessions};
use super::table::Table;
use super::turns::{Told, Turn};

impl Report {
    /// A line for each play.
    #[must_use]
    pub fn plays(&self) -> Table {
        let mut table = Table::new("Plays", &["who", "conversation", "final"]);
        table.head.extend(self.skills.iter().map(|skill| skill.name.clone()));
        let tail =
            ["band", "passed", "mastery", "attempt", "attempts", "counts", "verified", "version", "line"];
        table.head.extend(tail.map(str::to_owned));
        table.rows.extend(self.rows.iter().map(|play| {
            let PlayRow { who, scenario, last, skills, band, pass, mastery, attempt, .. } = play;
            let PlayRow { attempts, counts, verified, moved, place, .. } = play;
            let version = if *moved { "other" } else { "this" };
            let mut row = vec![json!(who), json!(scenario), json!(last)];
            row.extend(skills.iter().map(|score| json!(score)));
            row.extend([json!(band), json!(pass), json!(mastery), json!(attempt), json!(attempts)]);
            row.extend([json!(counts), json!(verified), json!(version), json!(place)]);
            row
        }));
        table
    }

    /// A line for each person, also for those of a list who have sent nothing; of each conversation, which `name` calls by
    /// its name, what counts.
    #[must_use]
    pub fn people(&self, name: impl Fn(&Played) -> &str) -> Table {
        let mut table = Table::new("People", &["who", "group", "sent", "perhaps"]);
        for played in &self.scenarios {
            table.head.extend([name(played).to_owned(), format!("{} passed", name(played))]);
        }
        let play = |play: &Option<Play>| match play {
            Some(Play { last, pass }) => [json!(last), json!(pass)],
            None => [Value::Null, Value::Null],
        };
        table.rows.extend(self.people.iter().map(|person| {
            let own = [json!(person.who), json!(person.group), json!(true), json!("")];
            own.into_iter().chain(person.plays.iter().flat_map(play)).collect()
        }));
        let missing = self.roster.iter().flat_map(|roster| &roster.missing);
        table.rows.extend(missing.map(|Missing { name, group, perhaps }| {
            let own = [json!(name), json!(group), json!(false), json!(perhaps.join(", "))];
            own.into_iter().chain(self.scenarios.iter().flat_map(|_| play(&None))).collect()
        }));
        table
    }

    /// All that there is to a class, a table for each sheet.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.plays(), self.people(|played| &played.title), self.figures()];
        if let Some(Roster { groups, .. }) = &self.roster {
            let mut table = Table::new("Groups", &["group", "listed", "sent", "plays", "passed"]);
            table.rows.extend(groups.iter().map(|GroupFigures { name, listed, sent, passed }| {
                let (plays, passed) = passed.unzip();
                vec![json!(name), json!(listed), json!(sent), json!(plays), json!(passed)]
            }));
            tables.push(table);
        }
        tables
    }

    /// How the scores of each conversation are spread.
    fn figures(&self) -> Table {
        let head = ["conversation", "score", "plays", "mean", "lowest", "lower quarter", "middle"];
        let mut table = Table::new("Figures", &head);
        table.head.extend(["upper quarter", "highest", "passed"].map(str::to_owned));
        for Played { title, finals, skills, passed, .. } in &self.scenarios {
            let row = |name: &str, Scores { count, mean, ranks, .. }: &Scores, passed: Option<usize>| {
                let mean = mean.parse::<f64>().ok();
                let mut row = vec![json!(title), json!(name), json!(count), json!(mean)];
                row.extend(ranks.map(|rank| json!(rank)));
                row.push(json!(passed));
                row
            };
            table.rows.push(row("Final", finals, Some(*passed)));
            table.rows.extend(skills.iter().map(|skill| row(&skill.name, skill, None)));
        }
        table
    }
}

/// A line for each turn of these plays.
#[must_use]
pub fn turns(plays: &[Told]) -> Table {
    let head = ["who", "conversation", "final", "passed", "turn", "node", "says", "choice", "chosen"];
    let mut table = Table::new("Choices", &head);
    table.head.extend(["rating", "too early"].map(str::to_owned));
    for Told { who, scenario, last, pass, turns, .. } in plays {
        table.rows.extend((1..).zip(turns).map(|(at, turn)| {
            let Turn { node, says, choice, chosen, rating, early } = turn;
            let play = [json!(who), json!(scenario), json!(last), json!(pass), json!(at)];
            let own = [json!(node), json!(says), json!(choice), json!(chosen), json!(rating)];
            play.into_iter().chain(own).chain([json!(early.join(", "))]).collect()
        }));
    }
    table
}

impl Sessions {
    /// A line for everybody who is in both.
    #[must_use]
    pub fn table(&self) -> Table {
        let [before, after] = &self.labels;
        let mut table = Table::new("Sessions", &["who", "conversation", before, after]);
        table.rows.extend(self.people.iter().map(|Change { who, scenario, finals: [before, after] }| {
            vec![json!(who), json!(scenario), json!(before), json!(after)]
        }));
        table
    }
}
