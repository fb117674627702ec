//! Single words that do not belong: placeholders, swearing, jargon, real companies and people, unexplained abbreviations,
//! mixed spelling.
//!
//! This family knows companies and a few people by name; customers' names are checked over the whole `library`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::check::findings::Findings;
use crate::check::pronouns;
use crate::check::subject::{Speaker, StoryText, Subject};
use crate::diag::Code;
use crate::measure::english::is_function_word;
use crate::source::Span;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let texts = subject.texts();
    for piece in &texts {
        placeholders(subject, piece, findings);
        merge_fields(subject, piece, findings);
        names(subject, piece, findings);
        if subject.english {
            profanity(subject, piece, findings);
            jargon(subject, piece, findings);
        }
    }
    abbreviations(subject, &texts, findings);
    if subject.english {
        spelling(subject, &texts, findings);
        pronouns::check(subject, &texts, findings);
    }
}

fn is_placeholder(word: &str) -> bool {
    matches!(word, "TODO" | "FIXME" | "TBD" | "XXX" | "xxx") || word.eq_ignore_ascii_case("lorem")
}

fn placeholders(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    if let Some(word) = piece.plain.words().find(|word| is_placeholder(word)) {
        findings
            .text(piece, Code::Placeholder, format!("`{word}` is a placeholder"))
            .at(subject.locate(piece.span, word))
            .hint("write the text");
    }
}

/// Finds `{name}`, `{{ name }}` and `{flag: one|other}`, as in mail merges and other story formats.
fn merge_fields(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    let source = subject.sources.text(piece.span.file);
    let typed = source.get(piece.span.start as usize..piece.span.end as usize).unwrap_or_default();
    let field = typed.match_indices('{').find_map(|(at, _)| {
        let braces = if typed[at..].starts_with("{{") { "}}" } else { "}" };
        let inner = &typed[at..at + typed[at..].find(['\n', '\r']).unwrap_or(typed.len() - at)];
        let field = &inner[..inner.find(braces)? + braces.len()];
        field.contains(char::is_alphabetic).then_some((at, field))
    });
    if let Some((at, field)) = field {
        let start = piece.span.start as usize + at;
        findings
            .text(piece, Code::MergeField, format!("`{field}` is published as it is"))
            .at(Span::new(piece.span.file, start, start + field.len()))
            .hint("write the words that trainees should read");
    }
}

const SWEARING: &[&str] = &[
    "fuck", "shit", "asshole", "arsehole", "bastard", "bitch", "piss", "bollocks", "wanker", "bullshit",
    "moron", "idiot",
];

fn profanity(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    let Some(line) = piece.line.filter(|_| piece.speaker == Speaker::Trainee) else { return };
    let swears = |word: &str| {
        SWEARING.iter().any(|bad| {
            word.strip_prefix(bad).is_some_and(|rest| ["", "s", "ed", "ing", "er", "ty"].contains(&rest))
        })
    };
    let Some(at) = piece.plain.folded().position(swears).filter(|_| line.rules.cap.is_none()) else { return };
    let word = piece.plain.words().nth(at).unwrap_or_default();
    findings
        .text(piece, Code::Profanity, format!("the trainee says `{word}`, but nothing caps the score"))
        .at(subject.locate(piece.span, word))
        .hint("add `cap: serious` or `cap: critical` to the choice, or remove the word");
}

const JARGON: &str = "leverage, leveraging, touchpoint, touchpoints, stakeholder, stakeholders, synergy, synergies, learnings, \
    actionable, utilize, utilise, operationalize, deliverables, proactively, ideate, omnichannel, going forward, \
    circle back, deep dive, touch base, best in class, value add, low hanging fruit";

/// Finds jargon in coaching only: a weak choice may sound like an office.
fn jargon(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    if piece.speaker != Speaker::Coach {
        return;
    }
    let text = piece.plain.spaced();
    if let Some(words) = JARGON.split(", ").find(|words| text.contains(&format!(" {words} "))) {
        findings
            .text(piece, Code::Jargon, format!("`{words}` is jargon"))
            .at(subject.locate(piece.span, words))
            .hint("say it as you would to a friend");
    }
}

/// Compared with their capitals, so that a rain forest and a target are not companies.
static COMPANIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "\
Adidas Airbnb Alibaba AliExpress Amazon Android Carrefour Comcast Costco Deliveroo DHL DoorDash EasyJet eBay Etsy \
Expedia Facebook FedEx Google Grubhub Hilton IKEA Ikea Instagram iPhone KLM LinkedIn Lufthansa Lyft Marriott \
Mastercard McDonald's Microsoft Netflix Nike PayPal Reddit Ryanair Samsung Sony Spotify Starbucks Tesco Tesla TikTok \
Uber UPS USPS Verizon Vodafone Walmart WhatsApp YouTube Zalando Zappos"
    .split(' ')
    .collect()
});

/// People whom everybody knows. No list can say whether any other name is a real person's.
const PEOPLE: &str = "Barack Obama, Bill Gates, Donald Trump, Elon Musk, Greta Thunberg, Jeff Bezos, Joe Biden, Kim Kardashian, Mark \
    Zuckerberg, Oprah Winfrey, Steve Jobs, Taylor Swift, Tim Cook, Warren Buffett";

fn names(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    let is_company = |word: &&str| {
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
        COMPANIES.contains(bare) || COMPANIES.contains(word)
    };
    if let Some(word) = piece.plain.words().find(is_company) {
        findings
            .text(piece, Code::RealName, format!("`{word}` is a real company"))
            .at(subject.locate(piece.span, word))
            .hint("invent a name, or say what it does: the carrier, the video site");
    }
    if let Some(name) = PEOPLE.split(", ").find(|name| piece.plain.text.contains(name)) {
        findings
            .text(piece, Code::RealName, format!("`{name}` is a real person"))
            .at(subject.locate(piece.span, name))
            .hint("invent somebody");
    }
}

/// Abbreviations that everybody knows.
const KNOWN: &[&str] = &[
    "OK", "TV", "ID", "PDF", "AM", "PM", "US", "UK", "EU", "UN", "ATM", "GPS", "SMS", "USB", "PIN", "VIP",
    "DIY", "FAQ", "CEO", "CV", "CD", "DVD", "PC", "IT", "SIM", "AC", "DJ", "QR", "WIFI", "NO", "RSVP", "PS",
    "BBC", "USA", "DNA", "MRI", "HIV", "LED", "URL", "II", "III", "IV", "AI", "DM", "GP", "HR", "API", "KB",
    "MB", "GB", "TB", "ETA", "QA", "GMT", "UTC", "CET", "EST", "PST", "CSV", "NHS", "UPS", "PR", "CCTV",
    "MP", "BBQ",
];

fn abbreviations(subject: &Subject<'_>, texts: &[StoryText<'_>], findings: &mut Findings) {
    // "service level agreement (SLA)" explains it, wherever it stands; so does "SLA (service level ...)".
    let is_explained = |word: &str| {
        let (inside, before) = (format!("({word})"), format!("{word} ("));
        texts.iter().any(|piece| piece.plain.text.contains(&inside) || piece.plain.text.contains(&before))
    };
    // A word that the story also writes in lowercase is shouted where it is in capitals.
    let is_loud = |word: &str| {
        let small = word.to_lowercase();
        texts
            .iter()
            .any(|piece| piece.plain.set.contains(&small) && piece.plain.words().any(|other| other == small))
    };
    let is_unknown = |word: &str| {
        (2..=5).contains(&word.chars().count())
            && word.chars().all(|c| c.is_alphabetic() && c.is_uppercase())
            && !KNOWN.contains(&word)
            && !is_placeholder(word)
            // "HE CAN WAIT" is shouted, not abbreviated.
            && !is_function_word(&word.to_lowercase())
            && !is_explained(word)
            && !is_loud(word)
    };
    let mut seen = BTreeSet::new();
    for piece in texts {
        let words: Vec<&str> = piece.plain.words().collect();
        // A text in capitals is shouted, not abbreviated.
        let loud = words.windows(2).any(|pair| is_unknown(pair[0]) && is_unknown(pair[1]));
        for word in words.into_iter().filter(|word| !loud && is_unknown(word)) {
            if seen.insert(word) {
                findings
                    .text(piece, Code::Abbreviation, format!("nothing explains `{word}`"))
                    .at(subject.locate(piece.span, word))
                    .hint(format!(
                        "spell it out the first time, followed by the short form: `... ({word})`, or always in full"
                    ));
            }
        }
    }
}

/// Beginnings of words, American and British.
static SPELLINGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    "apologiz/apologis, recogniz/recognis, organiz/organis, realiz/realis, prioritiz/prioritis, minimiz/minimis, \
     empathiz/empathis, color/colour, favor/favour, neighbor/neighbour, behavior/behaviour, honor/honour, \
     labor/labour, center/centre, theater/theatre, canceled/cancelled, canceling/cancelling, traveler/traveller, \
     gray/grey, catalog/catalogue, jewelry/jewellery, analyz/analys, defense/defence, judgment/judgement, \
     check-out/checkout"
        .split(", ")
        .filter_map(|pair| pair.split_once('/'))
        .collect()
});

fn spelling(subject: &Subject<'_>, texts: &[StoryText<'_>], findings: &mut Findings) {
    let first = |is: &dyn Fn(&str) -> bool| {
        texts.iter().find_map(|piece| {
            let at = piece.plain.folded().position(is)?;
            Some((piece, subject.locate(piece.span, piece.plain.words().nth(at)?)))
        })
    };
    for (american, british) in SPELLINGS.iter() {
        // "analyst" is the same in both spellings, and "catalogue" begins with "catalog".
        let alike = |word: &str| matches!(word, "analyst" | "analysts" | "analysis");
        let is_british = |word: &str| word.starts_with(british) && !alike(word);
        let is_american = |word: &str| word.starts_with(american) && !word.starts_with(british);
        if let (Some((_, other)), Some((piece, span))) = (first(&is_american), first(&is_british)) {
            findings
                .text(
                    piece,
                    Code::MixedSpelling,
                    format!("`{british}...` here, but `{american}...` elsewhere"),
                )
                .at(span)
                .label(other, "the other spelling")
                .hint("use one of the two");
        }
    }
}
