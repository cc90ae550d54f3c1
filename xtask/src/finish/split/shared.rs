//! What the parts share, and by which names.

use wasm_encoder::reencode::Reencode;
use wasm_encoder::{ConstExpr, ElementSection, Elements, TableType};
use wasmparser::TableSectionReader;

use super::plan::{Plan, Result};

/// The module that the first part imports, of the functions that get the others.
pub(super) const OTHERS: &str = "later";
/// The module under whose name the other parts import what the first one exports.
pub(super) const FIRST: &str = "first";
/// The memory. All these names are told from those that the script knows by their capital letter.
pub(super) const MEMORY: &str = "M";

/// The function that gets a part, counted from the one behind the first.
pub(super) fn load(other: u32) -> String {
    format!("load{other}")
}

/// The first part's global that is 1 when another part is there.
pub(super) fn loaded(other: u32) -> String {
    format!("L{other}")
}

/// The name of a table.
pub(super) fn table(index: u32) -> String {
    format!("T{index}")
}

/// The name of a global.
pub(super) fn global(index: u32) -> String {
    format!("G{index}")
}

/// The types of the tables. The first, that of the functions, has as many slots as the plan says.
pub(super) fn table_types<R: Reencode<Error = String>>(
    part: &mut R,
    plan: &Plan,
    tables: TableSectionReader<'_>,
) -> Result<Vec<TableType>> {
    let mut types = Vec::new();
    for table in tables {
        types.push(part.table_type(table?.ty)?);
    }
    if let Some(functions) = types.first_mut() {
        functions.minimum = u64::from(plan.table_size());
        functions.maximum = Some(functions.minimum);
    }
    Ok(types)
}

/// Fills the slots of the table with those functions that have a `place` in a part; a later part's come
/// into the place of their stubs.
pub(super) fn filled(plan: &Plan, place: impl Fn(u32) -> Option<u32>) -> ElementSection {
    // A row of slots side by side is written as one.
    let mut rows: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, &function) in (plan.base..).zip(&plan.table) {
        let Some(function) = place(function) else { continue };
        match rows.last_mut() {
            Some((start, row)) if *start + row.len() as u32 == slot => row.push(function),
            _ => rows.push((slot, vec![function])),
        }
    }
    let mut elements = ElementSection::new();
    for (start, row) in &rows {
        let start = ConstExpr::i32_const(*start as i32);
        elements.active(None, &start, Elements::Functions(row.as_slice().into()));
    }
    elements
}
