//! The thresholds of all lints, in one table. A site tunes them in `site.yaml`, under `lints`; `amends explain`
//! prints them.
//!
//! They are judgments, not measurements: each is the point at which, from experience with written scenarios, a reader
//! starts to notice. Shares are 0 to 1, lengths are in words, scores are points out of 100.

/// Defines [`Limits`] from one table, so that no threshold lacks its name, its default or its meaning.
macro_rules! limits {
    ($($field:ident $name:literal $default:literal $says:literal)*) => {
        /// The threshold of each lint.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Limits { $(#[doc = $says] pub $field: f64,)* }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl Limits {
            /// Name, default and meaning of each.
            pub const TABLE: &[(&str, f64, &str)] = &[$(($name, $default, $says),)*];

            /// Names that are still accepted but have no effect.
            pub const RETIRED: [&str; 7] = [
                "why-min",
                "flawless-min-error",
                "flawless-max-error",
                "random-mean-error",
                "choice-ratio-error",
                "moment-error",
                "choice-error",
            ];

            /// Sets a threshold by name; `false` if the name does not exist.
            pub fn set(&mut self, name: &str, value: f64) -> bool {
                match name {
                    $($name => self.$field = value,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

limits! {
    endings "endings" 3.0 "the fewest endings of a scenario"
    flawless_min "flawless-min" 5.0 "the fewest decisions on a flawless play"
    flawless_max "flawless-max" 8.0 "the most decisions on a flawless play"
    early_ending "early-ending" 3.0 "the fewest decisions before an ending"
    one_ending_share "one-ending-share" 0.7 "the largest share of random plays in one ending"
    ending_entropy "ending-entropy" 0.8 "the least entropy of the endings under random play, in bits"
    same_reply "same-reply" 0.6 "replies sharing more of their words than this are near-identical"
    gauntlet_share "gauntlet-share" 0.6 "the largest share of decisions whose choices all lead to one node"
    cave_nodes "cave-nodes" 60.0 "the most nodes of a scenario"
    cave_decisions "cave-decisions" 15.0 "from this many decisions on, ways must meet again"
    cave_in_degree "cave-in-degree" 1.15 "the least mean number of nodes that lead to a node, in a long scenario"
    length_ratio "length-ratio" 2.5 "the longest play against the shortest"
    detour "detour" 3.0 "the most decisions in a row without a way back to the flawless play"
    random_mean_max "random-mean-max" 45.0 "the highest mean score of random play"
    random_mean_min "random-mean-min" 25.0 "the lowest mean score of random play"
    random_pass "random-pass" 0.05 "the largest chance to pass at random"
    act_first_cost "act-first-cost" 15.0 "the fewest points that acting first costs"
    weaker_gap "weaker-gap" 5.0 "by how many points the weaker choice must be able to end higher to be more than a note"
    cap_reply "cap-reply" 6.0 "the fewest words of the reply to a choice with a cap"
    tell_share "tell-share" 0.5 "the largest share of decisions in which the best choice is the longest, the shortest, or in one place"
    tell_decisions "tell-decisions" 5.0 "the fewest decisions in which a tell can show"
    tell_chance "tell-chance" 0.05 "below this probability, a tell across the library is not an accident"
    style_decisions "style-decisions" 60.0 "the fewest decisions on other pages from which the style of a course can be learned"
    style_share "style-share" 0.4 "the largest share of all decisions in which a reader of style may find the best choice"
    style_chance "style-chance" 0.01 "below this probability, what style gives away is not an accident"
    word_share "word-share" 0.1 "the largest share of a word's choices on the other side for it to count as almost only in weak ones, or in best ones"
    word_count "word-count" 10.0 "the fewest choices of a library that contain a word before it is a tell"
    choice_ratio "choice-ratio" 1.6 "the longest choice of a decision against the shortest"
    best_length_min "best-length-min" 0.85 "mean length of the best choices against the others, at least"
    best_length_max "best-length-max" 1.2 "mean length of the best choices against the others, at most"
    position_run "position-run" 3.0 "the most decisions in a row with the best choice in one place"
    keyword_ratio "keyword-ratio" 2.0 "how much more often a tell-tale word may occur in best choices"
    keyword_count "keyword-count" 3.0 "how often a word must occur in best choices, or in weak ones, before it is a tell"
    echo_share "echo-share" 0.6 "the largest share of decisions in which the best choice echoes the customer most"
    choices_min "choices-min" 3.0 "the fewest choices of a decision"
    choices_max "choices-max" 4.0 "the most choices of a decision"
    near_duplicate "near-duplicate" 0.8 "choices sharing more of their words than this are the same choice twice"
    timing_traps "timing-traps" 1.0 "the fewest choices of a scenario that are right and come at the wrong time"
    partial_traps "partial-traps" 2.0 "the fewest choices of a scenario that are partly right"
    plays "plays" 30.0 "the fewest first tries of a scenario, and of a choice, from which anything is concluded"
    dead_share "dead-share" 0.05 "a weak choice taken in a smaller share of first tries is dead"
    easy_share "easy-share" 0.9 "a best choice taken in a larger share of first tries is too easy"
    signal "signal" 0.1 "the least correlation of the best choice with the rest score"
    moment_min "moment-min" 3.0 "the fewest words between two decisions"
    moment_max "moment-max" 90.0 "the most words between two decisions"
    choice_max "choice-max" 45.0 "the most words of a choice"
    why_content "why-content" 3.0 "the fewest different words of a `why` that carry meaning and are no verdict"
    why_max "why-max" 70.0 "the most words of a `why`"
    why_repeat "why-repeat" 0.6 "the largest part of a `why` that its choice already contains"
    grade "grade" 8.0 "the highest reading grade of a scenario"
    grade_node "grade-node" 11.0 "the highest reading grade of one decision"
    sentence "sentence" 28.0 "the most words of a sentence"
    lesson_minutes "lesson-minutes" 2.5 "how many times the `minutes` of a lesson may be longer or shorter than its words and drills take"
    failure_scenarios "failure-scenarios" 2.0 "the fewest scenarios of each kind of failure"
    channel_scenarios "channel-scenarios" 1.0 "the fewest scenarios on each channel"
    slip_scenarios "slip-scenarios" 2.0 "the fewest scenarios that show each slip"
    skill_par "skill-par" 12.0 "the fewest chances to practice each skill, over all flawless plays"
    difficulty_scenarios "difficulty-scenarios" 2.0 "the fewest scenarios of each difficulty"
    escalation_scenarios "escalation-scenarios" 2.0 "the fewest scenarios in which to escalate is best, and in which it is a trap"
    not_ours "not-ours" 2.0 "the fewest scenarios in which the failure is not the company's own doing"
    boundaries "boundaries" 1.0 "the fewest scenarios in which the best choice sets a limit to abuse"
    cast "cast" 5.0 "the fewest customers with full names in whom a habit of naming can show"
    hard_endings "hard-endings" 2.0 "the fewest scenarios whose best play does not win the customer back (goodwill under 80)"
    free_orders "free-orders" 1.0 "the fewest decisions of the library in which order is waived"
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn every_name_sets_its_own_threshold() {
        let mut tuned = Limits::default();
        for (at, (name, default, says)) in Limits::TABLE.iter().enumerate() {
            assert!(!says.is_empty() && *default > 0.0, "{name}");
            assert!(tuned.set(name, -1.0 - at as f64));
        }
        assert!(!tuned.set("nonsense", 1.0));
        let names: std::collections::BTreeSet<_> = Limits::TABLE.iter().map(|row| row.0).collect();
        assert_eq!(names.len(), Limits::TABLE.len());
        assert!((tuned.endings + 1.0).abs() < 1e-9);
    }
}
