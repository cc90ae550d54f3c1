//! The parts of the page that change.

use arena_report::map::{self, Grid};
use arena_watch::HEAP;
use leptos::prelude::document;

use super::actions::ACTIONS;
use super::draw::{self, Figures};
use super::link::Settings;
use super::reading::Reading;
use super::scene;
use crate::dom::{El, Html, Written, set_value};

/// What has to be said besides.
pub(super) enum Notice {
    /// Nothing.
    None,
    /// A link that cannot be read, and what is wrong with it.
    BadLink(String, String),
}

/// The parts.
pub(super) struct Panel {
    root: El,
    figures: Written,
    strip: Written,
    grid: Written,
    rows: Written,
    calls: Written,
    bytes: Written,
    sizes: Written,
    said: Written,
    words: Written,
    here: Written,
    actions: Written,
    /// How the map is divided now.
    division: Option<Grid>,
}

/// The height of a row of the map, in CSS pixels, and the width of a cell, at least.
const ROW: usize = 7;
const CELL: usize = 3;
/// The height of a label beside the map.
const LABEL: usize = 26;

impl Panel {
    pub(super) fn new(root: &El) -> Panel {
        let written = |name| Written::new(root.part(name));
        Panel {
            figures: written("figures"),
            strip: written("strip"),
            grid: written("grid"),
            rows: written("rows"),
            calls: written("calls"),
            bytes: written("bytes"),
            sizes: written("sizes"),
            said: written("said"),
            words: written("words"),
            here: written("here"),
            actions: written("actions"),
            division: None,
            root: root.clone(),
        }
    }

    /// How the map is divided now.
    pub(super) fn grid(&self) -> Option<&Grid> {
        self.division.as_ref()
    }

    /// Shows what was read.
    #[inline(never)]
    pub(super) fn draw(&mut self, reading: &Reading, settings: &Settings) {
        self.views(settings);
        self.beat(reading);
        self.words.write_text(&draw::words(reading, HEAP.is_watched()));
        self.talk(reading, settings);
        if settings.tracer {
            scene::run(&self.root, settings.depth, &reading.places);
            self.indent();
            return;
        }
        if self.strip.write(draw::strip(reading)) {
            self.widen("strip");
        }
        if self.sizes.write(draw::by_size(reading)) {
            self.widen("sizes");
        }
        self.map(reading, settings);
        if let Some(done) = &reading.done {
            self.calls.write(draw::calls(done));
        } else {
            let mut html = Html::new();
            html.raw("<li>Take an action below: its calls stand here then.</li>");
            self.calls.write(html);
        }
        let mut kept = Html::new();
        if let (count @ 1.., size) = reading.stays() {
            kept.counted(count).raw(" kept, ").bytes(size);
        }
        self.root.part("kept").say(&kept.take());
        self.block(reading, settings);
    }

    /// Shows what changes all the time.
    pub(super) fn beat(&mut self, reading: &Reading) {
        self.figures.write(draw::figures(reading));
        self.root.part("line").put("d", &draw::line(reading));
        let mut most = Html::new();
        let most = most.bytes(reading.looks.highest()).raw(" at most").take();
        self.root.part("most").say(&most);
        self.root
            .part("spark")
            .put("aria-label", &("Live in the last minute: ".to_owned() + &most));
    }

    /// Which view there is, and what can be done in it.
    fn views(&mut self, settings: &Settings) {
        let watched = HEAP.is_watched();
        self.root.part("watch").say(if watched { "Stop" } else { "Watch" });
        self.root.part("watch").put_state("aria-pressed", watched);
        self.root.part("memory").put_state("aria-pressed", !settings.tracer);
        self.root.part("tracer").put_state("aria-pressed", settings.tracer);
        self.root.flag("data-tracer", settings.tracer);
        self.root.part("own").cast::<web_sys::HtmlInputElement>().set_checked(settings.own);
        let mut html = Html::new();
        let button = |html: &mut Html, index: usize, what: &str, label: &str, code: &str| {
            html.raw("<button type=button class=command data-do=").raw(what);
            html.raw(" data-index=").number(index).raw(" title=\"").text(code);
            html.raw("\"><kbd aria-hidden=true>").number(index + 1).raw("</kbd><span>");
            html.raw(label).raw("</span></button>");
        };
        if settings.tracer {
            for (index, (what, label)) in scene::ACTIONS.iter().enumerate() {
                button(&mut html, index, what, label, "");
            }
        } else {
            for (index, action) in ACTIONS.iter().enumerate() {
                button(&mut html, index, "act", action.label, action.code);
            }
        }
        let focused = self.focused_action();
        if self.actions.write(html)
            && let Some(index) = focused
            && let Some(button) = self.root.part("actions").element().children().item(index)
        {
            _ = El::from(button).html().focus();
        }
        let chosen = settings.action.filter(|_| !settings.tracer);
        let buttons = self.root.part("actions").element().children();
        for index in 0..buttons.length() {
            if let Some(button) = buttons.item(index) {
                let is = chosen == Some(index as usize);
                El::from(button).put("class", if is { "command first" } else { "command" });
            }
        }
    }

    /// Which of the actions has the focus, which goes with it when they are written anew.
    fn focused_action(&self) -> Option<u32> {
        let focused = document().active_element()?;
        let buttons = self.root.part("actions").element().children();
        (0..buttons.length()).find(|index| buttons.item(*index).as_ref() == Some(&focused))
    }

    /// The sentence above.
    fn talk(&mut self, reading: &Reading, settings: &Settings) {
        let talk = |part| self.root.part(part).element().inner_html();
        let mut html = Html::new();
        let tag = match &reading.done {
            _ if settings.tracer => {
                html.raw(&talk("talk-tracer"));
                "The book"
            }
            Some(done) => {
                html.prose(&draw::sentence(done, reading.stays()));
                &done.at
            }
            None if HEAP.is_watched() => {
                html.raw("Every allocation and free of this page is noted since ");
                html.raw(&reading.since).raw(". Take an action: it says what that allocated.");
                "Watching"
            }
            None => {
                html.raw(&talk("talk"));
                "Not watching"
            }
        };
        self.root.part("tag").say(tag);
        self.root.part("said").put("class", if reading.done.is_none() { "talk" } else { "" });
        self.said.write(html);
    }

    /// The map, as finely as there is room for.
    fn map(&mut self, reading: &Reading, settings: &Settings) {
        let room = self.root.part("cells");
        let room = room.element();
        let (wide, high) = (room.client_width() as usize, room.client_height() as usize);
        if wide < CELL || high < ROW {
            return;
        }
        let columns = 1 << (wide / CELL).ilog2();
        let grid = Grid::new(reading.heap(), columns, high / ROW);
        let rows = grid.rows();
        let mut view_box = Html::new();
        view_box.raw("0 0 ").number(columns).raw(" ").number(rows);
        self.root.part("grid").put("viewBox", &view_box.take());
        self.grid.write(draw::grid(reading, &grid));
        let each = rows * LABEL / high + 1;
        self.rows.write(draw::rows(&grid, each));
        let labels = self.root.part("rows").element().children();
        for index in 0..labels.length() {
            if let Some(label) = labels.item(index) {
                El::from(label)
                    .style("top", &percent(index as usize * each * 10_000 / rows.max(1)));
            }
        }
        let chosen = settings.address.and_then(|address| map::at(&reading.pieces, address));
        self.mark(reading, &grid, chosen);
        self.division = Some(grid);
        self.root.part("unknown").show(!reading.believed);
        let at = chosen.map(|index| &reading.pieces[index]);
        self.here.write_text(&at.map_or_else(
            || "Point at the map, or go along it with the arrow keys.".to_owned(),
            draw::piece,
        ));
    }

    /// The chosen piece on the map, and for the slider over it.
    fn mark(&self, reading: &Reading, grid: &Grid, chosen: Option<usize>) {
        let (mark, slider) = (self.root.part("mark"), self.root.part("slider"));
        let count = reading.used().count();
        slider.put("max", &count.saturating_sub(1).to_string());
        mark.show(chosen.is_some());
        let Some(index) = chosen else {
            slider.put("aria-valuetext", "no block is chosen");
            return;
        };
        let piece = &reading.pieces[index];
        let at = reading.used().take_while(|used| *used < index).count();
        set_value(slider.element(), &at.to_string());
        slider.put("aria-valuetext", &draw::piece(piece));
        let cell = (piece.start.max(grid.area.start) - grid.area.start) / grid.cell;
        let (x, y) = (cell % grid.columns, cell / grid.columns);
        let last = (piece.end() - 1 - grid.area.start) / grid.cell;
        let wide = (last - cell + 1).min(grid.columns - x);
        for (name, part, whole) in
            [("left", x, grid.columns), ("width", wide, grid.columns), ("top", y, grid.rows())]
        {
            mark.style(name, &percent(part * 10_000 / whole.max(1)));
        }
        mark.style("height", &percent(10_000 / grid.rows().max(1)));
    }

    /// What is under the pointer.
    pub(super) fn hover(&mut self, reading: &Reading, address: usize) {
        if let Some(index) = map::at(&reading.pieces, address) {
            self.here.write_text(&draw::piece(&reading.pieces[index]));
        }
    }

    /// The block that is chosen, and its bytes.
    fn block(&mut self, reading: &Reading, settings: &Settings) {
        let chosen = settings.address.and_then(|address| map::at(&reading.pieces, address));
        let mut html = Html::new();
        match (chosen, settings.address) {
            (Some(index), _) => {
                let piece = &reading.pieces[index];
                draw::block(&mut html, piece);
            }
            (None, Some(address)) => {
                html.raw("<p>There is no heap at ").hex(address).raw(" now.</p>");
            }
            (None, None) => _ = html.raw("<p>Choose a block on the map, or a call.</p>"),
        }
        self.bytes.write(html);
    }

    /// Gives what was written its widths, which a policy forbids in the markup.
    fn widen(&self, part: &str) {
        each(&self.root.part(part), "wide", |el| {
            el.style("width", &percent(el.says("data-wide").parse().unwrap_or(0)));
        });
    }

    /// Moves each call as far to the right as it is deep.
    fn indent(&self) {
        each(&self.root.part("tracers"), "deep", |el| {
            let deep: usize = el.says("data-deep").parse().unwrap_or(0);
            el.style("margin-left", &percent(deep * 400));
        });
    }

    /// Says what has to be said besides.
    pub(super) fn notice(&self, notice: Notice) {
        let mut html = Html::new();
        if let Notice::BadLink(text, what) = notice {
            html.raw("<div role=alert><form class=\"notice refused\"><p><b>This link cannot be read. </b>");
            html.text(&what).raw(" What is on the screen is not from it.</p>");
            html.raw(
                "<label>The link’s text<input type=text spellcheck=false autocomplete=off value=\"",
            );
            html.text(&text).raw("\"></label><button type=submit>Try again</button>");
            html.raw(DISMISS).raw("</form></div>");
        }
        self.root.part("notice").set_html(&html.take());
    }
}

/// Says a sentence in the place for it.
pub(super) fn say(place: &El, text: &str) {
    let mut html = Html::new();
    html.raw("<div class=notice role=status><p>").text(text).raw("</p>").raw(DISMISS).raw("</div>");
    place.set_html(&html.take());
}

const DISMISS: &str = "<button type=button class=quiet data-do=dismiss>Dismiss</button>";

/// Does something to each element of a class.
fn each(place: &El, class: &str, act: impl Fn(&El)) {
    let found = place.element().get_elements_by_class_name(class);
    for index in 0..found.length() {
        if let Some(element) = found.item(index) {
            act(&element.into());
        }
    }
}

/// So many hundredths of a percent.
#[inline(never)]
fn percent(hundredths: usize) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    Html::new().number(whole).raw(".").number(rest / 10).number(rest % 10).raw("%").take()
}
