//! `content/proof.lock`: the main figures of each scenario, kept beside the content so that the pull request and `check`
//! show what an edit did to them. Text in, text out; reading and writing are done elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::course::{Band, Course, Model, Scenario};
use crate::parallel;
use crate::prove::{Figure, LIMIT, Method, Proof};
use crate::source::FileId;

/// Its path relative to the site.
pub const PATH: &str = "content/proof.lock";

const HEAD: &str = "# Written by `amends check --update-proof`; not to be edited by hand. What changes here is what an edit did to the scores.\n";

/// The figures of a scenario, by name, as they are shown.
pub type Figures = BTreeMap<String, String>;

/// Every scenario's figures, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock(BTreeMap<String, Figures>);

impl Lock {
    /// The figures as they are now.
    pub fn of(course: &Course) -> Self {
        Self::with(course, BTreeMap::new())
    }

    /// The same, given the figures of some scenarios, by file.
    pub fn with(course: &Course, known: BTreeMap<FileId, Figures>) -> Self {
        let one = |scenario: &Arc<Scenario>| {
            let known = known.get(&scenario.file).cloned();
            let figures = known
                .unwrap_or_else(|| figures(&Proof::of(&scenario.story, LIMIT), &course.models, scenario));
            (scenario.slug.clone(), figures)
        };
        Self(parallel::map(course.scenarios.iter().collect(), one).into_iter().collect())
    }

    /// The contents of a lock; malformed lines are ignored.
    pub fn read(text: &str) -> Self {
        let mut lock = Self::default();
        let mut figures = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("  ") {
                None => {
                    figures = line.strip_suffix(':').map(|slug| lock.0.entry(slug.to_owned()).or_default())
                }
                Some(figure) => {
                    // A name may contain a colon; a figure does not.
                    if let (Some(figures), Some((name, value))) = (&mut figures, figure.rsplit_once(": ")) {
                        figures.insert(name.to_owned(), value.to_owned());
                    }
                }
            }
        }
        lock
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (slug, figures) in &self.0 {
            text += &format!("{slug}:\n");
            text.extend(figures.iter().map(|(name, value)| format!("  {name}: {value}\n")));
        }
        text
    }

    /// What has changed since `before` in the scenario with that slug, in a sentence; `None` if nothing has.
    pub fn change(&self, before: &Self, slug: &str) -> Option<String> {
        let now = self.0.get(slug)?;
        let Some(was) = before.0.get(slug) else {
            return Some("the figures of this scenario are not recorded yet".to_owned());
        };
        if was == now {
            return None;
        }
        let moved = moved(was, now);
        let names = now.keys().chain(was.keys().filter(|name| !now.contains_key(*name)));
        let changed: Vec<String> = names
            // If plays have moved between bands, that says it all.
            .filter(|name| was.get(*name) != now.get(*name) && (moved.is_none() || !name.starts_with(BAND)))
            .map(|name| match (was.get(name), now.get(name)) {
                (Some(was), Some(now)) => format!("{name} was {was} and is {now}"),
                (_, Some(now)) => format!("{name} is new, at {now}"),
                _ => format!("{name} is gone"),
            })
            .collect();
        Some(match (moved, changed.is_empty()) {
            (Some(moved), true) => moved,
            (Some(moved), false) => format!("{moved}; {}", changed.join(", ")),
            (None, _) => changed.join(", "),
        })
    }
}

const BAND: &str = "band ";

/// What the file records of a proof with the usual limit.
pub fn figures(proof: &Proof, models: &[Model], scenario: &Scenario) -> Figures {
    let bands = band_names(&models[scenario.story.model]).zip(&proof.scores.bands);
    let endings = proof.routes.nodes.iter().zip(&scenario.story.engine.graph().nodes);
    let endings = endings.filter(|(_, node)| node.decision.is_none());
    let mut figures = Figures::from([
        ("paths".to_owned(), proof.routes.paths.to_string()),
        ("flawless paths".to_owned(), proof.routes.flawless.to_string()),
        ("lowest final".to_owned(), shown(&proof.scores.min)),
        ("mean final".to_owned(), shown(&proof.scores.mean)),
        ("pass share".to_owned(), shown(&proof.scores.pass)),
    ]);
    figures.extend(bands.map(|(band, share)| (format!("{BAND}{band}"), shown(share))));
    figures.extend(endings.map(|(node, ending)| (format!("ending {}", ending.id), shown(&node.share))));
    figures
}

/// The bands of a model by name, each on one line. Those with the same name differ by the score from which they count.
fn band_names(model: &Model) -> impl Iterator<Item = String> {
    let one_line = |band: &Band| band.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let names: Vec<String> = model.bands.iter().map(one_line).collect();
    let is_shared = move |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    model.bands.iter().map(move |band| match one_line(band) {
        name if is_shared(&name) => format!("{name} from {}", band.from),
        name => name,
    })
}

/// Four decimals, with a mark if the figure is not exact.
fn shown(figure: &Figure) -> String {
    let mark = if figure.method == Method::Exact { "" } else { "~" };
    let all = figure.ten_thousandths();
    format!("{mark}{}.{:04}", all / 10_000, all % 10_000)
}

/// "this edit moved 14 % of random plays, most of them from Strong to Workable".
fn moved(was: &Figures, now: &Figures) -> Option<String> {
    let share = |figures: &Figures, name: &str| {
        figures.get(name).and_then(|value| value.trim_start_matches('~').parse::<f64>().ok()).unwrap_or(0.0)
    };
    let bands = now.keys().filter(|name| name.starts_with(BAND));
    let changes: Vec<(&str, f64)> =
        bands.map(|name| (&name[BAND.len()..], share(now, name) - share(was, name))).collect();
    let gained: f64 = changes.iter().map(|(_, change)| change.max(0.0)).sum();
    let most = changes.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let least = changes.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    // A band that is new or gone has nothing to compare with.
    if gained <= 0.0 || least.1 >= 0.0 {
        return None;
    }
    let two = changes.iter().filter(|(_, change)| *change != 0.0).count() == 2;
    let mostly = if two { "" } else { ", most of them" };
    Some(format!(
        "this edit moved {} of random plays{mostly} from {} to {}",
        percent(gained),
        least.0,
        most.0
    ))
}

fn percent(share: f64) -> String {
    if share < 0.01 { format!("{:.2} %", share * 100.0) } else { format!("{:.0} %", share * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::Lock;

    const BEFORE: &str =
        "a:\n  band Patchy: 0.5000\n  band Strong: 0.3000\n  band Workable: 0.2000\n  paths: 12\n";

    fn change(edits: &[(&str, &str)]) -> Option<String> {
        let now = edits.iter().fold(BEFORE.to_owned(), |text, (old, new)| text.replace(old, new));
        Lock::read(&now).change(&Lock::read(BEFORE), "a")
    }

    #[test]
    fn a_change_is_counted_in_plays() {
        let moved = [("Strong: 0.3000", "Strong: 0.1600"), ("Workable: 0.2000", "Workable: 0.3400")];
        let expected = "this edit moved 14 % of random plays from Strong to Workable";
        assert_eq!(change(&moved).as_deref(), Some(expected));
        let three =
            [moved[0], ("Workable: 0.2000", "Workable: 0.3300"), ("Patchy: 0.5000", "Patchy: 0.5100")];
        let expected = "this edit moved 14 % of random plays, most of them from Strong to Workable";
        assert_eq!(change(&three).as_deref(), Some(expected));
        assert_eq!(change(&[("12", "13")]).as_deref(), Some("paths was 12 and is 13"));
        assert_eq!(change(&[]), None);
        let renamed = change(&[("Patchy", "Uneven")]).unwrap();
        assert_eq!(renamed, "band Uneven is new, at 0.5000; band Patchy is gone".replace("; ", ", "));
        let fewer = change(&[("  band Patchy: 0.5000\n", "")]);
        assert_eq!(fewer.as_deref(), Some("band Patchy is gone"));
        assert!(Lock::read(BEFORE).change(&Lock::default(), "a").unwrap().contains("not recorded yet"));
    }

    #[test]
    fn a_lock_reads_what_it_writes() {
        let lock = Lock::read(BEFORE);
        assert_eq!(Lock::read(&lock.text()), lock);
        let figures = [("band Good: keep going", "~0.2500"), ("band Good: nearly: there", "0.7500")];
        let figures = figures.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let lock = Lock([("a".to_owned(), figures.into())].into());
        assert_eq!(Lock::read(&lock.text()), lock);
    }
}
