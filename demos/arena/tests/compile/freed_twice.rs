fn main() {
    let a = Box::new([0_u8; 600]);
    drop(a);
    drop(a);
}
