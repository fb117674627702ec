//! Names of people: which spellings are the same name, and which two names may be those of one person.

use scenario_wasm::code::{is_near, key};

#[test]
fn a_name_is_the_same_in_any_case_of_any_script() {
    let pairs = [
        ("Jo Day", "JO-DAY"),
        (" jo \u{a0} day ", "Jo\tDay"),
        ("Zo\u{eb}", "ZO\u{cb}"),
        ("\u{18f}liyev", "\u{259}LIYEV"),
        ("\u{141}ukasz", "\u{142}ukasz"),
        ("\u{39d}\u{3af}\u{3ba}\u{3bf}\u{3c2}", "\u{39d}\u{38a}\u{39a}\u{39f}\u{3a3}"),
        ("\u{42e}\u{43b}\u{438}\u{44f}", "\u{42e}\u{41b}\u{418}\u{42f}"),
        ("\u{531}\u{580}\u{561}", "\u{561}\u{580}\u{561}"),
        ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWX"),
        ("\"Day\"; Jo,", "Day Jo"),
    ];
    for (one, other) in pairs {
        assert_eq!(key(one), key(other), "{one} {other}");
    }
    for (one, other) in [("Zo\u{eb}", "Zoe"), ("Jo Day", "Jo"), ("\u{c9}a", "\u{ca}a")] {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn near_names_are_a_typo_apart_or_share_their_words() {
    let near = [
        ("jo-day", "jo-dya"),
        ("jo-day", "day-jo"),
        ("jo-day", "jo"),
        ("kim", "kin"),
        ("mohammed-ali", "muhamed-ali"),
        ("zo\u{eb}", "zoe"),
        ("anna--maria", "anna-maria"),
    ];
    let others = [("kim", "tom"), ("jo", "al"), ("anna-maria", "anton-marin"), ("", "kim"), ("p1", "p22")];
    for (pairs, expected) in [(near.as_slice(), true), (&others, false)] {
        for (one, other) in pairs {
            assert_eq!([is_near(one, other), is_near(other, one)], [expected; 2], "{one} {other}");
        }
    }
}
