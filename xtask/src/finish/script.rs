//! The module's script, with what brings the module's other parts.

use crate::Result;

/// Puts `later` (the text of `static/later.js`) into the script that wasm-bindgen wrote: the first
/// part gets what its stubs call from it, and the others are on their way when that one starts.
pub(super) fn with_later(script: &str, later: &str) -> Result<String> {
    let script = before(script, "\"./oxidoscope_bg.js\":", "later:partLoads,")?;
    let script = before(&script, "wasm.__wbindgen_start()", "bringParts(),")?;
    Ok(without_comments(later) + &script)
}

/// The script with an import that notes which functions are called, in `globalThis.called`. What a page
/// does when all parts have come, it does not do here.
pub(super) fn with_watch(script: &str, (module, name): (&str, &str)) -> Result<String> {
    let watch = format!("{module}:{{{name}:(f)=>(globalThis.called??=new Set()).add(f)}},");
    let script = before(script, "\"./oxidoscope_bg.js\":", &watch)?;
    Ok(format!("document.documentElement.dataset.parts=\"\";{script}"))
}

/// Puts `text` before the one place where `mark` stands.
fn before(script: &str, mark: &str, text: &str) -> Result<String> {
    match script.split(mark).collect::<Vec<_>>()[..] {
        [start, end] => Ok(format!("{start}{text}{mark}{end}")),
        _ => Err(format!("`{mark}` does not stand once in the module's script")),
    }
}

/// A script without comments and indents. Comments have lines of their own.
fn without_comments(script: &str) -> String {
    let is_comment = |line: &str| ["//", "/**", "*"].iter().any(|mark| line.starts_with(mark));
    let lines = script.lines().map(str::trim);
    let code = lines.filter(|line| !line.is_empty() && !is_comment(line));
    code.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "let wasm;function imports(){return{__proto__:null,\"./oxidoscope_bg.js\":{}}}\
        function begin(e){return wasm=e.exports,wasm.__wbindgen_start(),wasm}";

    #[test]
    fn the_other_parts_are_fetched_when_the_first_one_starts() {
        let later = "// What it is.\n\nlet placeholders;\n/** How. */\nfunction bringParts() {\n  go();\n}\n";
        assert_eq!(
            with_later(SCRIPT, later).unwrap(),
            "let placeholders;\nfunction bringParts() {\ngo();\n}\n\
             let wasm;function imports(){return{__proto__:null,later:partLoads,\"./oxidoscope_bg.js\":{}}}\
             function begin(e){return wasm=e.exports,bringParts(),wasm.__wbindgen_start(),wasm}"
        );
        let error = with_later("let wasm;", later).unwrap_err();
        assert!(error.contains("does not stand once"), "{error}");
    }
}
