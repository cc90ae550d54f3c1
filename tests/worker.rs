//! The page's side of the long work, against workers that answer in every way a worker may: small
//! scripts, since the real one is only there in a finished build (see the journeys).
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use machine::Progress;
use oxidoscope::worker::message::{Finished, Reply, Request};
use oxidoscope::worker::{Job, Report, SOURCES};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, BlobPropertyBag, Url};

wasm_bindgen_test_configure!(run_in_browser);

async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// The address of a worker with this script.
fn script(text: &str) -> String {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap();
    Url::create_object_url_with_blob(&blob).unwrap()
}

/// A script that says that it is ready, and then does `then` with each message, `data`.
fn ready(then: &str) -> String {
    let ready = Reply::Ready(SOURCES.to_owned()).to_text();
    script(&format!("onmessage = ({{ data }}) => {{ {then} }}; postMessage({ready:?});"))
}

fn request() -> Request {
    Request::Run { route: "relay".to_owned(), link: "1abc".to_owned(), limit: 7 }
}

/// What is heard of a job at an address within two seconds, or until it is over.
async fn reports(address: &str, meanwhile: impl FnMut(&Job)) -> Vec<Report> {
    reports_of(address, request(), meanwhile).await
}

async fn reports_of(
    address: &str,
    request: Request,
    mut meanwhile: impl FnMut(&Job),
) -> Vec<Report> {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hear = heard.clone();
    let job = Job::start(address, request, move |report| hear.borrow_mut().push(report));
    let job = job.unwrap();
    for _ in 0..200 {
        sleep(10).await;
        meanwhile(&job);
        let over = |report: &Report| !matches!(report, Report::Progress(_));
        if heard.borrow().last().is_some_and(over) {
            break;
        }
    }
    // Whatever else is said is not heard.
    sleep(30).await;
    heard.take()
}

fn sentence(reports: &[Report]) -> &str {
    match reports {
        [Report::Failed(sentence)] => sentence,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn it_asks_and_hears_how_far_it_is_and_what_came_of_it() {
    let finished = Finished {
        link: "1def".to_owned(),
        steps: 7,
        commands: 5,
        notable: 1,
        faults: 0,
        ending: "Nothing more happens by itself.".to_owned(),
    };
    let progress = Progress { done: 3, total: 7 };
    let asked = request().to_text();
    let [first, second] =
        [Reply::Progress(progress), Reply::Done(finished.clone())].map(|reply| reply.to_text());
    let worker = ready(&format!(
        "if (data === {asked:?}) {{ postMessage({first:?}); postMessage({second:?}); }}
         postMessage('failed\\nafter the end');"
    ));
    let expected = [Report::Progress(progress), Report::Done(finished)];
    assert_eq!(reports(&worker, |_| {}).await, expected);
}

#[wasm_bindgen_test]
async fn a_measurement_is_asked_for_with_its_settings_and_heard_of_as_it_is() {
    let request =
        Request::Measure { route: "race".to_owned(), settings: "1&work=churn".to_owned() };
    let asked = request.to_text();
    let results = "100000\narena 5 7\nglobal 5 9";
    let answer = Reply::Measured(results.to_owned()).to_text();
    let worker = ready(&format!("if (data === {asked:?}) postMessage({answer:?});"));
    let expected = [Report::Measured(results.to_owned())];
    assert_eq!(reports_of(&worker, request, |_| {}).await, expected);
}

#[wasm_bindgen_test]
async fn it_can_be_stopped() {
    let stop = Request::Stop.to_text();
    let worker = ready(&format!("if (data === {stop:?}) postMessage('failed\\nstopped');"));
    assert_eq!(sentence(&reports(&worker, Job::stop).await), "stopped");
}

#[wasm_bindgen_test]
async fn stopping_it_before_it_has_begun_is_not_lost() {
    let ready = Reply::Ready(SOURCES.to_owned()).to_text();
    let worker = script(&format!(
        "let asked = '';
         onmessage = ({{ data }}) => {{
             asked += data.split('\\n')[0] + ' ';
             if (asked === 'run stop ') postMessage('failed\\n' + asked);
         }};
         setTimeout(() => postMessage({ready:?}), 100);"
    ));
    let mut once = Some(());
    let heard = reports(&worker, |job| once.take().into_iter().for_each(|()| job.stop())).await;
    assert_eq!(sentence(&heard), "run stop ");
}

#[wasm_bindgen_test]
async fn a_job_that_is_dropped_is_not_heard_of_any_more() {
    let heard = Rc::new(RefCell::new(0));
    let hear = heard.clone();
    let worker = ready("setInterval(() => postMessage('progress\\n1\\n2'), 1);");
    let job = Job::start(&worker, request(), move |_| *hear.borrow_mut() += 1).unwrap();
    while *heard.borrow() == 0 {
        sleep(10).await;
    }
    drop(job);
    let before = *heard.borrow();
    sleep(50).await;
    assert_eq!(*heard.borrow(), before);
}

#[wasm_bindgen_test]
async fn a_worker_of_another_build_is_not_asked() {
    let worker = script(
        "onmessage = () => postMessage('failed\\nasked'); postMessage('ready\\nother sources');",
    );
    let heard = reports(&worker, |_| {}).await;
    assert!(sentence(&heard).contains("in a newer version"), "{heard:?}");
    let worker = script("postMessage({ nothing: 'that we know' });");
    assert!(sentence(&reports(&worker, |_| {}).await).contains("in a newer version"));
}

#[wasm_bindgen_test]
async fn a_worker_that_is_not_there_is_a_sentence() {
    let heard = reports("worker/that/is/not/there.js", |_| {}).await;
    assert!(sentence(&heard).contains("could not be loaded"), "{heard:?}");
    // So is one that breaks before it is ready, as when its module does not arrive.
    let heard = reports(&script("await Promise.reject(new Error('no module'));"), |_| {}).await;
    assert!(sentence(&heard).contains("could not be loaded"), "{heard:?}");
}

#[wasm_bindgen_test]
async fn a_worker_that_breaks_off_is_a_sentence() {
    let heard = reports(&ready("throw new Error('out of memory');"), |_| {}).await;
    let sentence = sentence(&heard);
    assert!(sentence.starts_with("The work broke off: "), "{sentence}");
    assert!(sentence.contains("out of memory"), "{sentence}");
}
