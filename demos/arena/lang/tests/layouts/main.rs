//! The table of types is what the compiler does.

mod compiled;

#[test]
fn the_compiler_lays_them_out_so() {
    compiled::the_compiler_lays_them_out_so();
}
