//! The keys of a scenario.

use super::{ADDRESS, ID, Kind, Object, PICTURE, may, need, words};
use crate::course::{Channel, EndingKind, Failure};
use crate::parse::node::{ACTS, CAPS, FACETS, MOODS, TRAPS};
use crate::parse::scenario::{FAULTS, PRONOUNS};

const IDS: Kind = Kind::List(&Kind::Text, 0, 0);
const POINTS: Kind = Kind::Number(0, 100);

pub(super) static SCENARIO: Object = Object {
    name: "scenario",
    says: "A branching conversation about one service failure.",
    fields: &[
        need("title", Kind::Text, "The heading of the page."),
        need("summary", Kind::Text, "One or two sentences for the list of scenarios."),
        need("role", Kind::Text, "Who the trainee is: \"You answer the phone for a furniture shop.\""),
        need("goal", Kind::Text, "What the trainee should achieve."),
        need(
            "failure",
            Kind::Word(|| words(Failure::NAMES)),
            "What went wrong: it was not there, came late, was wrong, or nobody cared.",
        ),
        need(
            "channel",
            Kind::Word(|| words(Channel::NAMES)),
            "Where they talk; it decides how the page looks.",
        ),
        need("customer", Kind::Object(&CUSTOMER), "Whom the trainee talks to."),
        need("start", Kind::Text, "The node at which it begins, a decision."),
        need(
            "nodes",
            Kind::Map(ID, &Kind::Any(&[Kind::Object(&DECISION), Kind::Object(&ENDING)])),
            "The moments of the conversation, by name: decisions and endings.",
        ),
        may(
            "model",
            Kind::Text,
            "The recovery model that scores it: a file in content/models. By default leaa.",
        ),
        may(
            "fault",
            Kind::Word(|| FAULTS.to_vec()),
            "Whose doing it is: ours (by default), others' such as a supplier's or the customer's, or nobody's, such as a storm.",
        ),
        may("industry", Kind::Text, "Whose trade it is."),
        may("difficulty", Kind::Number(1, 3), "1 for beginners, to 3."),
        may("minutes", Kind::Number(1, 600), "How long it takes."),
        may("already", IDS, "Skills that count as opened before the first choice."),
        may("objectives", IDS, "What it practices: ids in content/objectives.yaml."),
        may(
            "flags",
            Kind::Map(ID, &Kind::Text),
            "Each flag in words, for those who read instead of play: \"you had promised a van\".",
        ),
        may(
            "skill_drill",
            Kind::Bool,
            "true where a skill may go untested, because the scenario drills others.",
        ),
        may(
            "aliases",
            Kind::List(&Kind::Pattern(ADDRESS), 0, 0),
            "Former addresses: old file names without .yaml, which then lead here.",
        ),
        may("draft", Kind::Bool, "true leaves it out of what is published."),
        may("subject", Kind::Text, "The subject line, for channel: email."),
        may("handle", Kind::Text, "The customer's handle, for channel: social."),
        may("includes", IDS, "Files that hold further nodes, relative to this one."),
        may(
            "expect",
            Kind::List(&Kind::Object(&EXPECT), 0, 0),
            "Your own tests: plays with a known result, and statements about all plays.",
        ),
        may("allow", ALLOW, "Checks that are set aside here, each with the reason."),
        may("note", Kind::Text, "For yourself; never published."),
    ],
    some_of: &[],
    one_of: &[],
};

const ALLOW: Kind = Kind::Map("^[a-z0-9-]+$", &Kind::Text);

static CUSTOMER: Object = Object {
    name: "customer",
    says: "Whom the trainee talks to.",
    fields: &[
        need("name", Kind::Text, "As the conversation shows it."),
        need(
            "goodwill",
            POINTS,
            "Before the first choice: under 20 furious, under 40 angry, under 60 frustrated, under 80 settled, else won back.",
        ),
        may("about", Kind::Text, "What the trainee may know beforehand."),
        may("pronoun", Kind::Word(|| PRONOUNS.to_vec()), "How sentences about them are written."),
        may("portrait", Kind::Object(&PICTURE), "What they look like."),
    ],
    some_of: &[],
    one_of: &[],
};

static DECISION: Object = Object {
    name: "decision",
    says: "A moment at which the trainee chooses.",
    fields: &[
        may("scene", Kind::Text, "What is seen and heard, in Markdown."),
        may("says", Kind::Text, "What the customer says, in Markdown."),
        may(
            "mood",
            Kind::Word(|| words(MOODS)),
            "How the customer looks and sounds. By default it follows goodwill.",
        ),
        may("media", Kind::Object(&PICTURE), "A picture of the moment."),
        need("tests", Kind::List(&Kind::Text, 1, 2), "The one or two skills that are rated here."),
        may("facet", Kind::Word(|| FACETS.to_vec()), "Which side of acting it is about."),
        may("free_order", Kind::Text, "Why the order of skills does not matter here."),
        may("hint", Kind::Text, "Help, in practice."),
        need(
            "choices",
            Kind::List(&Kind::Object(&CHOICE), 2, 5),
            "What the trainee may say or do: two to five choices, at least one of them rated 3.",
        ),
        may("allow", ALLOW, "Checks that are set aside here, each with the reason."),
        may("note", Kind::Text, "For yourself; never published."),
    ],
    some_of: &[&["scene", "says"]],
    one_of: &[],
};

static CHOICE: Object = Object {
    name: "choice",
    says: "Words or an act that the trainee may choose.",
    fields: &[
        may("id", Kind::Id, "Its name within the decision. By default a, b, c by place."),
        may("was", IDS, "Names that it had before, so that old results still find it."),
        may("say", Kind::Text, "The words; or else write `do`."),
        may("do", Kind::Text, "The act; or else write `say`."),
        may(
            "short",
            Kind::Text,
            "What was done, in the past tense, at most nine words: \"promised a van before asking\".",
        ),
        need(
            "rate",
            Kind::Any(&[Kind::Number(0, 3), Kind::Map("^[a-z0-9_-]+$", &Kind::Number(0, 3))]),
            "0 to 3 on the tested skill; where two are tested, one rating each: { listen: 1, act: 3 }.",
        ),
        may("slips", Kind::List(&Kind::Text, 0, 16), "Named harms, as in the model."),
        may(
            "cap",
            Kind::Word(|| words(CAPS)),
            "A ceiling on the final score, for conduct that no good remedy averages out.",
        ),
        may("move", Kind::Word(|| ACTS.to_vec()), "What kind of act it is."),
        may("trap", Kind::Word(|| TRAPS.to_vec()), "Why a weak choice tempts."),
        may("goodwill", Kind::Number(-100, 100), "Replaces the whole change of goodwill."),
        may("boundary", Kind::Bool, "It sets a limit to somebody who is abusive."),
        may("hard_truth", Kind::Bool, "Goodwill may fall although the choice is strong."),
        may("short_term", Kind::Bool, "Goodwill may rise although the choice is weak."),
        may("sets", Kind::List(&Kind::Pattern(ID), 0, 0), "Flags that it sets, for later conditions."),
        may("clears", Kind::List(&Kind::Pattern(ID), 0, 0), "Flags that it clears, after setting."),
        may(
            "when",
            GATE,
            "When it can be chosen: a flag, `not FLAG`, `goodwill < 40`, or { all: [..] }, { any: [..] }, { not: .. }.",
        ),
        may("closed", Kind::Text, "Why it cannot be chosen, shown while the condition does not hold."),
        need("reply", Kind::Text, "What happens then, in the story."),
        need("why", Kind::Text, "The coaching: what it does to the customer, and why."),
        need(
            "then",
            Kind::Any(&[Kind::Text, Kind::Ways(&Kind::Object(&WAY), &Kind::Text)]),
            "The next node; or [{ when: CONDITION, to: NODE }, NODE], the last without a condition.",
        ),
        may("allow", ALLOW, "Checks that are set aside here, each with the reason."),
    ],
    some_of: &[],
    one_of: &[&["say", "do"]],
};

static WAY: Object = Object {
    name: "way",
    says: "A way on under a condition.",
    fields: &[
        need("when", GATE, "Sees the state after the choice. The first that holds is taken."),
        need("to", Kind::Text, "The next node."),
    ],
    some_of: &[],
    one_of: &[],
};

/// A flag, a comparison, or a combination of conditions.
const GATE: Kind = Kind::Any(&[
    Kind::Pattern("^\\s*(not +)*(goodwill *(<|<=|>|>=|=) *[0-9]{1,3}|[a-z0-9-]+)\\s*$"),
    Kind::Within(|| &GATES),
]);

static GATES: Object = Object {
    name: "condition",
    says: "Conditions combined.",
    fields: &[
        may("all", Kind::List(&GATE, 1, 0), "All of them hold."),
        may("any", Kind::List(&GATE, 1, 0), "At least one holds."),
        may("not", GATE, "It does not hold."),
    ],
    some_of: &[],
    one_of: &[&["all", "any", "not"]],
};

static ENDING: Object = Object {
    name: "ending",
    says: "An end of the conversation.",
    fields: &[
        need("ending", Kind::Word(|| words(EndingKind::NAMES)), "How it feels."),
        need("title", Kind::Text, "A heading."),
        need("text", Kind::Text, "How it went on, in Markdown."),
        may("media", Kind::Object(&PICTURE), "A picture."),
    ],
    some_of: &[],
    one_of: &[],
};

static EXPECT: Object = Object {
    name: "expectation",
    says: "One play and its result, or a statement about all plays.",
    fields: &[
        may("path", IDS, "One choice id for each decision met, from the start."),
        may("score", POINTS, "The rounded final score of that play."),
        may("band", Kind::Text, "Its band."),
        may("ending", Kind::Text, "The ending that it comes to."),
        may("pass", Kind::Bool, "Whether it passes."),
        may("mastery", Kind::Bool, "Whether it is mastery."),
        may("skills", Kind::Map("^[a-z0-9_-]+$", &POINTS), "The rounded score of single skills."),
        may("never", Kind::Object(&STATEMENT), "Holds in no play."),
        may("share", Kind::Object(&SHARE), "Holds of random play."),
        may("always", Kind::Object(&STATEMENT), "Holds in every play that takes the choice."),
    ],
    some_of: &[],
    one_of: &[&["path", "never", "always", "share"]],
};

static SHARE: Object = Object {
    name: "share",
    says: "How much of random play comes to a band.",
    fields: &[
        need("band", Kind::Text, "The name of the band."),
        may("at_least", POINTS, "In percent."),
        may("at_most", POINTS, "In percent."),
    ],
    some_of: &[&["at_least", "at_most"]],
    one_of: &[],
};

static STATEMENT: Object = Object {
    name: "statement",
    says: "That a choice is taken before a skill is opened or a node is met.",
    fields: &[need("choice", Kind::Text, "NODE/CHOICE"), need("before", Kind::Text, "A skill, or a node.")],
    some_of: &[],
    one_of: &[],
};
