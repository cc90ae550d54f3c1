//! Real allocators over real memory, simple enough to be read and drawn.
//!
//! Each is an [`Allocator`](allocator_api2::alloc::Allocator), so that collections take it (a
//! reference to it, that is), and tells where its memory is ([`Inspect`]). Read them in this order:
//!
//! - [`Arena`] only moves a pointer, and gives everything back at once;
//! - [`TypedArena`] does so for values of one type, and drops them;
//! - [`FreeList`] cuts blocks of any size from free ones, and joins neighbours again;
//! - [`Buddies`] halves blocks whose sizes are powers of two, and joins the halves again;
//! - [`SizeClasses`] cuts slabs into slots of one size, so that any free slot will do.
//!
//! What they write into memory for themselves are 32-bit numbers, and offsets instead of pointers:
//! it looks the same on every target.

mod blocks;
mod buddies;
mod bump;
mod chunk;
mod free_list;
mod inspect;
mod links;
mod region;
mod size_classes;
mod typed;

pub use buddies::Buddies;
pub use bump::Arena;
pub use chunk::Memory;
pub use free_list::{Fit, FreeList};
pub use inspect::{Block, Inspect};
pub use region::{PAGE, Region};
pub use size_classes::{SLAB, SLOT_SIZES, Serves, SizeClasses, Slab};
pub use typed::TypedArena;
