//! The book's tracer, and two that work, side by side: each has just run.

use arena_report::tracer::{self, Call, DEEPEST, Way};
use arena_report::{bytes, times};
use arena_watch::Places;

use crate::dom::{El, Html};

/// What can be done here.
pub(super) const ACTIONS: [(&str, &str); 3] =
    [("again", "Run again"), ("deeper", "Deeper"), ("shallower", "Less deep")];

/// A depth that is deeper or less deep, as far as it goes.
pub(super) fn depth(what: &str, depth: usize) -> usize {
    match what {
        "deeper" => (depth + 1).min(DEEPEST),
        "shallower" => (depth - 1).max(1),
        _ => depth,
    }
}

/// Runs all three, and writes what happened into their places.
#[inline(never)]
pub(super) fn run(root: &El, deepest: usize, places: &Places) {
    for (way, part) in [(Way::Grows, "grows"), (Way::Flag, "flag"), (Way::FixedRoom, "fixed")] {
        let report = tracer::run(way, deepest);
        let mut html = Html::new();
        for call in &report.calls {
            self::call(&mut html, call);
        }
        root.part(part).set_html(&html.take());
        if way != Way::Grows {
            continue;
        }
        let room = places.stack_start - places.stack_end;
        // With one call there is no second one to compare it with.
        let taken = report.stack().unwrap_or(0);
        let most = (room / taken.max(1)) as u64;
        root.part("depth").say(&report.calls.len().to_string());
        root.part("room").say(&bytes(room as u64));
        root.part("taken").say(&if taken > 0 { bytes(taken as u64) } else { "some".to_owned() });
        root.part("most-calls").say(&if taken > 0 {
            times(most, "call")
        } else {
            "some".to_owned()
        });
    }
}

/// A call, as far to the right as it is deep.
fn call(html: &mut Html, call: &Call) {
    html.raw("<li class=deep data-deep=").number(call.depth - 1).raw("><b>alloc</b> ");
    html.raw(&bytes(call.size as u64));
    html.raw(match call.depth {
        1 => ", the value",
        _ => ", its line",
    });
    if let Some(line) = &call.line {
        html.raw("<q>").text(&line.text()).raw("</q>");
    }
    html.raw("</li>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_says_what_it_is_for() {
        let report = tracer::run(Way::Flag, DEEPEST);
        let mut html = Html::new();
        report.calls.iter().for_each(|call| self::call(&mut html, call));
        let html = html.take();
        assert!(html.contains("8 bytes, the value<q>Allocating 8 bytes</q>"), "{html}");
        assert!(html.contains("data-deep=1><b>alloc</b> 34 bytes, its line</li>"));
    }

    #[test]
    fn no_depth_goes_too_far() {
        assert_eq!([depth("deeper", DEEPEST), depth("shallower", 1)], [DEEPEST, 1]);
        assert_eq!([depth("deeper", 3), depth("shallower", 3), depth("again", 3)], [4, 2, 3]);
    }

    #[test]
    fn the_page_says_how_much_room_there_is() {
        let room = arena_report::counted(arena_watch::MOST as u64);
        assert!(include_str!("page.html").contains(&room));
    }
}
