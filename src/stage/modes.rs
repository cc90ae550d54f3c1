//! How the page is looked at: theme, presenter mode, embed mode.

use std::ops::Deref;

use leptos::prelude::{document, window};

use crate::address::{self, Query};
use crate::dom::{El, watch};
use crate::live::Live;

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light paper.
    Light,
    /// Light on dark paper.
    Dark,
}

impl Theme {
    /// The next one in turn.
    pub fn next(self) -> Theme {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn named(name: &str) -> Theme {
        [Theme::Light, Theme::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
            .unwrap_or_default()
    }
}

/// The modes of the page: one set of them, for as long as the program runs.
#[derive(Clone, Copy)]
pub struct Modes(&'static Looks);

impl Deref for Modes {
    type Target = Looks;

    fn deref(&self) -> &Looks {
        self.0
    }
}

/// How the page is looked at.
pub struct Looks {
    /// Presenter mode: for the last row.
    pub present: Live<bool>,
    /// Embed mode: the demo alone, inside another page.
    pub embed: Live<bool>,
    /// Light or dark.
    pub theme: Live<Theme>,
}

const THEME_KEY: &str = "oxidoscope-theme";

impl Modes {
    /// From the address and from what was remembered; keeps the document's root marked accordingly.
    pub fn new() -> Modes {
        let Query { present, embed } = address::query();
        let theme = storage().and_then(|storage| storage.get_item(THEME_KEY).ok().flatten());
        let modes = Modes(Box::leak(Box::new(Looks {
            present: Live::new(present),
            embed: Live::new(embed),
            theme: Live::new(theme.map_or(Theme::System, |name| Theme::named(&name))),
        })));
        watch(move || {
            let Some(root) = document().document_element() else { return };
            _ = root.set_attribute("data-theme", modes.theme.get().name());
            _ = root.toggle_attribute_with_force("data-present", modes.present.get());
            _ = root.toggle_attribute_with_force("data-embed", modes.embed.get());
        });
        modes
    }

    /// Reads the address again, after it was changed from outside.
    pub fn reread(&self) {
        let Query { present, embed } = address::query();
        self.present.set_other(present);
        self.embed.set_other(embed);
    }

    /// Switches presenter mode, in the address too.
    pub fn toggle_present(&self) {
        let present = !self.present.now();
        self.present.set(present);
        let query = Query { present, embed: self.embed.now() };
        let fragment = address::fragment();
        address::replace(query, Some(fragment.as_str()).filter(|fragment| !fragment.is_empty()));
    }

    /// Keeps the two buttons of a page's bar, `theme` and `present`, as the modes are.
    pub(crate) fn follow(self, root: &El) {
        let (theme, present) = (root.part("theme"), root.part("present"));
        watch(move || {
            let mut name = "Theme: ".to_owned();
            name.push_str(self.theme.get().name());
            theme.put("aria-label", &name);
            theme.put("title", &name);
            present.put_state("aria-pressed", self.present.get());
        });
    }

    /// The next theme, remembered where that is allowed.
    pub fn next_theme(&self) {
        let theme = self.theme.now().next();
        self.theme.set(theme);
        if let Some(storage) = storage() {
            _ = storage.set_item(THEME_KEY, theme.name());
        }
    }
}

impl Default for Modes {
    fn default() -> Self {
        Modes::new()
    }
}

/// None where it is refused, as in some private windows.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
