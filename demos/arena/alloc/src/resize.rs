//! Growing and shrinking a block: where it lies, or else in a new place.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

/// Gives a block another layout. It stays where it is if it is aligned for that and `in_place`
/// finds room there; otherwise a new one is allocated, and as much of the content as fits goes with
/// it.
///
/// # Errors
///
/// If there is no memory for the new one. The old one stays as it was then.
///
/// # Safety
///
/// The allocator gave the block out with the old layout, and it is live. If `in_place` says so, it
/// has the size of the new one.
pub(crate) unsafe fn resize(
    allocator: impl Allocator,
    block: NonNull<u8>,
    old: Layout,
    new: Layout,
    in_place: impl FnOnce() -> bool,
) -> Result<NonNull<[u8]>, AllocError> {
    let aligned = block.addr().get().is_multiple_of(new.align());
    // Without a size, it has no place.
    if old.size() > 0 && new.size() > 0 && aligned && in_place() {
        return Ok(NonNull::slice_from_raw_parts(block, new.size()));
    }
    let place = allocator.allocate(new)?;
    let kept = old.size().min(new.size());
    // SAFETY: both have so many bytes, and they are two blocks, because the old one was live when
    // the new one was handed out. That the old one may be freed, the caller sees to.
    unsafe {
        ptr::copy_nonoverlapping(block.as_ptr(), place.cast().as_ptr(), kept);
        allocator.deallocate(block, old);
    }
    Ok(place)
}
