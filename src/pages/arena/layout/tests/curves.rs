//! Of the charts.

use arena::{Figures, List};

use super::super::curves::{Chart, MOST, USED, values};
use crate::stage::shapes::Area;

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
