//! A newer build is offered, never forced. The service worker (`sw.js`) keeps the files of one build
//! together; a newer one waits until this page says that it may take over.

use std::rc::Rc;

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerRegistration};

use crate::dom::{El, Html, Written, el, find, watch};
use crate::live::Live;

/// Asks for the service worker, and offers to reload when another build is ready.
pub(crate) fn update() -> El {
    let waiting = Rc::new(Live::new(None::<ServiceWorker>));
    let (shown, asked) = (waiting.clone(), waiting.clone());
    spawn_local(async move {
        _ = wait_for_another(waiting).await;
    });
    let place = el("div");
    place.put("role", "status");
    let mut written = Written::new(place.clone());
    watch(move || {
        let mut html = Html::new();
        html.raw(if shown.read().is_some() { OFFER } else { "" });
        written.write(html);
    });
    place.on_each("click", "data-do", move |what, _| match what {
        "reload" => _ = asked.peek().as_ref().inspect(|worker| take_over(worker)),
        _ => asked.set(None),
    })
}

const OFFER: &str = "<div class=update><p>A new build of this page is there.</p>\
    <button type=button data-do=reload>Reload</button>\
    <button type=button class=quiet data-do=later>Later</button></div>";

async fn wait_for_another(waiting: Rc<Live<Option<ServiceWorker>>>) -> Option<()> {
    // Only a finished build names itself and has a service worker.
    find("meta[name=build]")?;
    let navigator = window().navigator();
    // Absent outside a secure context, which web-sys does not expect.
    if !js_sys::Reflect::has(&navigator, &"serviceWorker".into()).ok()? {
        return None;
    }
    let container = navigator.service_worker();
    let registered = JsFuture::from(container.register("sw.js")).await.ok()?;
    if registered.is_undefined() {
        return None;
    }
    let registration: ServiceWorkerRegistration = registered.unchecked_into();
    // Without a controller this is the first visit, and the worker is of this very build.
    let look: Rc<dyn Fn()> = {
        let registration = registration.clone();
        Rc::new(move || {
            if container.controller().is_some()
                && let Some(worker) = registration.waiting()
            {
                waiting.set(Some(worker));
            }
        })
    };
    look();
    let found = Closure::<dyn FnMut()>::new({
        let registration = registration.clone();
        move || {
            let Some(worker) = registration.installing() else { return };
            let look = look.clone();
            let installed = Closure::<dyn FnMut()>::new(move || look());
            worker.set_onstatechange(Some(installed.as_ref().unchecked_ref()));
            // It lives as long as the worker that calls it.
            installed.forget();
        }
    });
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
    Some(())
}

/// Lets the new build's worker take over, and reloads as soon as it has.
fn take_over(worker: &ServiceWorker) {
    let container = window().navigator().service_worker();
    let changed = Closure::<dyn FnMut()>::new(|| _ = window().location().reload());
    container.set_oncontrollerchange(Some(changed.as_ref().unchecked_ref()));
    changed.forget();
    _ = worker.post_message(&"activate".into());
}
