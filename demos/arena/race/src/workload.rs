//! Over which course they race.

/// A kind of work. All that is random in it is chosen beforehand, from a seed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Workload {
    /// Values of one type are put somewhere, and then all freed, in the order in which they came.
    Values,
    /// Blocks of many layouts are allocated, and then all freed, in a random order.
    #[default]
    Mixed,
    /// A steady number of blocks is alive: one is allocated, and a random other one is freed.
    Churn,
    /// Some `Vec`s grow in random turns, and then all are dropped.
    Vecs,
}

use Workload::*;

impl Workload {
    /// All of them.
    pub const ALL: [Workload; 4] = [Values, Mixed, Churn, Vecs];

    /// As it stands in links.
    pub fn key(self) -> &'static str {
        match self {
            Values => "values",
            Mixed => "mixed",
            Churn => "churn",
            Vecs => "vecs",
        }
    }

    /// As it stands on the page.
    pub fn name(self) -> &'static str {
        match self {
            Values => "One type",
            Mixed => "Many layouts",
            Churn => "Coming and going",
            Vecs => "Growing Vecs",
        }
    }

    /// What is done in it, in a sentence or two.
    pub fn talk(self) -> &'static str {
        match self {
            Values => {
                "1,024 values of 24 bytes are put into memory one by one, and then all freed, in \
                 the order in which they came. The arenas free them all at once."
            }
            Mixed => {
                "1,024 blocks of 1 to 256 bytes, aligned to 1 to 16, most of them small, are \
                 allocated, and then all freed, in a random order. The arena frees them all at once."
            }
            Churn => {
                "256 blocks of 1 to 256 bytes are alive. 1,024 times another one is allocated and a \
                 random one of them is freed; at the end all are. The arena frees them all at once, \
                 so that it holds 1,280 by then."
            }
            Vecs => {
                "Eight `Vec<u32>` grow by 4,096 pushes in random turns, so that hardly one can grow \
                 where it lies; then they are dropped. The arena keeps every copy until then."
            }
        }
    }

    /// What one operation is done to, of which the time is told.
    pub fn operation(self) -> &'static str {
        match self {
            Values => "a value, put there and freed",
            Mixed | Churn => "a block, allocated and freed",
            Vecs => "a push, with its share of the growing",
        }
    }

    /// The one with this key.
    pub fn named(key: &str) -> Option<Workload> {
        Workload::ALL.into_iter().find(|workload| workload.key() == key)
    }
}
