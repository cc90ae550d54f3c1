//! What the linker tells of the module: which function calls which, and which constants each uses.
//!
//! That stands in the relocations, which it keeps when it is told to (`--emit-relocs`, in `build.rs`),
//! in the format of WebAssembly's tool conventions (`Linking.md`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use wasmparser::{
    CustomSectionReader, Data, KnownCustom, Linking, Parser, Payload, RelocationEntry,
    RelocationType, SymbolInfo, TypeRef,
};

use super::cold::list_path;
use super::contents::start;
use super::plan::{Result, refused};

/// The segment of what is only read.
const CONSTANTS: &str = ".rodata";

/// The module as the linker left it.
#[derive(Default)]
pub(super) struct Linked {
    /// The functions, without those that are imported.
    pub(super) functions: Vec<Function>,
    /// The constants, in which each has its own addresses, though some may lie in others.
    pub(super) constants: Vec<Constant>,
    /// The constants, by index, that variables point to.
    pub(super) of_variables: BTreeSet<usize>,
    /// The slots of the table that variables name.
    pub(super) slots_of_variables: BTreeSet<u32>,
    /// Where in memory the constants begin.
    pub(super) start: u32,
    /// What lies there.
    pub(super) bytes: Vec<u8>,
    /// By address, from `start` on: the constants that lie there, by index.
    here: Vec<Vec<usize>>,
}

/// A function.
#[derive(Default)]
pub(super) struct Function {
    /// Its name, as the list of what can wait has it.
    pub(super) path: String,
    /// How long its code is, in bytes.
    pub(super) size: usize,
    /// The functions that it calls, by index.
    pub(super) calls: BTreeSet<usize>,
    /// The constants that it uses, by index.
    pub(super) uses: BTreeSet<usize>,
    /// The slots of the table that it knows of.
    pub(super) slots: BTreeSet<u32>,
}

/// A constant: a text, a table of methods, the place of a panic.
pub(super) struct Constant {
    /// Its addresses.
    pub(super) range: Range<u32>,
    /// The constants that it points to, by index.
    pub(super) uses: BTreeSet<usize>,
    /// The slots of the table that it names.
    pub(super) slots: BTreeSet<u32>,
}

impl Linked {
    /// Reads it.
    pub(super) fn read(module: &[u8]) -> Result<Linked> {
        let sections = Sections::of(module)?;
        let Some(segment) = sections.segments.iter().find(|it| it.name == CONSTANTS) else {
            return Err(refused("it does not tell where its constants are"));
        };
        let functions = sections.bodies.iter().map(|body| {
            let size = body.len();
            Function { size, ..Function::default() }
        });
        let mut linked = Linked {
            functions: functions.collect(),
            start: segment.start,
            bytes: segment.bytes.to_vec(),
            here: vec![Vec::new(); segment.bytes.len()],
            ..Linked::default()
        };
        let symbols = linked.read_symbols(&sections);
        for entry in &sections.in_code {
            linked.follow_code(&sections, entry, symbols[entry.index as usize], module)?;
        }
        for entry in &sections.in_data {
            linked.follow_data(&sections, entry, symbols[entry.index as usize], module)?;
        }
        Ok(linked)
    }

    /// The constants that lie at an address, by index.
    pub(super) fn at(&self, address: u32) -> &[usize] {
        let place = address.checked_sub(self.start);
        place.and_then(|place| self.here.get(place as usize)).map_or(&[], Vec::as_slice)
    }

    /// Takes over what has a name.
    fn read_symbols(&mut self, sections: &Sections<'_>) -> Vec<Symbol> {
        let mut known = BTreeMap::new();
        let symbols = sections.symbols.iter().map(|symbol| match *symbol {
            SymbolInfo::Func { index, name, .. } if index >= sections.imported => {
                let own = (index - sections.imported) as usize;
                if let Some(name) = name {
                    self.functions[own].path = list_path(name);
                }
                Symbol::Function(own)
            }
            SymbolInfo::Data { symbol: Some(data), .. } => {
                let segment = &sections.segments[data.index as usize];
                if segment.name != CONSTANTS {
                    return Symbol::Other;
                }
                let start = segment.start + data.offset;
                let range = start..start + data.size;
                Symbol::Constant(*known.entry((range.start, range.end)).or_insert_with(|| {
                    self.constants.push(Constant {
                        range,
                        uses: BTreeSet::new(),
                        slots: BTreeSet::new(),
                    });
                    self.constants.len() - 1
                }))
            }
            _ => Symbol::Other,
        });
        let symbols = symbols.collect();
        for (index, constant) in self.constants.iter().enumerate() {
            for address in constant.range.clone() {
                self.here[(address - self.start) as usize].push(index);
            }
        }
        symbols
    }

    /// The constants that are meant by an address, which need not lie inside of the symbol that it is
    /// told by.
    fn meant(&self, address: u32, symbol: Symbol) -> BTreeSet<usize> {
        let mut meant: BTreeSet<usize> = self.at(address).iter().copied().collect();
        if let Symbol::Constant(index) = symbol {
            meant.insert(index);
        }
        meant
    }

    /// Takes over a relocation of code.
    fn follow_code(
        &mut self,
        sections: &Sections<'_>,
        entry: &RelocationEntry,
        symbol: Symbol,
        module: &[u8],
    ) -> Result {
        let place = sections.code + entry.offset as usize;
        let user = sections.bodies.partition_point(|body| body.end <= place);
        let Some(number) = module.get(place..place + 5).map(padded) else {
            return Err(refused("a relocation is not in its code"));
        };
        match (entry.ty, symbol) {
            (RelocationType::FunctionIndexLeb, Symbol::Function(callee)) => {
                self.functions[user].calls.insert(callee);
            }
            (RelocationType::TableIndexSleb, _) => {
                self.functions[user].slots.insert(number);
            }
            (RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb, _) => {
                let meant = self.meant(number, symbol);
                self.functions[user].uses.extend(meant);
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes over a relocation of data.
    fn follow_data(
        &mut self,
        sections: &Sections<'_>,
        entry: &RelocationEntry,
        symbol: Symbol,
        module: &[u8],
    ) -> Result {
        let place = sections.data + entry.offset as usize;
        let segment = sections.segments.iter().find(|segment| segment.range.contains(&place));
        let number = module.get(place..).and_then(|rest| rest.first_chunk());
        let (Some(segment), Some(number)) = (segment, number) else {
            return Err(refused("a relocation is not in its data"));
        };
        let number = u32::from_le_bytes(*number);
        let users = self.at(segment.start + (place - segment.range.start) as u32).to_vec();
        match entry.ty {
            RelocationType::MemoryAddrI32 => {
                let meant = self.meant(number, symbol);
                for &user in &users {
                    self.constants[user].uses.extend(&meant);
                }
                if users.is_empty() {
                    self.of_variables.extend(meant);
                }
            }
            RelocationType::TableIndexI32 => {
                for &user in &users {
                    self.constants[user].slots.insert(number);
                }
                if users.is_empty() {
                    self.slots_of_variables.insert(number);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// What a symbol stands for.
#[derive(Clone, Copy)]
enum Symbol {
    /// A function of the module's own, by index.
    Function(usize),
    /// A constant, by index.
    Constant(usize),
    /// Something else.
    Other,
}

/// A number as the linker writes it where it may change: in all five bytes that the longest has.
fn padded(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| (number << 7) | u32::from(byte & 0x7f))
}

/// The sections that are of interest.
#[derive(Default)]
struct Sections<'a> {
    /// How many functions are imported.
    imported: u32,
    /// Where the code of each function is in the file.
    bodies: Vec<Range<usize>>,
    /// Where the code section begins.
    code: usize,
    /// Where the data section begins.
    data: usize,
    segments: Vec<Segment<'a>>,
    symbols: Vec<SymbolInfo<'a>>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

/// What memory holds from the beginning.
struct Segment<'a> {
    name: &'a str,
    /// Its first address.
    start: u32,
    /// Where it is in the file.
    range: Range<usize>,
    bytes: &'a [u8],
}

impl<'a> Sections<'a> {
    fn of(module: &'a [u8]) -> Result<Sections<'a>> {
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        sections.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { unchecked_range, .. } => {
                    sections.code = unchecked_range.start as usize;
                }
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    sections.bodies.push(range.start as usize..range.end as usize);
                }
                Payload::DataSection(data) => {
                    sections.data = data.range().start as usize;
                    for segment in data {
                        sections.segments.push(Segment::of(segment?)?);
                    }
                }
                Payload::CustomSection(section) => sections.read_custom(&section)?,
                _ => {}
            }
        }
        Ok(sections)
    }

    fn read_custom(&mut self, section: &CustomSectionReader<'a>) -> Result {
        match section.as_known() {
            KnownCustom::Linking(linking) => {
                for part in linking {
                    match part? {
                        Linking::SegmentInfo(infos) => {
                            for (segment, info) in self.segments.iter_mut().zip(infos) {
                                segment.name = info?.name;
                            }
                        }
                        Linking::SymbolTable(symbols) => {
                            self.symbols =
                                symbols.into_iter().collect::<wasmparser::Result<_>>()?;
                        }
                        _ => {}
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let entries = match section.name() {
                    "reloc.CODE" => &mut self.in_code,
                    "reloc.DATA" => &mut self.in_data,
                    _ => return Ok(()),
                };
                for entry in relocations.entries() {
                    entries.push(entry?);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl<'a> Segment<'a> {
    fn of(data: Data<'a>) -> Result<Segment<'a>> {
        let start = start(&data).ok_or_else(|| refused("its data has no place of its own"))?;
        let end = data.range.end as usize;
        Ok(Segment { name: "", start, range: end - data.data.len()..end, bytes: data.data })
    }
}
