//! What the page says that the compiler says is what it says.
//!
//! Where a message is not what it was, the page would show an old one: `TRYBUILD=overwrite` writes it
//! anew, for the toolchain that the project is pinned to.

#[test]
fn the_messages_that_are_shown_are_the_compilers() {
    let cases = trybuild::TestCases::new();
    for name in ["used_after_reset", "borrow_ended", "freed_twice"] {
        cases.compile_fail(format!("tests/compile/{name}.rs"));
    }
}
