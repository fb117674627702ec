//! The stable names of diagnostics, and why each is a fault.
//!
//! A name never changes its meaning: people write it under `allow`, and scripts look for it.

/// Defines [`Code`] from one table, so that no code can lack its name or its reason.
macro_rules! codes {
    ($($variant:ident $name:literal $why:literal)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $why] $variant,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable kebab-case name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Why it is a fault, for people.
            #[must_use]
            pub fn why(self) -> &'static str {
                match self { $(Self::$variant => $why,)* }
            }
        }
    };
}

codes! {
    Syntax "syntax" "The file is not valid YAML, so nothing in it can be read."
    Encoding "encoding" "Text must be saved as UTF-8, or letters with accents turn into other signs."
    UnknownKey "unknown-key" "A key that nothing reads is usually a typing error, and what it says would be lost in silence."
    MissingKey "missing-key" "Something that every page of this kind shows, or every play needs, is not there."
    DuplicateKey "duplicate-key" "Of two values under one key only one could count, and nobody could tell which."
    WrongType "wrong-type" "The value is of another kind than the key can take, such as a text where a number belongs."
    BadValue "bad-value" "The value is of the right kind, but not one of those that are possible here."
    BadId "bad-id" "Ids stand in addresses and in result codes, so they keep to small letters, digits and hyphens."
    UnknownName "unknown-name" "A name leads nowhere: no node, skill, slip, flag, model, objective or scenario is called that."
    DuplicateId "duplicate-id" "Two things with one id cannot be told apart."
    MissingFile "missing-file" "A file that is needed or named is not there."
    MisplacedFile "misplaced-file" "A file that stands where nothing looks for it would be lost in silence."
    IncludeClash "include-clash" "A node of an included file has the name of another node, so one would hide the other."
    UnreachableNode "unreachable-node" "No way leads to this node, so nobody will ever see it."
    Cycle "cycle" "A conversation only moves forward; a way back could wash any mistake away. Going back is the player's business."
    DeadEnd "dead-end" "A trainee can arrive here with every choice closed, and the conversation could not go on."
    TooFewChoices "too-few-choices" "With one choice there is nothing to decide."
    TooManyChoices "too-many-choices" "More than five choices are a list to search, not a moment to answer."
    NoStrongestChoice "no-strongest-choice" "Where nothing is rated 3, no play can be flawless, and the trainee is charged for a choice that was never offered."
    RatingMismatch "rating-mismatch" "A choice is rated on exactly the skills that its decision tests, no more and no fewer."
    SlipRatedThree "slip-rated-three" "A choice cannot be excellent in a skill and do the harm that this skill is there to avoid."
    NoFlawlessPath "no-flawless-path" "A score starts from the marks of a flawless play; without one there is nothing to measure by."
    FlagNeverSet "flag-never-set" "A condition on a flag that no choice sets can never hold, or never fail."
    FlagSetAndCleared "flag-set-and-cleared" "Flags are set before they are cleared, so a choice that does both only clears."
    TooLarge "too-large" "The story has more moments, flags or states than can be explored exactly."
    TooFine "too-fine" "Weights and counts have no common unit that is small enough for exact scores."
    ExpectationFailed "expectation-failed" "A play listed under `expect` no longer ends as it says there."
    BrokenLink "broken-link" "The link leads to a file that does not exist."
    BrokenAnchor "broken-anchor" "The page linked to has no heading of that name."
    RawHtml "raw-html" "Markup of one's own could run, load or break anything on the page; the theme is the place for it."
    Dialogue "dialogue" "A line of a dialogue is `Speaker: words`, and may end in a skill of the model."
    Footnote "footnote" "A footnote that nothing mentions would not be shown, and its words would be lost in silence."
    MisplacedBlock "misplaced-block" "A drill or a dialogue is set apart on the page, which a list or a quotation cannot do."
    MissingAlt "missing-alt" "A picture without a description says nothing to those who cannot see it."
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
