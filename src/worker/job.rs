//! The page's side.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use machine::Progress;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::SOURCES;
use super::message::{Finished, Reply, Request};
use crate::address;
use crate::dom::message;

/// How long a worker may take from its start to its first message, in milliseconds. It may have to
/// be fetched over a slow line.
const PATIENCE_MS: u32 = 30_000;

/// What is heard of a job. Nothing comes after another one than `Progress`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Report {
    /// How far it is.
    Progress(Progress),
    /// It is done.
    Done(Finished),
    /// It has measured; what came of it, as the instrument writes it.
    Measured(String),
    /// It could not be done; a sentence says why, and what to do.
    Failed(String),
}

/// Work that a worker does. Dropping it ends the worker at once.
pub struct Job {
    worker: Worker,
    /// Whether the worker can be asked.
    ready: Rc<Cell<bool>>,
    /// Whether it is to be stopped as soon as it has begun.
    stops: Rc<Cell<bool>>,
    _listeners: [EventListener; 3],
    _patience: Rc<RefCell<Option<Timeout>>>,
}

impl Job {
    /// Plays a run to its end, of at most `limit` steps.
    pub fn run(
        route: &str,
        link: &str,
        limit: usize,
        hear: impl Fn(Report) + 'static,
    ) -> Result<Job, String> {
        let request = Request::Run { route: route.to_owned(), link: link.to_owned(), limit };
        Job::start(&address::of_build("worker", "worker_loader.js"), request, hear)
    }

    /// Measures, with these settings of an instrument.
    pub fn measure(
        route: &str,
        settings: String,
        hear: impl Fn(Report) + 'static,
    ) -> Result<Job, String> {
        let request = Request::Measure { route: route.to_owned(), settings };
        Job::start(&address::of_build("worker", "worker_loader.js"), request, hear)
    }

    /// Starts the worker at an address, and asks it.
    pub fn start(
        address: &str,
        request: Request,
        hear: impl Fn(Report) + 'static,
    ) -> Result<Job, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(address, &options)
            .map_err(|error| format!("This browser starts no workers here: {}", text(&error)))?;

        let over = Cell::new(false);
        let hear = Rc::new(move |report: Report| {
            if over.get() {
                return;
            }
            over.set(!matches!(report, Report::Progress(_)));
            hear(report);
        });
        let ready = Rc::new(Cell::new(false));
        let stops = Rc::new(Cell::new(false));
        let patience = Rc::new(RefCell::new(None));

        let replied = {
            let (hear, ready, patience) = (hear.clone(), ready.clone(), patience.clone());
            let stops = stops.clone();
            let worker = worker.clone();
            move |event: &MessageEvent| {
                let reply = event.data().as_string().as_deref().and_then(Reply::parse);
                match reply {
                    Some(Reply::Ready(sources)) if sources == SOURCES => {
                        ready.set(true);
                        patience.borrow_mut().take();
                        if let Err(error) = worker.post_message(&request.to_text().into()) {
                            hear(Report::Failed(text(&error)));
                        }
                        if stops.get() {
                            ask_to_stop(&worker);
                        }
                    }
                    Some(Reply::Ready(_)) | None => {
                        worker.terminate();
                        hear(Report::Failed(OTHER_BUILD.to_owned()));
                    }
                    Some(Reply::Progress(progress)) => hear(Report::Progress(progress)),
                    Some(Reply::Done(finished)) => hear(Report::Done(finished)),
                    Some(Reply::Measured(results)) => hear(Report::Measured(results)),
                    Some(Reply::Failed(sentence)) => hear(Report::Failed(sentence)),
                }
            }
        };
        let failed = {
            let (hear, ready) = (hear.clone(), ready.clone());
            move |event: &ErrorEvent| {
                let what = match ready.get() {
                    true => format!("The work broke off: {}", message(event).unwrap_or_default()),
                    false => not_loaded(),
                };
                hear(Report::Failed(what));
            }
        };
        *patience.borrow_mut() = Some(Timeout::new(PATIENCE_MS, {
            let worker = worker.clone();
            move || {
                worker.terminate();
                hear(Report::Failed(not_loaded()));
            }
        }));

        let listen = |name, mut hears: Box<dyn FnMut(&web_sys::Event)>| {
            EventListener::new(&worker, name, move |event| hears(event))
        };
        let failed = Rc::new(failed);
        let _listeners = [
            listen("message", Box::new(move |event| replied(event.unchecked_ref()))),
            listen("error", {
                let failed = failed.clone();
                Box::new(move |event| failed(event.unchecked_ref()))
            }),
            listen("messageerror", Box::new(move |event| failed(event.unchecked_ref()))),
        ];
        Ok(Job { worker, ready, stops, _listeners, _patience: patience })
    }

    /// Asks it to end where it is; what there is by then is reported as done.
    pub fn stop(&self) {
        match self.ready.get() {
            true => ask_to_stop(&self.worker),
            false => self.stops.set(true),
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn ask_to_stop(worker: &Worker) {
    // If the worker cannot even be asked, it has reported that it failed.
    let _ = worker.post_message(&Request::Stop.to_text().into());
}

const OTHER_BUILD: &str = "This page is there in a newer version, which the long work would need: \
                           reload the page. The run is in its address.";

fn not_loaded() -> String {
    match web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
        true => "The part of this page that does long work is not here yet, and there is no \
                 network to fetch it: try again when there is."
            .to_owned(),
        false => "The part of this page that does long work could not be loaded. If the page is \
                  there in a newer version, reloading it helps; the run is in its address."
            .to_owned(),
    }
}

fn text(error: &JsValue) -> String {
    message(error).unwrap_or("something unknown went wrong.".to_owned())
}
