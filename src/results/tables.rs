//! The tables of a report: the plays, the people and the figures of a class, the turns of a person, and two sessions.

use serde_json::{Value, json};

use super::people::{GroupFigures, Missing, Play, Roster};
use super::report::{PlayRow, Played, Report, Scores};
use super::sessions::{Change, Sessions};
use super::table::Table;
use super::turns::{PlayInWords, Turn};

impl Report {
    /// The columns of a table of all plays.
    pub fn columns(&self) -> Vec<String> {
        let skills = self.skills.iter().map(|skill| skill.name.as_str());
        let tail =
            ["band", "passed", "mastery", "attempt", "attempts", "counts", "verified", "version", "line"];
        let head = ["who", "conversation", "final"].into_iter().chain(skills).chain(tail);
        head.map(str::to_owned).collect()
    }

    /// A row for each person, including those on the list who have sent nothing, with the play that counts in each
    /// conversation; `name` gives the name of its column.
    pub fn people(&self, name: impl Fn(&Played) -> &str) -> Table<'_> {
        let play = |play: &Option<Play>| match play {
            Some(Play { last, pass }) => [json!(last), json!(pass)],
            None => [Value::Null, Value::Null],
        };
        let people = self.people.iter().map(move |person| {
            let own = [json!(person.who), json!(person.group), json!(true), json!("")];
            own.into_iter().chain(person.plays.iter().flat_map(play)).collect()
        });
        let missing = self.roster.iter().flat_map(|roster| &roster.missing);
        let missing = missing.map(move |Missing { name, group, perhaps }| {
            let own = [json!(name), json!(group), json!(false), json!(perhaps.join(", "))];
            own.into_iter().chain(self.scenarios.iter().flat_map(|_| play(&None))).collect()
        });
        let mut table = Table::new("People", &["who", "group", "sent", "perhaps"], people.chain(missing));
        for played in &self.scenarios {
            table.head.extend([name(played).to_owned(), format!("{} passed", name(played))]);
        }
        table
    }

    /// The tables of a workbook besides the plays, one for each sheet.
    pub fn tables(&self) -> Vec<Table<'_>> {
        let groups = self.roster.iter().map(|Roster { groups, .. }| {
            let rows = groups.iter().map(|GroupFigures { name, listed, sent, passed }| {
                let (plays, passed) = passed.unzip();
                vec![json!(name), json!(listed), json!(sent), json!(plays), json!(passed)]
            });
            Table::new("Groups", &["group", "listed", "sent", "plays", "passed"], rows)
        });
        [self.people(|played| &played.title), self.figures()].into_iter().chain(groups).collect()
    }

    /// The distribution of scores in each conversation.
    fn figures(&self) -> Table<'_> {
        let row = |title: &str, name: &str, scores: &Scores, passed: Option<usize>| {
            let Scores { count, mean, ranks, .. } = scores;
            let mut row = vec![json!(title), json!(name), json!(count), json!(mean.parse::<f64>().ok())];
            row.extend(ranks.map(|rank| json!(rank)));
            row.push(json!(passed));
            row
        };
        let rows = self.scenarios.iter().flat_map(move |Played { title, finals, skills, passed, .. }| {
            let skills = skills.iter().map(move |skill| row(title, &skill.name, skill, None));
            [row(title, "Final", finals, Some(*passed))].into_iter().chain(skills)
        });
        let head = ["conversation", "score", "plays", "mean", "lowest", "lower quarter", "middle"];
        let tail = ["upper quarter", "highest", "passed"];
        Table::new("Figures", &[head.as_slice(), &tail].concat(), rows)
    }
}

impl PlayRow {
    /// The cells of a row.
    pub fn cells(self) -> Vec<Value> {
        let version = if self.moved { "other" } else { "this" };
        let mut row = vec![json!(self.who), json!(self.scenario), json!(self.last)];
        row.extend(self.skills.iter().map(|score| json!(score)));
        row.extend([json!(self.band), json!(self.pass), json!(self.mastery), json!(self.attempt)]);
        row.extend([json!(self.attempts), json!(self.counts), json!(self.verified), json!(version)]);
        row.push(json!(self.place));
        row
    }
}

/// A row for each turn of these plays.
pub fn turns(plays: &[PlayInWords]) -> Table<'_> {
    let rows = plays.iter().flat_map(|PlayInWords { who, scenario, last, pass, turns, .. }| {
        (1..).zip(turns).map(move |(at, turn)| {
            let Turn { node, says, choice, chosen, rating, early } = turn;
            let play = [json!(who), json!(scenario), json!(last), json!(pass), json!(at)];
            let own = [json!(node), json!(says), json!(choice), json!(chosen), json!(rating)];
            play.into_iter().chain(own).chain([json!(early.join(", "))]).collect()
        })
    });
    let head = ["who", "conversation", "final", "passed", "turn", "node", "says", "choice", "chosen"];
    Table::new("Choices", &[head.as_slice(), &["rating", "too early"]].concat(), rows)
}

impl Sessions {
    /// A row for everybody who is in both sessions.
    pub fn table(&self) -> Table<'_> {
        let [before, after] = &self.labels;
        let rows = self.people.iter().map(|Change { who, scenario, finals: [before, after] }| {
            vec![json!(who), json!(scenario), json!(before), json!(after)]
        });
        Table::new("Sessions", &["who", "conversation", before, after], rows)
    }
}
