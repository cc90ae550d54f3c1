//! The home page: every demo, grouped by the book's chapters, each with a picture of a state in
//! which its machine really is, or of what its instrument measures just then.

use crate::dom::{El, Html, markup, watch, when_whole};
use crate::pages::{DEMOS, Entry, Kind};
use crate::stage::Modes;
use crate::stage::shapes::{Canvas, Painter};

/// The size at which a still is laid out; the card scales it.
const STILL: Canvas = Canvas { width: 760.0, height: 420.0, text: 14.0 };

pub(crate) fn home(modes: Modes) -> El {
    let mut html = Html::new();
    html.raw(HEAD);
    let mut above = None;
    for entry in DEMOS {
        let Entry { route, chapter, title, pitch, .. } = entry;
        if above.replace(chapter) != Some(chapter) {
            html.raw(if entry.route == DEMOS[0].route { "" } else { "</ul></section>" });
            html.raw("<section class=chapter><h2><span>Chapter ").number(chapter.number.into());
            html.raw("</span>").text(chapter.title).raw("</h2><ul class=cards>");
        }
        html.raw("<li class=card><a href=\"").raw(route).raw("/\">");
        html.raw("<svg class=still aria-hidden=true data-part=").raw(route).raw("></svg>");
        html.raw("<h3>").text(title).raw("</h3><p>").text(pitch).raw("</p></a></li>");
    }
    let home = markup(&html.raw("</ul></section></main></div>").take());
    let cards = home.clone();
    when_whole(move || draw_stills(&cards));
    let theme = home.part("theme");
    watch(move || theme.say(&format!("Theme: {}", modes.theme.get().name())));
    home.on_each("click", "data-do", move |_, _| modes.next_theme())
}

/// Draws each machine where it really is.
#[inline(never)]
fn draw_stills(home: &El) {
    for entry in DEMOS {
        let place = home.part(entry.route).element().clone();
        match entry.kind {
            Kind::Machine(page) => {
                if let Some(still) = page.still(STILL) {
                    Painter::new(place).paint(&still);
                }
            }
            Kind::Instrument(instrument) => {
                Painter::new(place).paint(&(instrument.still)(STILL));
            }
        }
    }
}

const HEAD: &str = "\
<div class=home>\
  <header class=home-head>\
    <p class=brand>Oxido<b>scope</b></p>\
    <button type=button class=quiet data-part=theme data-do=theme></button>\
  </header>\
  <main>\
    <h1>The hard parts of Rust, to operate</h1>\
    <p class=lead>Real Rust runs in this page, one step at a time. Step it forward and back, take \
another way at any point, and send somebody the link to the exact step.</p>";
