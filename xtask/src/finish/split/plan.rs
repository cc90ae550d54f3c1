//! Which function goes where, and through which slot of the table it is called from the other half.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::Error;
use wasmparser::{
    ConstExpr, ElementItems, ElementKind, ElementSectionReader, ExternalKind, FuncType,
    FunctionBody, Operator, Parser, Payload, TypeRef,
};

/// What could be read or written, or why it could not: each half is written from a module as the
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
    /// Whether each function comes later.
    pub(super) later: Vec<bool>,
    /// The later functions that the first half calls or has in its table: it has a stub of each.
    pub(super) stubs: BTreeSet<u32>,
    /// How many tables there are. The first is that of the functions.
    pub(super) tables: u32,
    /// The first slot of it that holds a function.
    pub(super) base: u32,
    /// The functions that the first half puts into the slots from `base` on.
    pub(super) table: Vec<u32>,
    /// A slot of each function that is called from the other half.
    pub(super) slots: BTreeMap<u32, u32>,
    /// The imported functions that later functions call.
    pub(super) imports: BTreeSet<u32>,
    /// The globals that later functions use.
    pub(super) globals: BTreeSet<u32>,
}

impl Plan {
    /// The plan for this module, with these functions later.
    pub(super) fn of(module: &[u8], cold: &[u32]) -> Result<Plan> {
        let mut plan = Plan::default();
        let bodies = plan.read(module)?;
        for &function in cold {
            if let Some(later) = plan.later.get_mut(function as usize) {
                *later = true;
            }
        }
        plan.keep_what_is_called_from_outside(module)?;
        for (slot, &function) in (plan.base..).zip(&plan.table) {
            plan.slots.entry(function).or_insert(slot);
            if plan.is_later(function) {
                plan.stubs.insert(function);
            }
        }
        let mut across = BTreeSet::new();
        for (caller, body) in (plan.imported..).zip(&bodies) {
            plan.follow(caller, body, &mut across)?;
        }
        plan.give_slots(across, &bodies);
        Ok(plan)
    }

    /// Whether this function comes later.
    pub(super) fn is_later(&self, function: u32) -> bool {
        self.later[function as usize]
    }

    /// How many slots the table has.
    pub(super) fn table_size(&self) -> u32 {
        let filled_first = self.base + self.table.len() as u32;
        self.slots.values().map(|slot| slot + 1).fold(filled_first, u32::max)
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
        self.later = vec![false; self.types.len()];
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

    /// What is imported or exported, or runs by itself, stays in the first half.
    fn keep_what_is_called_from_outside(&mut self, module: &[u8]) -> Result {
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            self.later[export.index as usize] = false;
                        }
                    }
                }
                Payload::StartSection { func, .. } => self.later[func as usize] = false,
                _ => {}
            }
        }
        self.later[..self.imported as usize].fill(false);
        Ok(())
    }

    /// Notes which functions of the other half a body calls, and what it uses of the first.
    fn follow(
        &mut self,
        caller: u32,
        body: &FunctionBody<'_>,
        across: &mut BTreeSet<u32>,
    ) -> Result {
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index: callee } => {
                    match (self.is_later(caller), self.is_later(callee)) {
                        (true, false) if callee < self.imported => self.imports.insert(callee),
                        (true, false) => across.insert(callee),
                        (false, true) => self.stubs.insert(callee) && across.insert(callee),
                        _ => continue,
                    };
                }
                Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index }
                    if self.is_later(caller) =>
                {
                    self.globals.insert(global_index);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives each function that is called from the other half a slot: behind all that the first half
    /// fills come those that only the later half fills. Both are nearly in the order
    /// that the functions will have ([`crate::finish::order`]), which packs better.
    fn give_slots(&mut self, across: BTreeSet<u32>, bodies: &[FunctionBody<'_>]) {
        let without = across.into_iter().filter(|function| !self.slots.contains_key(function));
        let mut without: Vec<u32> = without.collect();
        without.sort_by_key(|&function| {
            let body = bodies[(function - self.imported) as usize].as_bytes();
            (self.is_later(function), self.types[function as usize], body)
        });
        let next = self.base + self.table.len() as u32;
        self.slots.extend(without.iter().copied().zip(next..));
        self.table.extend(without.into_iter().filter(|&function| !self.later[function as usize]));
    }
}

/// What is wrong with a module that cannot be split.
fn refused(what: &str) -> Error<String> {
    Error::UserError(format!("{what}; it should be as the linker writes it"))
}

/// The number that an expression is, if it is one.
fn constant(expression: &ConstExpr<'_>) -> Option<u32> {
    match expression.get_operators_reader().read().ok()? {
        Operator::I32Const { value } => u32::try_from(value).ok(),
        _ => None,
    }
}
