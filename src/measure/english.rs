//! What applies only to English: function words, abbreviations before a full stop, syllables, and the reading grade.
//!
//! The grade is the Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom: *Derivation of new
//! readability formulas for Navy enlisted personnel*, Research Branch Report 8-75, 1975):
//! 0.39 words/sentence + 11.8 syllables/word - 15.59. It was fitted to English, so no other language gets one.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::measure::Plain;

/// Words that hold a sentence together and say nothing about its subject.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "but", "by", "can", "could", "did", "do", "does", "for", "from", "get", "go", "had", "has",
    "have", "he", "her", "here", "hers", "him", "his", "how", "i", "i'll", "i'm", "if", "in", "into", "is",
    "it", "it's", "its", "let", "me", "more", "my", "no", "not", "now", "of", "off", "on", "one", "or",
    "our", "out", "over", "she", "so", "some", "than", "that", "that's", "the", "their", "them", "then",
    "there", "these", "they", "this", "to", "too", "up", "us", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "would", "you", "you're", "your",
];

/// Whether a word, in lower case, only holds a sentence together.
pub fn is_function_word(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| FUNCTION_WORDS.iter().copied().collect());
    WORDS.contains(word)
}

const TITLES: &[&str] = &["mr", "mrs", "ms", "mx", "dr", "prof", "st", "no", "dept"];

/// Whether the full stop at the end of this text belongs to a title or an initial, so that the sentence continues. Unicode's
/// rule ends the sentence at both.
pub(super) fn is_open_ended(piece: &str) -> bool {
    let Some(rest) = piece.trim_end().strip_suffix('.') else { return false };
    let last = rest.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    let is_initial = last.chars().count() == 1 && last.chars().all(|c| c.is_uppercase() && c != 'I');
    // "No." alone is an answer; after other words it may be a number.
    let is_only_word = rest.trim_start_matches(|c: char| !c.is_alphanumeric()) == last;
    is_initial
        || (!is_only_word || last != "No")
            && TITLES.contains(&last.to_lowercase().as_str())
            && last.starts_with(char::is_uppercase)
}

/// How many syllables a word has, by its groups of vowels; numbers count by their digits. An estimate: the exceptions of
/// English spelling even out over a scenario.
pub fn syllables(word: &str) -> usize {
    let is_vowel = |letter: char| "aeiouyáàâäãåéèêëíìîïóòôöõúùûüæœ".contains(letter);
    let letters: Vec<char> = word.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    if letters.iter().all(|letter| letter.is_numeric()) {
        return letters.len().clamp(1, 4);
    }
    let begins = |at: &usize| is_vowel(letters[*at]) && (*at == 0 || !is_vowel(letters[at - 1]));
    let groups = (0..letters.len()).filter(begins).count();
    // Whether the last vowel is silent: it is in "made", but not in "wanted", "table" or "sizes".
    let silent = match letters.as_slice() {
        [.., before, 'l', 'e'] => is_vowel(*before),
        [.., 'e' | 'i', 'e'] => false,
        [.., 'e'] => true,
        [.., before, 'e', 'd'] => !matches!(before, 't' | 'd'),
        [.., 'c' | 's', 'h', 'e', 's'] => false,
        [.., before, 'e', 's'] => !matches!(before, 's' | 'z' | 'x' | 'c' | 'g' | 'l'),
        _ => false,
    };
    groups.saturating_sub(usize::from(silent && groups > 1)).max(1)
}

/// The Flesch-Kincaid grade of some texts together; `None` if they have fewer than `least` words, which are too few for it
/// to mean anything.
pub fn grade<'a>(texts: impl Iterator<Item = &'a Plain> + Clone, least: usize) -> Option<f64> {
    let words: usize = texts.clone().map(Plain::len).sum();
    if words < least.max(1) {
        return None;
    }
    let sentences: usize = texts.clone().map(|text| text.sentences.len()).sum();
    if sentences == 0 {
        return None;
    }
    let syllables: usize = texts.map(|text| text.syllables).sum();
    Some(0.39 * words as f64 / sentences as f64 + 11.8 * syllables as f64 / words as f64 - 15.59)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_syllables() {
        let known = [
            ("late", 1),
            ("table", 2),
            ("wanted", 2),
            ("asked", 1),
            ("customer", 3),
            ("apologize", 4),
            ("sizes", 2),
            ("the", 1),
            ("see", 1),
            ("whole", 1),
            ("houses", 2),
            ("you", 1),
            ("responsibility", 6),
            ("café", 2),
        ];
        for (word, count) in known {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn grades_as_the_formula_does() {
        // 12 words, 2 sentences, 12 syllables: 0.39 * 6 + 11.8 - 15.59.
        let text = Plain::of("The van is late now. You have to wait for the bed.");
        assert_eq!((text.len(), text.sentences.len()), (12, 2));
        assert!((grade([&text].into_iter(), 1).unwrap() - (0.39 * 6.0 + 11.8 - 15.59)).abs() < 1e-9);
        assert_eq!(grade([&text].into_iter(), 13), None);
    }
}
