//! The sources of a demo, which are fetched once the page stands: one file of the same build.

use std::sync::Arc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::address;

/// Begins a file.
const FILE: char = '\u{1c}';

/// The texts of a demo's sources, with their tokens marked. `xtask/src/sources.rs` writes them.
#[derive(Clone, Debug, Default)]
pub enum Files {
    /// They are on their way.
    #[default]
    Coming,
    /// They did not come; what is shown in their place.
    Missing(Arc<str>),
    /// Each with its path in this repository.
    Here(Vec<(String, Arc<str>)>),
}

impl Files {
    /// Reads what the build has written.
    pub fn parse(text: &str) -> Files {
        let file = |file: &str| {
            let (path, text) = file.split_once('\n')?;
            Some((path.to_owned(), text.into()))
        };
        Files::Here(text.split(FILE).skip(1).filter_map(file).collect())
    }

    /// Fetches those of the demo at this route.
    pub(in crate::stage) async fn fetch(route: &str) -> Files {
        match text_of(&address::of_build("sources", &format!("{route}.txt"))).await {
            Some(text) => Files::parse(&text),
            None => {
                Files::Missing("The sources did not arrive; reload the page to see them.".into())
            }
        }
    }

    /// The text of a file; empty as long as it is on its way.
    pub fn text(&self, path: &str) -> Arc<str> {
        let empty = || Arc::from("");
        match self {
            Files::Coming => empty(),
            Files::Missing(why) => why.clone(),
            Files::Here(files) => {
                let found = files.iter().find(|(name, _)| name == path);
                found.map_or_else(empty, |(_, text)| text.clone())
            }
        }
    }
}

/// The text of a file of this build, if it comes.
pub(crate) async fn text_of(address: &str) -> Option<String> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
    let answer: Response = answer.unchecked_into();
    let text = answer.ok().then(|| answer.text().ok())??;
    JsFuture::from(text).await.ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_found_by_its_path() {
        let files = Files::parse("\u{1c}a.rs\none\n\ntwo\n\u{1c}b/c.rs\n");
        assert_eq!(&*files.text("a.rs"), "one\n\ntwo\n");
        assert_eq!(&*files.text("b/c.rs"), "");
        assert_eq!(&*files.text("d.rs"), "");
    }

    #[test]
    fn what_does_not_come_is_not_silent() {
        assert_eq!(&*Files::Coming.text("a.rs"), "");
        assert_eq!(&*Files::Missing("gone".into()).text("a.rs"), "gone");
    }
}
