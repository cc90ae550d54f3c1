//! The scenes: short programs, each made to show one thing. To add one is to add its file and its entry
//! in [`SCENES`].

use crate::AllocatorKind::{
    self, Arena, BestFit, Book, Buddies, FirstFit, Loosened, SizeClasses, Typed,
};
use crate::{Program, Scenario};

/// A scene.
pub struct Scene {
    /// Stands in links: it is never changed, and never used again for another scene.
    pub name: &'static str,
    /// Stands above it.
    pub title: &'static str,
    /// Two or three sentences for a lecture.
    pub talk: &'static str,
    /// Its program.
    pub text: &'static str,
    /// Below this crate's folder, where its program is written.
    pub file: &'static str,
    /// On what it shows best.
    allocators: &'static [AllocatorKind],
    /// After how many steps its picture says most.
    pub telling: usize,
}

/// A scene of the file with this name.
macro_rules! program {
    ($name:literal) => {
        (include_str!(concat!($name, ".txt")), concat!("src/scenes/", $name, ".txt"))
    };
}

const fn scene(
    name: &'static str,
    title: &'static str,
    talk: &'static str,
    (text, file): (&'static str, &'static str),
    allocators: &'static [AllocatorKind],
    telling: usize,
) -> Scene {
    Scene { name, title, talk, text, file, allocators, telling }
}

/// All scenes, in the order of a lecture.
pub static SCENES: &[Scene] = &[
    scene(
        "alignment",
        "Alignment and padding",
        "An arena adds to a pointer, and before that it rounds the pointer up: a `u32` wants a \
         multiple of 4, a cache line one of 64. What it skips, nobody gets. Ask what the same values \
         take with the largest first.",
        program!("alignment"),
        &[Arena],
        9,
    ),
    scene(
        "order",
        "The order of fields, and of values",
        "Three fields take 12 bytes as they were written and 8 with the largest first; Rust may \
         reorder them, `repr(C)` may not. Between values nobody reorders: that is up to who \
         allocates.",
        program!("order"),
        &[Arena],
        12,
    ),
    scene(
        "vec",
        "A Vec that grows",
        "A `Vec` that is full asks for twice as much and copies. A free list takes the old copy \
         back; an arena cannot, and ends with all of them dead beside the last. If the `Vec` lies at \
         the end, it grows where it is.",
        program!("vec"),
        &[Arena, FirstFit],
        20,
    ),
    scene(
        "fragmentation",
        "Fragmentation",
        "Small and large blocks by turns, then all the small ones are freed. There is enough free \
         memory for the big one, but nowhere in one piece. Size classes keep the small ones apart, \
         and pay for it with slots that are not full.",
        program!("fragmentation"),
        &[FirstFit, SizeClasses],
        75,
    ),
    scene(
        "list",
        "A linked list, box by box",
        "Each node is a box of its own. In an arena they lie one behind the other, 8 bytes each; a \
         free list puts a header before each, and a buddy system rounds up to 16.",
        program!("list"),
        &[Arena, FirstFit, Buddies],
        24,
    ),
    scene(
        "map",
        "A hash map that grows",
        "The table of a hash map is one block: entries from its end down, and a byte for each that \
         says whether it is there. At seven eighths it is full, and everything moves into one twice \
         as large.",
        program!("map"),
        &[Arena, BestFit],
        20,
    ),
    scene(
        "reset",
        "Reset, and who still looks",
        "`reset` takes `&mut self`, so no reference outlives it: to use `p` after it does not \
         compile. In the book’s arena, loosened to `&self`, it does, and `p` reads what `q` wrote.",
        program!("reset"),
        &[Arena, Loosened],
        12,
    ),
    scene(
        "drop",
        "Who runs the destructors?",
        "An arena forgets what lies in it: no destructor runs, so files stay open and boxes leak. A \
         typed arena knows where each of its values is, because all are of one type, and drops them in \
         order.",
        program!("drop"),
        &[Typed, Arena],
        14,
    ),
    scene(
        "book",
        "The book’s arena goes wrong",
        "It looks neither at the alignment nor at its end, the sum may wrap around, and nothing is \
         dropped. Nothing of this is done here: it is said, with the numbers, at the step at which the \
         code would do it. Beside it an arena that is sound.",
        program!("book"),
        &[Book, Arena],
        14,
    ),
    scene(
        "loosened",
        "Two &mut to one place",
        "`&mut self` allows one live reference at a time, so people loosen it to `&self`, and every \
         reference lives on, also over a reset. Then one place belongs to two, and the compiler \
         believes both of them.",
        program!("loosened"),
        &[Loosened, Arena],
        14,
    ),
    scene(
        "out-of-memory",
        "No memory, and freed twice",
        "An allocator that has no memory says so, and everything stays as it was; a request that no \
         address space could hold does not even reach it. What is freed twice is a fault of the \
         program, which Rust does not let through.",
        program!("out-of-memory"),
        &[Arena, FirstFit],
        10,
    ),
    scene(
        "churn",
        "Four hundred at random",
        "A program as large programs are: many small blocks, few large ones, freed in no order. Look \
         at the curves: what was asked for, what is used for it, and what is free but in pieces.",
        program!("churn"),
        &[FirstFit, BestFit, Buddies, SizeClasses],
        700,
    ),
];

/// The scene of this name.
pub fn find(name: &str) -> Option<&'static Scene> {
    SCENES.iter().find(|scene| scene.name == name)
}

impl Scene {
    /// The scenario in which it shows best.
    pub fn scenario(&self) -> Scenario {
        Scenario { program: Program::Scene(self.name), allocators: self.allocators.to_vec() }
    }
}
