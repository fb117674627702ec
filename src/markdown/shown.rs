//! What templates get from Markdown besides plain HTML.

use serde::Serialize;

/// A heading that can be linked to.
#[derive(Debug, Clone, Serialize)]
pub struct Heading {
    /// The anchor.
    pub id: String,
    /// Its words, without links.
    pub html: String,
}

/// One line of a dialogue.
#[derive(Debug, Clone, Serialize)]
pub struct DialogueLine {
    /// The name, as written.
    pub speaker: String,
    /// Whether this is the speaker who serves: the one with tagged lines, or "You"; if others have faces, the one without.
    pub you: bool,
    /// The mood of a speaker who has a face: as written, or that of the previous line.
    pub mood: Option<&'static str>,
    /// What is said: inline HTML.
    pub html: String,
    /// The skill that the line shows, as in the default model.
    pub skill: Option<SkillTag>,
}

/// A skill as a tag: `hue` picks its color and glyph (1 to 8, in the order of the model).
#[derive(Debug, Clone, Serialize)]
pub struct SkillTag {
    /// As in the model.
    pub id: String,
    /// For people.
    pub name: String,
    /// 1 to 8.
    pub hue: usize,
}

/// A paragraph or more: `message` is true for what the customer says, false for what is seen (scene). In chat,
/// mail and post the text is split by paragraph, and the quotation marks of a message are dropped.
#[derive(Debug, Clone, Serialize)]
pub struct StoryLine {
    /// Whether the customer says it.
    pub message: bool,
    /// With `<p>`.
    pub html: String,
}

/// A picture: URL relative to the page, size in pixels where it could be read.
#[derive(Debug, Clone, Serialize)]
pub struct Image {
    /// Relative to the page.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}
