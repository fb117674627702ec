//! A site that is loaded again and again, as under `serve`.

use amends::address::Purpose;
use amends::load::{self, LoadOptions};
use amends::render;
use amends::shell::disk;
use amends::sink::{Memory, Sink};

use super::{Checked, Pages, Site};

/// Keeps what was compiled for one load, to use it again in the next.
pub(crate) struct Workspace(load::Workspace);

impl Workspace {
    /// An empty workspace.
    pub(crate) fn new() -> Self {
        Self(load::Workspace::default())
    }

    /// The report on a site, and if there is no error the pages that `serve` shows, each rendered separately.
    pub(crate) fn render(&mut self, site: &Site) -> Result<(Checked, Option<Pages>), String> {
        let (checked, pages) = self.render_for(site, Purpose::Serve)?;
        let loaded = self.0.load(&disk::read(site.path()).unwrap(), &LoadOptions::default());
        let Some(pages) = pages else { return Ok((checked, None)) };
        let (one_by_one, renderer) = (Memory::default(), render::Site::new(&loaded, Purpose::Serve).unwrap());
        for path in pages.paths() {
            // `serve` does not have the files that are made from all others.
            let bytes = renderer.file(path).unwrap().unwrap_or_else(|| pages.get(path).unwrap().to_vec());
            one_by_one.write(path, &bytes).unwrap();
        }
        Ok((checked, Some(Pages::of(one_by_one.into_output()))))
    }

    /// The same, but all pages are rendered at once, for a purpose.
    pub(super) fn render_for(
        &mut self,
        site: &Site,
        purpose: Purpose,
    ) -> Result<(Checked, Option<Pages>), String> {
        let loaded = self.0.load(&disk::read(site.path()).unwrap(), &LoadOptions::default());
        if !loaded.is_sound() {
            let findings = render::findings(&loaded);
            return Ok((Checked::of(loaded, findings), None));
        }
        let sink = Memory::default();
        let rendered = render::render(&loaded, purpose, &sink);
        let (findings, failure) = match rendered {
            Ok(findings) => (findings, None),
            Err(error) => (render::findings(&loaded), Some(error.to_string())),
        };
        let checked = Checked::of(loaded, findings);
        if !checked.is_sound() {
            return Ok((checked, None));
        }
        failure.map_or(Ok(()), Err)?;
        Ok((checked, Some(Pages::of(sink.into_output()))))
    }
}
