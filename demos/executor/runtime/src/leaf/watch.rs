//! For leaf futures that are written by hand in a scene: it lets them be seen waiting.

use super::Leaf;
use crate::{Handle, Place, Wait};

/// Tells the machine that a hand-written future waits. It has no part in whether it is ever woken.
pub struct Watch {
    leaf: Leaf,
    wait: Wait,
}

impl Handle {
    /// A watch for a future that waits "for `what`".
    pub fn watch(&self, what: &'static str) -> Watch {
        Watch { leaf: self.leaf(), wait: Wait::Other(what) }
    }
}

impl Watch {
    /// To be called in a `poll` that returns `Pending`.
    #[track_caller]
    pub fn pending(&mut self) {
        let place = self.leaf.polled_from(Place::caller());
        self.wait(place);
    }

    fn wait(&mut self, place: Place) {
        self.leaf.wait(self.wait, place);
    }

    /// To be called in the `poll` that returns `Ready`.
    pub fn ready(&mut self) {
        self.leaf.finish();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.leaf.cancel();
    }
}
