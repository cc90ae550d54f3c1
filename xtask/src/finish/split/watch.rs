//! A module that tells which of its functions are called, for the list of those that can wait.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, EntityType, ImportSection, Instruction, Module, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, FunctionBody, ImportSectionReader, Parser, Payload, TypeRef,
    TypeSectionReader,
};

use crate::Result;
use crate::finish::Encoded;

/// The import that is called with the index of each function, at the beginning of each call.
pub(crate) const IMPORT: (&str, &str) = ("watch", "called");

/// The module, watched.
pub(crate) fn watched(module: &[u8]) -> Result<Vec<u8>> {
    let unreadable = |error: &dyn std::fmt::Display| format!("the module cannot be read: {error}");
    let mut watch = Watch::of(module).map_err(|error| unreadable(&error))?;
    let mut watched = Module::new();
    watch
        .parse_core_module(&mut watched, Parser::new(0), module)
        .map_err(|error| unreadable(&error))?;
    Ok(watched.finish())
}

struct Watch {
    imported: u32,
    /// The type of the import, behind all others.
    ty: u32,
    next: u32,
}

impl Watch {
    fn of(module: &[u8]) -> wasmparser::Result<Watch> {
        let (mut imported, mut ty) = (0, 0);
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => ty = types.count(),
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                _ => {}
            }
        }
        Ok(Watch { imported, ty, next: imported })
    }
}

impl Reencode for Watch {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, Error> {
        Ok(function + u32::from(function >= self.imported))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Encoded {
        for group in section {
            self.parse_recursive_type_group(types.ty(), group?)?;
        }
        types.ty().function([ValType::I32], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Encoded {
        for import in section.into_imports() {
            self.parse_import(imports, import?)?;
        }
        imports.import(IMPORT.0, IMPORT.1, EntityType::Function(self.ty));
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Encoded {
        for body in section {
            self.parse_function_body(code, body?)?;
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Encoded {
        let mut written = self.new_function_with_parsed_locals(&body)?;
        written
            .instruction(&Instruction::I32Const(self.next as i32))
            .instruction(&Instruction::Call(self.imported));
        self.next += 1;
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            written.instruction(&self.parse_instruction(&mut reader)?);
        }
        code.function(&written);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::output;
    use crate::project::Project;
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;

    #[test]
    fn each_call_is_told_by_the_functions_index() {
        let module = wat::parse_str(
            r#"(module
                (import "env" "log" (func $log (param f64)))
                (table 1 funcref)
                (elem (i32.const 0) $in_table)
                (func $not_called)
                (func $called (result f64) (call $log (f64.const 0.5)) (f64.const 2.5))
                (func $in_table (local i32))
                (func (export "run") (result f64)
                    (call_indirect (i32.const 0))
                    (call $called)))"#,
        )
        .unwrap();
        let run = r#"
            const module = new WebAssembly.Module(Buffer.from(process.argv[1], "base64"));
            const [log, called] = [console.log, (index) => console.log("called", index)];
            const { run } = new WebAssembly.Instance(module, { env: { log }, watch: { called } }).exports;
            console.log(run());"#;
        let watched = BASE64_STANDARD.encode(watched(&module).unwrap());
        let said = output(Project::here().command("node").args(["--eval", run, &watched]));
        assert_eq!(said.unwrap(), "called 4\ncalled 3\ncalled 2\n0.5\n2.5\n");
    }
}
