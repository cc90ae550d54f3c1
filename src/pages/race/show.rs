//! What changes on the page.

use arena_race::{Contender, ROUNDS, Setup, Workload};
use machine::Progress;

use super::layout::picture;
use super::numbers::duration;
use super::standing::{precision, standings, verdict};
use super::{Measured, Running};
use crate::dom::{El, Html, Written, set_value};
use crate::stage::shapes::{Canvas, Painter, Px};

/// Something that has to be said beside the race.
pub(super) enum Notice {
    None,
    /// A link that cannot be read, and what is wrong with it.
    BadLink(String, String),
    /// Something could not be done, and why.
    Refused(String),
}

/// The parts.
pub(super) struct Panel {
    root: El,
    painter: Painter,
    said: Written,
    words: Written,
    works: Written,
    field: Written,
    facts: Written,
    /// How wide the picture was last.
    width: f32,
}

impl Panel {
    pub(super) fn new(root: &El) -> Panel {
        let written = |name| Written::new(root.part(name));
        let mut html = Html::new();
        for rounds in ROUNDS {
            html.raw("<option>").number(rounds.into()).raw("</option>");
        }
        root.part("rounds").set_html(&html.take());
        Panel {
            painter: Painter::new(root.part("picture").element().clone()),
            said: written("said"),
            words: written("words"),
            works: written("works"),
            field: written("field"),
            facts: written("facts"),
            width: 0.0,
            root: root.clone(),
        }
    }

    /// Everything as it is.
    #[inline(never)]
    pub(super) fn draw(
        &mut self,
        setup: &Setup,
        measured: Option<&Measured>,
        race: &Running,
        canvas: Canvas,
    ) {
        self.works(setup.workload);
        self.field(setup);
        set_value(self.root.part("rounds").element(), &setup.rounds.to_string());
        let standings = standings(setup, measured.map(|measured| &measured.results));
        let sentences: Vec<String> = standings.iter().map(|standing| standing.sentence()).collect();
        self.words.write_text(&sentences.join(" "));
        if canvas.width >= 1.0 {
            self.paint(&picture(&standings, canvas), canvas);
        }
        let mut title = "Nanoseconds for ".to_owned();
        title.push_str(setup.workload.operation());
        self.root.part("title").say(&title);
        let dated = measured.map_or(String::new(), Measured::heading);
        self.root.part("dated").say(&dated);
        self.facts(measured);
        if let Running::No = race {
            let said = measured.map(|measured| verdict(&measured.setup, &standings));
            self.said.write_prose(said.as_deref().unwrap_or(setup.workload.talk()));
        }
        self.progress(race);
        let (tag, count) = match (race, measured) {
            (Running::No, Some(measured)) => ("Measured", samples(measured.results.rounds())),
            (Running::No, None) => ("The work", "Not raced yet".to_owned()),
            _ => return,
        };
        self.root.part("tag").say(tag);
        self.root.part("count").say(&count);
    }

    /// How far the race is; it is said four times.
    #[inline(never)]
    pub(super) fn progress(&mut self, race: &Running) {
        let start = self.root.part("start");
        let bar = self.root.part("progress");
        let (label, percent) = match race {
            Running::No => ("Start the race", None),
            Running::Yes(_, Progress { done, total }) => {
                ("Cancel", (done * 100).checked_div(*total))
            }
            Running::Ends(_) => ("Ending…", None),
        };
        start.say(label);
        self.root.flag("data-running", !matches!(race, Running::No));
        bar.put("value", &percent.unwrap_or(0).to_string());
        bar.put("max", "100");
        if let Some(percent) = percent {
            let mut text = percent.to_string();
            text.push_str(" %");
            self.root.part("tag").say("Racing");
            self.root.part("count").say(&text);
            self.said.write_text(match percent {
                0..25 => "The race is on. Whatever else this machine does now disturbs it.",
                25..50 => "The race is on: a quarter is over.",
                50..75 => "The race is on: half of it is over.",
                _ => "The race is on: three quarters are over.",
            });
        }
    }

    /// The work that can be chosen.
    fn works(&mut self, chosen: Workload) {
        let mut html = Html::new();
        for (at, workload) in Workload::ALL.into_iter().enumerate() {
            let is = workload == chosen;
            html.raw("<button type=button class=command data-do=work data-work=");
            html.raw(workload.key()).raw(" aria-pressed=").raw(if is { "true" } else { "false" });
            html.raw(">").text(workload.name()).raw("<kbd aria-hidden=true>").number(at + 1);
            html.raw("</kbd></button>");
        }
        // The buttons stay the same ones, so that the focus does.
        if self.root.part("works").element().child_element_count() == 0 {
            self.works.write(html);
            return;
        }
        for workload in Workload::ALL {
            let selector = ["[data-work=", workload.key(), "]"].concat();
            if let Ok(Some(button)) = self.root.element().query_selector(&selector) {
                El::from(button).put_state("aria-pressed", workload == chosen);
            }
        }
    }

    /// Who can be chosen, and who is.
    fn field(&mut self, setup: &Setup) {
        if self.root.part("field").element().child_element_count() == 0 {
            let mut html = Html::new();
            for contender in Contender::ALL {
                if contender == Contender::Limit {
                    continue;
                }
                html.raw("<li><label><input type=checkbox data-set=").raw(contender.key());
                html.raw("> ").text(contender.name()).raw("</label><p data-why=");
                html.raw(contender.key()).raw("></p></li>");
            }
            self.field.write(html);
        }
        for contender in Contender::ALL {
            let find = |attribute: &str| {
                let selector = ["[", attribute, "=", contender.key(), "]"].concat();
                self.root.element().query_selector(&selector).ok().flatten().map(El::from)
            };
            if let Some(input) = find("data-set") {
                input
                    .cast::<web_sys::HtmlInputElement>()
                    .set_checked(setup.field.contains(&contender));
            }
            if let Some(why) = find("data-why") {
                let reason = contender.cannot(setup.workload).unwrap_or_default();
                why.say(reason);
                why.show(!reason.is_empty());
            }
        }
    }

    /// When and with what it was measured.
    fn facts(&mut self, measured: Option<&Measured>) {
        let mut html = Html::new();
        if let Some(Measured { results, when, browser, .. }) = measured {
            let precision = precision(results);
            for (name, text) in [
                ("Measured", [when.as_str(), ", in ", browser].concat()),
                ("Tick of the clock", duration(results.tick)),
                ("A sample", precision),
            ] {
                if !text.is_empty() {
                    html.raw("<div><dt>")
                        .text(name)
                        .raw("</dt><dd>")
                        .text(&text)
                        .raw("</dd></div>");
                }
            }
        }
        self.facts.write(html);
    }

    fn paint(&mut self, picture: &crate::stage::shapes::Picture, canvas: Canvas) {
        let drawing =
            El::from(self.root.part("picture").element().parent_element().expect("it has one"));
        if self.width != canvas.width {
            self.width = canvas.width;
            drawing.style("--high", "");
        }
        // Where the page scrolls, a picture that is higher than its room gets more.
        if picture.height > canvas.height + 1.0 {
            drawing.style("--high", &[&Px(picture.height.ceil()).to_string(), "px"].concat());
        }
        self.painter.paint(picture);
    }

    #[inline(never)]
    pub(super) fn notice(&mut self, notice: &Notice) {
        let mut html = Html::new();
        match notice {
            Notice::None => {}
            Notice::BadLink(text, what) => {
                html.raw("<div role=alert><form class=\"notice refused\"><p><b>This link cannot be read. </b>");
                html.text(what).raw(" What is chosen is not from it.</p><label>The link’s text");
                html.raw("<input type=text spellcheck=false autocomplete=off value=\"").text(text);
                html.raw("\"></label><button type=submit>Try again</button>").raw(DISMISS);
                html.raw("</form></div>");
            }
            Notice::Refused(what) => {
                html.raw("<div class=\"notice refused\" role=alert><p>").text(what).raw("</p>");
                html.raw(DISMISS).raw("</div>");
            }
        }
        self.root.part("notice").set_html(&html.take());
    }
}

impl Measured {
    /// Where and when, in a few words.
    pub(super) fn heading(&self) -> String {
        [&samples(self.results.rounds()), " · ", &self.browser, " · ", &self.when].concat()
    }
}

fn samples(count: usize) -> String {
    let mut text = count.to_string();
    text.push_str(if count == 1 { " sample each" } else { " samples each" });
    text
}

/// Says a sentence in the place for it.
pub(super) fn say(place: &El, text: &str) {
    let mut html = Html::new();
    html.raw("<div class=notice role=status><p>").text(text).raw("</p>").raw(DISMISS).raw("</div>");
    place.set_html(&html.take());
}

const DISMISS: &str = "<button type=button class=quiet data-do=dismiss>Dismiss</button>";

/// The day and the time here: 2026-11-23 17:12.
pub(super) fn now() -> String {
    let date = js_sys::Date::new_0();
    let mut text = date.get_full_year().to_string();
    for (before, number) in [
        ("-", date.get_month() + 1),
        ("-", date.get_date()),
        (" ", date.get_hours()),
        (":", date.get_minutes()),
    ] {
        text.push_str(before);
        text.push_str(if number < 10 { "0" } else { "" });
        text.push_str(&number.to_string());
    }
    text
}
