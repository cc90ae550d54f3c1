use arena_alloc::{Arena, Memory};

fn main() {
    let mut arena = Arena::new(Memory::default());
    let p = arena.alloc(1.5_f32).unwrap();
    arena.reset();
    println!("{p}");
}
