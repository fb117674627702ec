//! The stable names of diagnostics, and why each is a fault.
//!
//! Faults come first and cannot be allowed: they stop a build. From `few-endings` on, codes are lints, which find
//! weaknesses of a sound scenario and stop only a strict run. A name never changes its meaning: people write it under
//! `allow`, and scripts search for it.

use crate::diag::Severity;

/// Defines [`Code`] from one table, so that no code lacks a name or a reason.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $why:literal $example:literal)*) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $why] $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stable kebab-case name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The greatest severity of a diagnostic with this code.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// An example of the fault.
            pub fn example(self) -> &'static str {
                match self { $(Self::$variant => $example,)* }
            }

            /// Why it is a fault, in words for authors.
            pub fn why(self) -> &'static str {
                match self { $(Self::$variant => $why,)* }
            }
        }
    };
}

codes! {
    Syntax "syntax" Error "The file is not valid YAML, so nothing in it can be read."
        "say: Well: it is late        (a colon and a space: put the text in quotes)"
    CutShort "cut-short" Warning "After a space, YAML reads `#` as the start of a comment, and the rest of the text would be silently lost."
        "say: Is it order #4711 that you mean?        (put the text in quotes)"
    Encoding "encoding" Error "Text must be saved as UTF-8, or letters with accents turn into other characters."
        "a file saved as Latin-1, where é is a single byte that is not valid UTF-8"
    UnknownKey "unknown-key" Error "A key that nothing reads is usually a typing error, and what it says would be silently lost."
        "thn: story        (meant: then)"
    MissingKey "missing-key" Error "Something that every page of this kind shows, or every play needs, is not there."
        "a choice with `say` and `rate` and no `reply`"
    DuplicateKey "duplicate-key" Error "Only one of two values for the same key can count, and nobody can tell which."
        "a scenario with two lines `title: ...`"
    WrongType "wrong-type" Error "The value is of another kind than the key can take, such as a text where a number belongs."
        "rate: strong        (a number from 0 to 3)"
    BadValue "bad-value" Error "The value is of the right kind, but not one of those that are possible here."
        "failure: lost        (unavailable, late, incorrect or uncaring)"
    BadId "bad-id" Error "Ids are part of addresses and result codes, so they contain only lowercase letters, digits and hyphens."
        "nodes: { First Call: ... }        (first-call)"
    UnknownName "unknown-name" Error "A name leads nowhere: no node, skill, slip, flag, model, objective or scenario is called that."
        "tests: [lisen]        (listen)"
    DuplicateId "duplicate-id" Error "Two things with the same id cannot be distinguished."
        "two choices of a decision with `id: ask`"
    MissingFile "missing-file" Error "A file that is needed or named is not there."
        "includes: [shared/closing.yaml], and no such file"
    MisplacedFile "misplaced-file" Warning "A file in a place where nothing looks for it would be silently lost."
        "content/late.yaml        (content/scenarios/late.yaml)"
    RefusedLink "refused-link" Error "A course contains only what is in its folder. A symbolic link out of it would publish other files on the machine."
        "content/img/logo.svg, a symbolic link to /usr/share/logo.svg        (a copy of the file)"
    IncludeClash "include-clash" Error "A node of an included file has the name of another node, so one would hide the other."
        "`goodbye` in the scenario and in the file that it includes"
    UnreachableNode "unreachable-node" Error "No way leads to this node, so nobody will ever see it."
        "a node `calm` that no `then` names"
    Cycle "cycle" Error "A conversation only moves forward: with a way back, a trainee could undo any mistake. Only the player can go back."
        "opening -> again -> opening"
    DeadEnd "dead-end" Error "A trainee can arrive here with every choice closed, and the conversation could not go on."
        "both choices of a decision have `when: heard`, and a play comes there without it"
    TooFewChoices "too-few-choices" Error "With one choice there is nothing to decide."
        "a decision with one choice"
    TooManyChoices "too-many-choices" Error "More than five choices are a list to search, not a moment to answer."
        "a decision with six choices"
    NoStrongestChoice "no-strongest-choice" Error "Where nothing is rated 3, no play can be flawless, and the trainee is charged for a choice that was never offered."
        "a decision whose ratings are 2, 1 and 0"
    RatingMismatch "rating-mismatch" Error "A choice is rated on exactly the skills that its decision tests, no more and no fewer."
        "tests: [act], and a choice with `rate: { listen: 2 }`"
    SlipRatedThree "slip-rated-three" Error "A choice cannot be excellent in a skill and do the harm that this skill is there to avoid."
        "rate: 3 in listen, and `slips: [interrupt]`"
    NoFlawlessPath "no-flawless-path" Error "A score is measured against a flawless play; without one there is nothing to measure by."
        "the first decision tests act, which needs listen"
    FlagNeverSet "flag-never-set" Error "A condition on a flag that no choice sets can never hold, or never fail."
        "when: promised-today, and no choice has `sets: [promised-today]`"
    FlagSetAndCleared "flag-set-and-cleared" Error "Flags are set before they are cleared, so a choice that does both only clears."
        "a choice with `sets: [heard]` and `clears: [heard]`"
    TooLarge "too-large" Error "The story has more moments, flags or states than can be explored exactly."
        "sixty flags that are all read at the end"
    TooFine "too-fine" Error "Weights and counts have no common unit that is small enough for exact scores."
        "sixteen skills with weights such as 997 and 991"
    ExpectationFailed "expectation-failed" Error "A play listed under `expect` no longer ends as it says there."
        "expect: [{ path: [ask, own-it], score: 100 }], and the play scores 92"
    BrokenLink "broken-link" Error "The link leads to a file that does not exist."
        "[hear first](01-hear.md), and the file is `01-hear-first.md`"
    BrokenAnchor "broken-anchor" Error "The page linked to has no heading of that name."
        "[play back](02-listen.md#playback), and the heading is `#play-back`"
    RawHtml "raw-html" Error "Custom markup could run, load or break anything on the page; the theme is the place for it."
        "<script> or <div style=...> in a lesson"
    Dialogue "dialogue" Error "A line of a dialogue is `Speaker: words`, and may end in a skill of the model."
        "a line of a dialogue without a colon"
    Footnote "footnote" Error "A footnote that nothing mentions would not be shown, and its words would be silently lost."
        "[^1]: ... , and no [^1] in the text"
    MisplacedBlock "misplaced-block" Error "A drill or a dialogue is a separate block on the page, which cannot be inside a list or a quotation."
        "a drill inside a quotation"
    PrintedRaw "printed-raw" Warning "What was meant as markup but is not would be shown to trainees as it is."
        "##Try it        (## Try it), or [the form][frm] where nothing defines `frm`"
    LinkDefinition "link-definition" Warning "A line that says where a link leads is not shown itself, so if no link uses it, its address would be silently lost."
        "[form]: https://example.org/form, and no [words][form] in the text"
    RepeatedTitle "repeated-title" Warning "The page shows its title above the text; a heading there that says the same is read twice."
        "title: Hear it, and `# Hear it` as the first line of the text"
    UnreadablePicture "unreadable-picture" Warning "A file that no browser can show as a picture is published as a gap in the page."
        "![A box](box.jpg), where box.jpg is empty, a video, or a pointer that Git LFS left in its place"
    MissingAlt "missing-alt" Error "A picture without a description says nothing to people who cannot see it."
        "![](box.jpg)        (![a torn box](box.jpg))"
    UnusedAllow "unused-allow" Info "An `allow` that sets nothing aside hides the day when it is needed, or names the wrong place."
        "allow: { long-choice: \"...\" } on a choice of nine words"

    UnusedFile "unused-file" Info "A file that no page shows or links to is not published; either a link to it is missing, or the file can go."
        "content/img/old-desk.png, and no page with ![...](../img/old-desk.png)"
    ProofChanged "proof-changed" Info "The scores of a scenario are no longer those kept in `content/proof.lock`; somebody should know what an edit did."
        "a choice whose rating went from 1 to 3, with the old lock"
    LowContrast "low-contrast" Error "Many people cannot read a color that does not stand out from its background: WCAG requires 4.5 to 1 (AA)."
        "brand: { color: \"#e0a800\" }, a yellow on white"
    MissingTranslation "missing-translation" Info "A page without a translation is shown in the language of the original, to people who chose another."
        "languages: [en, de], and no content/de/lessons/01-hear.md"
    StaleTranslation "stale-translation" Warning "The original has changed since it was translated, so people who read the translation learn something else."
        "source: 3f2a91c0 in content/de/scenarios/late.yaml, and a new reply in the original"
    MissingString "missing-string" Warning "The interface would speak two languages: words that a language lacks are shown in English."
        "language: nl, and no `strings/nl.yaml` in the theme"
    DeadLink "dead-link" Warning "A link that leads nowhere wastes the time of whoever trusts it. Only `check --external` asks other servers."
        "[the law](https://example.org/old-page), and the server answers 404"
    MovedLink "moved-link" Info "A page has moved for good: the old address works as long as somebody keeps it."
        "[the law](http://example.org/), which redirects to https://www.example.org/"
    FewEndings "few-endings" Warning "With fewer than three endings a trainee cannot see what their choices were worth."
        "a story in which everything ends at `kept`"
    EndingKinds "ending-kinds" Warning "Endings that are all good, or all bad, say that what was chosen made no difference."
        "two endings `good`, one `mixed`, and none `poor`"
    StoryLength "story-length" Warning "Fewer than five decisions are not a conversation; with more than eight, practice becomes endurance."
        "a flawless play of eleven decisions"
    EarlyEnding "early-ending" Warning "An ending after one or two choices ends practice before it has begun. Only conduct that cannot be put right ends a conversation that early."
        "a clumsy first line after which the customer hangs up, without `cap: critical`"
    OneRoad "one-road" Warning "If nearly every play reaches the same ending, the choices before it did not matter."
        "84 % of random plays end at `arrived`"
    FalseChoice "false-choice" Warning "If all choices have similar replies and lead to the same place, the decision decides nothing."
        "three choices that lead to `fix` after \"All right then.\", \"All right.\" and \"All right, then.\""
    Gauntlet "gauntlet" Warning "Where most decisions lead to one place whatever is chosen, the customer does not hear what is said."
        "five of six decisions with one `then` for all choices"
    TimeCave "time-cave" Warning "Ways that never meet again grow past what can be written well or checked."
        "a story of 90 nodes, each led to by one other"
    UnevenLength "uneven-length" Warning "If one play is three times as long as another, weak choices buy either more practice or an early way out."
        "plays of 3 and of 9 decisions"
    LongDetour "long-detour" Warning "Four moments without a way back to the story are a punishment; a chance to put things right teaches."
        "four decisions after a slip from which no choice leads back to the story"
    NoSecondChance "no-second-chance" Warning "A trainee who fails to listen at first must get a second chance to listen, or the lesson comes too late to use."
        "a form-filling opener, after which no decision tests listen"

    IdleGate "idle-gate" Warning "A condition that holds in every play, or in none, decides nothing; usually a number or a flag is not what its author thought."
        "when: goodwill > 95, where no play comes with more than 60"
    TwoStrongest "two-strongest" Warning "Two best answers teach that it does not matter which; if all are best, there is nothing to decide."
        "two choices of a decision rated 3 in all that it tests"
    NoWeakChoice "no-weak-choice" Warning "Without a choice rated 0 or 1 nobody can go wrong, and nobody learns what wrong looks like."
        "ratings 3, 2, 2"
    NoMiddleChoice "no-middle-choice" Warning "Between perfect and harmful there is the thing that most people say. It deserves a choice and part of the marks."
        "ratings 3, 0, 0"
    OffPathSkill "off-path-skill" Warning "A skill that is tested only after a mistake, or never, cannot count toward the score."
        "apologize is tested only at a node that no flawless play meets (for a drill of some skills: `skill_drill: true`)"
    SingleChance "single-chance" Warning "A skill with one chance is lost or won by one click."
        "listen is tested once on the flawless play"
    WeakerWins "weaker-wins" Warning "If the weaker choice can still end higher than the stronger, the story pays for the mistake. A second chance for both fixes that."
        "after the rude opener a play can still reach 100, after the polite one only 92"
    RandomScores "random-scores" Warning "Random clicking should score low, but not hopelessly low."
        "a mean of 48"
    RandomPasses "random-passes" Warning "Clicking at random must not pass."
        "9 % of random plays pass"
    BlindPass "blind-pass" Warning "A rule of thumb that never reads the conversation must not pass it."
        "whoever takes the longest choice each time passes with 81"
    ActFirst "act-first" Warning "The model says: hear them, then act. If acting first costs nothing, the score says otherwise."
        "fixing at once and then doing everything well scores 93"
    DangerInOrder "danger-in-order" Warning "Where somebody may come to harm, the act that prevents it comes first. Without `facet: safety` it counts half until the customer has been heard out. Recognized by words (medicine, fever, gas leak, bare wire, unsafe, threatens ...), in English only, and only if a play can act too early."
        "the child has a fever, and the decision tests act without `facet: safety`"
    CapWithoutHarm "cap-without-harm" Warning "A cap ends the hope of a good score. The reply must show the harm that earns it."
        "cap: serious, and the reply is \"I see.\""
    GoodwillDisagrees "goodwill-disagrees" Warning "If good conduct angers the customer, or bad conduct pleases, the file must say that this is intended: `hard_truth` or `short_term`."
        "rate: 0 with `goodwill: +6`, and no `short_term: true`"
    NoPayback "no-payback" Warning "What pleases for the moment only must be paid for later, or it was simply good."
        "short_term: true on a choice that leads where all others lead, and sets no flag that is read"
    NoInform "no-inform" Warning "Telling people where things stand is the part of a recovery that is left out most often."
        "a scenario without a decision of `facet: inform`"
    NoFollowUp "no-follow-up" Warning "A recovery ends when somebody has asked how it ended, or has learned from it."
        "no `facet: follow_up` and no `facet: learn` on the flawless play"
    Weights "weights" Warning "Weights of 10 to 50 that add up to 100 can be read as percent, and no skill decides everything or nothing."
        "weights 60, 20, 20 and 5"

    LongestBest "longest-best" Warning "If the best choice is the longest, trainees learn to look for length."
        "the best choice is the longest in five of seven decisions"
    ShortestBest "shortest-best" Warning "If the best choice is the shortest, trainees learn to look for that."
        "the best choice is the shortest in five of seven decisions"
    UnevenChoices "uneven-choices" Warning "A choice that is much longer or shorter than the others stands out before it is read."
        "choices of 8 and of 19 words"
    BestLength "best-length" Warning "Best choices that are longer than the others on average give themselves away over a scenario."
        "best choices have 24 words on average, the others 18"
    BestPosition "best-position" Warning "The best choice must be where nobody expects it: not mostly in one place, not never in one, not four times in a row."
        "the best choice is the first of six decisions out of eight"
    KeywordTell "keyword-tell" Warning "If only best choices contain `sorry` or `I understand`, trainees learn the word and not the act."
        "four best choices say `understand`, and no other choice does"
    WeakOnlyWords "weak-only-words" Warning "Words such as never, always and policy, capitals and exclamation marks give weak choices away if the best never have them."
        "three weak choices say `policy`, and no best one"
    EchoTell "echo-tell" Warning "If the best choice repeats the customer's words most, trainees can match words without reading."
        "in five of seven decisions the best choice shares most words with what was said"
    SentenceTell "sentence-tell" Warning "If the best choice is the one with the most or the shortest sentences, trainees learn a rhythm. Counted over decisions in which only one choice has the most, and tested against chance (one-sided binomial, see docs/prove.md)."
        "where one choice alone has the most sentences, it is the best in 7 of 9 decisions"
    QuestionTell "question-tell" Warning "If the best choice is the one that asks, or the only one that does not, nobody has to hear what is asked."
        "where one choice alone has a question, it is the best in 6 of 7 decisions"
    CharacterLength "character-length" Warning "Words can be equal in number and still look longer: the eye measures characters."
        "where one choice alone has the most characters, it is the best in 7 of 9 decisions"
    StyleTell "style-tell" Warning "A trainee who can tell the best choice by its style learns nothing about the customer. So check tries it: a program that understands no words, and has learned from the rest of the course what best choices look like (sentences, lengths, questions, numbers, turns of phrase), picks a choice at each decision. It should do no better than chance. See docs/prove.md for the formula."
        "a reader of style finds the best choice in 8 of 10 decisions, where chance would give 2.8"
    ChoiceCount "choice-count" Warning "Three or four choices make a decision; two are a coin to toss, five a list to search."
        "a decision with two choices"
    NearDuplicate "near-duplicate" Warning "Two choices in nearly the same words test reading, not judgment."
        "\"I will call you today.\" beside \"I will call you back today.\""
    MixedForm "mixed-form" Info "Words beside acts in one decision are compared as words and acts, not as better and worse."
        "two choices with `say`, one with `do`"
    NoTrap "no-trap" Warning "A weak choice that tempts nobody teaches nothing. Saying why it tempts makes the author look."
        "rate: 1 without `trap`"
    SameTraps "same-traps" Warning "Weak choices that are all wrong in one way can be sorted out at a glance."
        "three weak choices with `trap: token`"
    AllZero "all-zero" Warning "If every weak choice is a disaster, the good one needs no thought."
        "ratings 3, 0, 0, 0"
    FewTraps "few-traps" Warning "The mistakes of good people are the right thing at the wrong time, and the half of the right thing."
        "a scenario with no `right_act_wrong_time`"
    LabelLeak "label-leak" Warning "A choice that names the skill, or the model, gives away that it is the right answer."
        "I want to empathize with you, Ms. Mbeki."
    DeadChoice "dead-choice" Info "A weak choice that under 5 % of people take at first try tempts nobody, and only costs reading. Known from result codes (`check --results FILE`, 30 plays at least)."
        "`policy` was taken in 1 of 40 first tries"
    TooEasy "too-easy" Info "Where over 90 % find the best choice at first try, hardly anybody learns anything. Known from result codes."
        "`ask`, the best choice, was taken in 38 of 40 first tries"
    PoorSignal "poor-signal" Info "Whoever finds the best choice here should do better elsewhere, too. If not, the key may be wrong: the point-biserial correlation of the best choice with the rest score is under 0.1 (corrected for the decision itself, Henrysson 1963; see docs/results.md)."
        "people who took `own-it` did hardly better elsewhere than people who did not (r = 0.03 over 60 first tries)"
    ResultsLost "results-lost" Warning "After an edit, choices that were taken no longer exist, so plays of a class cannot be replayed on the current scenario. Their results at the time stay. Found by means of result codes."
        "the choices of 3 results can no longer be replayed: codes.txt:2, codes.txt:5, codes.txt:9"
    ResultsRescored "results-rescored" Info "After an edit, the same choices give another result. Results at the time stay. Found by means of result codes."
        "2 results would now be scored otherwise: codes.txt:2 from 100 to 92, codes.txt:7 from 84 to 79"
    UnnamedChoice "unnamed-choice" Info "A choice without an id is called a, b or c by its position. Once a choice is added or removed, a result code no longer says which one was taken. Reported if `reporting` is more than minimal."
        "- say: I see        (- id: wave-off)"

    MomentLength "moment-length" Warning "Too little between two choices leaves no person to answer; too much is skimmed."
        "a scene of 120 words before the choices"
    ThinOpening "thin-opening" Warning "Before the first choice trainees must know who they are, what they want, and what is at stake for the customer."
        "role: Agent, and neither `customer.about` nor a scene"
    LongChoice "long-choice" Warning "Nobody says so much in one breath, and nobody reads four such choices."
        "a choice of 50 words"
    VerdictOnly "verdict-only" Warning "\"Correct\" and \"not the best choice\" teach nothing. Say what the words did, and why."
        "why: Wrong, that is not the best answer."
    LongWhy "long-why" Warning "Coaching is read between two lines of a conversation. Past seventy words it is a lesson."
        "a `why` of 90 words"
    WhyRepeats "why-repeats" Warning "A `why` in the words of its own choice adds nothing to it."
        "say: I will call you at eight. why: You said that you will call her at eight."
    ReusedText "reused-text" Warning "A reply or coaching that is used twice fits one of the two places at most."
        "two choices with `why: It does not help her.`"
    ShortVerb "short-verb" Warning "The debrief puts *You* before a `short`, which says what was done, in the past tense."
        "short: was sorry for both        (\"You was sorry for both\"; write: apologized for both)"
    VerdictReply "verdict-reply" Warning "The reply is the story's. A customer does not say \"correct\"."
        "reply: Wrong. She hangs up."
    HardToRead "hard-to-read" Warning "Trainees read under pressure, and many in a second language. Measured by the Flesch-Kincaid grade level (Kincaid and others, 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59), in English only."
        "a scenario at grade 10, or one decision at grade 13"
    LongSentence "long-sentence" Warning "A long sentence must be read twice, and few readers do that."
        "a sentence of 35 words"
    Abbreviation "abbreviation" Warning "A short form that nobody has explained shuts out those who are new."
        "Your SLA with our 3PL is fine.   (write it out once: service level agreement (SLA))"
    Jargon "jargon" Warning "Words of the trade say less than plain ones, and nobody says them to a customer who is hurt."
        "We will leverage our touchpoints going forward."
    RealName "real-name" Warning "A real company or person in a story of failure is treated unfairly, and dates the course. Only well-known ones are recognized."
        "You answer the phone for Amazon."
    PronounAssumed "pronoun-assumed" Warning "The text uses another pronoun for the customer than `pronoun` says, or guesses one that nobody has given. Write `they` in place of \"he or she\", or give the customer a `pronoun`."
        "pronoun: they, and a reply says \"she sighs\" of the customer"
    Placeholder "placeholder" Warning "Text that was to be written later would be published as it is."
        "reply: TODO"
    MergeField "merge-field" Info "Nothing replaces a name in braces: trainees read it as it is."
        "say: Thank you, {name}.        (write the name)"
    Profanity "profanity" Warning "A trainee who swears at a customer has crossed a line; the choice must carry a cap."
        "say: Oh, piss off.        (without `cap`)"
    MixedSpelling "mixed-spelling" Warning "Two spellings of one word look like two authors who did not read each other."
        "apologize in one reply, apologise in the next"

    UncoveredFailure "uncovered-failure" Warning "A library must train all four kinds of failure, each more than once."
        "one scenario of `failure: uncaring`"
    UncoveredChannel "uncovered-channel" Warning "People complain by phone, email, chat, in public and in person; each is a different skill."
        "no scenario with `channel: social`"
    ObjectiveNotTaught "objective-not-taught" Warning "An objective that no lesson names is a promise that the course does not keep."
        "no lesson has `fit-remedy` under `objectives`"
    ObjectiveNotPracticed "objective-not-practiced" Warning "What nobody practices, nobody keeps."
        "no scenario has `fit-remedy` under `objectives`"
    LessonWithoutScenario "lesson-without-scenario" Warning "A lesson without a scenario ends where learning begins."
        "a lesson without `scenarios: [...]`"
    LessonMinutes "lesson-minutes" Info "Trainees plan by the minutes of a lesson. Its words are counted at 230 a minute (drills and their coaching among them), and a minute more for each decision; what else it asks for, only its author knows."
        "minutes: 5, and the text and its drills have 4,000 words"
    RareSlip "rare-slip" Warning "A harm that the model names and the scenarios hardly show is not trained."
        "`dump_transfer` in one scenario only"
    ThinSkill "thin-skill" Warning "A skill needs about a dozen chances in a library to become a habit."
        "a total par of 7 in apologize"
    ThinDifficulty "thin-difficulty" Warning "Without two scenarios at each difficulty, trainees cannot work their way up."
        "one scenario of `difficulty: 3`"
    OneSided "one-sided" Warning "A library in which the company is always at fault, escalating always helps, every talk ends well, or nobody ever needs a limit, trains a reflex."
        "no scenario in which to escalate is a trap"
    OneCulture "one-culture" Warning "A cast in which all are called John and Mary says who customers are. Reported for English courses only, when every customer with a full name has one of the given names that are commonest in the United States (Social Security Administration, last hundred years). It knows no other culture, and no list could."
        "Susan Miller, James Clark, Karen Wright, Robert Hill and Linda Scott"
    LibraryTell "library-tell" Warning "What is an accident in one scenario is a habit over twelve, and trainees will find it."
        "over 80 decisions the best choice is the longest in 40, where 22 are to be expected"

    ScriptedFile "scripted-file" Warning "A handout or a picture with a script in it is a page of the course to a browser: it can read and change everything that the course stores there, including results and names. Allow it under `allow` in `site.yaml` if you know who wrote it."
        "[the calculator](../handouts/calculator.html), and <script> in that file"
}

impl Code {
    /// The code with this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Names of former lints. Files that allow one need no edit.
    pub const RETIRED: [&str; 1] = ["no-reason"];

    /// Whether an author may allow it, with a reason.
    pub fn is_lint(self) -> bool {
        self >= Self::FewEndings
    }

    /// Whether it takes people's plays to find it.
    pub fn is_of_plays(self) -> bool {
        matches!(
            self,
            Self::DeadChoice | Self::TooEasy | Self::PoorSignal | Self::ResultsLost | Self::ResultsRescored
        )
    }
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

    #[test]
    fn no_lint_is_an_error() {
        let lints = Code::ALL.iter().filter(|code| code.is_lint());
        let errors: Vec<&str> =
            lints.filter(|code| code.severity() == Severity::Error).map(|code| code.name()).collect();
        assert_eq!(errors, [""; 0]);
    }
}
