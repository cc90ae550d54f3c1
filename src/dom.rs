//! Elements of the page: markup, the parts in it that change, and who acts when it is clicked.
//!
//! What stands still is HTML, in files beside the code and in [`Html`]. What changes is a named part
//! of it (`data-part`), which an effect keeps equal to what it should be; what can be clicked names
//! what it does (`data-do`), and one listener asks for it. Leptos' own view macro makes a type of
//! every tree of elements, and code for every such type: the page would be several times as large.
//! Signals, effects and owners are Leptos'; a demo that wants a view of its own may still use the
//! macro, see [`El::view`].

use std::any::Any;
use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement};

pub use crate::html::Html;

/// An element that is being built, or was.
#[derive(Clone, Debug)]
pub struct El(Element);

/// A new element of HTML.
#[inline(never)]
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).expect("a tag of HTML"))
}

/// A new element of SVG.
#[inline(never)]
pub fn svg(tag: &str) -> El {
    let space = Some("http://www.w3.org/2000/svg");
    El(document().create_element_ns(space, tag).expect("a tag of SVG"))
}

/// The one element that a text of HTML describes.
#[inline(never)]
pub fn markup(html: &str) -> El {
    let holder = el("div");
    holder.set_html(html);
    El(holder.0.first_element_child().expect("the markup of an element"))
}

impl El {
    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The element as one of HTML.
    pub fn html(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    /// The element as one of its own kind.
    pub fn cast<T: JsCast>(&self) -> &T {
        self.0.unchecked_ref()
    }

    /// The part of it with this name.
    #[inline(never)]
    pub fn part(&self, name: &str) -> El {
        let selector = format!("[data-part={name}]");
        let found = self.0.query_selector(&selector).ok().flatten();
        El(found.expect("the markup has the part"))
    }

    /// What the attribute says, empty if it is not there.
    #[inline(never)]
    pub fn says(&self, name: &str) -> String {
        self.0.get_attribute(name).unwrap_or_default()
    }

    /// Sets an attribute, if it says something else.
    #[inline(never)]
    pub fn put(&self, name: &str, value: &str) {
        if self.0.get_attribute(name).as_deref() != Some(value) {
            _ = self.0.set_attribute(name, value);
        }
    }

    /// Sets an attribute to `true` or `false`.
    #[inline(never)]
    pub fn put_state(&self, name: &str, is: bool) {
        self.put(name, if is { "true" } else { "false" });
    }

    /// Sets or removes an attribute without a value.
    #[inline(never)]
    pub fn flag(&self, name: &str, is: bool) {
        _ = self.0.toggle_attribute_with_force(name, is);
    }

    /// Shows it, or not.
    pub fn show(&self, is: bool) {
        self.flag("hidden", !is);
    }

    /// Sets a property of its style.
    #[inline(never)]
    pub fn style(&self, name: &str, value: &str) {
        _ = self.html().style().set_property(name, value);
    }

    /// Sets the text inside, if it is another one.
    #[inline(never)]
    pub fn say(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.set_text(text);
        }
    }

    /// Sets the text inside. What is only a text stays one: browsers lay out a text that changes
    /// quicker than another one.
    #[inline(never)]
    fn set_text(&self, text: &str) {
        match self.0.first_child().filter(|_| self.0.child_element_count() == 0) {
            Some(only) => only.set_node_value(Some(text)),
            None => self.0.set_text_content(Some(text)),
        }
    }

    /// Sets what is inside.
    #[inline(never)]
    pub fn set_html(&self, html: &str) {
        self.0.set_inner_html(html);
    }

    /// Appends a child.
    #[inline(never)]
    pub fn child(self, child: El) -> Self {
        _ = self.0.append_child(&child.0);
        self
    }

    /// Removes it from the page.
    pub fn remove(&self) {
        self.0.remove();
    }

    /// Appends a component of Leptos, which lives as long as the current owner.
    pub fn view(self, view: AnyView) -> Self {
        keep(leptos::mount::mount_to(self.html().clone(), move || view));
        self
    }

    /// Calls `act` at each event of this name, for as long as the current owner lives.
    pub fn on(self, event: &'static str, act: impl FnMut(&Event) + 'static) -> Self {
        listen_to(&self.0, event, act);
        self
    }

    /// At each event of this name within it, calls `act` with what the attribute says on the nearest
    /// element that has it, and with that element.
    pub fn on_each(
        self,
        event: &'static str,
        attribute: &'static str,
        act: impl Fn(&str, &El) + 'static,
    ) -> Self {
        self.on_each_boxed(event, attribute, Box::new(act))
    }

    #[inline(never)]
    fn on_each_boxed(self, event: &'static str, attribute: &'static str, act: Named) -> Self {
        let selector = format!("[{attribute}]");
        self.on(event, move |event| {
            if let Some(element) = target(event).and_then(|it| it.closest(&selector).ok().flatten())
            {
                let element = El(element);
                act(&element.says(attribute), &element);
            }
        })
    }
}

/// What happens to an element, by a name that stands on it.
type Named = Box<dyn Fn(&str, &El)>;

/// The element at which an event happened.
#[inline(never)]
pub fn target(event: &Event) -> Option<Element> {
    Some(event.target()?.unchecked_into())
}

/// A place whose content is written as HTML, and touched only when it is another.
pub struct Written {
    place: El,
    html: String,
}

impl Written {
    /// A place with nothing in it.
    pub fn new(place: El) -> Self {
        Written { place, html: String::new() }
    }

    /// Makes the content a sentence in which code stands between backticks. A text alone is quicker
    /// for the browser than markup.
    #[inline(never)]
    pub fn write_prose(&mut self, text: &str) {
        if text.contains('`') {
            let mut html = Html::new();
            html.prose(text);
            self.write(html);
        } else {
            self.write_text(text);
        }
    }

    /// Makes the content this text.
    #[inline(never)]
    pub fn write_text(&mut self, text: &str) {
        if self.html != text {
            self.place.set_text(text);
            text.clone_into(&mut self.html);
        }
    }

    /// Makes the content this; whether it was another.
    #[inline(never)]
    pub fn write(&mut self, mut html: Html) -> bool {
        let html = html.take();
        let other = self.html != html;
        if other {
            self.place.set_html(&html);
            self.html = html;
        }
        other
    }
}

/// Calls `act` with what `get` gives, now and whenever it is another value. What `act` reads is not
/// followed; what it makes lives until the next time.
pub fn watch_for<T: PartialEq + 'static>(
    get: impl Fn() -> T + 'static,
    mut act: impl FnMut(&T) + 'static,
) {
    let mut last = None::<T>;
    let owners = Owners::new();
    watch(move || {
        let now = get();
        if last.as_ref() != Some(&now) {
            owners.renew(&mut || act(&now));
            last = Some(now);
        }
    });
}

/// The owner of what was made last. An effect's own owner ends with each of its runs, also with those
/// that change nothing.
struct Owners {
    parent: Option<Owner>,
    last: RefCell<Option<Owner>>,
}

impl Owners {
    fn new() -> Self {
        Owners { parent: Owner::current(), last: RefCell::new(None) }
    }

    /// Ends what was made before, and makes something else.
    #[inline(never)]
    fn renew(&self, make: &mut dyn FnMut()) {
        if let Some(last) = self.last.take() {
            last.cleanup();
        }
        let owner = self.parent.as_ref().map_or_else(Owner::new, Owner::child);
        owner.with(|| untrack(make));
        self.last.replace(Some(owner));
    }
}

impl From<Element> for El {
    fn from(element: Element) -> Self {
        El(element)
    }
}

/// Runs `act` now, and again whenever a value that it has read was set, for as long as the current
/// owner lives.
pub fn watch(act: impl FnMut() + 'static) {
    watch_boxed(Box::new(act));
}

#[inline(never)]
fn watch_boxed(mut act: Box<dyn FnMut()>) {
    keep(RenderEffect::new(move |_: Option<()>| act()));
}

/// Keeps something for as long as the current owner lives.
pub fn keep(value: impl Any) {
    keep_boxed(Box::new(value));
}

// Owners keep what may be sent to another thread. There is none here, so what they keep is a place in
// a list of our own: asking the library for what stays on its thread brings 5 KB of code to find out
// which thread this is.
#[inline(never)]
fn keep_boxed(value: Box<dyn Any>) {
    let place = KEPT.with_borrow_mut(|kept| {
        let place = kept.iter().position(Option::is_none).unwrap_or(kept.len());
        kept.resize_with(kept.len().max(place + 1), || None);
        kept[place] = Some(value);
        place
    });
    on_cleanup(move || {
        // It ends outside of the list, because what it does then may keep and end other things.
        let value = KEPT.with_borrow_mut(|kept| kept.get_mut(place).and_then(Option::take));
        drop(value);
    });
}

thread_local! {
    /// What owners keep.
    static KEPT: RefCell<Vec<Option<Box<dyn Any>>>> = const { RefCell::new(Vec::new()) };
}

/// Calls `act` when the current owner ends.
pub fn at_end(act: impl FnOnce() + 'static) {
    struct AtEnd<F: FnOnce()>(Option<F>);
    impl<F: FnOnce()> Drop for AtEnd<F> {
        fn drop(&mut self) {
            if let Some(act) = self.0.take() {
                act();
            }
        }
    }
    keep(AtEnd(Some(act)));
}

/// Calls `act` before the next frame is drawn.
pub fn before_paint(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(act);
}

/// Calls `act` once all effects have run: the place for whoever asks where something is, because a
/// question between two changes has the browser lay out the page for each. What is scrolled here is
/// told of in the same frame; before the paint would be a frame later.
pub fn after_effects(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    queue_microtask(act);
}

/// Calls `act` once every part of the module is there, if the current owner still is: at once where they
/// are there already, or where the module is whole. For what belongs to other pages, and for what a start
/// would otherwise have to get on the spot.
pub fn when_whole(act: impl FnOnce() + 'static) {
    let says = |name| document().document_element().is_some_and(|it| it.has_attribute(name));
    if says("data-whole") || !says("data-parts") {
        return act();
    }
    let (mut act, owner) = (Some(act), Owner::current());
    listen_to(&document(), "whole", move |_| {
        if let Some(act) = act.take() {
            match &owner {
                Some(owner) => owner.with(act),
                None => act(),
            }
        }
    });
}

/// Calls `look` with the element whenever its size has changed, the first time included.
pub fn observe(el: &El, look: impl Fn() + 'static) {
    let seen = Closure::<dyn FnMut()>::new(look);
    if let Ok(observer) = web_sys::ResizeObserver::new(seen.as_ref().unchecked_ref()) {
        observer.observe(el.element());
        at_end(move || {
            observer.disconnect();
            drop(seen);
        });
    }
}

/// Listens for as long as the current owner lives. The listener may prevent what the browser would
/// do.
pub fn listen_to(target: &EventTarget, event: &'static str, act: impl FnMut(&Event) + 'static) {
    keep(listener(target, event, Box::new(act)));
}

/// Listens for as long as what it gives is there.
#[inline(never)]
pub fn listener(
    target: &EventTarget,
    event: &'static str,
    act: Box<dyn FnMut(&Event)>,
) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, event, options, act)
}

/// What an error says of itself.
#[inline(never)]
pub fn message(error: &JsValue) -> Option<String> {
    js_sys::Reflect::get(error, &"message".into()).ok()?.as_string()
}

/// What was typed or chosen in an input, a text area or a select.
#[inline(never)]
pub fn value(element: &Element) -> String {
    js_sys::Reflect::get(element, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// The first element of the page that fits.
pub fn find(selector: &str) -> Option<Element> {
    document().document_element()?.query_selector(selector).ok()?
}

/// Sets what is typed or chosen in an input, a text area or a select. What is there already is left
/// alone: browsers look at the whole form anew whenever a value was set.
#[inline(never)]
pub fn set_value(element: &Element, value: &str) {
    if self::value(element) != value {
        _ = js_sys::Reflect::set(element, &"value".into(), &value.into());
    }
}
