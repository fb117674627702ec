//! The theme of a site in each of its languages, and the words that it lacks.

use std::path::Path;

use crate::check::lint;
use crate::course::Settings;
use crate::diag::{Code, Diagnostics};
use crate::parse::config::RawConfig;
use crate::source::Span;
use crate::theme::{Error, Theme};

/// So many words are named; who lacks more has no file of the language at all.
const NAMED: usize = 12;

/// Loads them; what a language lacks is told where the site says that it has the language.
pub(super) fn themes(
    site: &Path,
    settings: &Settings,
    config: Option<&RawConfig>,
    diags: &mut Diagnostics,
) -> Result<Vec<Theme>, Error> {
    let theme = Theme::load(site, &settings.theme, &settings.language)?;
    if let Some(config) = config {
        let place = config.language.as_ref().map_or(Span::new(config.file, 0, 0), |at| at.span);
        gaps(&theme, &settings.theme, place, diags);
    }
    Ok(vec![theme])
}

fn gaps(theme: &Theme, name: &str, place: Span, diags: &mut Diagnostics) {
    let (strings, gaps) = (theme.strings(), theme.strings().gaps());
    if gaps.is_empty() {
        return;
    }
    let language = strings.language();
    let first: Vec<&str> = gaps.iter().take(NAMED).map(String::as_str).collect();
    let more = if gaps.len() > NAMED { format!(", and {} more", gaps.len() - NAMED) } else { String::new() };
    let says = format!("the theme has no words in `{language}` for {}{more}", first.join(", "));
    let hint = format!("write them in `themes/{name}/strings/{language}.yaml`; until then they are English");
    diags.push(lint::found(Code::MissingString, place, says).hint(hint));
}
