//! Numbers in a language: the plural form for a number, and the digits.
//!
//! The browser asks `Intl` the same questions; both answer from the CLDR.

use std::fmt;

use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions, PluralRulesPreferences};

/// The forms of a word that depends on a number: the plural categories of the CLDR, and two more. `none` is for exactly 0,
/// if that needs other words ("no moment tried again"). `single` is for exactly 1: it keeps an English word right that
/// replaces a missing one, as the other language may have no form for 1, or the same form for 1 and 21.
pub const FORMS: [&str; 8] = ["none", "single", "zero", "one", "two", "few", "many", "other"];

/// The numbers of one language.
pub(super) struct Numbers {
    rules: PluralRules,
    decimals: DecimalFormatter,
    /// Whether small numbers look as Rust formats them.
    latin: bool,
}

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Numbers")
    }
}

impl Numbers {
    /// The numbers of a language (BCP 47), or of English if the tag is not valid.
    pub(super) fn of(language: &str) -> Self {
        let locale = Locale::try_from_str(language).unwrap_or(icu_locale_core::locale!("en"));
        let rules = PluralRulesPreferences::from(&locale);
        let decimals = DecimalFormatterPreferences::from(&locale);
        // The binary has data for every language, and a default for those without data.
        let numbers = Self {
            latin: false,
            rules: PluralRules::try_new(rules, PluralRulesOptions::default())
                .expect("the rules are built in"),
            decimals: DecimalFormatter::try_new(decimals, DecimalFormatterOptions::default())
                .expect("the digits are built in"),
        };
        Self { latin: numbers.digits() == "latn", ..numbers }
    }

    /// The name of the form for a count.
    pub(super) fn form(&self, count: i64) -> &'static str {
        name(self.rules.category_for(count.unsigned_abs()))
    }

    /// Every form that the language distinguishes.
    pub(super) fn forms(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rules.categories().map(name)
    }

    /// A number as people read it.
    pub(super) fn show(&self, number: i64) -> String {
        // A shortcut: nearly all numbers are small, and every page has some.
        if self.latin && (0..1_000).contains(&number) {
            return number.to_string();
        }
        self.decimals.format(&Decimal::from(number)).to_string()
    }

    /// The name of the digits in `Intl`; a browser with other CLDR data than this build might choose others.
    pub(super) fn digits(&self) -> &'static str {
        const SYSTEMS: [(&str, &str); 9] = [
            ("٠", "arab"),
            ("۰", "arabext"),
            ("०", "deva"),
            ("০", "beng"),
            ("၀", "mymr"),
            ("༠", "tibt"),
            ("᱐", "olck"),
            ("߀", "nkoo"),
            ("꯰", "mtei"),
        ];
        let zero = self.show(0);
        SYSTEMS.iter().find(|(sign, _)| *sign == zero).map_or("latn", |(_, name)| name)
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_has_the_form_of_its_language() {
        let forms = |language| [0, 1, 2, 3, 11, 100].map(|count| Numbers::of(language).form(count));
        assert_eq!(forms("en"), ["other", "one", "other", "other", "other", "other"]);
        assert_eq!(forms("de"), forms("en"));
        assert_eq!(forms("ar"), ["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(forms("pl"), ["many", "one", "few", "few", "many", "many"]);
        assert_eq!(forms("no language"), forms("en"));
    }

    #[test]
    fn numbers_are_written_with_the_digits_of_the_language() {
        assert_eq!(Numbers::of("en").show(1200), "1,200");
        assert_eq!(Numbers::of("de").show(1200), "1.200");
        assert_eq!(Numbers::of("ar-EG").show(12), "١٢");
        for language in ["en", "de", "fr", "hi", "ar-MA"] {
            let numbers = Numbers::of(language);
            let formatted = |number: i64| numbers.decimals.format(&Decimal::from(number)).to_string();
            assert!((0..1_100).all(|number| numbers.show(number) == formatted(number)), "{language}");
        }
        assert_eq!((Numbers::of("ar-EG").digits(), Numbers::of("de").digits()), ("arab", "latn"));
    }
}
