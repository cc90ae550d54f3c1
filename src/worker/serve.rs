//! The worker's side.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::SOURCES;
use super::message::{Reply, Request};
use super::task::{Engine, Task};

/// How long it works before it looks for messages, in milliseconds.
const SLICE_MS: f64 = 40.0;
/// Steps between two looks at the clock.
const STEPS: usize = 2_000;

/// Waits for a request, carries it out and answers. `find` gives what is to be done for a demo, by
/// route.
pub fn serve(find: fn(&str) -> Option<Engine>) {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        reply(&Reply::Failed(format!("This is a fault of the demo: {panic}")));
    }));
    let task = Rc::new(RefCell::new(None));
    let asked = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let request = event.data().as_string().as_deref().and_then(Request::parse);
        let begun = match request {
            Some(Request::Stop) => {
                let stopped = task.borrow_mut().take().map(|mut task: Box<dyn Task>| task.stop());
                if let Some(answer) = stopped {
                    reply(&answer);
                }
                return;
            }
            Some(request) => start(find, &request),
            None => Err("The page asked for something unknown.".to_owned()),
        };
        match begun {
            Ok(begun) => {
                *task.borrow_mut() = Some(begun);
                work(&task);
            }
            Err(sentence) => reply(&Reply::Failed(sentence)),
        }
    });
    scope().set_onmessage(Some(asked.as_ref().unchecked_ref()));
    // It is asked as long as the worker is there.
    asked.forget();
    reply(&Reply::Ready(SOURCES.to_owned()));
}

fn start(find: fn(&str) -> Option<Engine>, request: &Request) -> Result<Box<dyn Task>, String> {
    match request {
        Request::Run { route, link, limit } => match find(route) {
            Some(Engine::Run(begin)) => begin(link, *limit),
            _ => Err(format!("There is no machine at “{route}”.")),
        },
        Request::Measure { route, settings } => match find(route) {
            Some(Engine::Measure(begin)) => begin(settings),
            _ => Err(format!("There is nothing to measure at “{route}”.")),
        },
        Request::Stop => Err("There is nothing to stop.".to_owned()),
    }
}

/// Works for a slice, and asks to be called again if that was not all.
fn work(task: &Rc<RefCell<Option<Box<dyn Task>>>>) {
    let Some(mut working) = task.borrow_mut().take() else { return };
    let begun = now();
    while now() - begun < SLICE_MS {
        if let Some(answer) = working.advance(STEPS) {
            return reply(&answer);
        }
    }
    reply(&Reply::Progress(working.progress()));
    *task.borrow_mut() = Some(working);
    let again = task.clone();
    // Messages that have arrived come first.
    gloo::timers::callback::Timeout::new(0, move || work(&again)).forget();
}

fn reply(reply: &Reply) {
    // Only a worker that is being shut down cannot.
    let _ = scope().post_message(&reply.to_text().into());
}

/// The worker's clock, in milliseconds.
pub fn now() -> f64 {
    scope().performance().map_or(0.0, |performance| performance.now())
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
