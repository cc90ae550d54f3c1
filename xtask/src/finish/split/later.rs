//! Writes a part that comes after the first: code, and what it shares with the others.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, EntityType, FunctionSection, ImportSection, Instruction, Module, TypeSection,
};
use wasmparser::{FunctionBody, ImportSectionReader, Operator, Parser, Payload, TypeRef};

use super::plan::{Plan, Result};
use super::shared;

/// Writes it.
pub(super) struct Later<'a> {
    plan: &'a Plan,
    /// Which part it is.
    part: usize,
    /// Where each function is, if it is in this part.
    places: BTreeMap<u32, u32>,
    /// Where each global is, if it is used here.
    globals: BTreeMap<u32, u32>,
}

impl<'a> Later<'a> {
    pub(super) fn new(plan: &'a Plan, part: usize) -> Later<'a> {
        let own = (0..plan.types.len() as u32).filter(|&function| plan.is_in(function, part));
        Later {
            plan,
            part,
            places: plan.imports[part].iter().copied().chain(own).zip(0..).collect(),
            globals: plan.globals[part].iter().copied().zip(0..).collect(),
        }
    }

    /// Writes it from the whole module.
    pub(super) fn module(mut self, whole: &[u8]) -> Result<Module> {
        let mut types = TypeSection::new();
        let mut imports = ImportSection::new();
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(whole) {
            match payload? {
                Payload::TypeSection(section) => self.parse_type_section(&mut types, section)?,
                Payload::ImportSection(section) => self.import_functions(&mut imports, section)?,
                Payload::TableSection(section) => {
                    let plan = self.plan;
                    for (table, ty) in (0..).zip(shared::table_types(&mut self, plan, section)?) {
                        imports.import(shared::FIRST, &shared::table(table), ty);
                    }
                }
                Payload::MemorySection(section) => {
                    for ty in section {
                        imports.import(shared::FIRST, shared::MEMORY, self.memory_type(ty?)?);
                    }
                }
                Payload::GlobalSection(section) => {
                    for (index, global) in (0..).zip(section) {
                        if self.globals.contains_key(&index) {
                            let ty = EntityType::Global(self.global_type(global?.ty)?);
                            imports.import(shared::FIRST, &shared::global(index), ty);
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (function, body) in (self.plan.imported..).zip(bodies) {
            if self.plan.is_in(function, self.part) {
                functions.function(self.plan.types[function as usize]);
                self.parse_function_body(&mut code, body)?;
            }
        }
        let own = |function| self.plan.is_in(function, self.part).then(|| self.places[&function]);
        let slots = shared::filled(self.plan, own);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&slots).section(&code);
        module.section(&self.plan.data(self.part));
        Ok(module)
    }

    /// Imports those of the script's functions that are called here.
    fn import_functions(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result {
        let mut function = 0;
        for import in section.into_imports() {
            let import = import?;
            if matches!(import.ty, TypeRef::Func(_)) {
                if self.places.contains_key(&function) {
                    self.parse_import(imports, import)?;
                }
                function += 1;
            }
        }
        Ok(())
    }
}

impl Reencode for Later<'_> {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        let place = self.places.get(&function).copied();
        place.ok_or_else(|| Error::UserError(format!("function {function} is in another part")))
    }

    fn global_index(&mut self, global: u32) -> Result<u32> {
        Ok(self.globals[&global])
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result {
        let mut written = self.new_function_with_parsed_locals(&body)?;
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index: callee } if !self.places.contains_key(&callee) => {
                    let type_index = self.plan.types[callee as usize];
                    written
                        .instruction(&Instruction::I32Const(self.plan.slots[&callee] as i32))
                        .instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                other => {
                    written.instruction(&self.instruction(other)?);
                }
            }
        }
        code.function(&written);
        Ok(())
    }
}
