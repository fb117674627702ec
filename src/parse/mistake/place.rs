//! Lines that are further left or right than those that they belong to.

use super::{Line, Mistake, spaces};
use crate::parse::{choice, misplaced_nodes};

/// A line that is not directly below any line that it could belong to.
pub(super) fn misplaced(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    // The keys that are still open, innermost first.
    let mut open: Vec<Line<'_>> = Vec::new();
    for other in above.iter().rev().filter(|line| !line.is_blank_or_comment() && line.key().is_some()) {
        if open.last().is_none_or(|last| other.indent() < last.indent()) {
            open.push(*other);
        }
    }
    if let Some(mistake) = choice_without_hyphen(above, line)
        .or_else(|| first_without_hyphen(above, line))
        .or_else(|| hyphen(above, line))
        .or_else(|| between(above, line))
        .or_else(|| beside_nodes(above, line))
    {
        return Some(mistake);
    }
    let own = line.indent();
    if open.iter().any(|other| other.indent() == own) {
        return None;
    }
    // The name of a node belongs below that of another.
    let is_name = |line: &Line<'_>| {
        line.value().1.is_empty() && line.key().is_some_and(|key| !misplaced_nodes::KEYS.contains(&key))
    };
    let fits = |other: &&Line<'_>| !is_name(&line) || is_name(other);
    let distance = |other: &&Line<'_>| other.indent().abs_diff(own);
    let near = open.iter().filter(fits).min_by_key(distance).or_else(|| open.iter().min_by_key(distance))?;
    let message =
        format!("this line starts {}, unlike every line above that it could belong to", spaces(own));
    let hint = format!("start it directly below `{}`, {}", near.key()?, spaces(near.indent()));
    Some(Mistake::new(line.start + own, line.key().map_or(1, str::len), message, hint))
}

/// A line of a text below `|` that starts further left than the first one, or a note that ends the text above such a line.
pub(super) fn text_line(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let begins = above.iter().rposition(|other| {
        let value = other.value().1.split(" #").next().unwrap_or_default();
        other.key().is_some() && ["|", ">"].contains(&value.trim_end().trim_end_matches(['-', '+']))
    })?;
    let (head, inside) = (above[begins], &above[begins + 1..]);
    let mut inside = inside.iter().filter(|other| !other.text.trim().is_empty());
    let (key, depth) = (head.key()?, inside.clone().next()?.margin());
    let is_known = line.key().is_some_and(|key| choice::is_key(key) || misplaced_nodes::KEYS.contains(&key));
    let outside = inside.find(|other| other.margin() < depth);
    if is_known || depth <= head.indent() || line.margin() <= head.indent() {
        return None;
    }
    match outside {
        None if line.margin() < depth => {
            let message = format!("this line starts further left than the first line of the text of `{key}`");
            let hint = format!("start each line of the text {}, as its first line does", spaces(depth));
            Some(Mistake::new(line.start + line.margin(), 1, message, hint))
        }
        Some(note) if note.is_blank_or_comment() && line.margin() >= depth => {
            let message = format!("this note ends the text of `{key}`, which goes on below it");
            let hint =
                format!("move it above `{key}`; if it is part of the text, start it {}", spaces(depth));
            Some(Mistake::new(note.start + note.margin(), note.text.trim().len(), message, hint))
        }
        _ => None,
    }
}

/// A decision in which one choice starts with its name and another with a hyphen.
fn choice_without_hyphen(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let own = line.margin();
    let begins = above.iter().rposition(|other| {
        !other.is_blank_or_comment()
            && other.margin() <= own
            && other.key().is_some_and(|key| ["choices", "options"].contains(&key))
    })?;
    let is_name = |other: &&Line<'_>| {
        let key = other.key().filter(|_| other.value().1.is_empty() && other.margin() == other.indent());
        other.margin() == own
            && key.is_some_and(|key| !misplaced_nodes::KEYS.contains(&key) && !choice::is_key(key))
    };
    let is_part = |other: &Line<'_>| other.margin() == own && other.text[own..].starts_with("- ");
    let among = above[begins + 1..].iter().chain([&line]);
    let name = among.clone().find(is_name).filter(|_| among.clone().any(is_part))?;
    let key = name.key()?;
    let message = format!("there is no hyphen before `{key}`, as there is before the other choices");
    let hint = format!("write `- id: {key}` in place of `{key}:`, with its own lines directly below `id`");
    Some(Mistake::new(name.start + own, key.len(), message, hint))
}

/// A list whose first item has no hyphen, unlike the others.
fn first_without_hyphen(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let own = line.margin();
    if !line.text[own..].starts_with("- ") {
        return None;
    }
    let begins = above.iter().rposition(|other| !other.is_blank_or_comment() && other.margin() < own)?;
    let first = above[begins + 1..].iter().find(|other| !other.is_blank_or_comment())?;
    let is_cut = above[begins].is_head() && first.indent() == first.margin() && first.margin() > own;
    let key = first.key().filter(|_| is_cut)?;
    let message =
        format!("there is no hyphen before `{key}`, as there is before the other items of this list");
    let hint = format!("write `- {key}`, with its hyphen {}, as the others have it", spaces(own));
    Some(Mistake::new(first.start + first.margin(), key.len(), message, hint))
}

/// The first node is as far left as `nodes` itself, and the others are further in.
fn beside_nodes(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let at = above.iter().rposition(|other| other.key() == Some("nodes") && other.is_head())?;
    let first = above[at + 1..].iter().find(|other| !other.is_blank_or_comment())?;
    let is_beside = first.is_head() && first.margin() == above[at].margin() && line.is_head();
    (is_beside && line.margin() > first.margin()).then(|| Mistake {
        at: first.start + first.margin(),
        len: first.key().map_or(1, str::len),
        message: format!(
            "`{}` starts {}, as far left as `nodes` itself",
            first.key().unwrap_or_default(),
            spaces(first.margin())
        ),
        hint: format!("start it {}, as the nodes below it do", spaces(line.margin())),
    })
}

/// An item of a list whose hyphen is not below any other.
fn hyphen(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let is_part = |line: &Line<'_>| line.text.trim_start_matches(' ').starts_with("- ");
    let own = line.margin();
    if let Some(mistake) = hyphen_among_keys(above, line).filter(|_| is_part(&line)) {
        return Some(mistake);
    }
    let parts = above.iter().rev().filter(|line| is_part(line));
    let near = parts.min_by_key(|other| other.margin().abs_diff(own)).filter(|_| is_part(&line))?;
    (near.margin() != own).then(|| Mistake {
        at: line.start + own,
        len: 1,
        message: format!("this hyphen is {}, unlike every hyphen above that it could belong to", spaces(own)),
        hint: format!(
            "put it directly below the hyphen of `{}`, {}",
            near.text.trim(),
            spaces(near.margin())
        ),
    })
}

/// A hyphen before a key that belongs to those above it, which have none.
fn hyphen_among_keys(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let (own, key) = (line.margin(), line.key()?);
    let at = above.iter().rposition(|other| !other.is_blank_or_comment() && other.margin() <= own)?;
    let before = above[at].key().filter(|_| above[at].margin() == own && above[at].indent() == own)?;
    let inside = above[at + 1..].iter().find(|other| !other.is_blank_or_comment());
    let has_items = inside.is_some_and(|inside| inside.margin() < inside.indent());
    // Another item, too far right, has the keys of those above it.
    let mut item =
        above.iter().rev().take_while(|other| other.is_blank_or_comment() || other.indent() >= own);
    let is_repeated = item.any(|other| other.indent() == own && other.key() == Some(key));
    (!has_items && !is_repeated).then(|| {
        let message = format!("there is a hyphen before `{key}`, but not before `{before}` above it");
        let hint = format!("write `{key}` without the hyphen, directly below");
        Mistake::new(line.start + own, 1, message, hint)
    })
}

/// A key further left than those above and below it, which separates lines that belong together.
fn between(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let own = line.margin();
    let before = above.iter().rposition(|other| other.margin() == own && other.key().is_some())?;
    let mut between = above[before + 1..].iter().filter(|other| !other.is_blank_or_comment());
    let is_part = |key: &str| misplaced_nodes::KEYS.contains(&key) || choice::is_key(key);
    let outside = between
        .rfind(|other| other.margin() < own && (other.is_head() || other.key().is_some_and(is_part)))?;
    let message = format!(
        "`{}` starts {}, but the lines above and below it start {}",
        outside.key()?,
        spaces(outside.margin()),
        spaces(own)
    );
    let hint = format!("start it directly below `{}`, {}", above[before].key()?, spaces(own));
    Some(Mistake::new(outside.start + outside.margin(), outside.key()?.len(), message, hint))
}
