//! The module's script, with the part that brings the later half.

use crate::Result;

/// Puts `later` (the text of `static/later.js`) into the script that wasm-bindgen wrote: the first
/// half gets what its stubs call from it, and the later half is on its way when the first one starts.
pub(super) fn with_later(script: &str, later: &str) -> Result<String> {
    let script = before(script, "\"./oxidoscope_bg.js\":", "later:{load:getLater},")?;
    let script = before(&script, "wasm.__wbindgen_start()", "bringLater(),")?;
    Ok(without_comments(later) + &script)
}

/// The script with an import that notes which functions are called, in `globalThis.called`.
pub(super) fn with_watch(script: &str, (module, name): (&str, &str)) -> Result<String> {
    let watch = format!("{module}:{{{name}:(f)=>(globalThis.called??=new Set()).add(f)}},");
    before(script, "\"./oxidoscope_bg.js\":", &watch)
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
    fn the_later_half_is_fetched_when_the_first_one_starts() {
        let later = "// What it is.\n\nlet placeholders;\n/** How. */\nfunction bringLater() {\n  go();\n}\n";
        assert_eq!(
            with_later(SCRIPT, later).unwrap(),
            "let placeholders;\nfunction bringLater() {\ngo();\n}\n\
             let wasm;function imports(){return{__proto__:null,later:{load:getLater},\"./oxidoscope_bg.js\":{}}}\
             function begin(e){return wasm=e.exports,bringLater(),wasm.__wbindgen_start(),wasm}"
        );
        let error = with_later("let wasm;", later).unwrap_err();
        assert!(error.contains("does not stand once"), "{error}");
    }
}
