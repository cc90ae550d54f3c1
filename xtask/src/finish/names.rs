//! Short names between the module and its script.
//!
//! wasm-bindgen names what the module imports after what it is, and a hash. Only these
//! files read the names, each carries many, and hashes do not pack: a letter or two serve as well. What
//! else a browser does not read, the custom sections, goes too.

use std::collections::BTreeMap;

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{CustomSectionReader, Export, ImportSectionReader, Parser};

use super::Encoded;
use crate::Result;

/// The module and its script with short names for everything that one has of the other.
pub(super) fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let mut short = Module::new();
    names
        .parse_core_module(&mut short, Parser::new(0), module)
        .map_err(|error| format!("the module cannot be read: {error}"))?;
    Ok((short.finish(), names.in_script(script)?))
}

/// The short names by the long ones.
#[derive(Default)]
struct Names {
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// The script with the short names. In it an import is the key of a function, and an export a
    /// field of `wasm`.
    fn in_script(&self, script: &str) -> Result<String> {
        let mut missing: Vec<&str> = self.imports.keys().map(String::as_str).collect();
        let mut short = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(start) = rest.find(begins_name) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c| !goes_on_name(c)).unwrap_or(from.len());
            let (name, after) = from.split_at(end);
            short.push_str(before);
            let import = self.imports.get(name).filter(|_| after.starts_with(':'));
            let export = self.exports.get(name).filter(|_| short.ends_with("wasm."));
            if import.is_some() {
                missing.retain(|other| *other != name);
            }
            short.push_str(import.or(export).map_or(name, String::as_str));
            rest = after;
        }
        match missing.first() {
            Some(name) => Err(format!("the script does not give the module its import `{name}`")),
            None => Ok(short + rest),
        }
    }
}

impl Reencode for Names {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Encoded {
        for import in section.into_imports() {
            let import = import?;
            let short = letters(self.imports.len());
            imports.import(import.module, &short, self.entity_type(import.ty)?);
            self.imports.insert(import.name.to_owned(), short);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Encoded {
        let short = letters(self.exports.len());
        let kind = self.export_kind(export.kind)?;
        exports.export(&short, kind, self.external_index(export.kind, export.index)?);
        self.exports.insert(export.name.to_owned(), short);
        Ok(())
    }

    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Encoded {
        Ok(())
    }
}

/// The name of this number: a letter, then two.
fn letters(number: usize) -> String {
    let letter = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}

fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || c == '$'
}

fn goes_on_name(c: char) -> bool {
    begins_name(c) || c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CustomSection, EntityType, ExportKind, TypeSection};
    use wasmparser::Payload;

    /// A module that imports two functions, hands one of them out again, and says who made it.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", "__wbg_now_0123456789abcdef", EntityType::Function(0));
        imports.import("./glue.js", "__wbg_then_fedcba9876543210", EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export("__wbindgen_start", ExportKind::Func, 1);
        let made_by = CustomSection { name: "producers".into(), data: b"us".into() };
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports).section(&made_by);
        module.finish()
    }

    const SCRIPT: &str = "let i={__wbg_now_0123456789abcdef:function(){return now()},\
        __wbg_then_fedcba9876543210:then};wasm.__wbindgen_start();other.__wbindgen_start()";

    #[test]
    fn module_and_script_agree_on_short_names() {
        let (short, script) = shorten(&module(), SCRIPT).unwrap();
        let mut sections = Vec::new();
        for payload in Parser::new(0).parse_all(&short) {
            match payload.unwrap() {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import.unwrap();
                        sections.push(format!("{} {}", import.module, import.name));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export.unwrap();
                        sections.push(format!("{} {}", export.name, export.index));
                    }
                }
                Payload::CustomSection(section) => sections.push(section.name().to_owned()),
                _ => {}
            }
        }
        assert_eq!(sections, ["./glue.js a", "./glue.js b", "a 1"]);
        let expected =
            "let i={a:function(){return now()},b:then};wasm.a();other.__wbindgen_start()";
        assert_eq!(script, expected);
    }

    #[test]
    fn a_script_without_an_import_is_told() {
        let script = SCRIPT.replace("__wbg_then", "__wbg_else");
        let error = shorten(&module(), &script).unwrap_err();
        assert_eq!(
            error,
            "the script does not give the module its import `__wbg_then_fedcba9876543210`"
        );
        assert!(
            shorten(b"no module", SCRIPT).unwrap_err().starts_with("the module cannot be read")
        );
    }

    #[test]
    fn every_number_has_its_own_name() {
        let names: std::collections::BTreeSet<String> = (0..1_000).map(letters).collect();
        assert_eq!(names.len(), 1_000);
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
