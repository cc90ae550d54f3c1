//! What the halves share, and by which names.

use wasm_encoder::TableType;
use wasm_encoder::reencode::Reencode;
use wasmparser::TableSectionReader;

use super::plan::{Plan, Result};

/// The module that the first half imports, and its function that gets the later half.
pub(super) const LOAD: (&str, &str) = ("later", "load");
/// The first half's global that is 1 when the later half is there.
pub(super) const LOADED: &str = "L";
/// The module under whose name the later half imports what the first one exports.
pub(super) const FIRST: &str = "first";
/// The memory. All these names are told from those that the script knows by their capital letter.
pub(super) const MEMORY: &str = "M";

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
    half: &mut R,
    plan: &Plan,
    tables: TableSectionReader<'_>,
) -> Result<Vec<TableType>> {
    let mut types = Vec::new();
    for table in tables {
        types.push(half.table_type(table?.ty)?);
    }
    if let Some(functions) = types.first_mut() {
        functions.minimum = u64::from(plan.table_size());
        functions.maximum = Some(functions.minimum);
    }
    Ok(types)
}
