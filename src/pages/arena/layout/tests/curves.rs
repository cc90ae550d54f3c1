//! Of the charts.

use arena::{Figures, List, Program, Scenario, scenes};

use super::super::curves::{Chart, MOST, USED, values};
use super::super::still;
use super::{CANVASES, SCREENS, walk};
use crate::stage::shapes::seen::texts_of;
use crate::stage::shapes::style::PLAIN;
use crate::stage::shapes::{Area, text_width};

fn history(count: u32) -> List<Figures> {
    let mut history = List::default();
    let mut high_water = 0;
    for index in 0..count {
        let used = (index * 7919) % 1000;
        high_water = used.max(high_water);
        history.push(Figures {
            used,
            requested: used / 2,
            high_water,
            reserved: 1000,
            ..Figures::default()
        });
    }
    history
}

fn chart(slots: usize) -> Chart {
    Chart { area: Area::new(10.0, 20.0, 300.0, 100.0), top: 1000, slots }
}

#[test]
fn of_few_operations_a_chart_shows_every_one() {
    let history = history(60);
    let chart = chart(64);
    let columns = chart.columns(&history);
    let mut levels: Vec<u32> = columns.iter().map(|column| column.last[USED]).collect();
    levels.dedup();
    let wanted: Vec<u32> = history.iter().map(|figures| figures.used).collect();
    assert_eq!(levels, wanted);
}

#[test]
fn of_many_a_column_tells_the_least_and_the_most() {
    let history = history(3000);
    let chart = chart(4096);
    let columns = chart.columns(&history);
    // Half as many columns as pixels, up to where the run is.
    assert_eq!(columns.len(), 110);
    let all: Vec<[u32; 6]> = history.iter().map(values).collect();
    for (index, column) in columns.iter().enumerate() {
        let place = |index: usize| (index * 4096 / 150).min(all.len());
        let range = &all[place(index)..place(index + 1)];
        let used = || range.iter().map(|values| values[USED]);
        assert_eq!(Some(column.low[USED]), used().min());
        assert_eq!(Some(column.high[USED]), used().max());
        assert_eq!(Some(column.last[MOST]), range.last().map(|values| values[MOST]));
    }
}

#[test]
fn a_curve_stays_in_its_chart_and_goes_on_to_the_right() {
    for (count, slots) in [(1, 8), (2, 8), (8, 8), (900, 1024), (200_000, 262_144)] {
        let chart = chart(slots);
        let corners = chart.steps(&chart.columns(&history(count)), USED, 310.0);
        assert!(corners.len() > 1);
        for pair in corners.windows(2) {
            let [(x, y), (next, _)] = pair else { unreachable!() };
            assert!(x <= next && (10.0..=310.0).contains(x) && (20.0..=120.0).contains(y));
        }
    }
}

#[test]
fn the_names_of_the_curves_are_whole_on_every_screen() {
    let mut named = [0; SCREENS.len()];
    let large = "memory 16777216\nrepeat 5 {\na = bytes 3000000\n}\nfree all a".to_owned();
    let large = Scenario { program: Program::Text(large), ..scenes::SCENES[3].scenario() };
    let scenarios = scenes::SCENES.iter().map(scenes::Scene::scenario).chain([large]);
    for scenario in scenarios {
        walk(scenario, 61, |snapshot, step| {
            for (index, canvas) in SCREENS.into_iter().chain(CANVASES).enumerate() {
                for item in still(snapshot, step, canvas).items {
                    if !item.key.starts_with("curves") {
                        continue;
                    }
                    for text in
                        texts_of(&item).into_iter().skip(usize::from(item.key.ends_with("-0")))
                    {
                        assert!(!text.text.ends_with('…'), "{} on {canvas:?}", text.text);
                        let right = text.xs[0] + text_width(&text.text, text.size, PLAIN);
                        assert!(right <= canvas.width + 0.1, "{} on {canvas:?}", text.text);
                        named.get_mut(index).into_iter().for_each(|count| *count += 1);
                    }
                }
            }
        });
    }
    assert!(named[0] > 2000 && named[2] > 100, "{named:?} names");
}
