//! Of windows that no person could have.

use arena::memory::Place;

use super::super::{Window, picture, spot};
use super::{CANVASES, scenarios, walk};
use crate::stage::shapes::Canvas;

#[test]
fn no_window_and_no_canvas_is_too_odd() {
    let places = [0, 1, 447, 4096, u32::MAX / 2, u32::MAX - 1, u32::MAX]
        .map(|offset| [0, 1, 7, u32::MAX].map(|piece| Place { piece, offset }));
    let odd = [
        Canvas { width: 0.0, height: 0.0, text: 14.0 },
        Canvas { width: 1.0, height: 9000.0, text: 20.0 },
        Canvas { width: 9000.0, height: 1.0, text: 14.0 },
        Canvas { width: 4000.0, height: 4000.0, text: 14.0 },
    ];
    let canvases = [odd.as_slice(), &CANVASES[..3]].concat();
    let mut nth = 0;
    for scenario in scenarios().into_iter().step_by(2) {
        walk(scenario, 97, |snapshot, step| {
            for _ in 0..2 {
                nth += 1;
                let place = &places.as_flattened()[nth % 28];
                let canvas = canvases[nth % canvases.len()];
                let zoom = [0, 3, 8, 31, 32, 255][nth % 6];
                let lanes = [0, 1, 9][nth % 3];
                let mut window = Window {
                    zoom,
                    from: vec![*place; lanes],
                    follow: nth % 2 == 0,
                    lane: [0, 3, usize::MAX][nth % 3],
                    selected: Some(([0, 1, usize::MAX][nth % 3], *place)),
                    canvas: None,
                };
                _ = picture(snapshot, step, &window, canvas);
                _ = spot(snapshot, step, &window, canvas, (nth as f32, f32::NAN));
                window.scroll(snapshot, 0, i32::MAX);
                window.zoom_by(snapshot, step, 127, window.selected, canvas);
                window.zoom_by(snapshot, step, -128, window.selected, canvas);
                _ = window.select_beside(snapshot, step, nth % 2 == 0, canvas);
                window.settle(snapshot, step, canvas);
                _ = picture(snapshot, step, &window, canvas);
            }
        });
    }
    assert!(nth > 1000);
}
