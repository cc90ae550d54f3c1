//! Prints the link of a run with at least so many steps: `link 10000`.

fn main() {
    let steps = std::env::args().nth(1).and_then(|steps| steps.parse().ok()).unwrap_or(10_000);
    println!("{}", machine::link::encode(&engine::run_of(steps)));
}
