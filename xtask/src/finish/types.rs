//! The types of functions that a module uses, without those that it does not.
//!
//! A part of the module comes with the types of the whole, most of which are of functions elsewhere.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{Module, TypeSection};
use wasmparser::{BlockType, Operator, Parser, Payload, TypeRef, TypeSectionReader};

use super::Encoded;
use crate::Result;

/// The module with the types that it uses.
pub(super) fn used_alone(module: &[u8]) -> Result<Vec<u8>> {
    let unreadable = |error: &dyn std::fmt::Display| format!("the module cannot be read: {error}");
    let mut used = Used::by(module).map_err(|error| unreadable(&error))?;
    let mut written = Module::new();
    used.parse_core_module(&mut written, Parser::new(0), module)
        .map_err(|error| unreadable(&error))?;
    Ok(written.finish())
}

/// The new index of each type that is used, by its old one.
struct Used(BTreeMap<u32, u32>);

impl Used {
    fn by(module: &[u8]) -> wasmparser::Result<Used> {
        let mut used = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let TypeRef::Func(ty) = import?.ty {
                            used.push(ty);
                        }
                    }
                }
                Payload::FunctionSection(types) => {
                    for ty in types {
                        used.push(ty?);
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    for operator in body.get_operators_reader()? {
                        match operator? {
                            Operator::CallIndirect { type_index, .. } => used.push(type_index),
                            Operator::Block { blockty: BlockType::FuncType(ty) }
                            | Operator::Loop { blockty: BlockType::FuncType(ty) }
                            | Operator::If { blockty: BlockType::FuncType(ty) } => used.push(ty),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        used.sort_unstable();
        used.dedup();
        Ok(Used(used.into_iter().zip(0..).collect()))
    }
}

impl Reencode for Used {
    type Error = String;

    fn type_index(&mut self, ty: u32) -> std::result::Result<u32, Error<String>> {
        let new = self.0.get(&ty).copied();
        new.ok_or_else(|| Error::UserError(format!("type {ty} is used by something unknown")))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Encoded<String> {
        for (index, ty) in (0..).zip(section.into_iter_err_on_gc_types()) {
            let ty = self.func_type(ty?)?;
            if self.0.contains_key(&index) {
                types.ty().func_type(&ty);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_that_are_used_stay_in_order_and_the_others_go() {
        let module = wat::parse_str(
            r#"(module
                (type (func (param i64)))
                (type $imported (func (param i32)))
                (type (func (param f32)))
                (type $block (func (param i32) (result i32 i32)))
                (type $called (func (result f64)))
                (type $own (func (param i32) (result i32)))
                (import "env" "log" (func $log (type $imported)))
                (table 1 funcref)
                (func (export "own") (type $own)
                    (drop (call_indirect (type $called) (i32.const 0)))
                    (call $log (i32.const 0))
                    local.get 0
                    block (type $block)
                        i32.const 1
                    end
                    i32.add))"#,
        )
        .unwrap();
        let used = used_alone(&module).unwrap();
        wasmparser::validate(&used).unwrap();
        let types = |module: &[u8]| {
            let mut types =
                Parser::new(0).parse_all(module).flatten().filter_map(|payload| match payload {
                    Payload::TypeSection(types) => Some(types.count()),
                    _ => None,
                });
            types.next().unwrap()
        };
        assert_eq!((types(&module), types(&used)), (6, 4));
        assert_eq!(used_alone(&used).unwrap(), used);
    }
}
