//! Back and forward: whatever way one came to a cursor, the state there is the same.

use super::{Verdict, ensure};
use crate::{Event, Machine, Outcome, Player, Random, Run, Tape, Want, link};

/// A run of at most `commands` commands: mostly what Play takes, so that the run gets somewhere, and
/// now and then any other that is possible.
pub fn random_run<M: Machine>(
    scenario: M::Scenario,
    commands: usize,
    random: &mut Random,
) -> Result<Run<M>, M::Error> {
    let mut machine = M::start(&scenario)?;
    let mut run = Run::new(scenario);
    let mut tape = Tape::default();
    for _ in 0..commands {
        let played = machine.play().filter(|_| random.below(4) > 0);
        let command = played.or_else(|| random.pick(&machine.commands()).cloned());
        let Some(command) = command else { break };
        tape.rewind(Want::Nothing);
        machine.apply(&command, &mut tape)?;
        run.cursor += tape.steps().len();
        if run.commands.push(command).is_err() {
            break;
        }
    }
    run.cursor = random.below(run.cursor + 1);
    Ok(run)
}

/// At every cursor, in random order and on a random walk, the snapshot equals that of a fresh
/// machine run to there, and of the reloaded link; a branch does what a fresh machine would; the run
/// that it left comes back unchanged; a refused command changes nothing.
///
/// Runs the machine about twice for each step of the run, so runs of up to some hundred steps fit.
pub fn back_and_forward<M: Machine>(run: &Run<M>, random: &mut Random) -> Verdict {
    let mut player = open(run)?;
    let truth = Truth::of(run)?;
    ensure(player.steps() == truth.steps, || {
        "opening gave other steps than a fresh machine".into()
    })?;
    ensure(player.run() == *run, || "opening a run and taking it out again changed it".into())?;

    let mut cursors: Vec<usize> = (0..=player.len()).collect();
    random.shuffle(&mut cursors);
    for cursor in cursors {
        player.seek(cursor).map_err(|refused| refused.to_string())?;
        truth.confirm(&player, cursor, "going there")?;
        ensure(*player.snapshot() == fresh::<M>(run, cursor)?, || {
            format!("at cursor {cursor}: not the snapshot of a fresh machine run to there")
        })?;
        let text = link::encode(&player.run());
        let reloaded = link::decode::<M>(&text).map_err(|error| error.to_string())?;
        ensure(reloaded == player.run(), || format!("the link {text} is read as another run"))?;
        truth.confirm(&open(&reloaded)?, cursor, "reloading its link")?;
    }
    walk(&mut player, &truth, random)?;
    branch(&mut player, random)
}

/// All that a fresh machine shows on its way through a run.
struct Truth<M: Machine> {
    steps: Vec<M::Step>,
    snapshots: Vec<M::Snapshot>,
    /// For each cursor, what is possible at the start of its command.
    commands: Vec<Vec<M::Command>>,
}

impl<M: Machine> Truth<M> {
    fn of(run: &Run<M>) -> Result<Self, String> {
        let mut machine = M::start(&run.scenario).map_err(|error| error.to_string())?;
        let mut truth =
            Truth { steps: vec![], snapshots: vec![machine.snapshot()], commands: vec![] };
        for (index, command) in run.commands.iter().enumerate() {
            let possible = machine.commands();
            ensure(machine.play().is_none_or(|next| possible.first() == Some(&next)), || {
                format!("before command {index}, Play takes another one than the first possible")
            })?;
            let mut tape = Tape::new(Want::Steps(0..usize::MAX));
            machine.apply(command, &mut tape).map_err(|error| error.to_string())?;
            let (steps, snapshots) = tape.into_parts();
            ensure(!steps.is_empty(), || format!("command {index} recorded no step"))?;
            truth.commands.extend(steps.iter().map(|_| possible.clone()));
            truth.steps.extend(steps);
            truth.snapshots.extend(snapshots.into_iter().map(|(_, snapshot)| snapshot));
            let (last, now) = (truth.snapshots.last(), machine.snapshot());
            ensure(last == Some(&now), || {
                let what = last.map_or(String::new(), |last| first_difference(last, &now));
                format!("command {index} changed the state after its last step: {what}")
            })?;
        }
        truth.commands.push(machine.commands());
        Ok(truth)
    }

    fn confirm(&self, player: &Player<M>, cursor: usize, way: &str) -> Verdict {
        ensure(player.cursor() == cursor, || format!("{way} led to {}", player.cursor()))?;
        ensure(Some(player.snapshot()) == self.snapshots.get(cursor), || {
            format!("at cursor {cursor}, {way} gives another snapshot")
        })?;
        ensure(Some(&player.commands()) == self.commands.get(cursor), || {
            format!("at cursor {cursor}, {way} gives other possible commands")
        })
    }
}

/// The first line that differs when both are written out, with the lines around it.
fn first_difference(was: &impl std::fmt::Debug, is: &impl std::fmt::Debug) -> String {
    let (was, is) = (format!("{was:#?}"), format!("{is:#?}"));
    let (was, is): (Vec<&str>, Vec<&str>) = (was.lines().collect(), is.lines().collect());
    let at = was.iter().zip(&is).take_while(|(was, is)| was == is).count();
    let around = |lines: &[&str]| lines[at.saturating_sub(8)..lines.len().min(at + 2)].join("\n");
    format!("it was\n{}\nand is\n{}", around(&was), around(&is))
}

/// The snapshot of a machine that is started for this cursor alone.
fn fresh<M: Machine>(run: &Run<M>, cursor: usize) -> Result<M::Snapshot, String> {
    let mut machine = M::start(&run.scenario).map_err(|error| error.to_string())?;
    let mut before = 0;
    for command in run.commands.iter() {
        if before == cursor {
            break;
        }
        let wanted = cursor - 1 - before;
        let mut tape = Tape::new(Want::Steps(wanted..wanted + 1));
        machine.apply(command, &mut tape).map_err(|error| error.to_string())?;
        before += tape.steps().len();
        if let Some((_, snapshot)) = tape.into_parts().1.pop() {
            return Ok(snapshot);
        }
    }
    Ok(machine.snapshot())
}

fn open<M: Machine>(run: &Run<M>) -> Result<Player<M>, String> {
    let mut player = Player::open(run.clone()).map_err(|error| error.to_string())?;
    finish(&mut player)?;
    match player.shortfall() {
        Some(shortfall) => Err(shortfall.to_string()),
        None => Ok(player),
    }
}

fn finish<M: Machine>(player: &mut Player<M>) -> Result<Event, String> {
    loop {
        match player.advance(1_000).map_err(|refused| refused.to_string())? {
            Outcome::Done(event) => return Ok(event),
            Outcome::Working(_) => {}
        }
    }
}

fn walk<M: Machine>(player: &mut Player<M>, truth: &Truth<M>, random: &mut Random) -> Verdict {
    let len = player.len();
    for _ in 0..2 * len {
        let before = player.cursor();
        let (moved, cursor) = match random.below(20) {
            0 => (player.first(), 0),
            1 => (player.last(), len),
            2..11 => (player.back(), before.saturating_sub(1)),
            _ if before < len => (player.forward(), before + 1),
            _ => continue,
        };
        moved.map_err(|refused| refused.to_string())?;
        truth.confirm(player, cursor, "walking")?;
    }
    Ok(())
}

fn branch<M: Machine>(player: &mut Player<M>, random: &mut Random) -> Verdict {
    let mut tried: Vec<M::Command> = player.run().commands.iter().cloned().collect();
    for _ in 0..4 {
        player.seek(random.below(player.len() + 1)).map_err(|refused| refused.to_string())?;
        tried.extend(player.commands());
        let Some(command) = random.pick(&tried).cloned() else { return Ok(()) };
        let possible = player.commands().contains(&command);
        let (run, snapshot) = (player.run(), player.snapshot().clone());
        match player.apply(command.clone()) {
            Ok(Outcome::Done(Event::Branched { .. })) => {
                Truth::of(&player.run())?.confirm(player, player.len(), "branching")?;
                ensure(player.left() == Some(&run), || "a branch lost the run it left".into())?;
                player.return_to_left();
                ensure(player.run() == run && *player.snapshot() == snapshot, || {
                    format!("the run that {command:?} left came back changed")
                })?;
            }
            Ok(_) => Truth::of(&player.run())?.confirm(player, player.cursor(), "applying")?,
            Err(refused) => {
                ensure(!possible, || format!("{command:?} is offered, and refused: {refused}"))?;
                ensure(player.run() == run && *player.snapshot() == snapshot, || {
                    format!("{command:?} was refused, and changed something")
                })?;
                // What a refused command changed inside would show later.
                let at = player.cursor();
                Truth::of(&run)?.confirm(player, at, "refusing")?;
            }
        }
    }
    player.last().map_err(|refused| refused.to_string())?;
    let end = player.len();
    player.forward().map_err(|refused| refused.to_string())?;
    Truth::of(&player.run())?.confirm(player, player.len().min(end + 1), "going on")
}
