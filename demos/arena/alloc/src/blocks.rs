//! What an allocator that cuts blocks must do, and what follows from it: `Allocator`, growing and
//! shrinking included.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

/// An allocator of blocks that have a size. What follows from it is its `Allocator`, by the macro
/// [`allocator`].
///
/// # Safety
///
/// A block stays where it is, has the bytes that were asked for and is aligned as its layout says,
/// until it is given back, whatever happens to its neighbours; and no longer than the allocator is
/// borrowed. No two live blocks share a byte.
pub(crate) unsafe trait Blocks {
    /// A block for this layout, whose size is not 0.
    fn take(&self, layout: Layout) -> Result<NonNull<u8>, AllocError>;

    /// Takes a live block back, whose size is not 0.
    fn give_back(&self, block: NonNull<u8>, layout: Layout);

    /// Gives a live block another layout where it lies, if that is the best place for it; gives where
    /// its bytes are to be reached from then on. Neither size is 0, and it is aligned for the new one.
    fn resize_at(&self, block: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>>;

    /// The same for a smaller layout for which there is no better place.
    fn stay(&self, block: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>> {
        self.resize_at(block, old, new)
    }
}

/// Makes a reference to an allocator of blocks an `Allocator`.
macro_rules! allocator {
    ($name:ty) => {
        // SAFETY: what `Blocks` promises. A reference to the allocator may be moved and copied, and
        // its memory does not move.
        unsafe impl allocator_api2::alloc::Allocator for &$name {
            #[inline]
            fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
                $crate::blocks::allocate(*self, layout)
            }

            unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
                if layout.size() > 0 {
                    self.give_back(block, layout);
                }
            }

            unsafe fn grow(
                &self,
                block: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, AllocError> {
                // SAFETY: the caller promises the same.
                unsafe { $crate::blocks::resize(*self, block, old, new) }
            }

            unsafe fn shrink(
                &self,
                block: NonNull<u8>,
                old: Layout,
                new: Layout,
            ) -> Result<NonNull<[u8]>, AllocError> {
                // SAFETY: as above.
                unsafe { $crate::blocks::resize(*self, block, old, new) }
            }
        }
    };
}
pub(crate) use allocator;

/// A block for any layout: one of no size is nowhere.
#[inline(always)]
pub(crate) fn allocate(
    allocator: &impl Blocks,
    layout: Layout,
) -> Result<NonNull<[u8]>, AllocError> {
    let start = match layout.size() {
        0 => layout.dangling_ptr(),
        _ => allocator.take(layout)?,
    };
    Ok(NonNull::slice_from_raw_parts(start, layout.size()))
}

/// Gives a block another layout: where it lies if that can be, or else in a new place, to which as
/// much of the content as fits is copied.
///
/// # Errors
///
/// If there is no memory for a larger one. The old one stays as it was then.
///
/// # Safety
///
/// The allocator gave the block out with the old layout, and it is live.
pub(crate) unsafe fn resize<B>(
    allocator: &B,
    block: NonNull<u8>,
    old: Layout,
    new: Layout,
) -> Result<NonNull<[u8]>, AllocError>
where
    B: Blocks,
    for<'a> &'a B: Allocator,
{
    let aligned = block.addr().get().is_multiple_of(new.align());
    // Without a size, it has no place.
    let can_stay = old.size() > 0 && new.size() > 0 && aligned;
    let sized = |start| Ok(NonNull::slice_from_raw_parts(start, new.size()));
    if can_stay && let Some(start) = allocator.resize_at(block, old, new) {
        return sized(start);
    }
    let place = match allocator.allocate(new) {
        Ok(place) => place,
        // A smaller place that cannot be had is no reason to fail.
        Err(error) if can_stay && new.size() <= old.size() => {
            return allocator.stay(block, old, new).ok_or(error).and_then(sized);
        }
        Err(error) => return Err(error),
    };
    let kept = old.size().min(new.size());
    // SAFETY: both have so many bytes, and they are two blocks, because the old one was live when
    // the new one was handed out. That the old one may be freed, the caller sees to.
    unsafe {
        ptr::copy_nonoverlapping(block.as_ptr(), place.cast().as_ptr(), kept);
        allocator.deallocate(block, old);
    }
    Ok(place)
}
