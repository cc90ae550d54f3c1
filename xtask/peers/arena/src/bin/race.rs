//! Measures the two natively: prints a figure a line, as `./x bench --json` does.

use std::time::Instant;

use arena_race::{Contest, ROUND, Work, bytes};

/// Rounds of each, in turn, so that whatever else this machine does hits both.
const ROUNDS: usize = 401;

fn main() {
    let mut contest = Contest::new();
    for (work, name) in [(Work::Values, "values"), (Work::Layouts, "layouts")] {
        let (mut ours, mut bumpalo) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(time(|| contest.ours(work)));
            bumpalo.push(time(|| contest.bumpalo(work)));
        }
        let [ours, bumpalo] = [ours, bumpalo].map(|times| median(times) * 1e9 / ROUND as f64);
        figure(&format!("native, {name}: an allocation"), ours, "ns", None);
        figure(&format!("native, {name}: bumpalo's"), bumpalo, "ns", None);
        figure(&format!("native, {name}: ours by bumpalo's"), ours / bumpalo, "x", Some(1.2));
    }
    let all: Vec<[usize; 2]> = (1..2_000).map(|seed| bytes(seed, seed as usize)).collect();
    let ratios = all.iter().map(|[ours, bumpalo]| *ours as f64 / *bumpalo as f64).collect();
    let [ours, bumpalo] = [0, 1].map(|which| all.iter().map(|pair| pair[which]).sum::<usize>());
    let together = ours as f64 / bumpalo as f64;
    figure("bytes for the same programs, ours by bumpalo's", together, "x", Some(1.0));
    figure("bytes for the same program, median", median(ratios), "x", Some(1.0));
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn figure(what: &str, value: f64, unit: &str, limit: Option<f64>) {
    let limit = limit.map_or("null".to_owned(), |limit| limit.to_string());
    println!(r#"{{"what": "{what}", "value": {value}, "unit": "{unit}", "limit": {limit}}}"#);
}
