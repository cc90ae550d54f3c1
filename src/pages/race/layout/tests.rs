use arena_race::{Results, Row, Setup};

use super::super::standing::standings;
use super::*;

const DESK: Canvas = Canvas { width: 860.0, height: 560.0, text: 14.0 };
const HALL: Canvas = Canvas { width: 980.0, height: 460.0, text: 20.0 };
const PHONE: Canvas = Canvas { width: 330.0, height: 400.0, text: 14.0 };

/// Everybody, each twice as slow as the one before, with some samples far off.
fn raced(samples: usize) -> Vec<Standing> {
    let row = |(at, contender): (usize, &Contender)| Row {
        contender: *contender,
        operations: 1_000,
        samples: (0..samples as u64)
            .map(|n| (1_000 << at) + n % 13 * (20 << at) + if n % 50 == 49 { 900_000 } else { 0 })
            .collect(),
    };
    let rows = Contender::ALL.iter().enumerate().map(row).collect();
    standings(&Setup::default(), Some(&Results { tick: 5_000, rows }))
}

fn item<'a>(picture: &'a Picture, key: &str) -> &'a Item {
    picture.items.iter().find(|item| item.key == key).unwrap_or_else(|| panic!("{key}"))
}

/// The texts that are drawn, each with its size.
fn texts(picture: &Picture) -> Vec<(String, f32)> {
    let lines = picture.items.iter().flat_map(|item| item.svg().lines());
    lines
        .filter(|line| line.starts_with("<text"))
        .map(|line| {
            let size = line.split("font-size=\"").nth(1).unwrap().split('"').next().unwrap();
            let text = line.split('>').nth(1).unwrap().split('<').next().unwrap();
            (text.to_owned(), size.parse().unwrap())
        })
        .collect()
}

#[test]
fn every_sample_is_a_dot_or_said_to_be_beyond_the_axis() {
    for samples in [11, 101, 301] {
        let standings = raced(samples);
        let picture = picture(&standings, DESK);
        for contender in Contender::ALL {
            let svg = item(&picture, contender.key()).svg();
            let dots = svg.matches("0 1 1").count() / 2;
            let beyond = svg.split_once(">+").and_then(|(_, rest)| rest.split_once(" ›"));
            let beyond: usize = beyond.map_or(0, |(count, _)| count.parse().unwrap());
            assert_eq!(dots + beyond, samples, "{contender:?}");
        }
    }
}

#[test]
fn longer_is_further_right_and_a_doubling_is_as_long_everywhere() {
    let standings = raced(101);
    let frame = Frame::new(&standings, DESK);
    let axis = Axis::new(&standings, &frame).unwrap();
    let at: Vec<f32> = [1.0, 2.0, 4.0, 8.0].map(|time| axis.x(time)).to_vec();
    let steps: Vec<f32> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(steps.iter().all(|step| *step > 5.0 && (step - steps[0]).abs() < 0.01), "{steps:?}");
    for time in [0.0, -1.0, 1e-9, 1e12, f64::NAN] {
        let x = axis.x(time);
        assert!(frame.plot.0 <= x && x <= frame.plot.1, "{time}: {x}");
    }
}

#[test]
fn rows_fill_the_room_in_their_order() {
    for canvas in [DESK, HALL] {
        let standings = raced(31);
        let picture = picture(&standings, canvas);
        assert!(picture.height <= canvas.height + 0.5, "{} in {canvas:?}", picture.height);
        let mut last = 0.0;
        for standing in &standings {
            let y = item(&picture, standing.contender.key()).y;
            assert!(y > last);
            last = y;
        }
    }
    // A phone's page scrolls.
    assert!(picture(&raced(31), PHONE).height > PHONE.height);
}

#[test]
fn texts_are_of_the_size_that_was_asked_for_and_keep_clear_of_the_dots() {
    for canvas in [DESK, HALL, PHONE] {
        let standings = raced(101);
        let picture = picture(&standings, canvas);
        for (text, size) in texts(&picture) {
            assert!(size >= canvas.text, "{text}");
        }
        let frame = Frame::new(&standings, canvas);
        if !frame.narrow {
            assert!(frame.plot.1 - frame.plot.0 > canvas.width * 0.4, "{:?}", frame.plot);
            for standing in &standings {
                let Interval { low, high } = standing.interval().unwrap();
                let between = [figure(low), figure(high)].join("–");
                let wide = text_width(&between, canvas.text, PLAIN);
                assert!(canvas.width - canvas.text * 6.2 - wide > frame.plot.1, "{between}");
            }
        }
    }
}

#[test]
fn before_a_race_who_is_in_it_is_there() {
    let picture = picture(&standings(&Setup::default(), None), DESK);
    let names: Vec<String> = texts(&picture).into_iter().map(|(text, _)| text).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    assert!(names.contains(&"First fit".to_owned()));
    assert!(!names.contains(&"Typed arena".to_owned()), "it cannot do this work");
}

#[test]
fn a_race_without_a_sample_and_one_of_zeros_are_drawn() {
    let row = |samples: &[u64]| Row {
        contender: Contender::Limit,
        operations: 5,
        samples: samples.to_vec(),
    };
    for samples in [&[][..], &[0], &[0; 9], &[u64::MAX; 9]] {
        let results = Results { tick: 1, rows: vec![row(samples)] };
        let picture = picture(&standings(&Setup::default(), Some(&results)), DESK);
        let svg = item(&picture, "limit").svg();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
    assert_eq!(picture(&[], DESK).items.len(), 1);
}

#[test]
fn what_is_about_the_same_is_piled_up() {
    let piles = pile([0.0, 1.0, 1.9, 2.1, 9.0].into_iter(), 4.0);
    assert_eq!(piles, [(0.0, 3), (4.0, 1), (8.0, 1)]);
}
