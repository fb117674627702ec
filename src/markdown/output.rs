//! What Markdown becomes besides plain HTML: the parts of template contexts that are made here.

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
    /// Whether the speaker plays the trainee's part: is called "You", has a line with a skill, or has no portrait while
    /// others do.
    pub you: bool,
    /// The mood of a speaker with a portrait: as written, else that of their previous line.
    pub mood: Option<&'static str>,
    /// What is said: inline HTML.
    pub html: String,
    /// The skill that the line shows, as in the default model.
    pub skill: Option<SkillTag>,
}

/// A skill as a tag: `hue` picks its color and glyph (1 to 8, in the order of the model).
#[derive(Debug, Clone, Serialize)]
pub struct SkillTag {
    /// Its id in the model.
    pub id: String,
    /// Its name in the model.
    pub name: String,
    /// 1 to 8.
    pub hue: usize,
}

/// A piece of a story's text: one or more paragraphs. In chats, emails and posts a text is split by paragraph, and the
/// quotation marks of a message are dropped.
#[derive(Debug, Clone, Serialize)]
pub struct StoryLine {
    /// Whether the customer says it; otherwise it is scene, what the trainee sees.
    pub message: bool,
    /// HTML with `<p>`.
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
