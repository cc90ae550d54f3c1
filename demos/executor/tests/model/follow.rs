//! The model goes along with the engine: it does the same polls in the same order, and the two are
//! compared after each. What the engine does must be a schedule of the model; what it says about
//! itself (a useless poll, how it came to rest) must be true of the model.

use executor::{Actor, Happening, Step, TaskId, Verdict};

use crate::code::Code;
use crate::engine::{Chapter, Trace, printed};
use crate::explore::{never_moves, outcome, polls};
use crate::model::{Line, State};

/// Goes along a whole trace.
///
/// # Errors
/// The first moment at which engine and model differ, or at which the engine does what no schedule
/// of the model does.
pub fn follow(code: &Code, trace: &Trace) -> Result<(), String> {
    let mut follower = Follower {
        code,
        state: code.start(),
        before_poll: None,
        now: 0,
        output: Vec::new(),
        said_to_be_lost: false,
    };
    for chapter in &trace.commands {
        for step in &chapter.steps {
            follower.step(step)?;
        }
        follower.compare(chapter)?;
        follower.said_to_be_lost = false;
    }
    if let Some((end, verdict)) = &trace.end {
        follower.rest(*verdict)?;
        if outcome(&follower.state) != *end {
            return Err(format!("{end:?} came of it, in the model {:?}", outcome(&follower.state)));
        }
    }
    Ok(())
}

struct Follower<'a> {
    code: &'a Code,
    state: State,
    /// The state before the poll that is going on.
    before_poll: Option<State>,
    now: u32,
    /// What each task has printed.
    output: Vec<Vec<Line>>,
    /// Whether the engine has said in this chapter that nothing will wake some task again.
    said_to_be_lost: bool,
}

impl Follower<'_> {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        match &step.happening {
            Happening::PollBegins { task, .. } => {
                let tasks = &self.state.tasks;
                if tasks.get(task.index()).is_none_or(|task| task.finished()) {
                    return Err(format!("{task:?} is polled, which cannot be"));
                }
                self.before_poll = Some(self.state.clone());
                self.code.poll(&mut self.state, task.index());
            }
            Happening::PollPending { task, useless } => self.poll_ends(*task, false, *useless)?,
            Happening::PollReady { task } => self.poll_ends(*task, true, false)?,
            Happening::TimePasses { to } => {
                let ticks = to.0 - std::mem::replace(&mut self.now, to.0);
                // Within a poll it is a `block`, which the model has done with the poll.
                if self.before_poll.is_none() {
                    self.time_passes(ticks)?;
                }
            }
            Happening::NeverWoken { .. } => self.said_to_be_lost = true,
            Happening::SourceReady { source, .. } if step.actor == Actor::Person => {
                self.code.make_ready(&mut self.state, source.index());
            }
            _ => {}
        }
        if let Some((task, line)) = printed(step)? {
            if self.output.len() <= task.index() {
                self.output.resize(task.index() + 1, Vec::new());
            }
            self.output[task.index()].push(line);
        }
        Ok(())
    }

    /// The engine's poll has ended, and must have ended as the model's has.
    fn poll_ends(&mut self, task: TaskId, ready: bool, useless: bool) -> Result<(), String> {
        let before = self.before_poll.take().ok_or("a poll ends that has not begun")?;
        let model = &self.state.tasks[task.index()];
        if model.finished() != ready {
            return Err(format!("{task:?}: that it has finished is {ready}, the model disagrees"));
        }
        let printed = self.output.get(task.index()).map_or(&[][..], Vec::as_slice);
        if printed != model.output {
            return Err(format!("{task:?} printed {printed:?}, in the model {:?}", model.output));
        }
        if !ready && useless != (self.state == before) {
            return Err(format!(
                "{task:?}: that the poll is useless is {useless}, the model disagrees"
            ));
        }
        Ok(())
    }

    /// Time may pass between polls only as long as no poll of any task would change anything.
    fn time_passes(&mut self, ticks: u32) -> Result<(), String> {
        let mut left = ticks;
        while left > 0 {
            if !polls(self.code, &self.state).is_empty() {
                return Err(format!("{left} of {ticks} ticks too many: a task can get further"));
            }
            let next = self.code.next_due(&self.state).map_or(left, |due| due.min(left));
            self.code.pass_time(&mut self.state, next);
            left -= next;
        }
        Ok(())
    }

    fn compare(&self, chapter: &Chapter) -> Result<(), String> {
        let unread: Vec<u32> = self.state.sources.iter().map(|source| source.unread).collect();
        if chapter.unread != unread {
            return Err(format!("unread: {:?}, in the model {unread:?}", chapter.unread));
        }
        let channels: Vec<Vec<u32>> =
            self.state.channels.iter().map(|values| values.iter().copied().collect()).collect();
        if chapter.channels != channels {
            return Err(format!("channels: {:?}, in the model {channels:?}", chapter.channels));
        }
        if self.said_to_be_lost && (self.goes_on() || self.person_helps()) {
            return Err("a task is said to be lost, though something can still happen".to_string());
        }
        if !chapter.counts_agree {
            return Err("the wakers of a task are miscounted".to_string());
        }
        Ok(())
    }

    /// Whether a task can get further by itself, now or later.
    fn goes_on(&self) -> bool {
        !never_moves(self.code, &self.state)
    }

    /// Whether the person can bring that about.
    fn person_helps(&self) -> bool {
        (0..self.state.sources.len()).any(|source| {
            let mut next = self.state.clone();
            self.code.make_ready(&mut next, source);
            !never_moves(self.code, &next)
        })
    }

    /// The engine rests: it must be true that nothing moves any more, and what it says of it.
    fn rest(&self, verdict: Verdict) -> Result<(), String> {
        if self.goes_on() {
            return Err(format!("{verdict:?}, though a task can get further"));
        }
        let finished = self.state.tasks.iter().all(|task| task.finished());
        let person_helps = self.person_helps();
        let right = match verdict {
            Verdict::Finished => finished,
            Verdict::Stuck => !finished && !person_helps,
            Verdict::NeedsPerson => !finished && person_helps,
            Verdict::Spinning => !finished,
            Verdict::Dropped => false,
        };
        if !right {
            return Err(format!("{verdict:?}; finished: {finished}, person helps: {person_helps}"));
        }
        Ok(())
    }
}
