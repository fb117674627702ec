//! "Did you mean": the known word that is most similar to a mistyped one.

/// The most known words that a mistyped one is compared with.
const MAX_KNOWN: usize = 500;

/// The most words that are listed.
const MAX_LISTED: usize = 30;

/// The most similar of `known`, if it is similar enough to suggest.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let length = folded.chars().count();
    // Limited, as a file may have thousands of names and as many mistakes. A word of a very different length is not a typo.
    let known = known.into_iter().take(MAX_KNOWN).filter(|each| {
        let other = each.chars().count();
        other.abs_diff(length) <= (other.max(length) / 3).max(1)
    });
    let near = known.map(|each| (strsim::damerau_levenshtein(&folded, &fold(each)), each));
    let (distance, best) = near.min_by_key(|(distance, each)| (*distance, *each))?;
    let allowed = (best.chars().count().max(folded.chars().count()) / 3).max(1);
    (distance <= allowed).then_some(best)
}

/// The word without differences that do not matter: in case, and between `_` and `-`.
fn fold(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

/// "`a`, `b` or `c`", for hints that list the possibilities.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = words.into_iter();
    let mut quoted: Vec<String> = words.by_ref().take(MAX_LISTED).map(|word| format!("`{word}`")).collect();
    match words.count() {
        0 => {}
        more => quoted.push(format!("{more} others")),
    }
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// "a, b, and c", or "a, b, and 3 more": the first `most` of several names.
pub fn first_of(names: &[String], most: usize) -> String {
    match (names, names.len().saturating_sub(most)) {
        ([one, other], 0) => format!("{one} and {other}"),
        ([rest @ .., last], 0) if !rest.is_empty() => format!("{}, and {last}", rest.join(", ")),
        (_, 0) => names.concat(),
        (_, more) => format!("{}, and {more} more", names[..most].join(", ")),
    }
}

/// "did you mean `x`?", or another remedy if nothing is similar.
pub fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> String {
    nearest(word, known).map_or_else(|| otherwise.into(), |near| format!("did you mean `{near}`?"))
}

/// "did you mean `x`?", or "it can be a, b or c" if nothing is similar.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    // The name without folders before it, an extension, and arrows or quotes around it.
    let bare = word.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(word);
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> =
        word.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let is_known = |word: &&str| known.clone().into_iter().any(|each| each == *word);
    if words.len() > 1 && words.iter().all(&is_known) {
        return format!("put a comma between them: `{}`", words.join(", "));
    }
    let among = words.iter().copied().find(is_known);
    match nearest(word, known.clone()).or_else(|| nearest(bare, known.clone())).or(among) {
        Some(best) => format!("did you mean `{best}`?"),
        None => match listed(known) {
            list if list.is_empty() => "there is nothing that it could name".to_owned(),
            list => format!("it can be {list}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_similar_words() {
        assert_eq!(nearest("thn", ["then", "when"]), Some("then"));
        assert_eq!(nearest("over-promise", ["over_promise", "stall"]), Some("over_promise"));
        assert_eq!(nearest("banana", ["then", "when"]), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn lists_as_people_do() {
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
