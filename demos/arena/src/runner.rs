//! Goes through a program, operation by operation: loops unrolled, names resolved, chance decided.

use machine::Random;

use crate::action::{Action, Make};
use crate::lang::{Churn, Kind, Name, Program, Sizes, Sort, Statement, Which};
use crate::list::List;
use crate::snapshot::{Gone, Line, Value};
use crate::step::Wrong;

/// An operation and the value that it is for.
pub(crate) struct Operation {
    pub(crate) at: Line,
    pub(crate) action: Action,
    pub(crate) target: Target,
}

/// Which value.
pub(crate) enum Target {
    /// One that comes into being.
    New(Value),
    /// One that is there, or was.
    Old(u32),
    /// None.
    Nothing,
}

/// Where a run of a program is.
pub(crate) struct Runner {
    code: Vec<Code>,
    next: usize,
    /// How many rounds each open loop has left, this one included.
    rounds: Vec<u32>,
    /// Of a statement that is several operations: where it is.
    within: Within,
    /// By name.
    groups: Vec<Group>,
    churned: u32,
}

/// A piece of a program.
enum Code {
    Do(Kind, Line),
    /// Begins so many rounds.
    Rounds(u32),
    /// Ends a round of those that begin here.
    Again(usize),
}

/// Where a statement is that is several operations.
enum Within {
    Nothing,
    /// `free all`: the place in its group from which on one of them is to be freed.
    All(usize),
    Churn(Churning),
}

/// A `churn` under way.
struct Churning {
    random: Random,
    left: u32,
    live: Vec<u32>,
}

/// All values of a name.
struct Group {
    sort: Sort,
    /// In their order.
    values: Vec<u32>,
    /// Those that may be alive, the latest last.
    alive: Vec<u32>,
}

impl Runner {
    pub(crate) fn new(program: Program) -> Runner {
        let group = |Name { sort, .. }| Group { sort, values: Vec::new(), alive: Vec::new() };
        let mut code = Vec::new();
        flatten(program.body, &mut code);
        let mut runner = Runner {
            code,
            next: 0,
            rounds: Vec::new(),
            within: Within::Nothing,
            groups: program.names.into_iter().map(group).collect(),
            churned: 0,
        };
        runner.settle();
        runner
    }

    /// The statement whose operation comes next.
    pub(crate) fn line(&self) -> Option<Line> {
        match self.code.get(self.next)? {
            Code::Do(_, line) => Some(*line),
            _ => None,
        }
    }

    /// Takes the next operation; `values` are all so far.
    pub(crate) fn take(&mut self, values: &List<Value>) -> Option<Operation> {
        let Code::Do(kind, at) = self.code.get(self.next)? else { return None };
        let (kind, at) = (kind.clone(), *at);
        let (action, target) = self.resolve(&kind, values);
        if matches!(self.within, Within::Nothing) {
            self.next += 1;
            self.settle();
        }
        Some(Operation { at, action, target })
    }

    /// Goes on to the next statement that does something.
    fn settle(&mut self) {
        loop {
            match self.code.get(self.next) {
                Some(Code::Rounds(count)) => {
                    self.rounds.push(*count);
                    self.next += 1;
                }
                Some(Code::Again(first)) => match self.rounds.last_mut() {
                    Some(left) if *left > 1 => {
                        *left -= 1;
                        self.next = *first;
                    }
                    _ => {
                        self.rounds.pop();
                        self.next += 1;
                    }
                },
                _ => return,
            }
        }
    }

    fn resolve(&mut self, kind: &Kind, values: &List<Value>) -> (Action, Target) {
        match kind {
            Kind::Value { name, bytes } => {
                let of = self.of(*name);
                self.make(*name, Make::Value { of, bytes: bytes.clone() }, values)
            }
            Kind::Array { name, count } => {
                let of = self.of(*name);
                self.make(*name, Make::Array { of, count: *count }, values)
            }
            Kind::Vec { name, capacity } => {
                let of = self.of(*name);
                self.make(*name, Make::Vec { of, capacity: *capacity }, values)
            }
            Kind::Text { name, text } => self.make(*name, Make::Text(text.clone()), values),
            Kind::Bytes { name, size, align } => {
                self.make(*name, Make::Bytes { size: *size, align: *align }, values)
            }
            Kind::Map { name, capacity } => {
                self.make(*name, Make::Map { capacity: *capacity }, values)
            }
            Kind::List { name } => self.make(*name, Make::List, values),
            Kind::Push { name, bytes } => {
                self.to(*name, Which::Last, Action::Push(bytes.clone()), values)
            }
            Kind::Insert { name, key, value } => {
                let value = value.unwrap_or(*key);
                self.to(*name, Which::Last, Action::Insert { key: *key, value }, values)
            }
            Kind::Use { name, which } => self.to(*name, *which, Action::Use, values),
            Kind::Free { name, which: Which::All } => self.free_all(*name, values),
            Kind::Free { name, which } => self.to(*name, *which, Action::Free, values),
            Kind::Reset => (Action::Reset, Target::Nothing),
            Kind::Churn(churn) => self.churn(churn, values),
            // There is none in flat code.
            Kind::Repeat { .. } => (Action::Wrong(Wrong::NotThere), Target::Nothing),
        }
    }

    /// The type of which all of a name are.
    fn of(&self, name: usize) -> usize {
        match self.groups[name].sort {
            Sort::Value(of) | Sort::Array(of) | Sort::Vec(of) => of,
            Sort::Text | Sort::Bytes | Sort::Map | Sort::List => 0,
        }
    }

    fn make(&mut self, name: usize, make: Make, values: &List<Value>) -> (Action, Target) {
        let group = &mut self.groups[name];
        let id = values.len() as u32;
        group.values.push(id);
        group.alive.push(id);
        let number = group.values.len() as u32;
        let value = Value { name: name as u32, number, sort: group.sort, gone: Gone::No };
        (Action::Make(make), Target::New(value))
    }

    /// Does something to one of a name.
    fn to(
        &mut self,
        name: usize,
        which: Which,
        action: Action,
        values: &List<Value>,
    ) -> (Action, Target) {
        let group = &mut self.groups[name];
        let is_gone = |id: u32| values.get(id as usize).is_none_or(|value| value.gone != Gone::No);
        while group.alive.pop_if(|id| is_gone(*id)).is_some() {}
        let found = match which {
            Which::Nth(number) => group.values.get((number as usize).wrapping_sub(1)),
            Which::Last | Which::All => group.alive.last().or(group.values.last()),
        };
        match found {
            None => (Action::Wrong(Wrong::NotThere), Target::Nothing),
            Some(id) => (action, Target::Old(*id)),
        }
    }

    /// Frees the next of all of a name.
    fn free_all(&mut self, name: usize, values: &List<Value>) -> (Action, Target) {
        let ids = &self.groups[name].values;
        let from = if let Within::All(from) = self.within { from } else { 0 };
        let is_there = |id: &u32| values.get(*id as usize).is_some_and(|it| it.gone == Gone::No);
        let mut there = (from..ids.len()).filter(|index| is_there(&ids[*index]));
        let first = there.next();
        self.within = match there.next() {
            Some(next) => Within::All(next),
            None => Within::Nothing,
        };
        match first {
            Some(index) => (Action::Free, Target::Old(ids[index])),
            None => self.to(name, Which::Last, Action::Free, values),
        }
    }

    /// The next of random allocations and frees.
    fn churn(&mut self, churn: &Churn, values: &List<Value>) -> (Action, Target) {
        let begun = match std::mem::replace(&mut self.within, Within::Nothing) {
            Within::Churn(under_way) => under_way,
            _ => Churning {
                random: Random::new(churn.seed.into()),
                left: churn.count,
                live: Vec::new(),
            },
        };
        let Churning { mut random, left, mut live } = begun;
        // Three of four go towards the number that is wanted.
        let towards = random.below(4) > 0;
        let grow = (live.len() < churn.live as usize) == towards;
        let operation = if grow || live.is_empty() {
            let size = size(churn, &mut random);
            live.push(values.len() as u32);
            self.churned += 1;
            let name = self.groups.len() as u32;
            let value = Value { name, number: self.churned, sort: Sort::Bytes, gone: Gone::No };
            (Action::Make(Make::Bytes { size, align: 1 }), Target::New(value))
        } else {
            let freed = live.swap_remove(random.below(live.len()));
            (Action::Free, Target::Old(freed))
        };
        if left > 1 {
            self.within = Within::Churn(Churning { random, left: left - 1, live });
        }
        operation
    }
}

/// A size by the distribution that was asked for.
fn size(churn: &Churn, random: &mut Random) -> u32 {
    let Churn { from, to, .. } = *churn;
    let between = |random: &mut Random, from: u32, to: u32| {
        from + random.below((to - from) as usize + 1) as u32
    };
    match churn.sizes {
        Sizes::Even => between(random, from, to),
        Sizes::Two if random.below(2) == 0 => from,
        Sizes::Two => to,
        Sizes::Small => {
            let mut least = from.max(1);
            while least <= to / 2 && random.below(2) == 0 {
                least *= 2;
            }
            between(random, least.min(to), to.min(least.saturating_mul(2) - 1).max(least.min(to)))
        }
    }
}

/// Writes statements one behind the other.
fn flatten(body: Vec<Statement>, code: &mut Vec<Code>) {
    for Statement { kind, span } in body {
        match kind {
            Kind::Repeat { count, body } => {
                code.push(Code::Rounds(count));
                let first = code.len();
                flatten(body, code);
                code.push(Code::Again(first));
            }
            kind => code.push(Code::Do(kind, Line { line: span.line, column: span.column })),
        }
    }
}
