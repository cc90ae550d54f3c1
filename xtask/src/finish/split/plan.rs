//! Which function goes into which part, and through which slot of the table others call it.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::DataSection;
use wasm_encoder::reencode::Error;
use wasmparser::{
    ConstExpr, ElementItems, ElementKind, ElementSectionReader, ExternalKind, FuncType,
    FunctionBody, Operator, Parser, Payload, TypeRef,
};

use super::contents::{Contents, Segment, segments};

/// What could be read or written, or why it could not: each part is written from a module as the
/// linker writes it.
pub(super) type Result<T = ()> = std::result::Result<T, Error<String>>;

/// What is decided before anything is written. Functions, types and globals are told by their
/// indices in the whole module.
#[derive(Default)]
pub(super) struct Plan {
    /// How many functions the module imports; their indices come before all others.
    pub(super) imported: u32,
    /// The types.
    pub(super) signatures: Vec<FuncType>,
    /// The type of each function.
    pub(super) types: Vec<u32>,
    /// The part of each function: 0 is the first, with which a page starts.
    pub(super) parts: Vec<usize>,
    /// The functions of other parts than the first that are called from outside of theirs, or stand in
    /// the table where others know of them: the first part has a stub of each.
    pub(super) stubs: BTreeSet<u32>,
    /// How many tables there are. The first is that of the functions.
    pub(super) tables: u32,
    /// The first slot of it that holds a function.
    pub(super) base: u32,
    /// The functions, or stubs of them, that the first part puts into the slots from `base` on.
    pub(super) table: Vec<u32>,
    /// A slot of each function that is called from another part.
    pub(super) slots: BTreeMap<u32, u32>,
    /// By part: the imported functions that its functions call.
    pub(super) imports: Vec<BTreeSet<u32>>,
    /// By part: the globals that its functions use.
    pub(super) globals: Vec<BTreeSet<u32>>,
    /// By part: what it writes into memory.
    pub(super) segments: Vec<Vec<Segment>>,
}

impl Plan {
    /// The plan for this module; `parts` says the part of each function, as far as it goes.
    pub(super) fn of(
        module: &[u8],
        parts: &[usize],
        count: usize,
        contents: &Contents,
    ) -> Result<Plan> {
        let mut plan = Plan::default();
        let bodies = plan.read(module)?;
        for (own, part) in plan.parts.iter_mut().zip(parts) {
            *own = *part;
        }
        plan.imports = vec![BTreeSet::new(); count];
        plan.globals = vec![BTreeSet::new(); count];
        plan.keep_what_is_called_from_outside(module)?;
        for (slot, &function) in (plan.base..).zip(&plan.table) {
            plan.slots.entry(function).or_insert(slot);
            let part = plan.parts[function as usize];
            if part != 0 && !contents.is_slot_of(slot, part) {
                plan.stubs.insert(function);
            }
        }
        let mut across = BTreeSet::new();
        for (caller, body) in (plan.imported..).zip(&bodies) {
            plan.follow(caller, body, &mut across)?;
        }
        plan.give_slots(across, &bodies);
        let whole = segments(module)?;
        plan.segments = (0..count).map(|part| contents.brought_by(part, &whole)).collect();
        Ok(plan)
    }

    /// Whether a function is in this part.
    pub(super) fn is_in(&self, function: u32, part: usize) -> bool {
        self.parts[function as usize] == part
    }

    /// What a part writes into memory, as a section.
    pub(super) fn data(&self, part: usize) -> DataSection {
        let mut data = DataSection::new();
        for segment in &self.segments[part] {
            let start = wasm_encoder::ConstExpr::i32_const(segment.start as i32);
            data.active(0, &start, segment.bytes.iter().copied());
        }
        data
    }

    /// How many slots the table has.
    pub(super) fn table_size(&self) -> u32 {
        self.base + self.table.len() as u32
    }

    /// Reads the functions' types and the table, and gives the bodies.
    fn read<'a>(&mut self, module: &'a [u8]) -> Result<Vec<FunctionBody<'a>>> {
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => {
                    for ty in types.into_iter_err_on_gc_types() {
                        self.signatures.push(ty?);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let TypeRef::Func(ty) = import?.ty else {
                            return Err(refused("it imports what is no function"));
                        };
                        self.imported += 1;
                        self.types.push(ty);
                    }
                }
                Payload::FunctionSection(all) => {
                    for ty in all {
                        self.types.push(ty?);
                    }
                }
                Payload::TableSection(tables) => self.tables = tables.count(),
                Payload::ElementSection(elements) => self.read_table(elements)?,
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        if self.table.is_empty() {
            return Err(refused("no function stands in its table"));
        }
        self.parts = vec![0; self.types.len()];
        Ok(bodies)
    }

    /// Reads what stands in the table: one row of functions, as the linker writes it.
    fn read_table(&mut self, elements: ElementSectionReader<'_>) -> Result {
        for element in elements {
            let element = element?;
            let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind
            else {
                return Err(refused("functions stand outside of its table"));
            };
            let (Some(base), true) = (constant(&offset_expr), self.table.is_empty()) else {
                return Err(refused("its table is filled in several pieces"));
            };
            let ElementItems::Functions(functions) = element.items else {
                return Err(refused("its table holds expressions"));
            };
            self.base = base;
            self.table = functions.into_iter().collect::<wasmparser::Result<_>>()?;
        }
        Ok(())
    }

    /// What is imported or exported, or runs by itself, stays in the first part.
    fn keep_what_is_called_from_outside(&mut self, module: &[u8]) -> Result {
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            self.parts[export.index as usize] = 0;
                        }
                    }
                }
                Payload::StartSection { func, .. } => self.parts[func as usize] = 0,
                _ => {}
            }
        }
        self.parts[..self.imported as usize].fill(0);
        Ok(())
    }

    /// Notes which functions of other parts a body calls, and what it uses of the first.
    fn follow(
        &mut self,
        caller: u32,
        body: &FunctionBody<'_>,
        across: &mut BTreeSet<u32>,
    ) -> Result {
        let part = self.parts[caller as usize];
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index: callee } if callee < self.imported => {
                    self.imports[part].insert(callee);
                }
                Operator::Call { function_index: callee } if !self.is_in(callee, part) => {
                    if !self.is_in(callee, 0) {
                        self.stubs.insert(callee);
                    }
                    across.insert(callee);
                }
                Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                    self.globals[part].insert(global_index);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives each function that is called from another part a slot, nearly in the order that the
    /// functions will have ([`crate::finish::order`]), which packs better.
    fn give_slots(&mut self, across: BTreeSet<u32>, bodies: &[FunctionBody<'_>]) {
        let without = across.into_iter().filter(|function| !self.slots.contains_key(function));
        let mut without: Vec<u32> = without.collect();
        without.sort_by_key(|&function| {
            let body = bodies[(function - self.imported) as usize].as_bytes();
            (self.parts[function as usize], self.types[function as usize], body)
        });
        let next = self.base + self.table.len() as u32;
        self.slots.extend(without.iter().copied().zip(next..));
        self.table.extend(without);
    }
}

/// What is wrong with a module that cannot be split.
pub(super) fn refused(what: &str) -> Error<String> {
    Error::UserError(format!("{what}; it should be as the linker writes it"))
}

/// The number that an expression is, if it is one.
pub(super) fn constant(expression: &ConstExpr<'_>) -> Option<u32> {
    match expression.get_operators_reader().read().ok()? {
        Operator::I32Const { value } => u32::try_from(value).ok(),
        _ => None,
    }
}
