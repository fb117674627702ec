//! The page that a learning platform opens: it holds the session and shows the pages of a package in a frame.

use super::Error;
use super::language::policy;
use super::page::{FixedPage, Launch, LaunchWords};
use super::page_id::path_to_root;
use super::site::Site;

impl Site<'_> {
    /// The launch page of a part of a package. `script` is the path of its script, and `session` its data as JSON for a
    /// script element. `connects` allows connections to any host, as the address of a cmi5 platform is not known.
    ///
    /// # Errors
    /// When the template fails.
    pub(crate) fn launch(
        &self,
        title: &str,
        script: &str,
        connects: bool,
        session: &str,
    ) -> Result<String, Error> {
        let words = self.languages.iter().map(|language| LaunchWords {
            language: language.language().to_owned(),
            words: language.strings().tree()["launch"].clone(),
        });
        let connect = if connects { "https: http:" } else { "'none'" };
        let launch = Launch {
            title: title.to_owned(),
            session: session.to_owned(),
            script: script.to_owned(),
            policy: format!("{}; frame-src 'self'", policy(connect, "", "")),
            words: words.collect(),
        };
        // The language of the original, or the only one that was asked for.
        let first = &self.languages[0];
        let root = path_to_root(0);
        let mut context = first.context().for_page(&root);
        context.insert("page", &FixedPage { home: root.clone(), root });
        context.insert("launch", &launch);
        Ok(first.theme().render("launch.html", &context)?)
    }
}
