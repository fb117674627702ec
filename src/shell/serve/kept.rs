//! The course as it was made last, kept to make single pages of it again without all the others.

use std::path::{Path, PathBuf};

use crate::load::{Again, Loaded, again};
use crate::markdown::Links;
use crate::render::{self, Purpose};

/// What is kept between two makings of a site.
#[derive(Debug, Default)]
pub struct Kept {
    made: Option<Loaded>,
    /// What pages of the course can link to.
    links: Links,
    /// Whether it is what the disk holds, as far as is known.
    fresh: bool,
}

/// A page by its path in the site.
pub(super) type Page = (String, Vec<u8>);

impl Kept {
    /// Keeps a course as it was made.
    #[must_use]
    pub fn of(made: Loaded) -> Self {
        let links = made.course.as_ref().map(|course| Links::new(course, &made.sources)).unwrap_or_default();
        Self { made: Some(made), links, fresh: true }
    }

    /// The course, to look at. While there are faults it is the last one without.
    #[must_use]
    pub fn look(&self) -> Option<&Loaded> {
        self.made.as_ref()
    }

    /// The pages of the lessons and scenarios among `paths`, made again. None if something else has changed, or a fault
    /// would have to be told: then the whole must be made. In any case it should be soon, for its faults.
    pub fn again(&mut self, site: &Path, paths: &[PathBuf]) -> Option<Vec<Page>> {
        // What is left half changed is not built upon.
        if !std::mem::take(&mut self.fresh) {
            return None;
        }
        let made = self.made.as_mut()?;
        let places: Vec<Again> = paths.iter().map(|path| again(site, path, made)).collect::<Option<_>>()?;
        let (course, sources) = (made.course.as_ref()?, &made.sources);
        for place in &places {
            match *place {
                Again::Lesson(at) => self.links.lesson(course, &course.lessons[at], sources),
                Again::Scenario(at) => self.links.scenario(course, &course.scenarios[at], sources),
            }
        }
        let wanted: Vec<String> = places.iter().map(|place| place.page(course)).collect();
        self.fresh = true;
        let pages = self.pages(&wanted);
        self.fresh = pages.is_some();
        pages
    }

    /// The pages at some paths, as the course is now. None if it is not known to be what the disk holds, if one of them is
    /// no page of the course, or if one has a fault.
    #[must_use]
    pub fn pages(&self, wanted: &[String]) -> Option<Vec<Page>> {
        let made = self.made.as_ref().filter(|_| self.fresh)?;
        let (course, theme) = (made.course.as_ref()?, made.themes.as_ref().ok()?.first()?);
        let what = (course, &made.sources, &made.assets);
        render::some(what, &self.links, theme, Purpose::Serve, wanted)
    }
}
