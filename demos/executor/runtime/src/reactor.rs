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

use std::mem;
use std::sync::Arc;
use std::task::Waker;

use crate::order::insert_in_order;
use crate::world::{State, World};
use crate::{Actor, Happening, Interest, SourceId, TaskId, Time, Token, Tokens, waker};

/// The reactor.
#[derive(Default)]
pub(crate) struct Reactor {
    pub(crate) selector: Selector,
    /// What is called when the selector reports a token, in the order of tokens. (In an `Arc`, so
    /// that it can be called while the map is not locked, and without a `clone` that would be counted.)
    pub(crate) handlers: Vec<(Token, Arc<Waker>)>,
    /// How many tokens were given.
    given: u32,
}

/// What stands in for the operating system: it knows what is looked for and what has come.
#[derive(Default)]
pub(crate) struct Selector {
    /// In the order of registering.
    pub(crate) registrations: Vec<Registration>,
    /// The registrations whose source has become readable since they were last reported.
    readable: Vec<RegistrationId>,
    registered: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RegistrationId(u32);

/// What the selector knows of a registration, and the leaf future whose it is.
#[derive(Clone, Copy)]
pub(crate) struct Registration {
    id: RegistrationId,
    pub(crate) token: Token,
    pub(crate) interest: Interest,
}

/// Has the selector look for something, and the waker called when it is there.
pub(crate) fn register(world: &World, interest: Interest, waker: &Waker) -> Registration {
    let mut state = world.lock();
    let tokens = state.setup.tokens;
    let reactor = &mut state.reactor;
    let token = match tokens {
        Tokens::Fresh => Token(reactor.given),
        Tokens::MapLength => Token(reactor.handlers.len() as u32),
    };
    reactor.given += 1;
    let registration = reactor.selector.register(token, interest);
    state.tell(Happening::Registered { token, interest });
    drop(state);
    file(world, token, waker);
    registration
}

/// Sees to it that the waker of the latest poll is the one that is called.
pub(crate) fn refresh(world: &World, token: Token, waker: &Waker) {
    let mut state = world.lock();
    if let Some(handler) = state.reactor.handler(token)
        && handler.will_wake(waker)
    {
        return state.kept(waker);
    }
    drop(state);
    file(world, token, waker);
}

#[inline(never)]
fn file(world: &World, token: Token, waker: &Waker) {
    let mut handler = Arc::new(waker.clone());
    let mut state = world.lock();
    let handlers = &mut state.reactor.handlers;
    let old = match handlers.iter_mut().find(|(other, _)| *other == token) {
        Some((_, there)) => {
            mem::swap(there, &mut handler);
            Some(handler)
        }
        None => {
            insert_in_order(handlers, (token, handler), |(token, _)| *token);
            None
        }
    };
    if let Some(task) = waker::task_of(waker) {
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
    let handlers = &mut state.reactor.handlers;
    let at = handlers.iter().position(|(other, _)| *other == token);
    let handler = at.map(|at| handlers.remove(at).1);
    let task = handler.as_deref().and_then(waker::task_of);
    state.tell(Happening::Deregistered { token, interest, task });
    drop(state);
    drop(handler);
}

/// The reactor's turn: asks the selector what is there, and calls the handlers.
pub(crate) fn react(world: &World) {
    let mut state = world.lock();
    state.shown.executing.actor = Actor::Reactor;
    let now = state.shown.now;
    if !state.reactor.selector.is_due(now)
        && let Some(next) = state.next_moment()
    {
        state.pass_time(next.0 - now.0);
    }
    let now = state.shown.now;
    let events = state.reactor.selector.select(now);
    drop(state);
    for Registration { token, interest, .. } in events {
        let mut state = world.lock();
        let Some(handler) = state.reactor.handler(token).cloned() else {
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
    /// What is filed under a token.
    fn handler(&self, token: Token) -> Option<&Arc<Waker>> {
        let handler = self.handlers.iter().find(|(other, _)| *other == token)?;
        Some(&handler.1)
    }

    /// Whether one of these tasks has a handler that something can still call: an event that is due
    /// or will come, or one that the person can bring about.
    pub(crate) fn can_call(&self, is_one: impl Fn(TaskId) -> bool) -> bool {
        self.selector.registrations.iter().any(|registration| {
            let handler = self.handler(registration.token);
            handler.and_then(|handler| waker::task_of(handler)).is_some_and(&is_one)
        })
    }
}

impl Selector {
    fn register(&mut self, token: Token, interest: Interest) -> Registration {
        let registration = Registration { id: RegistrationId(self.registered), token, interest };
        self.registered += 1;
        self.registrations.push(registration);
        registration
    }

    fn deregister(&mut self, id: RegistrationId) {
        self.registrations.retain(|other| other.id != id);
        self.readable.retain(|other| *other != id);
    }

    /// Everything that is there to be reported: first the deadlines that have passed, the earliest
    /// first, then the sources in the order in which they became readable.
    pub(crate) fn due(&self, now: Time) -> Vec<Registration> {
        let mut due = Vec::new();
        for registration in &self.registrations {
            if registration.has_passed(now) {
                insert_in_order(&mut due, *registration, Registration::deadline);
            }
        }
        for id in &self.readable {
            due.extend(self.registrations.iter().find(|registration| registration.id == *id));
        }
        due
    }

    pub(crate) fn is_due(&self, now: Time) -> bool {
        !self.readable.is_empty() || self.registrations.iter().any(|it| it.has_passed(now))
    }

    /// Reports what is there. A deadline comes once; a source is reported again when more has come.
    fn select(&mut self, now: Time) -> Vec<Registration> {
        let due = self.due(now);
        self.registrations.retain(|registration| !registration.has_passed(now));
        self.readable.clear();
        due
    }
}

impl Registration {
    fn deadline(&self) -> Option<Time> {
        match self.interest {
            Interest::Deadline(at) => Some(at),
            Interest::Readable(_) => None,
        }
    }

    fn has_passed(&self, now: Time) -> bool {
        self.deadline().is_some_and(|at| at <= now)
    }
}

impl State {
    /// Lets virtual time pass, and with it what was to come meanwhile.
    #[track_caller]
    pub(crate) fn pass_time(&mut self, ticks: u32) {
        let now = self.shown.now.after(ticks);
        self.shown.now = now;
        self.tell(Happening::TimePasses { to: now });
        while let Some((at, source)) = self.next_arrival()
            && at <= now
        {
            self.source(source).arrivals.remove(0);
            self.source_ready(source);
        }
    }

    /// When and where the next value comes by itself.
    fn next_arrival(&self) -> Option<(Time, SourceId)> {
        let mut next = None;
        for (id, source) in (0..).map(SourceId).zip(&self.shown.sources) {
            if let Some(at) = source.arrivals.first()
                && next.is_none_or(|(first, _)| *at < first)
            {
                next = Some((*at, id));
            }
        }
        next
    }

    /// A source becomes readable, once more.
    #[track_caller]
    pub(crate) fn source_ready(&mut self, id: SourceId) {
        let source = self.source(id);
        source.unread = source.unread.saturating_add(1);
        let unread = source.unread;
        let Selector { registrations, readable, .. } = &mut self.reactor.selector;
        for registration in registrations {
            if registration.interest == Interest::Readable(id)
                && !readable.contains(&registration.id)
            {
                readable.push(registration.id);
            }
        }
        self.everything.changed = true;
        self.everything.spinning = false;
        self.tell(Happening::SourceReady { source: id, unread });
    }

    /// The next moment at which something will be due that somebody looks for.
    #[inline(never)]
    pub(crate) fn next_moment(&self) -> Option<Time> {
        let mut next = None;
        for registration in &self.reactor.selector.registrations {
            let at = match registration.interest {
                Interest::Deadline(at) => Some(at),
                Interest::Readable(id) => self.shown.sources[id.index()].arrivals.first().copied(),
            };
            if next.is_none() || at.is_some_and(|at| Some(at) < next) {
                next = at;
            }
        }
        next
    }

    /// Whether something is still to come by itself.
    pub(crate) fn time_will_change_something(&self) -> bool {
        let ahead = |it: &Registration| it.deadline().is_some_and(|at| at > self.shown.now);
        self.reactor.selector.registrations.iter().any(ahead) || self.next_arrival().is_some()
    }
}
