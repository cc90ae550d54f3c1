//! A newer build is offered, never forced. The service worker (`sw.js`) keeps the files of one build
//! together; a newer one waits until this page says that it may take over.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerRegistration};

use crate::dom::{El, button, el};

/// Asks for the service worker, and offers to reload when another build is ready.
pub(crate) fn update() -> El {
    let waiting = RwSignal::new_local(None::<ServiceWorker>);
    spawn_local(async move {
        _ = watch(waiting).await;
    });
    el("div").attr("role", "status").live(move || {
        let offer = waiting.get().map(|worker| {
            el("div")
                .class("update")
                .child(el("p").text("A new build of this page is there."))
                .child(button("Reload").click(move || take_over(&worker)))
                .child(button("Later").class("quiet").click(move || waiting.set(None)))
        });
        offer.into_iter().collect()
    })
}

async fn watch(waiting: RwSignal<Option<ServiceWorker>, LocalStorage>) -> Option<()> {
    // Only a finished build names itself and has a service worker.
    document().query_selector("meta[name=build]").ok().flatten()?;
    let navigator = window().navigator();
    // Absent outside a secure context, which web-sys does not expect.
    if !js_sys::Reflect::has(&navigator, &"serviceWorker".into()).ok()? {
        return None;
    }
    let container = navigator.service_worker();
    let registered = JsFuture::from(container.register("sw.js")).await.ok()?;
    let registration = registered.dyn_into::<ServiceWorkerRegistration>().ok()?;
    // Without a controller this is the first visit, and the worker is of this very build.
    let look = {
        let registration = registration.clone();
        move || {
            if container.controller().is_some()
                && let Some(worker) = registration.waiting()
            {
                waiting.set(Some(worker));
            }
        }
    };
    look();
    let found = Closure::<dyn FnMut()>::new({
        let registration = registration.clone();
        move || {
            let Some(worker) = registration.installing() else { return };
            let installed = Closure::<dyn FnMut()>::new(look.clone());
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
