//! What is done to a page: its base, its build, its content security policy.

use super::sha256;
use crate::Result;

/// The page for a route `depth` folders below the root. If it has a part of the module of its own, in
/// this file, the page fetches it from the first.
pub(super) fn for_route(
    index: &str,
    build: &str,
    depth: usize,
    own: Option<&str>,
) -> Result<String> {
    let base = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let (before, _, after) = around(index, "<base")?;
    let page = format!("{before}<base href=\"{base}\" />{after}");
    let mut page = with_meta(&page, &format!("<meta name=\"build\" content=\"{build}\" />"))?;
    if let Some(own) = own {
        // Behind the base, which its address needs.
        let (before, base, after) = around(&page, "<base")?;
        let preload = format!(
            "<link rel=\"preload\" as=\"fetch\" href=\"./{own}\" crossorigin id=\"own-part\" />"
        );
        page = format!("{before}{base}{preload}{after}");
    }
    with_policy(&page)
}

/// The page with the size of the module, which trunk's loader is told behind its name, so that it can
/// say how much has come. trunk itself writes what it was before it was made smaller.
pub(super) fn with_size(page: &str, module: &str, size: usize) -> Result<String> {
    let name = format!("{module}`,");
    let (before, after) = page
        .split_once(&name)
        .ok_or_else(|| format!("the loader of index.html is not told the size of {module}"))?;
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    Ok(format!("{before}{name}{size}{after}"))
}

/// The page with a content security policy: everything from this origin, no inline code but that
/// which stands in the page now, no `eval` but WebAssembly's.
pub(super) fn with_policy(page: &str) -> Result<String> {
    let sources = |element: &str| {
        inline(page, element).iter().map(|text| format!(" '{}'", sha256(text.as_bytes()))).collect()
    };
    let (scripts, styles): (String, String) = (sources("script"), sources("style"));
    let policy = [
        "default-src 'self'".to_owned(),
        format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        format!("style-src 'self'{styles}"),
        "object-src 'none'".to_owned(),
        "base-uri 'self'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ");
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />");
    with_meta(page, &meta)
}

/// Puts an element right after the one that names the encoding, which must be first.
fn with_meta(page: &str, element: &str) -> Result<String> {
    let (before, charset, after) = around(page, "<meta charset")?;
    Ok(format!("{before}{charset}{element}{after}"))
}

/// What stands before the first tag that begins so, the tag, and what stands behind it.
fn around<'a>(page: &'a str, tag: &str) -> Result<(&'a str, &'a str, &'a str)> {
    let missing = || format!("the page has no `{tag} …>`");
    let start = page.find(tag).ok_or_else(missing)?;
    let length = page[start..].find('>').ok_or_else(missing)? + 1;
    Ok((&page[..start], &page[start..start + length], &page[start + length..]))
}

/// The text of each `element` that stands in the page itself.
fn inline<'a>(page: &'a str, element: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((attributes, after)) = after.split_once('>') else { break };
        let Some((text, after)) = after.split_once(&close) else { break };
        if !attributes.contains("src=") {
            found.push(text);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<head>\n    <meta charset=\"utf-8\" />\n    <base href=\"./\" />\n\
        <script src=\"./a.js\"></script><script type=\"module\">go('./b.js')</script></head>";

    #[test]
    fn only_inline_code_is_hashed() {
        assert_eq!(inline(INDEX, "script"), ["go('./b.js')"]);
        assert_eq!(inline(INDEX, "style"), [""; 0]);
        assert_eq!(inline("<style>a{}</style><style>b{}</style>", "style"), ["a{}", "b{}"]);
    }

    #[test]
    fn the_policy_comes_before_any_script_and_allows_no_other() {
        let page = for_route(INDEX, "abc", 0, None).unwrap();
        let policy = page.find("Content-Security-Policy").unwrap();
        assert!(policy < page.find("<script").unwrap());
        assert!(page.contains(&sha256(b"go('./b.js')")), "{page}");
        assert!(!page.contains("unsafe-inline") && !page.contains("'unsafe-eval'"), "{page}");
        assert!(page.contains("<meta name=\"build\" content=\"abc\" />"), "{page}");
    }

    #[test]
    fn a_route_below_reaches_back_to_the_root() {
        assert!(for_route(INDEX, "abc", 1, None).unwrap().contains("<base href=\"../\" />"));
        assert!(for_route(INDEX, "abc", 0, None).unwrap().contains("<base href=\"./\" />"));
        assert!(for_route("<meta charset=\"utf-8\" />", "abc", 1, None).is_err());
    }

    #[test]
    fn a_route_fetches_its_own_part_from_its_base() {
        let page = for_route(INDEX, "abc", 1, Some("part-a-1.wasm")).unwrap();
        let base = page.find("<base href=\"../\" />").unwrap();
        assert!(base < page.find("href=\"./part-a-1.wasm\"").unwrap(), "{page}");
    }

    #[test]
    fn the_loader_is_told_the_size() {
        let page = "go(`./m_bg.wasm`,123,first());<link href=./m_bg.wasm>";
        let sized = with_size(page, "m_bg.wasm", 45).unwrap();
        assert_eq!(sized, "go(`./m_bg.wasm`,45,first());<link href=./m_bg.wasm>");
        assert!(with_size(page, "other_bg.wasm", 45).is_err());
    }

    #[test]
    fn a_minified_page_is_finished_too() {
        let index = "<html lang=en><meta charset=utf-8><base href=./><script>go()</script>";
        let page = for_route(index, "abc", 1, None).unwrap();
        assert!(page.contains("<base href=\"../\" />") && !page.contains("./>"), "{page}");
        assert!(page.contains(&sha256(b"go()")), "{page}");
        assert!(page.starts_with("<html lang=en><meta charset=utf-8><meta http-equiv="), "{page}");
    }
}
