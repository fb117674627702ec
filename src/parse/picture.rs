//! Pictures as typed.

use crate::diag::{Code, Diagnostic};
use crate::parse::At;
use crate::parse::decode::Decode;
use crate::parse::mapping::keyed;
use crate::parse::reader::Reader;
use crate::parse::scalar::{Name, Text};

keyed! {
    /// A picture with its description.
    #[derive(Debug, Clone)]
    pub struct RawPicture ["picture", "a picture"] |reader| {
        /// The file, relative to this one.
        pub image: At<String> = need(Name) else None,
        /// What it shows, for those who cannot see it.
        pub alt: At<String> = need_alt(Text) else None,
    }
}

impl Reader<'_, '_> {
    /// A required description, which has a diagnostic code of its own.
    fn need_alt<T>(&mut self, key: &'static str, kind: impl Decode<Output = T>, says: &str) -> Option<T> {
        let alt = self.need(key, kind, says);
        if !self.has(key) {
            let fault = Diagnostic::error(Code::MissingAlt, self.span(), "a picture has no `alt`");
            let hint = "describe it in `alt`, for people who cannot see it";
            self.report_missing(key, fault.hint(hint));
        }
        alt
    }
}
