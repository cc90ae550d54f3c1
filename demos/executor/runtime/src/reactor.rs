//! The reactor (6.3): who waits for something from outside is called when it is there.
//!
//! A leaf future that needs something from outside [`register`]s what it is interested in at the
//! *selector* (of a real system: epoll, kqueue), under a *token*, and files its waker in a map under
//! the same token. [`react`] asks the selector which tokens have an event, and calls the handlers
//! that it finds under them. That is all; the reactor knows nothing of tasks and polls.
//!
//! In the book the token of a new registration is `handlers.len()`. That is right until the first
//! handler is taken out: with the handlers 0 and 1, take out 0, and the next token is 1 again. Two
//! registrations share it, the new handler overwrites the old one, and whoever waited behind it is
//! never called again. [`Tokens::MapLength`] does that; [`Tokens::Fresh`] never gives a number twice.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::Waker;

use crate::table::{Table, insert_in_order};
use crate::world::{State, World};
use crate::{Actor, Happening, Interest, SourceId, TaskId, Time, Token, Tokens, waker};

/// The reactor.
pub(crate) struct Reactor {
    pub(crate) selector: Selector,
    /// What is called when the selector reports a token. (In an `Arc`, so that it can be called while
    /// the map is not locked, and without a `clone` that would be counted.)
    pub(crate) handlers: Table<Token, Arc<Waker>>,
    tokens: Tokens,
    given: u32,
}

/// What stands in for the operating system: it knows what is looked for and what has come.
#[derive(Default)]
pub(crate) struct Selector {
    pub(crate) registrations: Table<RegistrationId, (Token, Interest)>,
    /// The registrations whose source has become readable since they were last reported.
    readable: VecDeque<RegistrationId>,
    registered: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct RegistrationId(u32);

/// What a leaf future keeps of its registration.
#[derive(Clone, Copy)]
pub(crate) struct Registration {
    id: RegistrationId,
    pub(crate) token: Token,
    interest: Interest,
}

/// A source of values from outside.
pub(crate) struct Source {
    pub(crate) name: Arc<str>,
    /// How many values are there to be read.
    pub(crate) unread: u32,
    /// How many were read.
    pub(crate) read: u32,
    /// When more come by themselves, the next first.
    pub(crate) arrivals: VecDeque<Time>,
}

/// Has the selector look for something, and the waker called when it is there.
pub(crate) fn register(world: &World, interest: Interest, waker: &Waker) -> Registration {
    let mut state = world.lock();
    let reactor = &mut state.reactor;
    let token = match reactor.tokens {
        Tokens::Fresh => Token(reactor.given),
        Tokens::MapLength => Token(reactor.handlers.len() as u32),
    };
    reactor.given += 1;
    let id = reactor.selector.register(token, interest);
    state.tell(Happening::Registered { token, interest });
    drop(state);
    file(world, token, waker);
    Registration { id, token, interest }
}

/// Sees to it that the waker of the latest poll is the one that is called.
pub(crate) fn refresh(world: &World, token: Token, waker: &Waker) {
    let mut state = world.lock();
    if let Some(handler) = state.reactor.handlers.get(&token)
        && handler.will_wake(waker)
    {
        return state.kept(waker);
    }
    drop(state);
    file(world, token, waker);
}

fn file(world: &World, token: Token, waker: &Waker) {
    let handler = Arc::new(waker.clone());
    let mut state = world.lock();
    let task = waker::task_of(waker);
    let old = state.reactor.handlers.insert(token, handler);
    if let Some(task) = task {
        state.tell(Happening::HandlerFiled { token, task });
    }
    if let Some(task) = old.as_deref().and_then(waker::task_of) {
        state.tell(Happening::HandlerReplaced { token, task });
    }
    drop(state);
    drop(old);
}

/// Has the selector look no further, and takes the handler out of the map.
pub(crate) fn deregister(world: &World, registration: Registration) {
    let Registration { id, token, interest } = registration;
    let mut state = world.lock();
    state.reactor.selector.deregister(id);
    let handler = state.reactor.handlers.remove(&token);
    let task = handler.as_deref().and_then(waker::task_of);
    state.tell(Happening::Deregistered { token, interest, task });
    drop(state);
    drop(handler);
}

/// The reactor's turn: asks the selector what is there, and calls the handlers.
pub(crate) fn react(world: &World) {
    let mut state = world.lock();
    state.actor = Actor::Reactor;
    let now = state.now;
    if !state.reactor.selector.is_due(now)
        && let Some(next) = state.next_moment()
    {
        state.pass_time(next.0 - now.0);
    }
    let now = state.now;
    let events = state.reactor.selector.select(now);
    drop(state);
    for (token, interest) in events {
        let mut state = world.lock();
        let handler = state.reactor.handlers.get(&token).cloned();
        let Some(handler) = handler else {
            state.tell(Happening::EventLost { token, interest });
            continue;
        };
        if let Some(task) = waker::task_of(&handler) {
            state.tell(Happening::Event { token, interest, task });
        }
        drop(state);
        handler.wake_by_ref();
    }
}

impl Reactor {
    pub(crate) fn new(tokens: Tokens) -> Self {
        let handlers = Table::new();
        Reactor { selector: Selector::default(), handlers, tokens, given: 0 }
    }

    /// The tasks whose handlers something can still call: an event that is due or will come, or one
    /// that the person can bring about.
    pub(crate) fn callable(&self) -> impl Iterator<Item = TaskId> {
        let tokens = self.selector.registrations.values().map(|(token, _)| token);
        let handlers = tokens.filter_map(|token| self.handlers.get(token));
        handlers.filter_map(|handler| waker::task_of(handler))
    }
}

impl Selector {
    fn register(&mut self, token: Token, interest: Interest) -> RegistrationId {
        let id = RegistrationId(self.registered);
        self.registered += 1;
        self.registrations.insert(id, (token, interest));
        id
    }

    fn deregister(&mut self, id: RegistrationId) {
        self.registrations.remove(&id);
        self.readable.retain(|other| *other != id);
    }

    /// Everything that is there to be reported: first the deadlines that have passed, the earliest
    /// first, then the sources in the order in which they became readable.
    pub(crate) fn due(&self, now: Time) -> Vec<(RegistrationId, Token, Interest)> {
        let mut due = Vec::new();
        for deadline in self.deadlines().filter(|(at, _)| *at <= now) {
            insert_in_order(&mut due, deadline, |deadline| *deadline);
        }
        let ids = due.into_iter().map(|(_, id)| id).chain(self.readable.iter().copied());
        ids.filter_map(|id| self.registrations.get(&id).map(|(token, it)| (id, *token, *it)))
            .collect()
    }

    pub(crate) fn is_due(&self, now: Time) -> bool {
        !self.readable.is_empty() || self.deadlines().any(|(at, _)| at <= now)
    }

    /// Reports what is there. A deadline comes once; a source is reported again when more has come.
    fn select(&mut self, now: Time) -> Vec<(Token, Interest)> {
        let due = self.due(now);
        for (id, _, interest) in &due {
            if let Interest::Deadline(_) = interest {
                self.registrations.remove(id);
            }
        }
        self.readable.clear();
        due.into_iter().map(|(_, token, interest)| (token, interest)).collect()
    }

    fn deadlines(&self) -> impl Iterator<Item = (Time, RegistrationId)> {
        self.registrations.iter().filter_map(|(id, (_, interest))| match interest {
            Interest::Deadline(at) => Some((*at, *id)),
            Interest::Readable(_) => None,
        })
    }

    fn looks_at(&self, source: SourceId) -> impl Iterator<Item = RegistrationId> {
        self.registrations
            .iter()
            .filter(move |(_, (_, interest))| *interest == Interest::Readable(source))
            .map(|(id, _)| *id)
    }
}

impl State {
    /// Lets virtual time pass, and with it what was to come meanwhile.
    #[track_caller]
    pub(crate) fn pass_time(&mut self, ticks: u32) {
        self.now = self.now.after(ticks);
        let now = self.now;
        self.tell(Happening::TimePasses { to: now });
        loop {
            let next = (0..).map(SourceId).zip(&self.sources);
            let next = next.filter_map(|(id, source)| Some((*source.arrivals.front()?, id))).min();
            match next {
                Some((at, source)) if at <= now => {
                    self.sources[source.index()].arrivals.pop_front();
                    self.source_ready(source);
                }
                _ => break,
            }
        }
    }

    /// A source becomes readable, once more.
    #[track_caller]
    pub(crate) fn source_ready(&mut self, id: SourceId) {
        let source = &mut self.sources[id.index()];
        source.unread = source.unread.saturating_add(1);
        let unread = source.unread;
        let selector = &mut self.reactor.selector;
        let new: Vec<_> =
            selector.looks_at(id).filter(|id| !selector.readable.contains(id)).collect();
        selector.readable.extend(new);
        if let Some(everything) = self.everything() {
            everything.changed = true;
            everything.spinning = false;
        }
        self.tell(Happening::SourceReady { source: id, unread });
    }

    /// The next moment at which something will be due that somebody looks for.
    pub(crate) fn next_moment(&self) -> Option<Time> {
        let selector = &self.reactor.selector;
        let deadlines = selector.deadlines().map(|(at, _)| at);
        let arrivals = (0..).map(SourceId).zip(&self.sources).filter_map(|(id, source)| {
            selector.looks_at(id).next().and(source.arrivals.front().copied())
        });
        deadlines.chain(arrivals).min()
    }

    /// Whether something is still to come by itself.
    pub(crate) fn time_will_change_something(&self) -> bool {
        let deadline = self.reactor.selector.deadlines().any(|(at, _)| at > self.now);
        deadline || self.sources.iter().any(|source| !source.arrivals.is_empty())
    }
}
