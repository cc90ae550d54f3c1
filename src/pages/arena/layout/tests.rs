//! What holds for every picture of every memory: nothing lies on anything else, nothing hangs over the
//! edge, every byte and every block that the window shows is there, and what is written are its bytes.

mod curves;
mod hostile;
mod large;
mod maps;
mod pictures;
mod windows;

use arena::{AllocatorKind, Memory, Program, Scenario, Snapshot, Step, scenes};
use machine::{Player, Run};

use super::frame::Frame;
use super::{Scene, Window};
use crate::stage::shapes::Canvas;

/// A laptop, a small one, a projector in presenter mode, another one, a wide screen, an iframe in
/// slides, a phone.
const CANVASES: [Canvas; 7] = [
    Canvas { width: 832.0, height: 470.0, text: 14.0 },
    Canvas { width: 640.0, height: 520.0, text: 14.0 },
    Canvas { width: 640.0, height: 430.0, text: 20.0 },
    Canvas { width: 956.0, height: 364.0, text: 20.0 },
    Canvas { width: 1100.0, height: 600.0, text: 14.0 },
    Canvas { width: 600.0, height: 300.0, text: 14.0 },
    Canvas { width: 340.0, height: 480.0, text: 14.0 },
];

/// What the maps have of 1440 x 900, of 1024 x 768 in presenter mode, and of a phone's 390 x 844.
const SCREENS: [Canvas; 3] = [
    Canvas { width: 829.0, height: 456.0, text: 14.0 },
    Canvas { width: 958.0, height: 372.0, text: 20.0 },
    Canvas { width: 332.0, height: 480.0, text: 14.0 },
];

const ALLOCATORS: [&[AllocatorKind]; 5] = [
    &[AllocatorKind::Arena],
    &[AllocatorKind::Book, AllocatorKind::Arena],
    &[AllocatorKind::FirstFit, AllocatorKind::Loosened, AllocatorKind::Buddies],
    &[
        AllocatorKind::SizeClasses,
        AllocatorKind::Arena,
        AllocatorKind::BestFit,
        AllocatorKind::Buddies,
        AllocatorKind::Book,
    ],
    &AllocatorKind::ALL,
];

/// Names of every length, every kind of value, and more memory than any window shows.
const EVERYTHING: &str = "
a_name_that_is_long = u8 1
b = u16 2
padded = AsWritten 1 2 3
text = \"what is <written> & escaped\"
numbers = [u32; 7]
points = [Point; 3]
raw = bytes 100 align 64
nothing = ()
v = vec u16 2
l = list
m = map
repeat 5 { push v push l insert m 3 }
line = CacheLine 9
free padded
free text
repeat 12 { many = Header 1 2 3 }
use a_name_that_is_long
free all many
big = bytes 9000
free v
reset
after = u64 255
churn 60 small 1 to 600 live 20 seed 3
";

/// The programs of all scenes, and one that has everything, each on several allocators.
fn scenarios() -> Vec<Scenario> {
    let programs = scenes::SCENES.iter().map(|scene| Program::Scene(scene.name));
    let programs: Vec<Program> = programs.chain([Program::Text(EVERYTHING.to_owned())]).collect();
    let mut all = Vec::new();
    for program in programs {
        for allocators in ALLOCATORS {
            let allocators = allocators.to_vec();
            all.push(Scenario { program: program.clone(), allocators });
        }
    }
    all
}

fn open(scenario: Scenario) -> Player<Memory> {
    Player::open(Run::new(scenario)).expect("it starts")
}

/// Looks at the states of a run, one in so many, in the order of the steps.
fn walk(scenario: Scenario, every: usize, mut look: impl FnMut(&Snapshot, Option<&Step>)) {
    let mut player = open(scenario);
    look(player.snapshot(), None);
    loop {
        let before = player.cursor();
        player.forward().expect("it goes on");
        if player.cursor() == before {
            return;
        }
        if player.cursor().is_multiple_of(every) || player.cursor() < 40 {
            let step = player.cursor().checked_sub(1).and_then(|index| player.step(index));
            look(player.snapshot(), step);
        }
    }
}

/// Looks at many states of all scenarios, each through a window that follows what happens.
fn for_every_state(mut check: impl FnMut(&Scene<'_>, Canvas)) {
    for (index, scenario) in scenarios().into_iter().enumerate() {
        let canvas = CANVASES[index % CANVASES.len()];
        let mut window = Window::default();
        walk(scenario, 17, |snapshot, step| {
            window.settle(snapshot, step, canvas);
            check(&scene(snapshot, step, &window, canvas), canvas);
        });
    }
}

/// The same through windows that are somewhere else, and nearer or further away.
fn for_every_window(mut check: impl FnMut(&Scene<'_>, Canvas)) {
    for (index, scenario) in scenarios().into_iter().enumerate() {
        let mut nth = index;
        walk(scenario, 41, |snapshot, step| {
            nth += 1;
            let canvas = CANVASES[nth % CANVASES.len()];
            let zoom = (nth % 14) as u8 + 2;
            let mut window = Window { zoom, follow: false, lane: nth % 5, ..Window::default() };
            window.settle(snapshot, step, canvas);
            for lane in 0..snapshot.lanes.len() {
                window.scroll(snapshot, lane, (nth % 7) as i32 * 3);
                window.selected = Some((lane, window.from[lane]));
            }
            window.settle(snapshot, step, canvas);
            check(&scene(snapshot, step, &window, canvas), canvas);
        });
    }
}

fn scene<'a>(
    snapshot: &'a Snapshot,
    step: Option<&'a Step>,
    window: &'a Window,
    canvas: Canvas,
) -> Scene<'a> {
    Scene { snapshot, step, window, frame: Frame::new(snapshot, step, window, canvas) }
}
