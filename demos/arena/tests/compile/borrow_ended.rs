/// The arena of the book, as its caller sees it.
struct Arena;

impl Arena {
    fn alloc<T>(&mut self, value: T) -> &mut T {
        Box::leak(Box::new(value))
    }
}

fn main() {
    let mut arena = Arena;
    let a = arena.alloc(1_u8);
    let b = arena.alloc(2_u32);
    println!("{a} {b}");
}
