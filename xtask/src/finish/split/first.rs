//! Writes the part that every page starts with.
//!
//! It is the whole module without the functions of the other parts, but with a stub of each that is
//! called from outside of its part or stands in the table. A stub sees to it that its part is there,
//! and then makes the call through the table, where that part has put the function in its place.

use std::collections::BTreeSet;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Module,
    TableSection, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ElementSectionReader,
    ExportSectionReader, FunctionSectionReader, GlobalSectionReader, ImportSectionReader,
    TableSectionReader, TypeSectionReader,
};

use super::plan::{Plan, Result};
use super::shared;

/// Writes it.
pub(super) struct First<'a> {
    plan: &'a Plan,
    /// How many other parts there are.
    others: u32,
    /// Where each function is, if it is in this part.
    places: Vec<Option<u32>>,
    /// The first of the globals that tell whether each other part is there.
    loaded: u32,
}

impl<'a> First<'a> {
    pub(super) fn new(plan: &'a Plan) -> First<'a> {
        let others = plan.imports.len() as u32 - 1;
        let mut first = First { plan, others, places: Vec::new(), loaded: 0 };
        let mut free = 0..;
        for function in 0..plan.types.len() as u32 {
            if function == plan.imported {
                // Behind the imports come those that get the other parts.
                free.start += others;
            }
            let place = first.has(function).then(|| free.next()).flatten();
            first.places.push(place);
        }
        first
    }

    /// Whether this part has the function, or a stub of it.
    fn has(&self, function: u32) -> bool {
        match function < self.plan.imported {
            true => self.plan.imports[0].contains(&function) || self.plan.table.contains(&function),
            false => self.plan.is_in(function, 0) || self.plan.stubs.contains(&function),
        }
    }

    /// The place of the first function that gets another part.
    fn load(&self) -> u32 {
        self.places.iter().take(self.plan.imported as usize).flatten().count() as u32
    }

    /// The whole module's own functions.
    fn own(&self) -> impl Iterator<Item = u32> + use<> {
        self.plan.imported..self.plan.types.len() as u32
    }

    /// Calls a function of another part.
    fn stub(&self, function: u32) -> Function {
        let other = self.plan.parts[function as usize] as u32 - 1;
        let ty = self.plan.types[function as usize];
        let parameters = self.plan.signatures[ty as usize].params().len() as u32;
        let mut stub = Function::new([]);
        let mut code = stub.instructions();
        code.global_get(self.loaded + other).i32_eqz();
        code.if_(BlockType::Empty).call(self.load() + other).end();
        for parameter in 0..parameters {
            code.local_get(parameter);
        }
        code.i32_const(self.plan.slots[&function] as i32).call_indirect(0, ty).end();
        stub
    }
}

impl Reencode for First<'_> {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        let place = self.places[function as usize];
        place.ok_or_else(|| Error::UserError(format!("function {function} has no stub")))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result {
        for (function, import) in (0..).zip(section.into_imports()) {
            if self.has(function) {
                self.parse_import(imports, import?)?;
            }
        }
        let ty = self.plan.signatures.len() as u32;
        for other in 0..self.others {
            imports.import(shared::OTHERS, &shared::load(other), EntityType::Function(ty));
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result {
        for function in self.own().filter(|&function| self.has(function)) {
            functions.function(self.plan.types[function as usize]);
        }
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result {
        for ty in shared::table_types(self, self.plan, section)? {
            tables.table(ty);
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result {
        self.loaded = section.count();
        utils::parse_global_section(self, globals, section)?;
        let ty = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        for _ in 0..self.others {
            globals.global(ty, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result {
        utils::parse_export_section(self, exports, section)?;
        exports.export(shared::MEMORY, ExportKind::Memory, 0);
        for other in 0..self.others {
            exports.export(&shared::loaded(other), ExportKind::Global, self.loaded + other);
        }
        for table in 0..self.plan.tables {
            exports.export(&shared::table(table), ExportKind::Table, table);
        }
        let used: BTreeSet<u32> = self.plan.globals.iter().skip(1).flatten().copied().collect();
        for global in used {
            exports.export(&shared::global(global), ExportKind::Global, global);
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: ElementSectionReader<'_>,
    ) -> Result {
        *elements = shared::filled(self.plan, |function| self.places[function as usize]);
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result {
        for (function, body) in self.own().zip(section) {
            if self.plan.is_in(function, 0) {
                self.parse_function_body(code, body?)?;
            } else if self.has(function) {
                code.function(&self.stub(function));
            }
        }
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> Result<u32> {
        Ok(self.plan.segments[0].len() as u32)
    }

    fn parse_data_section(&mut self, data: &mut DataSection, _: DataSectionReader<'_>) -> Result {
        *data = self.plan.data(0);
        Ok(())
    }

    /// What else is told of the functions is true of the whole module alone.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result {
        Ok(())
    }
}
