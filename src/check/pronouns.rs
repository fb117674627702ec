//! English pronouns: the customer's, and pairs such as "he or she" that `they` replaces.

use crate::check::findings::Findings;
use crate::check::subject::{Speaker, StoryText, Subject};
use crate::diag::Code;
use crate::parse::scenario::RawCustomer;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, texts: &[StoryText<'_>], findings: &mut Findings) {
    for piece in texts {
        pairs(subject, piece, findings);
    }
    if let Some(customer) = &subject.story.customer {
        match &customer.pronoun {
            Some(pronoun) => {
                for name in ["she", "he"].into_iter().filter(|name| *name != pronoun.value) {
                    let (own, other) = (count(texts, forms(&pronoun.value)), count(texts, forms(name)));
                    if other >= 3 && 3 * own < other {
                        let message = format!(
                            "the pronoun is `{}`, and the text says `{name}` {other} times",
                            pronoun.value
                        );
                        findings
                            .story(subject, Code::PronounAssumed, message)
                            .at(pronoun.span)
                            .hint(format!("write `pronoun: {name}`, or fix the text"));
                    }
                }
            }
            // A drill is too short to need a pronoun.
            None if subject.scenario.is_some() => missing_pronoun(subject, customer, texts, findings),
            None => {}
        }
    }
}

/// Pairs that leave some people out and read badly.
const PAIRS: &str = "he or she, she or he, his or her, her or his, him or her, her or him, he/she, she/he, s/he, his/her, her/his, \
    him/her, (s)he";

fn pairs(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    let text = piece.plain.text.to_lowercase();
    if let Some(pair) = PAIRS.split(", ").find(|pair| has_words(&text, pair)) {
        findings
            .text(piece, Code::PronounAssumed, format!("`{pair}` leaves some people out, and reads badly"))
            .at(subject.locate(piece.span, pair))
            .hint("write `they`, `them` or `their`, or say who it is");
    }
}

fn forms(pronoun: &str) -> &'static [&'static str] {
    match pronoun {
        "she" => &["she", "her", "hers"],
        "he" => &["he", "him", "his"],
        "they" => &["they", "them", "their"],
        _ => &[],
    }
}

/// How often the story uses one of these words; choices, which the trainee speaks, do not count.
fn count(texts: &[StoryText<'_>], own: &[&str]) -> usize {
    let story = texts.iter().filter(|piece| piece.speaker != Speaker::Trainee);
    story.flat_map(|piece| piece.plain.folded()).filter(|word| own.contains(word)).count()
}

/// Reports a customer whom the text calls "she" or "he" although the scenario gives no pronoun.
fn missing_pronoun(
    subject: &Subject<'_>,
    customer: &RawCustomer,
    texts: &[StoryText<'_>],
    findings: &mut Findings,
) {
    let (she, he) = (count(texts, forms("she")), count(texts, forms("he")));
    let (name, count) = if she >= he { ("she", she) } else { ("he", he) };
    // A few may refer to somebody else, and so may many if the text uses both.
    if count >= 5 && count > 3 * she.min(he) {
        let message = format!("the text says `{name}` {count} times, but the customer has no `pronoun`");
        findings
            .story(subject, Code::PronounAssumed, message)
            .at(customer.name.as_ref().map_or(subject.span(), |name| name.span))
            .hint(format!("write `pronoun: {name}` under `customer` if it is theirs, or write `they`"));
    }
}

/// Whether a text has these words as whole words.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[at + words.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        before && after
    })
}
