//! Text of HTML, in the making.

/// HTML that is being written: what is known as it is, what is a text escaped.
#[derive(Default, Debug)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    pub fn new() -> Self {
        Html::default()
    }

    /// Markup.
    #[inline(never)]
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text, between elements or in the quotes of an attribute.
    #[inline(never)]
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.0, text);
        self
    }

    /// A whole number.
    #[inline(never)]
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// A sentence in which code stands between backticks.
    #[inline(never)]
    pub fn prose(&mut self, text: &str) -> &mut Self {
        for (index, part) in text.split('`').enumerate() {
            match index % 2 {
                0 => self.text(part),
                _ => self.raw("<code>").text(part).raw("</code>"),
            };
        }
        self
    }

    /// Takes all of it.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

/// Writes a text so that markup in it is only text, in HTML as in XML. It stays on its line.
#[inline(never)]
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' | '\r' => out.push(c),
            // The other control characters XML cannot hold at all.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_is_only_text() {
        let mut html = Html::new();
        html.raw("<p title=\"").text("a\n\"b\"").raw("\">").prose("`x < y` & more").raw("</p>");
        assert_eq!(
            html.take(),
            "<p title=\"a&#10;&quot;b&quot;\"><code>x &lt; y</code> &amp; more</p>"
        );
    }
}
