//! The keys of a recovery model.

use super::{Kind, Object, may, need};

const POINTS: Kind = Kind::Number(0, 100);
const CHANGE: Kind = Kind::Number(-100, 100);
const NAME: &str = "^[a-z0-9_-]+$";

/// An object of required fields alone.
macro_rules! object {
    ($name:literal, $says:literal, $fields:expr) => {
        Object { name: $name, says: $says, fields: $fields, some_of: &[], one_of: &[] }
    };
}

pub(super) static MODEL: Object = object!(
    "model",
    "A recovery model: skills in order, named harms, bands, and the rules of scoring.",
    &[
        need("title", Kind::Text, "Its name."),
        need(
            "out_of_order",
            Kind::Pattern("^\\s*[0-9]{1,3}\\s*(/\\s*[0-9]{1,3}\\s*)?$"),
            "What a rating is worth that comes before what it needs: 1/2."
        ),
        need("skills", Kind::Map(NAME, &Kind::Object(&SKILL)), "In the order in which they are practiced."),
        may("slips", Kind::Map(NAME, &Kind::Object(&SLIP)), "Named harms."),
        need("caps", Kind::Object(&CAPS), "Ceilings of the final score."),
        need("bands", Kind::List(&Kind::Object(&BAND), 1, 0), "From the highest; the last is from 0."),
        need(
            "skill_levels",
            Kind::List(&Kind::Object(&LEVEL), 1, 0),
            "A skill's score in words, from the highest; {skill} is filled in."
        ),
        need(
            "order_says",
            Kind::Text,
            "Said of a rating that came too early; {skill} and {needs} are filled in."
        ),
        need("pass", Kind::Object(&PASS), "When a play is passed; all compare rounded scores."),
        need("mastery", Kind::Object(&MASTERY), "When a passed play is mastery."),
        need("goodwill", Kind::Object(&GOODWILL), "How a choice moves the customer's goodwill."),
    ]
);

static SKILL: Object = object!(
    "skill",
    "One dimension of the model.",
    &[
        need("name", Kind::Text, "As people read it."),
        need("weight", Kind::Number(1, 1000), "Its share of the final score; only ratios count."),
        may(
            "needs",
            Kind::List(&Kind::Any(&[Kind::List(&Kind::Text, 1, 0), Kind::Text]), 0, 0),
            "Skills that must be opened before; of a list among them, any one."
        ),
        need("levels", Kind::List(&Kind::Text, 4, 4), "What a rating of 0, 1, 2 and 3 looks like."),
    ]
);

static SLIP: Object = object!(
    "slip",
    "A named harm.",
    &[
        need("skill", Kind::Text, "The skill that it harms."),
        need("name", Kind::Text, "As people read it."),
        need("says", Kind::Text, "How the debrief tells the trainee: \"You cut in.\""),
    ]
);

static CAPS: Object = object!(
    "caps",
    "Ceilings of the final score.",
    &[
        need("serious", POINTS, "The most that a play with serious conduct can score."),
        need("critical", POINTS, "The same of critical conduct, no higher."),
    ]
);

static BAND: Object = object!(
    "band",
    "A band of the final score.",
    &[
        need("from", POINTS, "The lowest rounded final in it."),
        need("name", Kind::Text, "As people read it."),
        need("means", Kind::Text, "What it says about the conversation."),
    ]
);

static LEVEL: Object = object!(
    "level",
    "A skill's score in words.",
    &[
        need("from", POINTS, "The lowest rounded score that it is said of."),
        need("says", Kind::Text, "The sentence."),
    ]
);

static PASS: Object = object!(
    "pass",
    "When a play is passed.",
    &[
        need("score", POINTS, "The least final."),
        need("every_skill", POINTS, "The least score of every skill that counts."),
        need("single_chance", POINTS, "The same where a flawless play meets the skill once."),
    ]
);

static MASTERY: Object = object!(
    "mastery",
    "When a passed play is mastery.",
    &[
        need("score", POINTS, "The least final."),
        need("every_skill", POINTS, "The least score of every skill that counts."),
    ]
);

static GOODWILL: Object = object!(
    "goodwill",
    "How a choice moves the customer's goodwill.",
    &[
        need(
            "by_rating",
            Kind::List(&CHANGE, 4, 4),
            "By a rating of 0, 1, 2 and 3; of two ratings the mean."
        ),
        need("slip", CHANGE, "For each slip."),
        need("serious", CHANGE, "For serious conduct."),
        need("critical", CHANGE, "For critical conduct."),
    ]
);
