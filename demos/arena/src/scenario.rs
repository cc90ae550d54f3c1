//! What is set up before a run: a program, and the allocators that it runs on.

use machine::{Portable, Reader, Writer};

use crate::lang::limits;
use crate::{AllocatorKind, scenes};

/// Everything that decides a run, apart from the commands.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Scenario {
    /// What is run.
    pub program: Program,
    /// On what it is run, side by side: at least one, each once. The first one is looked at.
    pub allocators: Vec<AllocatorKind>,
}

/// The program.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Program {
    /// That of a scene of [`scenes`], by its stable name.
    Scene(&'static str),
    /// A program in the text language of [`crate::lang`].
    Text(String),
}

impl Scenario {
    /// A program in an arena.
    pub fn new(program: Program) -> Scenario {
        Scenario { program, allocators: vec![AllocatorKind::Arena] }
    }

    /// The text of its program.
    pub fn text(&self) -> &str {
        match &self.program {
            Program::Scene(name) => scenes::find(name).map_or("", |scene| scene.text),
            Program::Text(text) => text,
        }
    }
}

impl Portable for Scenario {
    fn write(&self, out: &mut Writer) {
        let (typed, text) = match &self.program {
            Program::Scene(name) => (false, *name),
            Program::Text(text) => (true, text.as_str()),
        };
        out.flag(typed);
        out.text(text);
        out.number(self.allocators.len() as u64);
        for allocator in &self.allocators {
            out.byte(AllocatorKind::ALL.iter().position(|it| it == allocator).unwrap_or(0) as u8);
        }
    }

    fn read(input: &mut Reader<'_>) -> Self {
        let typed = input.flag("0 for a scene or 1 for a program");
        let start = input.position();
        let text = input.text();
        let program = if typed {
            if text.len() > limits::TEXT {
                input.refuse(start, "a program of at most 60 KiB");
            }
            Program::Text(text.to_owned())
        } else {
            let scene = scenes::find(text);
            if scene.is_none() {
                input.refuse(start, "the name of a scene");
            }
            Program::Scene(scene.map_or("", |scene| scene.name))
        };
        let start = input.position();
        let count = input.number_to(AllocatorKind::ALL.len() as u64, "1 to 8 allocators");
        if count == 0 {
            input.refuse(start, "1 to 8 allocators");
        }
        let mut allocators = Vec::new();
        for _ in 0..count {
            let start = input.position();
            let index = input.number_to(AllocatorKind::ALL.len() as u64 - 1, "an allocator");
            let allocator = AllocatorKind::ALL.get(index as usize).copied();
            match allocator.filter(|allocator| !allocators.contains(allocator)) {
                Some(allocator) => allocators.push(allocator),
                None => input.refuse(start, "an allocator that was not named before"),
            }
        }
        Scenario { program, allocators }
    }
}
