//! Of whole pictures.

use arena::memory::Byte;

use super::super::cells::{self, KINDS};
use super::super::{Scene, picture};
use super::{for_every_state, for_every_window};
use crate::stage::shapes::seen::texts;
use crate::stage::shapes::{Area, Canvas, Ink};

fn painted(scene: &Scene<'_>, canvas: Canvas) -> crate::stage::shapes::Picture {
    picture(scene.snapshot, scene.step, scene.window, canvas)
}

#[test]
fn texts_do_not_run_into_each_other_nor_over_the_edge() {
    let check = |scene: &Scene<'_>, canvas: Canvas| {
        let picture = painted(scene, canvas);
        assert_eq!((picture.width, picture.height), (canvas.width, canvas.height));
        let mut texts = texts(&picture);
        assert!(!texts.is_empty());
        texts.sort_by(|one, other| one.1.y.total_cmp(&other.1.y));
        let (right, bottom) = (picture.width + 1.0, picture.height + 1.0);
        for (i, (text, area)) in texts.iter().enumerate() {
            let inside = area.x > -1.0 && area.right() < right;
            let inside = inside && area.y > -1.0 && area.bottom() < bottom;
            assert!(inside, "{text:?} at {area:?} hangs over the edge of {canvas:?}");
            let level = texts[i + 1..].iter().take_while(|(_, it)| it.y < area.bottom());
            for (other, beside) in level {
                let free = !area.overlaps(beside, 1.0);
                assert!(free, "{text:?} {area:?} runs into {other:?} {beside:?} on {canvas:?}");
            }
        }
    };
    for_every_state(check);
    for_every_window(check);
}

#[test]
fn the_parts_of_a_picture_lie_beside_each_other() {
    let check = |scene: &Scene<'_>, canvas: Canvas| {
        let frame = &scene.frame;
        let heads = frame.heads.iter().flat_map(|head| [head.name, head.note, head.strip]);
        let mut areas: Vec<Area> = heads.collect();
        areas.extend(frame.maps.iter().map(|map| map.area));
        areas.extend(frame.curves);
        areas.push(frame.legend);
        areas.retain(|area| area.w > 0.0 && area.h > 0.0);
        let all = Area::new(0.0, 0.0, canvas.width + 0.1, canvas.height + 0.1);
        for (i, area) in areas.iter().enumerate() {
            assert!(area.right() <= all.right() && area.bottom() <= all.bottom(), "{area:?}");
            for other in &areas[i + 1..] {
                assert!(!area.overlaps(other, 0.1), "{area:?} {other:?} on {canvas:?}");
            }
        }
    };
    for_every_state(check);
    for_every_window(check);
}

#[test]
fn equal_states_have_equal_pictures_and_no_two_things_one_key() {
    for_every_window(|scene, canvas| {
        let one = painted(scene, canvas);
        let other = picture(&scene.snapshot.clone(), scene.step, &scene.window.clone(), canvas);
        assert_eq!(one, other);
        let mut keys: Vec<String> = one.items.into_iter().map(|item| item.key).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all);
    });
}

#[test]
fn what_is_no_value_has_a_pattern_of_its_own() {
    let inks: Vec<Ink> = KINDS.into_iter().map(cells::ink).collect();
    for (i, ink) in inks.iter().enumerate() {
        assert!(!inks[i + 1..].contains(ink), "{:?}", KINDS[i]);
        assert!(![Ink::PAPER, Ink::NONE, Ink::FAULT_HATCH].contains(ink), "{:?}", KINDS[i]);
    }
    for byte in [Byte::Value, Byte::Fresh] {
        assert_eq!(cells::ink(byte), Ink::PAPER);
    }
}

#[test]
fn what_is_wrong_is_drawn_where_it_would_be_and_nothing_else_is_red() {
    let mut faults = 0;
    for_every_state(|scene, canvas| {
        let picture = painted(scene, canvas);
        let red = picture.items.iter().any(|item| item.svg().contains("fault"));
        let naive =
            scene.step.is_some_and(|step| matches!(step.event, arena::step::Event::Naive { .. }));
        assert_eq!(red, naive);
        faults += usize::from(naive);
    });
    assert!(faults > 20, "{faults} faults were looked at");
}

#[test]
fn in_the_last_row_every_word_can_be_read() {
    for_every_state(|scene, canvas| {
        if canvas.text >= 20.0 {
            for item in painted(scene, canvas).items {
                for text in crate::stage::shapes::seen::texts_of(&item) {
                    assert!(text.size > 19.9, "{} is small", text.text);
                }
            }
        }
    });
}
