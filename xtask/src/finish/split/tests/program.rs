//! A program that is linked as the page is, with functions, constants and tables of functions that only
//! one of its parts uses, and some that several do. It logs texts; nothing is exported but `run`.
#![no_std]

use core::hint::black_box;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

#[link(wasm_import_module = "env")]
unsafe extern "C" {
    safe fn log(at: *const u8, length: usize);
}

static mut COUNT: [u32; 4] = [7, 7, 7, 7];
const OF_A_VARIABLE: &str = "a variable's constant, which the page uses too";
/// Points to a constant, and can be changed.
static mut CHOSEN: &str = OF_A_VARIABLE;

trait Part {
    fn say(&self);
}

fn say(text: &str) {
    log(text.as_ptr(), text.len());
}

mod first {
    use super::*;

    #[inline(never)]
    pub fn speak() {
        say(black_box("only the first part's"));
        say(black_box("shared by all parts"));
        // SAFETY: there is one thread, and no reference is kept.
        unsafe {
            COUNT[2] += 1;
            say(CHOSEN);
            say(if COUNT == [7, 7, 8, 7] { "once" } else { "again" });
        }
    }
}

mod page {
    use super::*;

    pub struct Page;

    impl Part for Page {
        #[inline(never)]
        fn say(&self) {
            for text in black_box(&TEXTS) {
                super::say(text);
            }
        }
    }

    static TEXTS: [&str; 2] = ["only the page's, through a table", "shared by page and rest"];

    #[inline(never)]
    fn one() {
        super::say(black_box("only the page's, from a slot"));
    }

    #[inline(never)]
    fn other() {
        super::say(black_box("shared by all parts"));
    }

    #[inline(never)]
    pub fn speak() {
        let parts: [&dyn Part; 1] = [black_box(&Page)];
        for part in parts {
            part.say();
        }
        super::say(black_box(OF_A_VARIABLE));
        let slots: [fn(); 3] = [one, other, told_to_the_first];
        for slot in black_box(slots) {
            slot();
        }
    }

    /// Called from the first part too, through the table.
    #[inline(never)]
    pub fn told_to_the_first() {
        super::say(black_box("the page's, by a slot that the first knows"));
    }
}

mod rest {
    use super::*;

    #[inline(never)]
    pub fn speak() {
        say(black_box("only the rest's"));
        say(black_box("shared by page and rest"));
        say(black_box("shared by all parts"));
        // SAFETY: there is one thread, and no reference is kept.
        unsafe { CHOSEN = "what the rest has chosen" };
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn run() {
    first::speak();
    let told: fn() = page::told_to_the_first;
    black_box(told)();
    page::speak();
    rest::speak();
    first::speak();
}
