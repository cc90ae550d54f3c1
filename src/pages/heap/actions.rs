//! What a person may do on the page to see what it allocates. Each really runs.

use std::hint::black_box;

use executor::lang::{self, Program};
use executor::{Executor, scenes};
use machine::{Player, Run};

/// What an action leaves behind. It is kept where room for it is already, so that keeping it allocates
/// nothing.
#[derive(Default)]
#[allow(dead_code, reason = "what is kept is there to be there, not to be looked at")]
#[allow(clippy::large_enum_variant, reason = "a box would be an allocation more")]
pub(super) enum Kept {
    /// Nothing.
    #[default]
    Nothing,
    /// Numbers.
    Numbers(Vec<u32>),
    /// Numbers, each in a block of its own.
    #[expect(clippy::vec_box, reason = "so many blocks are what it is about")]
    Boxes(Vec<Box<u32>>),
    /// A text.
    Text(String),
    /// A program of the executor's language.
    Program(Program),
    /// A run of the executor.
    Run(Player<Executor>),
}

/// An action.
pub(super) struct Action {
    /// What it is called in links.
    pub(super) name: &'static str,
    /// What its button says.
    pub(super) label: &'static str,
    /// What it does, as code.
    pub(super) code: &'static str,
    /// Does it, with what the action before has left.
    pub(super) run: fn(Kept) -> Kept,
}

/// How many numbers are put into a list.
const NUMBERS: u32 = 1_000;
/// More blocks than the table of the watching has room for.
const BOXES: u32 = 13_000;

/// The action that does nothing: what is counted is what the page does for any click.
pub(super) const CLICK: usize = 0;
/// The action that frees what is kept; the others begin without it.
pub(super) const DROP: usize = 7;

/// All of them. Links hold their names.
pub(super) const ACTIONS: &[Action] = &[
    Action { name: "click", label: "Click", code: "|_event| {}", run: |_| Kept::Nothing },
    Action { name: "push", label: "Push", code: "1,000 × numbers.push(n)", run: push },
    Action { name: "room", label: "With room", code: "Vec::with_capacity(1_000)", run: with_room },
    Action { name: "format", label: "Format", code: "format!(\"{n} numbers\")", run: format },
    Action { name: "parse", label: "Parse", code: "lang::parse(text)", run: parse },
    Action { name: "steps", label: "10 steps", code: "Player::<Executor>::open(run)", run: steps },
    Action { name: "fill", label: "Fill", code: "13,000 × Box::new(n)", run: fill },
    Action { name: "drop", label: "Drop", code: "drop(kept)", run: drop_it },
];

/// The place of the action with this name.
pub(super) fn named(name: &str) -> Option<usize> {
    ACTIONS.iter().position(|action| action.name == name)
}

#[inline(never)]
fn push(_: Kept) -> Kept {
    let mut numbers = Vec::new();
    for number in 0..NUMBERS {
        numbers.push(black_box(number));
    }
    Kept::Numbers(black_box(numbers))
}

#[inline(never)]
fn with_room(_: Kept) -> Kept {
    let mut numbers = Vec::with_capacity(NUMBERS as usize);
    for number in 0..NUMBERS {
        numbers.push(black_box(number));
    }
    Kept::Numbers(black_box(numbers))
}

#[inline(never)]
fn format(_: Kept) -> Kept {
    let n = black_box(NUMBERS);
    Kept::Text(std::format!("{n} numbers"))
}

#[inline(never)]
fn parse(_: Kept) -> Kept {
    let text = lang::EXAMPLES.first().map_or("", |example| example.text);
    lang::parse(black_box(text)).map_or(Kept::Nothing, Kept::Program)
}

#[inline(never)]
fn steps(_: Kept) -> Kept {
    let Some(scene) = scenes::SCENES.first() else { return Kept::Nothing };
    let Ok(mut player) = Player::open(Run::<Executor>::new(scene.scenario())) else {
        return Kept::Nothing;
    };
    while player.cursor() < 10 && player.forward().is_ok() {}
    Kept::Run(player)
}

#[inline(never)]
fn fill(_: Kept) -> Kept {
    let mut boxes = Vec::with_capacity(BOXES as usize);
    for number in 0..BOXES {
        boxes.push(black_box(Box::new(number)));
    }
    Kept::Boxes(boxes)
}

#[inline(never)]
fn drop_it(kept: Kept) -> Kept {
    drop(kept);
    Kept::Nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_name_of_its_own_and_runs() {
        let mut kept = Kept::Nothing;
        for (index, action) in ACTIONS.iter().enumerate() {
            assert_eq!(named(action.name), Some(index));
            kept = (action.run)(kept);
            let nothing = matches!(kept, Kept::Nothing);
            assert_eq!(nothing, [CLICK, DROP].contains(&index), "{}", action.name);
        }
    }

    #[test]
    fn lists_have_the_room_that_their_actions_speak_of() {
        let room = |kept| match kept {
            Kept::Numbers(numbers) => numbers.capacity(),
            _ => 0,
        };
        assert_eq!(room(push(Kept::Nothing)), 1_024);
        assert_eq!(room(with_room(Kept::Nothing)), 1_000);
        assert!(BOXES as usize > arena_watch::MOST);
    }
}
