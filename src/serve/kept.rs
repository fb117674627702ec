//! The course as it was made last, kept to make single pages of it again without all the others.

use std::path::{Path, PathBuf};

use crate::load::{Again, Loaded, again};
use crate::render::{self, Purpose};

/// What is kept between two makings of a site.
#[derive(Debug, Default)]
pub struct Kept {
    made: Option<Loaded>,
    /// Whether it is what the disk holds, as far as is known.
    fresh: bool,
}

impl Kept {
    /// Keeps a course as it was made.
    pub fn keep(&mut self, made: Loaded) {
        (self.made, self.fresh) = (Some(made), true);
    }

    /// The course, to look at. While there are faults it is the last one without.
    #[must_use]
    pub fn look(&self) -> Option<&Loaded> {
        self.made.as_ref()
    }

    /// The pages of the lessons and scenarios among `paths`, made again, by their path in the site. None if something
    /// else has changed, or a fault would have to be told: then the whole must be made. In any case it should be soon,
    /// for other pages may say something of these.
    pub fn again(&mut self, site: &Path, paths: &[PathBuf]) -> Option<Vec<(String, Vec<u8>)>> {
        // What is left half changed is not built upon.
        if !std::mem::take(&mut self.fresh) {
            return None;
        }
        let made = self.made.as_mut()?;
        let places: Vec<Again> = paths.iter().map(|path| again(site, path, made)).collect::<Option<_>>()?;
        let (course, theme) = (made.course.as_ref()?, made.themes.as_ref().ok()?.first()?);
        let what = (course, &made.sources, &made.assets);
        let pages = render::some(what, theme, Purpose::Serve, &places)?;
        self.fresh = true;
        Some(pages)
    }
}
