//! Random programs of the language.

use std::fmt::Write as _;

use machine::Random;

/// A random program of the language. It may do what is a fault of the run.
pub(crate) fn program(random: &mut Random) -> String {
    const TYPES: [&str; 7] = ["u8", "u16", "u32", "u64", "AsWritten", "Header", "CacheLine"];
    let mut text = String::new();
    if random.below(2) == 0 {
        writeln!(text, "memory {}", [64, 300, 1_000, 70_000][random.below(4)]).unwrap();
    }
    let lines = 1 + random.below(14);
    // Every name is given once at least, so that the program can be read.
    text.push_str("v = vec u32\nl = list\nm = map\n");
    for letter in ["a", "b", "c"] {
        let of = random.pick(&TYPES).unwrap();
        writeln!(text, "{letter}{of} = {of}").unwrap();
        for _ in 0..lines / 3 {
            match random.below(14) {
                0 => writeln!(text, "{letter}{of} = {of}"),
                1 => writeln!(text, "x{of} = [{of}; {}]", random.below(9)),
                2 => writeln!(text, "s = \"{}\"", "text ".repeat(random.below(6))),
                3 => {
                    writeln!(text, "r = bytes {} align {}", random.below(200), 1 << random.below(9))
                }
                4 => writeln!(text, "w{of} = vec {of} {}\npush w{of}", random.below(5)),
                5 => writeln!(text, "repeat {} {{\npush v\npush l\n}}", 1 + random.below(6)),
                6 => writeln!(text, "insert m {}\ninsert m {}", random.below(9), random.below(90)),
                7 => writeln!(text, "free {letter}{of}"),
                8 => writeln!(text, "use {letter}{of}\nuse v"),
                9 => writeln!(text, "reset"),
                10 => writeln!(text, "free all {letter}{of}"),
                11 => writeln!(
                    text,
                    "churn {} small 1 to 300 live 8 seed {}",
                    1 + random.below(20),
                    random.below(99)
                ),
                12 => writeln!(text, "free {letter}{of} 1\nfree v"),
                _ => writeln!(
                    text,
                    "r = bytes {}",
                    [0, 1, 4_294_967_295_u32, 65_536][random.below(4)]
                ),
            }
            .unwrap();
        }
    }
    text
}
