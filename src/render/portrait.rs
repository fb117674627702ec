//! The portraits of a site: one file for each drawn one, shared by all pages and languages, and the author's own pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::Context;

use super::{Purpose, names, page};
use crate::address::relative;
use crate::asset::{Assets, Size};
use crate::course::{Course, Portrait};
use crate::fingerprint::{digest, short};
use crate::markdown::picture_path;
use crate::portrait::FACES;
use crate::theme::{self, Theme};

/// The template that draws a portrait.
const TEMPLATE: &str = "portrait.svg";

/// The width and height of a drawn portrait, in pixels.
const SIDE: u32 = 240;

/// The files of a site's portraits.
#[derive(Debug, Clone, Default)]
pub(super) struct Portraits(Arc<BTreeMap<Portrait, PortraitFile>>);

/// The file of a portrait.
#[derive(Debug)]
struct PortraitFile {
    /// Its path in the site.
    path: String,
    size: Option<Size>,
    /// Whether it has a part for each mood.
    moods: bool,
}

/// A face for the template.
#[derive(Serialize)]
struct Face {
    mood: &'static str,
    drawn: &'static str,
}

impl Portraits {
    /// All portraits that the courses show, and the files of those that the theme draws.
    pub(super) fn of<'a>(
        courses: impl Iterator<Item = &'a Course>,
        theme: &Theme,
        assets: &Assets,
        purpose: Purpose,
    ) -> Result<(Self, names::SharedFiles), theme::Error> {
        let (mut all, mut files) = (BTreeMap::new(), Vec::new());
        for portrait in courses.flat_map(|course| course.portraits(purpose == Purpose::Serve)) {
            if all.contains_key(portrait) {
                continue;
            }
            let file = match portrait {
                Portrait::Drawn(people) => {
                    let faces = FACES.iter().map(|&(mood, drawn)| Face { mood, drawn });
                    let mut context = Context::new();
                    context.insert("people", people);
                    context.insert("faces", &faces.collect::<Vec<_>>());
                    let drawn = theme.render(TEMPLATE, &context)?.into_bytes();
                    let path = format!("{}{}.svg", names::PORTRAITS, short(digest(&drawn)));
                    files.push((path.clone(), drawn.into()));
                    PortraitFile { path, size: Some(Size { width: SIDE, height: SIDE }), moods: true }
                }
                Portrait::Picture(picture) => {
                    let source = format!("content/{}", picture.path);
                    // A missing one is reported where it is shown.
                    let Some(content) = assets.get(&source) else { continue };
                    let drawing = content.read().ok().filter(|_| source.ends_with(".svg"));
                    let moods = drawing.is_some_and(|svg| {
                        let svg = String::from_utf8_lossy(&svg);
                        FACES.iter().all(|(mood, _)| svg.contains(&format!("id=\"{mood}\"")))
                    });
                    PortraitFile {
                        path: picture_path(assets, &source, purpose),
                        size: assets.size(&source),
                        moods,
                    }
                }
            };
            all.insert(portrait.clone(), file);
        }
        Ok((Self(Arc::new(all)), files))
    }

    /// A portrait on a page in `folder`.
    pub(super) fn on_page_in(&self, folder: &str, portrait: &Portrait) -> Option<page::Portrait> {
        let PortraitFile { path, size, moods } = self.0.get(portrait)?;
        let alt = match portrait {
            Portrait::Drawn(_) => None,
            Portrait::Picture(picture) => Some(picture.alt.clone()),
        };
        let (width, height) = size.map(|size| (size.width, size.height)).unzip();
        Some(page::Portrait { url: relative(folder, path), alt, width, height, moods: *moods })
    }
}
