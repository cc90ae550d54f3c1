//! The waker: a counted pointer, and a table of four functions.
//!
//! A [`Waker`] is what an executor gives to a future so that somebody can say later "poll me again".
//! The type names no executor: it holds one untyped pointer, and a table of functions that know what
//! the pointer is. Here it is an `Arc<TaskHeader>` turned into a raw pointer, so
//!
//! - `clone` counts one up and `drop` one down, and the last one frees the header;
//! - `wake` is `wake_by_ref` and `drop` in one, because it consumes the waker;
//! - all of it may happen on any thread and after the task has ended, as the type `Waker` promises.
//!
//! The book's listing (6.2) has this shape with nothing in it: its pointer is null, so `wake` could
//! not know whom to wake, and the four functions are empty. [`DO_NOTHING`] is that waker, except that
//! its pointer is real, because the machine wants to count it.

use std::ptr;
use std::sync::{Arc, Weak};
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::world::World;
use crate::{Happening, TaskId, WakeEffect, WakerKind};

/// What every waker of a task points to.
pub(crate) struct TaskHeader {
    task: TaskId,
    vtable: &'static RawWakerVTable,
    /// Weak, so that a waker that somebody forgets does not keep the whole world alive.
    world: Weak<World>,
}

/// The waker that works.
static WORKING: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop);

/// The book's waker.
static DO_NOTHING: RawWakerVTable = RawWakerVTable::new(clone, do_nothing, do_nothing_by_ref, drop);

/// Makes a waker; it takes over the count of `header`.
pub(crate) fn make(header: Arc<TaskHeader>) -> Waker {
    header.tell(Call::Make);
    let vtable = header.vtable;
    let data = Arc::into_raw(header).cast();
    // SAFETY: the functions of both tables keep the contract of `RawWakerVTable`: they take `data`
    // for what it is, an `Arc<TaskHeader>` that was turned into a pointer, of which each waker owns
    // one count; and `TaskHeader` may be used and dropped on any thread.
    unsafe { Waker::from_raw(RawWaker::new(data, vtable)) }
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the waker that is being cloned is alive.
    let header = unsafe { borrow(&data) };
    // SAFETY: `data` came from `Arc::into_raw`, and that same waker keeps the count above zero.
    unsafe { Arc::increment_strong_count(data.cast::<TaskHeader>()) };
    header.tell(Call::Clone);
    RawWaker::new(data, header.vtable)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: this call consumes the waker.
    let header = unsafe { own(data) };
    header.tell(Call::Wake);
    header.schedule();
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the waker is alive, it is only borrowed.
    let header = unsafe { borrow(&data) };
    header.tell(Call::WakeByRef);
    header.schedule();
}

unsafe fn drop(data: *const ()) {
    // SAFETY: this call consumes the waker.
    let header = unsafe { own(data) };
    header.tell(Call::Drop);
}

unsafe fn do_nothing(data: *const ()) {
    // SAFETY: this call consumes the waker.
    let header = unsafe { own(data) };
    header.tell(Call::Wake);
    header.do_nothing();
}

unsafe fn do_nothing_by_ref(data: *const ()) {
    // SAFETY: the waker is alive, it is only borrowed.
    let header = unsafe { borrow(&data) };
    header.tell(Call::WakeByRef);
    header.do_nothing();
}

/// The header, for as long as `data` is looked at.
///
/// # Safety
/// `data` must be the pointer of a waker of this file that is alive.
unsafe fn borrow(data: &*const ()) -> &TaskHeader {
    // SAFETY: it points into an `Arc<TaskHeader>`, which that waker's count keeps alive.
    unsafe { &*data.cast::<TaskHeader>() }
}

/// The header, with the count that the waker owned; dropping it gives the count back.
///
/// # Safety
/// `data` must be the pointer of a waker of this file that ends with this call.
unsafe fn own(data: *const ()) -> Arc<TaskHeader> {
    // SAFETY: it came from `Arc::into_raw`, and the waker's count is handed over.
    unsafe { Arc::from_raw(data.cast::<TaskHeader>()) }
}

/// Whose waker this is; `None` if it is not of this file.
pub(crate) fn task_of(waker: &Waker) -> Option<TaskId> {
    let vtable = waker.vtable();
    let ours = ptr::eq(vtable, &WORKING) || ptr::eq(vtable, &DO_NOTHING);
    // SAFETY: only wakers of this file have its tables, and this one is alive: it is borrowed.
    ours.then(|| unsafe { borrow(&waker.data()).task })
}

/// How a waker is used; each is counted.
enum Call {
    Make,
    Clone,
    Wake,
    WakeByRef,
    Drop,
}

impl TaskHeader {
    pub(crate) fn new(task: TaskId, kind: WakerKind, world: &Arc<World>) -> Arc<TaskHeader> {
        let vtable = match kind {
            WakerKind::Working => &WORKING,
            WakerKind::DoNothing => &DO_NOTHING,
        };
        Arc::new(TaskHeader { task, vtable, world: Arc::downgrade(world) })
    }

    /// Asks the executor to poll the task again.
    fn schedule(&self) {
        if let Some(world) = self.world.upgrade() {
            world.lock().wake(self.task);
        }
    }

    /// What the book's waker does instead.
    fn do_nothing(&self) {
        if let Some(world) = self.world.upgrade() {
            world.lock().woken(self.task, WakeEffect::DidNothing);
        }
    }

    /// Counts the call, and tells of it as of the caller's line.
    #[track_caller]
    fn tell(&self, call: Call) {
        let Some(world) = self.world.upgrade() else { return };
        let mut state = world.lock();
        let totals = &mut state.shown.totals;
        let (counter, change) = match call {
            Call::Make => (&mut totals.made, 1),
            Call::Clone => (&mut totals.clones, 1),
            Call::Wake => (&mut totals.wakes, -1),
            Call::WakeByRef => (&mut totals.wakes_by_ref, 0),
            Call::Drop => (&mut totals.drops, -1),
        };
        *counter += 1;
        let task = self.task;
        let live = &mut state.task(task).live;
        *live = live.wrapping_add_signed(change);
        let live = *live;
        state.tell(match call {
            Call::Make => Happening::WakerMade { task, live },
            Call::Clone => Happening::WakerCloned { task, live },
            Call::Wake => Happening::WakeCalled { task, by_ref: false, live },
            Call::WakeByRef => Happening::WakeCalled { task, by_ref: true, live },
            Call::Drop => Happening::WakerDropped { task, live },
        });
    }

    /// How many wakers there are by the count in the `Arc`: all but the executor's own reference.
    pub(crate) fn counted(header: &Arc<TaskHeader>) -> u32 {
        Arc::strong_count(header) as u32 - 1
    }
}
