//! A stage in the page, found by its names and used as a person would.

use js_sys::Promise;
use leptos::prelude::*;
use oxidoscope::dom::{markup, set_value, value};
use oxidoscope::pages::InstrumentPage;
use oxidoscope::stage::{Chapter, MachinePage, Modes, stage_page};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

/// A stage that is mounted.
pub(crate) struct Shown {
    place: HtmlElement,
    owner: Owner,
}

impl Shown {
    /// Mounts a page at the end of the document.
    pub(crate) async fn new(page: MachinePage, route: &'static str) -> Shown {
        let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&place).unwrap();
        // Mounting nothing starts what runs the effects.
        drop(leptos::mount::mount_to(place.clone(), || ()));
        // As the app does when it goes from page to page.
        let owner = Owner::new();
        let stage = owner.with(|| {
            let chapter = Chapter { number: 1, title: "Tests" };
            stage_page(page, route, chapter, "A test", Modes::new())
        });
        place.append_child(stage.element()).unwrap();
        let shown = Shown { place, owner };
        rest().await;
        shown
    }

    /// Mounts an instrument with its markup.
    pub(crate) async fn instrument(page: InstrumentPage, text: &str) -> Shown {
        let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&place).unwrap();
        drop(leptos::mount::mount_to(place.clone(), || ()));
        let root = markup(text);
        place.append_child(root.element()).unwrap();
        let owner = Owner::new();
        owner.with(|| (page.start)(root, Modes::new()));
        let shown = Shown { place, owner };
        rest().await;
        shown
    }

    /// Ends it, and sees that nothing of it listens any more.
    pub(crate) async fn unmount(self) {
        self.owner.cleanup();
        rest().await;
        let left = press(&document().body().unwrap(), "ArrowRight");
        assert!(left, "a page that has ended takes no key");
        self.place.remove();
    }

    pub(crate) fn find(&self, selector: &str) -> Element {
        let found = self.place.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("there is no {selector}"))
    }

    pub(crate) fn find_all(&self, selector: &str) -> usize {
        self.place.query_selector_all(selector).unwrap().length() as usize
    }

    pub(crate) fn has(&self, selector: &str) -> bool {
        self.find_all(selector) > 0
    }

    pub(crate) fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    pub(crate) fn value(&self, selector: &str) -> String {
        value(&self.find(selector))
    }

    /// The button with this accessible name.
    pub(crate) fn button(&self, name: &str) -> HtmlElement {
        let buttons = self.place.query_selector_all("button").unwrap();
        let named = (0..buttons.length())
            .filter_map(|i| buttons.item(i)?.dyn_into::<HtmlElement>().ok())
            .find(|button| match button.get_attribute("aria-label") {
                Some(label) => label == name,
                None => button.text_content().unwrap_or_default().trim() == name,
            });
        named.unwrap_or_else(|| panic!("there is no button {name}"))
    }

    pub(crate) async fn click(&self, name: &str) {
        self.button(name).click();
        rest().await;
    }

    /// Presses a key while the focus is nowhere in particular.
    pub(crate) async fn key(&self, key: &str) {
        self.key_now(key);
        rest().await;
    }

    pub(crate) fn key_now(&self, key: &str) {
        let target = document().active_element().unwrap_or(document().body().unwrap().into());
        press(&target, key);
    }

    /// Presses a key in an input beside the stage; whether somebody took it.
    pub(crate) async fn key_in_an_input(&self, key: &str) -> bool {
        let input: HtmlElement = document().create_element("input").unwrap().unchecked_into();
        document().body().unwrap().append_child(&input).unwrap();
        input.focus().unwrap();
        let left = press(&input, key);
        rest().await;
        input.remove();
        !left
    }

    pub(crate) async fn choose(&self, selector: &str, option: &str) {
        let select = self.find(selector);
        set_value(&select, option);
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        let change = Event::new_with_event_init_dict("change", &bubbles).unwrap();
        select.dispatch_event(&change).unwrap();
        rest().await;
    }

    /// The value of the slider.
    pub(crate) fn cursor(&self) -> usize {
        self.value("input[aria-label=Timeline]").parse().unwrap()
    }

    pub(crate) fn len(&self) -> usize {
        let slider = self.find("input[aria-label=Timeline]");
        slider.get_attribute("max").unwrap().parse().unwrap()
    }

    /// The state in words.
    pub(crate) fn state(&self) -> String {
        self.text("section[aria-label=State] > p")
    }
}

/// Whether the event was left to others.
fn press(target: &Element, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap()
}

/// Until everything that follows from the last event is in the page.
pub(crate) async fn rest() {
    let frame = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 30).unwrap();
    });
    JsFuture::from(frame).await.unwrap();
}

pub(crate) fn set_fragment(text: &str) {
    window().location().set_hash(text).unwrap();
}

pub(crate) fn root_has(attribute: &str) -> bool {
    document().document_element().unwrap().has_attribute(attribute)
}
