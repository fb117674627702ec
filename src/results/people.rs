//! The people of a class: who did what in each conversation, and who on a list has sent nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use scenario_wasm::class::{Group, MIN_GROUP, Row};
use scenario_wasm::code::{self, is_near};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

/// A person, by the name in the codes. There may be a million.
#[derive(Debug, Serialize)]
pub struct Person {
    /// As first typed.
    pub who: Box<str>,
    /// From the list of names; may be empty.
    pub group: Box<str>,
    /// The play that counts in each conversation that the class played, in the order of the figures.
    pub plays: Vec<Option<Play>>,
}

/// The play of a conversation that counts.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Play {
    /// Rounded.
    pub last: u8,
    /// Whether it passed.
    pub pass: bool,
}

/// A line in a list of names.
#[derive(Debug, Clone)]
pub struct Listed {
    /// As in the list.
    pub name: String,
    /// As in the list; may be empty.
    pub group: String,
}

/// A list of names, compared with the codes.
#[derive(Debug, Serialize)]
pub struct Roster {
    /// People on the list who have sent nothing.
    pub missing: Vec<Missing>,
    /// Names in codes that are not on the list.
    pub unlisted: Vec<String>,
    /// Figures for each group.
    pub groups: Vec<GroupFigures>,
}

/// A person on the list who has sent nothing.
#[derive(Debug, Serialize)]
pub struct Missing {
    /// As on the list.
    pub name: String,
    /// As on the list.
    pub group: String,
    /// Names in codes that may be this person's; they do not count.
    pub perhaps: Vec<String>,
}

/// What a group did.
#[derive(Debug, Serialize)]
pub struct GroupFigures {
    /// As on the list.
    pub name: String,
    /// The number of people on the list.
    pub listed: usize,
    /// How many of them sent a code.
    pub sent: usize,
    /// How many of their plays count, and how many of those passed; `None` if too few people sent one.
    pub passed: Option<(usize, usize)>,
}

/// The key by which a name is compared, whatever its Unicode form.
pub fn key(name: &str) -> String {
    code::key(&name.nfc().collect::<String>())
}

/// The lines of a list: a name and, after a comma of any script, a semicolon or a tab, a group. Skips a heading, and
/// the line that tells Excel what separates cells.
pub fn listed(text: &str) -> Vec<Listed> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().skip(usize::from(is_separator_line(text))).filter_map(|line| {
        let mut cells = cells(line).into_iter();
        let name = cells.next().filter(|name| !name.is_empty())?;
        Some(Listed { name, group: cells.next().unwrap_or_default() })
    });
    let is_heading = |line: &Listed| ["name", "who"].contains(&line.name.to_lowercase().as_str());
    let mut lines = lines.peekable();
    lines.next_if(is_heading);
    lines.collect()
}

/// Whether the first line is `sep=;`, with any sign, which Excel reads and does not show.
fn is_separator_line(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim().trim_matches('"');
    line.get(..4).is_some_and(|key| key.eq_ignore_ascii_case("sep=")) && line[4..].chars().count() <= 1
}

/// The cells of a line, separated by tabs, semicolons, Arabic commas or commas: the first of these that the line contains.
fn cells(line: &str) -> Vec<String> {
    let parts = ['\t', ';', '،'].into_iter().find(|separator| line.contains(*separator)).unwrap_or(',');
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            letter if letter == parts && !quoted => cells.push(String::new()),
            letter => cells.last_mut().expect("there is one").push(letter),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Everybody who gave a name, in the order of their codes, added row by row.
pub(super) struct People<'a> {
    all: Vec<Person>,
    /// Indices, by the hash of a name.
    places: BTreeMap<u64, u32>,
    groups: BTreeMap<String, &'a str>,
    /// The scenarios that were played, by index, as columns of everybody's plays.
    columns: Vec<usize>,
}

impl<'a> People<'a> {
    pub(super) fn new(list: &'a [Listed]) -> Self {
        let groups = list.iter().map(|line| (key(&line.name), line.group.as_str())).collect();
        Self { all: Vec::new(), places: BTreeMap::new(), groups, columns: Vec::new() }
    }

    pub(super) fn add(&mut self, row: &Row) {
        if row.who.is_empty() {
            return;
        }
        let name = key(&row.who);
        let place = *self.places.entry(hashed(&name)).or_insert_with(|| {
            let group = self.groups.get(&name).copied().unwrap_or_default();
            self.all.push(Person { who: row.who.as_str().into(), group: group.into(), plays: Vec::new() });
            self.all.len() as u32 - 1
        });
        if row.counts {
            let column = self.columns.iter().position(|scenario| *scenario == row.scenario);
            let column = column.unwrap_or_else(|| {
                self.columns.push(row.scenario);
                self.columns.len() - 1
            });
            let plays = &mut self.all[place as usize].plays;
            plays.resize(plays.len().max(column + 1), None);
            plays[column] = Some(Play { last: row.result.final_, pass: row.result.pass });
        }
    }

    /// Everybody, with what they did in these conversations.
    pub(super) fn end(mut self, groups: &[Group]) -> Vec<Person> {
        let column = |group: &Group| self.columns.iter().position(|scenario| *scenario == group.scenario);
        let columns: Vec<usize> = groups.iter().filter_map(column).collect();
        for person in &mut self.all {
            person.plays = columns.iter().map(|at| person.plays.get(*at).copied().flatten()).collect();
        }
        self.all
    }
}

fn hashed(name: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    name.hash(&mut hash);
    hash.finish()
}

/// Compares the list with the people.
pub(super) fn roster(list: &[Listed], people: &[Person]) -> Roster {
    let sent: Vec<String> = people.iter().map(|person| key(&person.who)).collect();
    let keys: Vec<String> = list.iter().map(|line| key(&line.name)).collect();
    let (all_sent, all_listed): (BTreeSet<&String>, BTreeSet<&String>) =
        (sent.iter().collect(), keys.iter().collect());
    let unlisted = people.iter().zip(&sent).filter(|(_, name)| !all_listed.contains(name));
    let unlisted: Vec<&Person> = unlisted.map(|(person, _)| person).collect();
    let missing = list.iter().zip(&keys).filter(|(_, name)| !all_sent.contains(name));
    let missing = missing.map(|(line, name)| Missing {
        name: line.name.clone(),
        group: line.group.clone(),
        perhaps: unlisted
            .iter()
            .filter(|person| is_near(name, &key(&person.who)))
            .map(|person| person.who.to_string())
            .collect(),
    });
    let mut groups = Vec::<GroupFigures>::new();
    for line in list.iter().filter(|line| !line.group.is_empty()) {
        if groups.iter().all(|group| group.name != line.group) {
            let of = |all: &[Listed]| all.iter().filter(|each| each.group == line.group).count();
            let members = people.iter().filter(|person| *person.group == *line.group);
            let plays: Vec<&Play> = members.clone().flat_map(|person| &person.plays).flatten().collect();
            let sent = members.count();
            let passed = plays.iter().filter(|play| play.pass).count();
            let passed = (sent >= MIN_GROUP).then_some((plays.len(), passed));
            groups.push(GroupFigures { name: line.group.clone(), listed: of(list), sent, passed });
        }
    }
    Roster {
        missing: missing.collect(),
        unlisted: unlisted.iter().map(|person| person.who.to_string()).collect(),
        groups,
    }
}
