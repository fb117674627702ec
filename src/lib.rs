//! x
#![allow(missing_docs)]
pub mod course;
pub mod diag;
pub mod source;
pub mod render {
    pub mod page;
}
