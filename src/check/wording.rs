//! Single words that do not belong: placeholders, swearing, short forms, jargon, real companies, mixed spelling.
//!
//! Of names this family knows companies and a few people; a cast is looked at over the whole `library`.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::check::findings::Findings;
use crate::check::subject::{Kind, Piece, Subject};
use crate::check::text::about;
use crate::diag::{Code, Diagnostic};
use crate::measure::english::is_function_word;
use crate::parse::scenario::RawCustomer;
use crate::source::Span;

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let texts = subject.texts();
    for piece in &texts {
        placeholders(subject, piece, findings);
        names(subject, piece, findings);
        if subject.english {
            profanity(subject, piece, findings);
            jargon(subject, piece, findings);
        }
    }
    abbreviations(subject, &texts, findings);
    if subject.english {
        spelling(subject, &texts, findings);
        pronouns(subject, &texts, findings);
    }
}

fn is_placeholder(word: &str) -> bool {
    matches!(word, "TODO" | "FIXME" | "TBD" | "XXX" | "xxx") || word.eq_ignore_ascii_case("lorem")
}

fn placeholders(subject: &Subject<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    if let Some(word) = piece.plain.words().find(|word| is_placeholder(word)) {
        let span = subject.locate(piece.span, word);
        let told = Diagnostic::lint(
            Code::Placeholder,
            span,
            format!("`{word}` stands for a text that is not written yet"),
        );
        about(subject, piece, told.hint("write it"), findings);
    }
}

const SWEARING: &[&str] = &[
    "fuck", "shit", "asshole", "arsehole", "bastard", "bitch", "piss", "bollocks", "wanker", "bullshit",
    "moron", "idiot",
];

fn profanity(subject: &Subject<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    if piece.kind != Kind::Choice {
        return;
    }
    let (Some(moment), Some(choice)) = (piece.moment, piece.choice) else { return };
    let line = &subject.moments[moment].choices[choice];
    let swears = |word: &str| {
        SWEARING.iter().any(|bad| {
            word.strip_prefix(bad).is_some_and(|rest| ["", "s", "ed", "ing", "er", "ty"].contains(&rest))
        })
    };
    let Some(at) = piece.plain.folded().position(swears) else { return };
    if line.rules.cap.is_none() {
        let word = piece.plain.words().nth(at).unwrap_or_default();
        let told = Diagnostic::lint(
            Code::Profanity,
            subject.locate(piece.span, word),
            format!("the trainee says `{word}`, and nothing caps the score"),
        );
        about(
            subject,
            piece,
            told.hint("add `cap: serious` or `cap: critical` to the choice, or take the word out"),
            findings,
        );
    }
}

/// In narration and coaching only: a weak choice may sound like an office.
fn jargon(subject: &Subject<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    const WORDS: &[&str] = &[
        "leverage",
        "leveraging",
        "touchpoint",
        "touchpoints",
        "stakeholder",
        "stakeholders",
        "synergy",
        "synergies",
        "learnings",
        "actionable",
        "utilize",
        "utilise",
        "operationalize",
        "deliverables",
        "proactively",
        "ideate",
        "omnichannel",
    ];
    const PHRASES: &[&str] = &[
        "going forward",
        "circle back",
        "deep dive",
        "touch base",
        "best in class",
        "value add",
        "low hanging fruit",
    ];
    // What each of them begins with: most texts have none.
    static FIRST: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| WORDS.iter().chain(PHRASES).filter_map(|words| words.split(' ').next()).collect());
    if piece.kind != Kind::Why || !piece.plain.folded().any(|word| FIRST.contains(word)) {
        return;
    }
    let text = piece.plain.spaced();
    let hit = WORDS.iter().chain(PHRASES).find(|word| text.contains(&format!(" {word} ")));
    if let Some(word) = hit {
        let told = Diagnostic::lint(
            Code::Jargon,
            subject.locate(piece.span, word),
            format!("`{word}` is a word of the trade"),
        );
        about(subject, piece, told.hint("say it as you would to a friend"), findings);
    }
}

/// As they are written, so that a rain forest and a target are none.
const COMPANIES: &[&str] = &[
    "Adidas",
    "Airbnb",
    "Alibaba",
    "AliExpress",
    "Amazon",
    "Android",
    "Carrefour",
    "Comcast",
    "Costco",
    "Deliveroo",
    "DHL",
    "DoorDash",
    "EasyJet",
    "eBay",
    "Etsy",
    "Expedia",
    "Facebook",
    "FedEx",
    "Google",
    "Grubhub",
    "Hilton",
    "IKEA",
    "Ikea",
    "Instagram",
    "iPhone",
    "KLM",
    "LinkedIn",
    "Lufthansa",
    "Lyft",
    "Marriott",
    "Mastercard",
    "McDonald's",
    "Microsoft",
    "Netflix",
    "Nike",
    "PayPal",
    "Reddit",
    "Ryanair",
    "Samsung",
    "Sony",
    "Spotify",
    "Starbucks",
    "Tesco",
    "Tesla",
    "TikTok",
    "Uber",
    "UPS",
    "USPS",
    "Verizon",
    "Vodafone",
    "Walmart",
    "WhatsApp",
    "YouTube",
    "Zalando",
    "Zappos",
];

/// People whom everybody knows. Whether any other name is somebody's, no list can say.
const PEOPLE: &[&str] = &[
    "Barack Obama",
    "Bill Gates",
    "Donald Trump",
    "Elon Musk",
    "Greta Thunberg",
    "Jeff Bezos",
    "Joe Biden",
    "Kim Kardashian",
    "Mark Zuckerberg",
    "Oprah Winfrey",
    "Steve Jobs",
    "Taylor Swift",
    "Tim Cook",
    "Warren Buffett",
];

fn names(subject: &Subject<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    static ALL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| COMPANIES.iter().copied().collect());
    static LAST: LazyLock<Vec<&str>> = LazyLock::new(|| {
        PEOPLE.iter().filter_map(|name| name.rsplit_once(' ')).map(|(_, last)| last).collect()
    });
    let hit = piece.plain.words().find(|word| {
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
        ALL.contains(bare) || ALL.contains(word)
    });
    if let Some(word) = hit {
        let told = Diagnostic::lint(
            Code::RealName,
            subject.locate(piece.span, word),
            format!("`{word}` is a real company"),
        );
        about(
            subject,
            piece,
            told.hint("invent a name, or say what it does: the carrier, the video site"),
            findings,
        );
    }
    // What stands behind a space begins a word.
    let known = |word: &str| LAST.iter().any(|last| word.starts_with(last));
    let capitals = |word: &&str| word.starts_with(|sign: char| sign.is_ascii_uppercase());
    let may = piece.plain.words().filter(capitals).any(known);
    if let Some(name) = PEOPLE.iter().find(|name| may && piece.plain.text.contains(*name)) {
        let told = Diagnostic::lint(
            Code::RealName,
            subject.locate(piece.span, name),
            format!("`{name}` is a real person"),
        );
        about(subject, piece, told.hint("invent somebody"), findings);
    }
}

/// Short forms that everybody reads without thinking.
const KNOWN: &[&str] = &[
    "OK", "TV", "ID", "PDF", "AM", "PM", "US", "UK", "EU", "UN", "ATM", "GPS", "SMS", "USB", "PIN", "VIP",
    "DIY", "FAQ", "CEO", "CV", "CD", "DVD", "PC", "IT", "SIM", "AC", "DJ", "QR", "WIFI", "NO", "RSVP", "PS",
    "BBC", "USA", "DNA", "MRI", "HIV", "LED", "URL", "II", "III", "IV", "AI", "DM",
];

fn abbreviations(subject: &Subject<'_>, texts: &[Piece<'_>], findings: &mut Findings) {
    let whole =
        LazyCell::new(|| texts.iter().map(|piece| piece.plain.text.as_str()).collect::<Vec<_>>().join("\n"));
    let is = |word: &str| {
        word.chars().all(|c| c.is_alphabetic() && c.is_uppercase())
            && (2..=5).contains(&word.chars().count())
            && !KNOWN.contains(&word)
            && !is_placeholder(word)
            // "HE CAN WAIT" is loud, not short.
            && !is_function_word(&word.to_lowercase())
            // "service level agreement (SLA)" explains it, wherever it stands; so does "SLA (service level ...)".
            && !whole.contains(&format!("({word})"))
            && !whole.contains(&format!("{word} ("))
    };
    let mut told_of = BTreeSet::new();
    for piece in texts {
        // A text in capitals is loud, not short.
        let words = piece.plain.words();
        let loud = words.clone().zip(words.clone().skip(1)).any(|(word, next)| is(word) && is(next));
        for word in words.filter(|word| !loud && is(word)) {
            if told_of.insert(word) {
                let told = Diagnostic::lint(
                    Code::Abbreviation,
                    subject.locate(piece.span, word),
                    format!("nothing explains `{word}`"),
                );
                let hint = format!(
                    "write it out the first time, with the short form behind it: `(... {word})`, or only in full"
                );
                about(subject, piece, told.hint(hint.replace("(... ", "... (")), findings);
            }
        }
    }
}

/// American beginnings and British ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("apologiz", "apologis"),
    ("recogniz", "recognis"),
    ("organiz", "organis"),
    ("realiz", "realis"),
    ("prioritiz", "prioritis"),
    ("minimiz", "minimis"),
    ("empathiz", "empathis"),
    ("color", "colour"),
    ("favor", "favour"),
    ("neighbor", "neighbour"),
    ("behavior", "behaviour"),
    ("honor", "honour"),
    ("labor", "labour"),
    ("center", "centre"),
    ("theater", "theatre"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("traveler", "traveller"),
    ("gray", "grey"),
    ("catalog", "catalogue"),
    ("jewelry", "jewellery"),
    ("analyz", "analys"),
    ("defense", "defence"),
    ("judgment", "judgement"),
    ("check-out", "checkout"),
];

/// Those that begin with a letter of the alphabet: both of a pair begin with the same.
fn spellings(letter: u8) -> &'static [usize] {
    static BY_LETTER: LazyLock<[Vec<usize>; 26]> = LazyLock::new(|| {
        std::array::from_fn(|letter| {
            let begins = |at: &usize| SPELLINGS[*at].0.as_bytes()[0] == b'a' + letter as u8;
            (0..SPELLINGS.len()).filter(begins).collect()
        })
    });
    BY_LETTER.get(usize::from(letter.wrapping_sub(b'a'))).map_or(&[], Vec::as_slice)
}

fn spelling(subject: &Subject<'_>, texts: &[Piece<'_>], findings: &mut Findings) {
    let mut seen: BTreeMap<usize, [Option<(usize, Span)>; 2]> = BTreeMap::new();
    for (at, piece) in texts.iter().enumerate() {
        for (word, typed) in piece.plain.folded().zip(piece.plain.words()) {
            let pairs = || spellings(word.bytes().next().unwrap_or_default()).iter().copied();
            // "catalogue" begins with "catalog", and "analyst" is spelled alike by all.
            let british = pairs().find(|&pair| {
                word.starts_with(SPELLINGS[pair].1) && !matches!(word, "analyst" | "analysts" | "analysis")
            });
            let american = pairs().find(|&pair| word.starts_with(SPELLINGS[pair].0));
            let (pair, side) = match (british, american) {
                (Some(pair), _) => (pair, 1),
                (None, Some(pair)) => (pair, 0),
                (None, None) => continue,
            };
            seen.entry(pair).or_default()[side].get_or_insert((at, subject.locate(piece.span, typed)));
        }
    }
    for (pair, sides) in seen {
        let [Some((_, first)), Some((at, span))] = sides else { continue };
        let (american, british) = SPELLINGS[pair];
        let message = format!("`{british}...` here, and `{american}...` elsewhere");
        let told = Diagnostic::lint(Code::MixedSpelling, span, message).label(first, "the other spelling");
        about(subject, &texts[at], told.hint("keep to one of the two"), findings);
    }
}

/// Words that guess at two when `they` would say it.
const PAIRS: &[&str] = &["he or she", "she or he", "his or her", "her or his", "him or her", "her or him"];

const SLASHED: &[&str] = &["he/she", "she/he", "s/he", "his/her", "her/his", "him/her", "(s)he"];

fn pronouns(subject: &Subject<'_>, texts: &[Piece<'_>], findings: &mut Findings) {
    for piece in texts {
        let (or, slash) =
            (piece.plain.folded().any(|word| word == "or"), piece.plain.text.contains(['/', '(']));
        if !or && !slash {
            continue;
        }
        let text = piece.plain.text.to_lowercase();
        let pairs = PAIRS.iter().filter(|_| or);
        let slashed = SLASHED.iter().filter(|_| slash);
        if let Some(pair) = pairs.chain(slashed).find(|pair| has_words(&text, pair)) {
            let span = subject.locate(piece.span, pair);
            let told = Diagnostic::lint(
                Code::PronounAssumed,
                span,
                format!("`{pair}` leaves out some, and stumbles"),
            );
            about(
                subject,
                piece,
                told.hint("write `they`, `them` or `their`, or say whom you mean"),
                findings,
            );
        }
    }
    let Some(customer) = &subject.story.customer else { return };
    let Some(pronoun) = &customer.pronoun else {
        // A drill is too short to need one.
        if subject.scenario.is_some() {
            unsaid(subject, customer, texts, findings);
        }
        return;
    };
    let forms: [(&str, &[&str]); 3] = [
        ("she", &["she", "her", "hers"]),
        ("he", &["he", "him", "his"]),
        ("they", &["they", "them", "their"]),
    ];
    let count = |own: &[&str]| used(texts, own);
    let own = forms.iter().find(|(name, _)| *name == pronoun.value).map_or(0, |(_, own)| count(own));
    // "They" is said of many; only she and he can be meant for one.
    for (name, others) in forms.iter().filter(|(name, _)| *name != pronoun.value && *name != "they") {
        let used = count(others);
        if used >= 3 && 3 * own < used {
            let message =
                format!("the pronoun is `{}`, and the text says `{name}` {used} times", pronoun.value);
            let told = Diagnostic::lint(Code::PronounAssumed, pronoun.span, message);
            findings.story(told.hint(format!("write `pronoun: {name}`, or mend the text")));
        }
    }
}

/// How often a story says one of these words; choices are the trainee's.
fn used(texts: &[Piece<'_>], own: &[&str]) -> usize {
    let words =
        texts.iter().filter(|piece| piece.kind != Kind::Choice).flat_map(|piece| piece.plain.folded());
    words.filter(|word| own.contains(word)).count()
}

/// A customer of whom the text says "she" or "he", and the scenario nothing.
fn unsaid(subject: &Subject<'_>, customer: &RawCustomer, texts: &[Piece<'_>], findings: &mut Findings) {
    let (she, he) = (used(texts, &["she", "her", "hers"]), used(texts, &["he", "him", "his"]));
    let (name, count) = if she >= he { ("she", she) } else { ("he", he) };
    // A few may be meant for somebody else, and so may many if both are said.
    if count >= 5 && count > 3 * she.min(he) {
        let span = customer.name.as_ref().map_or(subject.span(), |name| name.span);
        let message = format!("the text says `{name}` {count} times, and the customer has no `pronoun`");
        let told = Diagnostic::lint(Code::PronounAssumed, span, message);
        findings.story(
            told.hint(format!("write `pronoun: {name}` under `customer` if it is theirs, or write `they`")),
        );
    }
}

/// Whether a text has these words, and not as a part of longer ones.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|sign| !sign.is_alphanumeric());
        let after = text[at + words.len()..].chars().next().is_none_or(|sign| !sign.is_alphanumeric());
        before && after
    })
}
