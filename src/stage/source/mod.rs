//! The source that runs, with the line that is executing.

mod files;
mod sheet;
mod text;
mod view;

pub use files::Files;
pub(crate) use files::text_of;
pub use text::{CLASSES, END, Place, Source};
pub(super) use view::{Sources, sources};
