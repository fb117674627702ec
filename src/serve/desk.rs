//! The course as it was made last, kept to make single pages of it again without all the others.

use std::path::{Path, PathBuf};

use crate::load::{Again, Loaded, again};
use crate::render::{self, Purpose};
use crate::theme::Theme;

/// What is kept between two makings of a site.
#[derive(Debug, Default)]
pub struct Desk {
    kept: Option<(Loaded, Theme)>,
}

impl Desk {
    /// Keeps a sound course.
    pub fn keep(&mut self, site: &Path, loaded: Loaded) {
        let settings = loaded.course.as_ref().map(|course| &course.settings);
        let theme = settings.and_then(|these| Theme::load(site, &these.theme, &these.language).ok());
        self.kept = theme.map(|theme| (loaded, theme));
    }

    /// The pages of the lessons and scenarios among `paths`, made again, by their path in the site. None if something
    /// else has changed, or a fault would have to be told: then the whole must be made. In any case it should be soon,
    /// for other pages may say something of these.
    pub fn again(&mut self, site: &Path, paths: &[PathBuf]) -> Option<Vec<(String, Vec<u8>)>> {
        // Taken out: what is half changed is not looked at again.
        let (mut loaded, theme) = self.kept.take()?;
        let places: Vec<Again> =
            paths.iter().map(|path| again(site, path, &mut loaded)).collect::<Option<_>>()?;
        let course = loaded.course.as_ref()?;
        let what = (course, &loaded.sources, &loaded.assets);
        let pages = render::some(what, &theme, Purpose::Serve, &places)?;
        self.kept = Some((loaded, theme));
        Some(pages)
    }
}
