//! `content/models/ID.yaml` as typed: a recovery model, its words and its rules.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Reader, bad, entries, list, number, some_list, text};
use crate::parse::yaml::{self, Kind, Origin, Value};
use crate::source::{FileId, Span};

/// A model's file.
#[derive(Debug, Clone)]
pub struct RawModel {
    pub file: FileId,
    pub span: Span,
    pub title: Option<At<String>>,
    /// As numerator and denominator.
    pub out_of_order: Option<At<(u8, u8)>>,
    pub skills: Vec<RawSkill>,
    pub slips: Vec<RawSlip>,
    pub caps: Option<(At<u8>, At<u8>)>,
    pub bands: Vec<RawBand>,
    pub skill_levels: Vec<(At<u8>, At<String>)>,
    pub order_says: Option<At<String>>,
    /// `score`, `every_skill`, `single_chance`.
    pub pass: Option<[At<u8>; 3]>,
    /// `score`, `every_skill`.
    pub mastery: Option<[At<u8>; 2]>,
    pub goodwill: Option<RawGoodwill>,
}

#[derive(Debug, Clone)]
pub struct RawSkill {
    pub id: At<String>,
    pub name: Option<At<String>>,
    pub weight: Option<At<u16>>,
    /// All of them; each is any one of its names.
    pub needs: Vec<Vec<At<String>>>,
    pub levels: Vec<At<String>>,
}

#[derive(Debug, Clone)]
pub struct RawSlip {
    pub id: At<String>,
    pub skill: Option<At<String>>,
    pub name: Option<At<String>>,
    pub says: Option<At<String>>,
}

#[derive(Debug, Clone)]
pub struct RawBand {
    pub from: At<u8>,
    pub name: At<String>,
    pub means: At<String>,
}

#[derive(Debug, Clone)]
pub struct RawGoodwill {
    pub by_rating: [i8; 4],
    pub slip: i8,
    pub serious: i8,
    pub critical: i8,
}

/// Reads a model's file.
pub fn parse(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<RawModel> {
    let value = yaml::parse(text_, &Origin::whole(file, 0, text_), diags)?;
    let span = value.span;
    let mut reader = Reader::open(&value, "a model", span, diags)?;
    let model = RawModel {
        file,
        span,
        title: reader.need("title", text),
        out_of_order: reader.need("out_of_order", fraction),
        skills: reader.need("skills", skills).unwrap_or_default(),
        slips: reader.get("slips", slips).unwrap_or_default(),
        caps: reader.need("caps", caps),
        bands: reader.need("bands", some_list(band)).unwrap_or_default(),
        skill_levels: reader.need("skill_levels", some_list(level)).unwrap_or_default(),
        order_says: reader.need("order_says", text),
        pass: reader.need("pass", pass),
        mastery: reader.need("mastery", mastery),
        goodwill: reader.need("goodwill", goodwill),
    };
    reader.close();
    Some(model)
}

/// `1/2`, `0` or `1`: what a rating is worth that comes too early.
fn fraction(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<(u8, u8)>> {
    let found = text(value, key, diags)?;
    let (top, bottom) = found.value.split_once('/').unwrap_or((&found.value, "1"));
    match (top.trim().parse::<u8>(), bottom.trim().parse::<u8>()) {
        (Ok(top), Ok(bottom)) if bottom > 0 && top <= bottom => Some(At::new((top, bottom), found.span)),
        _ => {
            let message = format!("`{key}` must be a fraction from 0 to 1, and this is {}", found.value);
            diags.push(bad(found.span, message, "write it like `1/2`"));
            None
        }
    }
}

fn skills(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<Vec<RawSkill>> {
    let entries = entries(value, "`skills`", diags)?;
    if entries.is_empty() {
        diags.push(Diagnostic::error(
            Code::MissingKey,
            value.span,
            "a model without skills measures nothing",
        ));
    }
    Some(entries.iter().filter_map(|entry| skill(&entry.key, &entry.value, diags)).collect())
}

fn skill(id: &At<String>, value: &Value, diags: &mut Diagnostics) -> Option<RawSkill> {
    check_name(id, "a skill", diags);
    let mut reader = Reader::open(value, "a skill", id.span, diags)?;
    let skill = RawSkill {
        id: id.clone(),
        name: reader.need("name", text),
        weight: reader.need("weight", number(1..=1000)),
        needs: reader.get("needs", list(need)).unwrap_or_default(),
        levels: reader.need("levels", list(text)).unwrap_or_default(),
    };
    if let Some(levels) = reader.peek("levels").filter(|_| skill.levels.len() != 4) {
        let message = format!("`levels` has {} lines, and there are four ratings", skill.levels.len());
        reader.diags.push(bad(levels.span, message, "write one line each for the ratings 0, 1, 2 and 3"));
    }
    reader.close();
    Some(skill)
}

/// Ids of a model may hold underscores: they are never part of an address.
fn check_name(id: &At<String>, what: &str, diags: &mut Diagnostics) {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    if id.value.is_empty() || !id.value.bytes().all(fits) {
        let message = format!(
            "{what}: `{}` has other signs than small letters, digits, hyphens and underscores",
            id.value
        );
        let better = crate::parse::decode::slug(&id.value);
        diags.push(Diagnostic::error(Code::BadId, id.span, message).hint(format!("write `{better}`")));
    }
}

/// A skill, or a list of skills of which any will do.
fn need(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<At<String>>> {
    match &value.kind {
        Kind::List(items) if items.is_empty() => {
            diags.push(bad(
                value.span,
                format!("an empty list in `{key}` can never be met"),
                "name a skill, or remove it",
            ));
            None
        }
        Kind::List(_) => list(text)(value, key, diags),
        _ => Some(vec![text(value, key, diags)?]),
    }
}

fn slips(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<Vec<RawSlip>> {
    let entries = entries(value, "`slips`", diags)?;
    let read = entries.iter().filter_map(|entry| {
        check_name(&entry.key, "a slip", diags);
        let mut reader = Reader::open(&entry.value, "a slip", entry.key.span, diags)?;
        let slip = RawSlip {
            id: entry.key.clone(),
            skill: reader.need("skill", text),
            name: reader.need("name", text),
            says: reader.need("says", text),
        };
        reader.close();
        Some(slip)
    });
    Some(read.collect())
}

fn caps(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<(At<u8>, At<u8>)> {
    let mut reader = Reader::open(value, "`caps`", value.span, diags)?;
    let serious = reader.need("serious", number(0..=100));
    let critical = reader.need("critical", number(0..=100));
    reader.close();
    let (serious, critical): (At<u8>, At<u8>) = (serious?, critical?);
    if critical.value > serious.value {
        let message = format!(
            "the cap for critical conduct, {}, is above the one for serious conduct, {}",
            critical.value, serious.value
        );
        diags.push(bad(critical.span, message, "critical is the heavier of the two: it allows less"));
    }
    Some((serious, critical))
}

fn band(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawBand> {
    let mut reader = Reader::open(value, "a band", value.span, diags)?;
    let from = reader.need("from", number(0..=100));
    let name = reader.need("name", text);
    let means = reader.need("means", text);
    reader.close();
    Some(RawBand { from: from?, name: name?, means: means? })
}

fn level(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<(At<u8>, At<String>)> {
    let mut reader = Reader::open(value, "a level", value.span, diags)?;
    let from = reader.need("from", number(0..=100));
    let says = reader.need("says", text);
    reader.close();
    Some((from?, says?))
}

fn pass(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<[At<u8>; 3]> {
    let mut reader = Reader::open(value, "`pass`", value.span, diags)?;
    let score = reader.need("score", number(0..=100));
    let every_skill = reader.need("every_skill", number(0..=100));
    let single_chance = reader.need("single_chance", number(0..=100));
    reader.close();
    Some([score?, every_skill?, single_chance?])
}

fn mastery(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<[At<u8>; 2]> {
    let mut reader = Reader::open(value, "`mastery`", value.span, diags)?;
    let score = reader.need("score", number(0..=100));
    let every_skill = reader.need("every_skill", number(0..=100));
    reader.close();
    Some([score?, every_skill?])
}

fn goodwill(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawGoodwill> {
    let mut reader = Reader::open(value, "`goodwill`", value.span, diags)?;
    let by_rating = reader.need("by_rating", by_rating);
    let mut change = |key| reader.need(key, number::<i8>(-100..=100)).map(|at| at.value);
    let (slip, serious, critical) = (change("slip"), change("serious"), change("critical"));
    reader.close();
    Some(RawGoodwill { by_rating: by_rating?, slip: slip?, serious: serious?, critical: critical? })
}

fn by_rating(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<[i8; 4]> {
    let changes: Vec<At<i8>> =
        list(|value, key, diags: &mut Diagnostics| number(-100..=100)(value, key, diags))(value, key, diags)?;
    match changes.as_slice() {
        [a, b, c, d] => Some([a.value, b.value, c.value, d.value]),
        _ => {
            let message = format!("`{key}` has {} numbers, and there are four ratings", changes.len());
            diags.push(bad(value.span, message, "write one number each for the ratings 0, 1, 2 and 3"));
            None
        }
    }
}
