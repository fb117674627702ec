//! What outlives a load while a course is written: the files that were compiled before.

use amends::discover::discover;
use amends::load::Memo;
use amends::output::Memory;
use amends::pipeline;
use amends::render::Purpose;
use tempfile::TempDir;

use super::{Checked, Pages, Site};

/// Loads a site again and again, as `serve` does, and keeps what it can.
pub(crate) struct Workspace {
    memo: Memo,
    _kept: TempDir,
}

impl Workspace {
    /// One that knows nothing yet.
    pub(crate) fn new() -> Self {
        let kept = tempfile::tempdir().unwrap();
        Self { memo: Memo::at(kept.path().join("memo.json")), _kept: kept }
    }

    /// [`Site::render`] of the pages that `serve` shows, with what is known from the times before.
    pub(crate) fn render(&mut self, site: &Site) -> Result<(Checked, Option<Pages>), String> {
        let (folder, what) = (site.path(), (Purpose::Serve, false));
        let made = pipeline::make_onto((folder, || discover(folder)), what, (&Memory, None), &self.memo);
        let made = made.map_err(|error| error.to_string())?;
        Ok((Checked::of(made.loaded), made.output.map(Pages::of)))
    }
}
