//! The order of the functions in the module.
//!
//! Any order does; but what is alike packs better side by side: functions of the same type, by what
//! they begin with. This is 2 KB of the first load.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

use super::Encoded;
use crate::Result;

/// The module with like functions side by side.
pub(super) fn like_beside_like(module: &[u8]) -> Result<Vec<u8>> {
    let unreadable = |error: &dyn std::fmt::Display| format!("the module cannot be read: {error}");
    let order = Order::of(module).map_err(|error| unreadable(&error))?;
    let mut ordered = Module::new();
    { order }
        .parse_core_module(&mut ordered, Parser::new(0), module)
        .map_err(|error| unreadable(&error))?;
    Ok(ordered.finish())
}

/// Where each function goes. Imported functions are counted before all others, and stay.
struct Order {
    imported: u32,
    /// The functions, by their old places, in their new order.
    functions: Vec<usize>,
    /// Their new places, in their old order.
    places: Vec<u32>,
}

impl Order {
    fn of(module: &[u8]) -> wasmparser::Result<Order> {
        let (mut imported, mut types, mut bodies) = (0, Vec::<u32>::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(all) => {
                    types = all.into_iter().collect::<wasmparser::Result<_>>()?;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let mut functions: Vec<usize> = (0..bodies.len()).collect();
        functions.sort_by_key(|&function| (types.get(function), bodies[function]));
        let mut places = vec![0; bodies.len()];
        for (place, &function) in (0..).zip(&functions) {
            places[function] = place;
        }
        Ok(Order { imported, functions, places })
    }
}

impl Reencode for Order {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, Error> {
        let own = function.checked_sub(self.imported);
        Ok(own.map_or(function, |own| self.imported + self.places[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Encoded {
        let types = section.into_iter().collect::<wasmparser::Result<Vec<u32>>>()?;
        for &function in &self.functions {
            functions.function(types[function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Encoded {
        let bodies = section.into_iter().collect::<wasmparser::Result<Vec<_>>>()?;
        for function in self.functions.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, Function, ImportSection, Instruction, TypeSection,
        ValType,
    };

    /// A module of an import and three functions, of which each gives its number, and the first and
    /// the last are of one type; all are exported by what they give.
    fn module() -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], [ValType::I32]);
        types.ty().function([], [ValType::I64]);
        imports.import("env", "zero", EntityType::Function(0));
        let (mut functions, mut exports) = (FunctionSection::new(), ExportSection::new());
        let mut code = CodeSection::new();
        let bodies = [
            (0, Instruction::I32Const(2), "two"),
            (1, Instruction::I64Const(3), "three"),
            (0, Instruction::I32Const(1), "one"),
        ];
        exports.export("zero", ExportKind::Func, 0);
        for (index, (ty, constant, name)) in (1..).zip(bodies) {
            functions.function(ty);
            exports.export(name, ExportKind::Func, index);
            let mut body = Function::new([]);
            body.instruction(&constant).instruction(&Instruction::End);
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&exports).section(&code);
        module.finish()
    }

    /// A function: its type and its body.
    type Body = (u32, Vec<u8>);

    /// The functions, and of each export its name and its function.
    fn contents(module: &[u8]) -> (Vec<Body>, Vec<(String, u32)>) {
        let (mut types, mut bodies, mut exports) = (Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload.unwrap() {
                Payload::FunctionSection(all) => {
                    types.extend(all.into_iter().map(|ty| ty.unwrap()))
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().to_vec()),
                Payload::ExportSection(all) => exports.extend(all.into_iter().map(|export| {
                    let export = export.unwrap();
                    (export.name.to_owned(), export.index)
                })),
                _ => {}
            }
        }
        (types.into_iter().zip(bodies).collect(), exports)
    }

    #[test]
    fn functions_of_a_type_lie_together_and_keep_their_callers() {
        let (before, exports_before) = contents(&module());
        let (after, exports) = contents(&like_beside_like(&module()).unwrap());
        assert_eq!(after, [2, 0, 1].map(|old: usize| before[old].clone()));
        let named = |exports: &[(String, u32)], name| {
            exports.iter().find(|(other, _)| other == name).map(|(_, index)| *index as usize)
        };
        assert_eq!(named(&exports, "zero"), Some(0), "an import stays");
        for name in ["one", "two", "three"] {
            let (old, new) = (named(&exports_before, name), named(&exports, name));
            assert_eq!(before[old.unwrap() - 1], after[new.unwrap() - 1], "{name}");
        }
    }

    #[test]
    fn what_is_no_module_is_told() {
        assert!(like_beside_like(b"no module").is_err());
    }
}
