//! Who races.

use crate::Workload;

/// An allocator in the race, or the limit beside which all are shown.
///
/// The book's own arena is not among them: it ignores alignment and its end, so that to run it would
/// be undefined behaviour, and its time would mean nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Contender {
    /// No allocator: a loop over the same work that only adds to a pointer.
    Limit,
    /// [`arena_alloc::Arena`].
    Arena,
    /// [`arena_alloc::TypedArena`].
    TypedArena,
    /// [`arena_alloc::FreeList`], the first block that is large enough.
    FirstFit,
    /// [`arena_alloc::FreeList`], the smallest block that is large enough.
    BestFit,
    /// [`arena_alloc::Buddies`].
    Buddies,
    /// [`arena_alloc::SizeClasses`].
    SizeClasses,
    /// The global allocator of the module that races: the one that it really uses.
    Global,
}

use Contender::*;

impl Contender {
    /// All of them; the limit comes first.
    pub const ALL: [Contender; 8] =
        [Limit, Arena, TypedArena, FirstFit, BestFit, Buddies, SizeClasses, Global];

    /// As it stands in links.
    pub fn key(self) -> &'static str {
        match self {
            Limit => "limit",
            Arena => "arena",
            TypedArena => "typed",
            FirstFit => "first-fit",
            BestFit => "best-fit",
            Buddies => "buddies",
            SizeClasses => "size-classes",
            Global => "global",
        }
    }

    /// As it stands on the page.
    pub fn name(self) -> &'static str {
        match self {
            Limit => "The limit",
            Arena => "Arena",
            TypedArena => "Typed arena",
            FirstFit => "First fit",
            BestFit => "Best fit",
            Buddies => "Buddies",
            SizeClasses => "Size classes",
            Global => "This wasm’s own",
        }
    }

    /// The one with this key.
    pub fn named(key: &str) -> Option<Contender> {
        Contender::ALL.into_iter().find(|contender| contender.key() == key)
    }

    /// Why it cannot do this work, in a sentence; nothing if it can.
    pub fn cannot(self, workload: Workload) -> Option<&'static str> {
        match (self, workload) {
            (TypedArena, Workload::Mixed | Workload::Churn) => {
                Some("It holds values of one type only.")
            }
            (TypedArena, Workload::Vecs) => Some("It holds single values, and no Vec."),
            _ => None,
        }
    }
}
