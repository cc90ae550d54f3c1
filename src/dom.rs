//! Elements of the page, built by ordinary functions over Leptos' signals.
//!
//! Leptos' own view macro makes a type of every tree of elements, and code for every such type: this
//! page came to 167 KB of compressed wasm with it, and to less than half of that with these few
//! functions, none of which is generic where it matters. Signals, memos, effects and owners are
//! Leptos'; a demo that wants a view of its own may still use the macro, see [`El::view`].

use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, EventTarget, HtmlElement};

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

/// A new button with a text.
#[inline(never)]
pub fn button(text: &str) -> El {
    el("button").attr("type", "button").text(text)
}

/// A button with an icon of 16 by 16 and a name.
#[inline(never)]
pub fn icon_button(name: &str, title: &str, path: &str) -> El {
    button("").attr("aria-label", name).attr("title", title).child(icon(path))
}

/// An icon of 16 by 16.
#[inline(never)]
pub fn icon(path: &str) -> El {
    let shape = svg("path").attr("d", path);
    svg("svg").attr("viewBox", "0 0 16 16").attr("aria-hidden", "true").child(shape)
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

    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(self, name: &str, value: &str) -> Self {
        _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets the class.
    #[inline(never)]
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Appends a text.
    #[inline(never)]
    pub fn text(self, text: &str) -> Self {
        if !text.is_empty() {
            _ = self.0.append_child(&document().create_text_node(text));
        }
        self
    }

    /// Appends a child.
    #[inline(never)]
    pub fn child(self, child: El) -> Self {
        _ = self.0.append_child(&child.0);
        self
    }

    /// Appends children.
    pub fn with(mut self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            self = self.child(child);
        }
        self
    }

    /// Replaces what is inside.
    #[inline(never)]
    pub fn replace(&self, children: Vec<El>) {
        self.0.set_text_content(None);
        for child in children {
            _ = self.0.append_child(&child.0);
        }
    }

    /// Appends a component of Leptos, which lives as long as the current owner.
    pub fn view(self, view: AnyView) -> Self {
        let handle = leptos::mount::mount_to(self.html().clone(), move || view);
        StoredValue::new_local(handle);
        self
    }

    /// Calls `act` at each event of this name, for as long as the current owner lives.
    pub fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(act))
    }

    /// Calls `act` at each click.
    pub fn click(self, act: impl FnMut() + 'static) -> Self {
        self.click_boxed(Box::new(act))
    }

    /// Keeps the text inside equal to what `text` gives.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.live_text_boxed(Box::new(text))
    }

    /// Keeps an attribute equal to what `value` gives.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.live_attr_boxed(name, Box::new(value))
    }

    /// Keeps a property of the element's style equal to what `value` gives.
    pub fn live_style(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.live_style_boxed(name, Box::new(value))
    }

    /// Keeps an attribute `true` or `false`.
    pub fn live_state(self, name: &'static str, is: impl Fn() -> bool + 'static) -> Self {
        self.live_state_boxed(name, Box::new(is))
    }

    /// Keeps a class there for as long as `is` holds.
    pub fn live_class(self, class: &'static str, is: impl Fn() -> bool + 'static) -> Self {
        self.live_class_boxed(class, Box::new(is))
    }

    /// Keeps the children equal to what `children` gives, made anew whenever a signal that it reads
    /// has changed. What must not be lost (a focus, a scroll position) belongs elsewhere.
    pub fn live(self, children: impl Fn() -> Vec<El> + 'static) -> Self {
        self.live_boxed(Box::new(children))
    }

    /// The same, but made anew only when `get` gives another value.
    pub fn live_for<T: PartialEq + 'static>(
        self,
        get: impl Fn() -> T + 'static,
        children: impl Fn(&T) -> Vec<El> + 'static,
    ) -> Self {
        let this = self.clone();
        watch_for(get, move |value| this.replace(children(value)));
        self
    }

    // The same without type parameters, so that there is code for each only once.

    #[inline(never)]
    fn on_boxed(self, event: &str, act: Box<dyn FnMut(Event)>) -> Self {
        let act = Closure::wrap(act);
        _ = self.0.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
        StoredValue::new_local(act);
        self
    }

    #[inline(never)]
    fn click_boxed(self, mut act: Box<dyn FnMut()>) -> Self {
        self.on_boxed("click", Box::new(move |_| act()))
    }

    #[inline(never)]
    fn live_text_boxed(self, text: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        on_change(text, Box::new(move |text| element.set_text_content(Some(text))));
        self
    }

    #[inline(never)]
    fn live_attr_boxed(self, name: &'static str, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        on_change(value, Box::new(move |value| _ = element.set_attribute(name, value)));
        self
    }

    #[inline(never)]
    fn live_style_boxed(self, name: &'static str, value: Box<dyn Fn() -> String>) -> Self {
        let element = self.html().clone();
        let set = move |value: &str| _ = element.style().set_property(name, value);
        on_change(value, Box::new(set));
        self
    }

    #[inline(never)]
    fn live_state_boxed(self, name: &'static str, is: Box<dyn Fn() -> bool>) -> Self {
        let value = move || if is() { "true" } else { "false" }.to_owned();
        self.live_attr_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn live_class_boxed(self, class: &'static str, is: Box<dyn Fn() -> bool>) -> Self {
        let list = self.0.class_list();
        watch_boxed(Box::new(move || _ = list.toggle_with_force(class, is())));
        self
    }

    #[inline(never)]
    fn live_boxed(self, children: Box<dyn Fn() -> Vec<El>>) -> Self {
        let this = self.clone();
        watch_boxed(Box::new(move || this.replace(children())));
        self
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
    watch_boxed(Box::new(move || {
        let now = get();
        if last.as_ref() != Some(&now) {
            owners.renew(&mut || act(&now));
            last = Some(now);
        }
    }));
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

/// Runs `act` now, and again whenever a signal that it has read has changed, for as long as the
/// current owner lives.
pub fn watch(act: impl FnMut() + 'static) {
    watch_boxed(Box::new(act));
}

#[inline(never)]
fn watch_boxed(mut act: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| act());
    StoredValue::new_local(effect);
}

/// Calls `act` before the next frame is drawn: the place for whoever asks where something is, because
/// a question between two changes has the browser lay out the page for each.
pub fn before_paint(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(act);
}

/// Calls `set` with the text that `get` gives, whenever it is another one.
#[inline(never)]
fn on_change(get: Box<dyn Fn() -> String>, set: Box<dyn Fn(&str)>) {
    let mut last = None::<String>;
    watch_boxed(Box::new(move || {
        let now = get();
        if last.as_deref() != Some(&now) {
            set(&now);
            last = Some(now);
        }
    }));
}

/// A memo without code of its own for every closure.
pub fn memo<T: Clone + PartialEq + Send + Sync + 'static>(
    get: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let get: Box<dyn Fn() -> T + Send + Sync> = Box::new(get);
    Memo::new(move |_| get())
}

/// Listens to the window or the document for as long as the current owner lives. The listener may
/// prevent what the browser would do.
pub fn listen_to(target: &EventTarget, event: &'static str, act: impl FnMut(&Event) + 'static) {
    StoredValue::new_local(listener(target, event, Box::new(act)));
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

/// What was typed or chosen in an input, a text area or a select.
#[inline(never)]
pub fn value(element: &Element) -> String {
    js_sys::Reflect::get(element, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Sets what is typed or chosen in an input, a text area or a select. What is there already is left
/// alone: browsers look at the whole form anew whenever a value was set.
#[inline(never)]
pub fn set_value(element: &Element, value: &str) {
    if self::value(element) != value {
        _ = js_sys::Reflect::set(element, &"value".into(), &value.into());
    }
}
