//! A program in its tidy form: one statement a line, comments kept.

use std::fmt::Write;

use text::insert_in_order;

use crate::{Block, Channel, Comment, Kind, Program, Source, Statement, Task};

/// A line longer than this is broken where it can be.
const WIDTH: usize = 60;

/// The tidy text of a program. Reading it again gives the same program.
pub fn format(program: &Program) -> String {
    let mut items: Vec<Item<'_>> = Vec::new();
    let channels = program.channels.iter().map(Item::Channel);
    let sources = program.sources.iter().map(Item::Source);
    let tasks = program.tasks.iter().map(Item::Task);
    for item in channels.chain(sources).chain(tasks) {
        insert_in_order(&mut items, item, Item::start);
    }
    let mut printer = Printer {
        program,
        comments: &program.comments,
        out: String::new(),
        depth: 0,
        can_trail: false,
    };
    let mut after_task = false;
    for item in items {
        printer.trailing_comment(item.start());
        let task = matches!(item, Item::Task(_));
        if (task || after_task) && !printer.out.is_empty() {
            printer.out.push('\n');
            printer.can_trail = false;
        }
        after_task = task;
        printer.comments_before(item.start());
        printer.item(item);
    }
    printer.comments_before(u32::MAX);
    printer.out
}

enum Item<'a> {
    Channel(&'a Channel),
    Source(&'a Source),
    Task(&'a Task),
}

impl Item<'_> {
    fn start(&self) -> u32 {
        match self {
            Item::Channel(channel) => channel.span.start,
            Item::Source(source) => source.span.start,
            Item::Task(task) => task.span.start,
        }
    }
}

struct Printer<'a> {
    program: &'a Program,
    /// Those not printed yet.
    comments: &'a [Comment],
    out: String,
    depth: usize,
    /// Whether the last line can take a comment at its end.
    can_trail: bool,
}

impl Printer<'_> {
    /// Ends a line, the beginning of which may have been printed.
    fn line(&mut self, text: &str) {
        if self.out.is_empty() || self.out.ends_with('\n') {
            self.out.extend(std::iter::repeat_n("    ", self.depth));
        }
        self.out.push_str(text);
        self.out.push('\n');
        self.can_trail = true;
    }

    /// Prints the next comment at the end of the last line, if it stood at the end of a line.
    fn trailing_comment(&mut self, start: u32) {
        if let [first, rest @ ..] = self.comments
            && first.span.start < start
            && first.trailing
            && self.can_trail
        {
            self.comments = rest;
            self.out.pop();
            let _ = writeln!(self.out, "  {}", marked(first));
            self.can_trail = false;
        }
    }

    /// Prints the comments that stand before the byte `start` of the typed text.
    fn comments_before(&mut self, start: u32) {
        self.trailing_comment(start);
        while let [first, rest @ ..] = self.comments
            && first.span.start < start
        {
            self.comments = rest;
            self.line(&marked(first));
            self.can_trail = false;
        }
    }

    fn item(&mut self, item: Item<'_>) {
        match item {
            Item::Channel(Channel { name, room: None, .. }) => {
                self.line(&format!("channel {name}"))
            }
            Item::Channel(Channel { name, room: Some(room), .. }) => {
                self.line(&format!("channel {name} {room}"));
            }
            Item::Source(Source { name, ready_at, .. }) => {
                let mut text = format!("source {name}");
                for (i, time) in ready_at.iter().enumerate() {
                    let _ = write!(text, "{} {time}", if i == 0 { " at" } else { "," });
                }
                self.line(&text);
            }
            Item::Task(Task { name, later, body, .. }) => {
                let later = if *later { " later" } else { "" };
                self.line(&format!("task {name}{later} {{"));
                self.body(body);
                self.line("}");
            }
        }
    }

    fn body(&mut self, block: &Block) {
        self.depth += 1;
        for statement in &block.statements {
            self.comments_before(statement.span.start);
            self.statement(statement);
        }
        self.comments_before(block.close.start);
        self.depth -= 1;
    }

    fn statement(&mut self, statement: &Statement) {
        let head = self.head(&statement.kind);
        let blocks = statement.kind.blocks();
        let Some(last) = blocks.last() else { return self.line(&head) };
        if let Some(short) = self.short(&head, blocks) {
            return self.line(&short);
        }
        self.line(&(head + " {"));
        for block in &blocks[..blocks.len() - 1] {
            self.body(block);
            self.line("} {");
        }
        self.body(last);
        self.line("}");
    }

    /// The whole on one line, if no block holds more than one simple statement and it fits.
    fn short(&self, head: &str, blocks: &[Block]) -> Option<String> {
        let close = blocks.last()?.close.start;
        if self.comments.first().is_some_and(|comment| comment.span.start < close) {
            return None;
        }
        let mut text = head.to_string();
        for block in blocks {
            match block.statements.as_slice() {
                [] => text.push_str(" { }"),
                [only] if only.kind.blocks().is_empty() => {
                    let _ = write!(text, " {{ {} }}", self.head(&only.kind));
                }
                _ => return None,
            }
        }
        (4 * self.depth + text.chars().count() <= WIDTH).then_some(text)
    }

    /// The statement without its blocks.
    fn head(&self, kind: &Kind) -> String {
        let Program { channels, sources, tasks, .. } = self.program;
        match kind {
            Kind::Sleep(ticks) => format!("sleep {ticks}"),
            Kind::Yield => "yield".to_string(),
            Kind::Block(ticks) => format!("block {ticks}"),
            Kind::Send { channel, value: None } => format!("send {}", channels[*channel].name),
            Kind::Send { channel, value: Some(value) } => {
                format!("send {} {value}", channels[*channel].name)
            }
            Kind::Recv(channel) => format!("recv {}", channels[*channel].name),
            Kind::Read(source) => format!("read {}", sources[*source].name),
            Kind::Spawn(task) => format!("spawn {}", tasks[*task].name),
            Kind::Print(text) => format!("print \"{text}\""),
            Kind::Loop { count, .. } => format!("loop {count}"),
            Kind::Join(_) => "join".to_string(),
            Kind::Select(_) => "select".to_string(),
        }
    }
}

fn marked(comment: &Comment) -> String {
    if comment.text.is_empty() { "#".to_string() } else { format!("# {}", comment.text) }
}
