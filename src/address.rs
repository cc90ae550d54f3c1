//! Addresses: `BASE/ROUTE/?MODES#RUN`. The base is wherever the page was published, the run stands in
//! the fragment, which no server sees.

use wasm_bindgen::JsValue;
use web_sys::Window;

use crate::dom::find;

/// What a query may switch on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// For the last row of a lecture hall.
    pub present: bool,
    /// The demo alone, inside another page.
    pub embed: bool,
}

impl Query {
    /// Reads `?present=1&embed=1`, whatever else stands there.
    pub fn parse(search: &str) -> Query {
        let on = |name: &str| {
            let pairs = search.trim_start_matches('?').split('&');
            pairs
                .filter_map(|pair| pair.split_once('=').or(Some((pair, "1"))))
                .any(|(key, value)| key == name && !matches!(value, "0" | "false" | "off" | "no"))
        };
        Query { present: on("present"), embed: on("embed") }
    }

    /// The query with its question mark, or nothing.
    pub fn text(self) -> &'static str {
        match (self.present, self.embed) {
            (false, false) => "",
            (true, false) => "?present=1",
            (false, true) => "?embed=1",
            (true, true) => "?present=1&embed=1",
        }
    }
}

/// The route in a path below the base: empty for the home page.
pub fn route<'a>(base: &str, path: &'a str) -> &'a str {
    let rest = path.strip_prefix(base).unwrap_or(path.trim_start_matches('/'));
    rest.strip_suffix("index.html").unwrap_or(rest).trim_end_matches('/')
}

fn window() -> Window {
    web_sys::window().expect("the page has a window")
}

/// The path of the page's base, with a slash at both ends. The first call pins it: the base element
/// may be relative to the address, which changes later.
pub fn pin_base() -> String {
    let document = window().document().expect("the window has a document");
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    let folder = folder(&base);
    if let Some(element) = find("base") {
        _ = element.set_attribute("href", &folder);
    }
    folder
}

/// The path of the folder in a whole address, with a slash at both ends.
fn folder(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let path = address.split('/').skip(3);
    let mut folder: String = path.flat_map(|part| ["/", part]).collect();
    folder.truncate(folder.bytes().rposition(|byte| byte == b'/').unwrap_or(0));
    folder.push('/');
    folder
}

/// The path of an address of this origin; nothing of any other.
pub fn path_here(address: &str) -> Option<String> {
    let path = address.strip_prefix(&window().location().origin().ok()?)?;
    path.starts_with('/').then(|| path.split(['?', '#']).next().unwrap_or_default().to_owned())
}

/// Where a file is that this build fetches later: in a folder with the build's name, if the build has
/// one, so that it is never another build's. The worker's files have no folder without that.
pub fn of_build(folder: &str, file: &str) -> String {
    match find("meta[name=build]").and_then(|meta| meta.get_attribute("content")) {
        Some(build) => format!("{folder}/{build}/{file}"),
        None if folder == "worker" => file.to_owned(),
        None => format!("{folder}/{file}"),
    }
}

/// The path of the address.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// What the address switches on.
pub fn query() -> Query {
    Query::parse(&window().location().search().unwrap_or_default())
}

/// The fragment without its `#`, as it was typed.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let text = hash.strip_prefix('#').unwrap_or(&hash);
    js_sys::decode_uri_component(text).map_or(text.to_owned(), String::from)
}

/// The whole address of this page with another fragment.
pub fn with_fragment(fragment: &str) -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}{}#{fragment}", path(), query().text())
}

/// Rewrites query and fragment in place. A browser may refuse that; then the address stays.
pub fn replace(query: Query, fragment: Option<&str>) {
    let mut address = path() + query.text();
    if let Some(fragment) = fragment {
        address.push('#');
        address.push_str(fragment);
    }
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Goes to another page of the app.
pub fn push(address: &str) {
    if let Ok(history) = window().history() {
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_the_same_at_every_base_and_however_it_is_written() {
        for (base, path) in [
            ("/", "/executor"),
            ("/", "/executor/"),
            ("/a/b/", "/a/b/executor/"),
            ("/a/b/", "/a/b/executor/index.html"),
        ] {
            assert_eq!(route(base, path), "executor");
        }
        assert_eq!(route("/a/b/", "/a/b/"), "");
        assert_eq!(route("/", "/index.html"), "");
        assert_eq!(route("/", "/no/such/page"), "no/such/page");
    }

    #[test]
    fn the_folder_of_a_base_is_its_path_up_to_the_last_slash() {
        for (base, expected) in [
            ("scheme://host", "/"),
            ("scheme://host/", "/"),
            ("scheme://host:8080/index.html", "/"),
            ("scheme://host/a/b/", "/a/b/"),
            ("scheme://host/a/b/c.html?x=/y/#/z/", "/a/b/"),
        ] {
            assert_eq!(folder(base), expected, "{base}");
        }
    }

    #[test]
    fn modes_are_read_among_anything_and_written_short() {
        assert_eq!(Query::parse("?utm=1&present=1"), Query { present: true, embed: false });
        assert_eq!(Query::parse("?embed"), Query { present: false, embed: true });
        assert_eq!(Query::parse("?present=0&&=&%"), Query::default());
        for present in [false, true] {
            for embed in [false, true] {
                let query = Query { present, embed };
                assert_eq!(Query::parse(query.text()), query);
            }
        }
    }
}
