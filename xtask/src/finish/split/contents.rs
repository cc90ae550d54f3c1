//! Which part brings which of the memory's first contents, and which slots of the table it alone fills.
//!
//! A constant comes with the part whose functions use it. Nobody else has its address before: it is got
//! from such a function, or from another constant that came with it. What functions of several pages
//! use, or a variable points to, is in the first part, as all variables are.
//!
//! And only who knows of a function's slot can call it by that.
//!
//! Two things tell who uses a constant: the code as it is now, in which an address stands as a number,
//! and the linker's relocations ([`Linked`]), which also know the addresses that were computed from
//! others since. A function that has been inlined since counts as what called it.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{Data, DataKind, Operator, Parser, Payload, TypeRef};

use super::cold::{all_names, list_path};
use super::linked::Linked;
use super::plan::{Result, constant, refused};

/// Some parts: one bit for each, the lowest for the first.
type Parts = u32;

/// The first part alone.
const FIRST: Parts = 1;

/// Functions of at most so many bytes may have been inlined though they are still there.
const SMALL: usize = 64;

/// A segment more is about so many bytes more; so few bytes between two are better written, too.
const GAP: usize = 8;

/// Which parts need which constant.
#[derive(Default)]
pub(crate) struct Contents {
    /// Where in memory the constants begin.
    start: u32,
    /// The parts that need the byte at each address from there.
    parts: Vec<Parts>,
    /// The parts that know of a slot of the table.
    slots: BTreeMap<u32, Parts>,
}

/// Bytes that memory holds from the beginning.
pub(super) struct Segment {
    /// The first one's address.
    pub(super) start: u32,
    pub(super) bytes: Vec<u8>,
}

impl Contents {
    /// Finds out. `linked` is the module as the linker left it, `module` as it is now; `of` are the parts
    /// of its functions, and `rest` is that of what no start calls.
    pub(super) fn of(linked: &[u8], module: &[u8], of: &[usize], rest: usize) -> Result<Contents> {
        let linked = Linked::read(linked)?;
        let mut users = vec![0; linked.constants.len()];
        for &constant in &linked.of_variables {
            users[constant] = FIRST;
        }
        let functions = homes(&linked, &all_names(module)?, of);
        for (function, parts) in linked.functions.iter().zip(functions.iter().copied()) {
            for &constant in &function.uses {
                users[constant] |= parts;
            }
        }
        for (function, address) in addresses(module)? {
            for &constant in linked.at(address) {
                users[constant] |= 1 << of.get(function).copied().unwrap_or_default();
            }
        }
        // What a constant points to is needed where the constant is.
        let mut left: Vec<usize> = (0..users.len()).collect();
        while let Some(constant) = left.pop() {
            for &used in &linked.constants[constant].uses {
                let more = users[used] | users[constant];
                if more != users[used] {
                    users[used] = more;
                    left.push(used);
                }
            }
        }
        let mut slots: BTreeMap<u32, Parts> = BTreeMap::new();
        let of_functions = linked.functions.iter().map(|function| &function.slots).zip(functions);
        let of_constants = linked.constants.iter().map(|it| &it.slots).zip(users.iter().copied());
        let of_variables = [(&linked.slots_of_variables, FIRST)];
        for (known, parts) in of_functions.chain(of_constants).chain(of_variables) {
            for slot in known {
                *slots.entry(*slot).or_default() |= parts;
            }
        }
        let mut parts = vec![0; linked.bytes.len()];
        for (constant, users) in linked.constants.iter().zip(users) {
            for address in constant.range.clone() {
                parts[(address - linked.start) as usize] |= users;
            }
        }
        for parts in &mut parts {
            *parts = settled(*parts, 1 << rest);
        }
        let contents = Contents { start: linked.start, parts, slots };
        match contents.is_in(&segments(module)?, &linked.bytes) {
            true => Ok(contents),
            false => Err(refused("its constants are not those that were linked")),
        }
    }

    /// Whether nobody knows of a slot of the table before this part is there.
    pub(super) fn is_slot_of(&self, slot: u32, part: usize) -> bool {
        self.slots.get(&slot).is_some_and(|parts| *parts == 1 << part)
    }

    /// What a part brings of these segments.
    pub(super) fn brought_by(&self, part: usize, segments: &[Segment]) -> Vec<Segment> {
        let mut brought: Vec<Segment> = Vec::new();
        for segment in segments {
            let mut end = None;
            for (at, (address, byte)) in (segment.start..).zip(&segment.bytes).enumerate() {
                // Memory is zero before.
                if *byte == 0 || self.needed(address) & (1 << part) == 0 {
                    continue;
                }
                match (end, brought.last_mut()) {
                    // What lies between two constants is constant, and may be written twice.
                    (Some(end), Some(last)) if at - end <= GAP => {
                        last.bytes.extend(&segment.bytes[end..=at]);
                    }
                    _ => brought.push(Segment { start: address, bytes: vec![*byte] }),
                }
                end = Some(at + 1);
            }
        }
        brought
    }

    /// The parts that need the byte at an address. Variables are in the first.
    fn needed(&self, address: u32) -> Parts {
        let place = address.checked_sub(self.start);
        place.and_then(|place| self.parts.get(place as usize)).copied().unwrap_or(FIRST)
    }

    /// Whether the memory that these segments fill has the constants as they were linked.
    fn is_in(&self, segments: &[Segment], linked: &[u8]) -> bool {
        let mut memory = vec![0; linked.len()];
        for segment in segments {
            for (address, byte) in (segment.start..).zip(&segment.bytes) {
                let place = address.checked_sub(self.start);
                if let Some(place) = place.and_then(|place| memory.get_mut(place as usize)) {
                    *place = *byte;
                }
            }
        }
        memory == linked
    }
}

/// Where a constant goes that these parts need; `rest` is the part of what no start calls, which gets
/// a copy of what is in that of one page.
fn settled(parts: Parts, rest: Parts) -> Parts {
    let pages = parts & !rest;
    if parts == 0 || pages & FIRST != 0 || pages.count_ones() > 1 { FIRST } else { parts }
}

/// The parts in which the code of each linked function is now.
fn homes(linked: &Linked, names: &[String], of: &[usize]) -> Vec<Parts> {
    /// The functions of one name.
    #[derive(Default)]
    struct Named {
        count: usize,
        parts: Parts,
    }
    let mut now: BTreeMap<String, Named> = BTreeMap::new();
    for (name, part) in names.iter().zip(of) {
        let named = now.entry(list_path(name)).or_default();
        named.count += 1;
        named.parts |= 1 << part;
    }
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    for function in &linked.functions {
        *before.entry(&function.path).or_default() += 1;
    }
    let called: BTreeSet<usize> =
        linked.functions.iter().flat_map(|function| &function.calls).copied().collect();
    let mut homes = Vec::new();
    let mut inlined = Vec::new();
    for (index, function) in linked.functions.iter().enumerate() {
        let now = now.get(&function.path);
        let all_there = now.is_some_and(|now| now.count >= before[function.path.as_str()]);
        // Whatever does call it is not known.
        let outside = if called.contains(&index) { 0 } else { FIRST };
        homes.push(now.map_or(outside, |now| now.parts));
        inlined.push(!all_there || function.size <= SMALL);
    }
    let mut left: Vec<usize> = (0..homes.len()).collect();
    while let Some(caller) = left.pop() {
        for &callee in &linked.functions[caller].calls {
            let more = homes[callee] | homes[caller];
            if inlined[callee] && more != homes[callee] {
                homes[callee] = more;
                left.push(callee);
            }
        }
    }
    homes
}

/// Each number in a function's code that may be an address, with the function.
fn addresses(module: &[u8]) -> Result<Vec<(usize, u32)>> {
    let (mut function, mut addresses) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    function += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader()? {
                    if let Some(address) = address(&operator?) {
                        addresses.push((function, address));
                    }
                }
                function += 1;
            }
            _ => {}
        }
    }
    Ok(addresses)
}

/// The number in an instruction that may be the address of something constant.
fn address(operator: &Operator<'_>) -> Option<u32> {
    use Operator::*;
    match *operator {
        I32Const { value } => Some(value as u32),
        I32Load { memarg }
        | I32Load8S { memarg }
        | I32Load8U { memarg }
        | I32Load16S { memarg }
        | I32Load16U { memarg }
        | I64Load { memarg }
        | I64Load8S { memarg }
        | I64Load8U { memarg }
        | I64Load16S { memarg }
        | I64Load16U { memarg }
        | I64Load32S { memarg }
        | I64Load32U { memarg }
        | F32Load { memarg }
        | F64Load { memarg } => u32::try_from(memarg.offset).ok(),
        _ => None,
    }
}

/// The segments of a module's memory.
pub(super) fn segments(module: &[u8]) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::DataSection(data) = payload? else { continue };
        for data in data {
            let data = data?;
            let start = start(&data).ok_or_else(|| refused("its data has no place of its own"))?;
            segments.push(Segment { start, bytes: data.data.to_vec() });
        }
    }
    Ok(segments)
}

/// Where data goes, if that is certain.
pub(super) fn start(data: &Data<'_>) -> Option<u32> {
    match &data.kind {
        DataKind::Active { memory_index: 0, offset_expr } => constant(offset_expr),
        _ => None,
    }
}
