//! Values that effects follow.

use std::cell::{Ref, RefCell};

use leptos::prelude::*;

/// A value. An effect that reads it runs again when it is set.
///
/// Leptos' signals are generic down to the last lock, so every type of value brings code of its own;
/// this is a value beside one trigger, and the code is there once.
#[derive(Default)]
pub struct Live<T> {
    value: RefCell<T>,
    told: ArcTrigger,
}

impl<T> Live<T> {
    /// A value to begin with.
    pub fn new(value: T) -> Self {
        Live { value: RefCell::new(value), told: ArcTrigger::new() }
    }

    /// The value; who reads it in an effect is told when it is set.
    pub fn read(&self) -> Ref<'_, T> {
        self.track();
        self.value.borrow()
    }

    /// The value as it is now.
    pub fn peek(&self) -> Ref<'_, T> {
        self.value.borrow()
    }

    /// Whoever calls this in an effect is told when the value is set.
    #[inline(never)]
    pub fn track(&self) {
        self.told.track();
    }

    /// Sets it, and tells nobody.
    pub fn put(&self, value: T) {
        self.value.replace(value);
    }

    /// Sets it, and tells who has read it.
    pub fn set(&self, value: T) {
        self.put(value);
        self.tell();
    }

    /// Sets it if it is another value.
    pub fn set_other(&self, value: T)
    where
        T: PartialEq,
    {
        if *self.value.borrow() != value {
            self.set(value);
        }
    }

    #[inline(never)]
    fn tell(&self) {
        self.told.notify();
    }
}

impl<T: Copy> Live<T> {
    /// A copy of the value; who reads it in an effect is told when it is set.
    pub fn get(&self) -> T {
        *self.read()
    }

    /// A copy of the value as it is now.
    pub fn now(&self) -> T {
        *self.peek()
    }
}
