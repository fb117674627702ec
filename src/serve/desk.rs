//! The course as it was made last, kept to make single pages of it again without all the others.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::load::{Again, Loaded, again};
use crate::render::{self, Purpose};

/// What is kept between two makings of a site.
#[derive(Debug, Default, Clone)]
pub struct Desk {
    /// Shared with whoever answers for the bench.
    kept: Arc<Mutex<Option<Loaded>>>,
}

impl Desk {
    /// Keeps a course as it was made.
    pub fn keep(&mut self, made: Loaded) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
    }

    /// Looks at the course as it was made; there is none while it is made again.
    pub fn look<T>(&self, look: impl FnOnce(&Loaded) -> T) -> Option<T> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(look)
    }

    /// The pages of the lessons and scenarios among `paths`, made again, by their path in the site. None if something
    /// else has changed, or a fault would have to be told: then the whole must be made. In any case it should be soon,
    /// for other pages may say something of these.
    pub fn again(&mut self, site: &Path, paths: &[PathBuf]) -> Option<Vec<(String, Vec<u8>)>> {
        // Taken out: what is half changed is not looked at again.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut made = kept.take()?;
        let places: Vec<Again> =
            paths.iter().map(|path| again(site, path, &mut made)).collect::<Option<_>>()?;
        let (course, theme) = (made.course.as_ref()?, made.themes.as_ref().ok()?.first()?);
        let what = (course, &made.sources, &made.assets);
        let pages = render::some(what, theme, Purpose::Serve, &places)?;
        *kept = Some(made);
        Some(pages)
    }
}
