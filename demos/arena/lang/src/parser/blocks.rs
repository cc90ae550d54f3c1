//! Blocks: that of the whole program, and those of `repeat`.

use text::TokenKind;

use super::{Parser, names};
use crate::{Churn, Kind, Statement, limits};

/// Statements, and how many operations carrying them out takes.
#[derive(Default)]
pub(super) struct Block {
    statements: Vec<Statement>,
    operations: u64,
}

impl Parser<'_> {
    /// `memory 4096`, where it may stand.
    pub(super) fn memory(&mut self) -> Option<u32> {
        if !self.is_word("memory") {
            return None;
        }
        let head = self.advance();
        let needs = format_args!("`memory` needs how many bytes, as in `memory 4096`");
        let memory = self.number(head, (1, limits::MOST_MEMORY), needs);
        match memory {
            Some(_) => self.end_of_statement(head, 0),
            None => self.skip_line(head, 0),
        }
        memory
    }

    /// All statements of the program.
    pub(super) fn body(&mut self) -> Vec<Statement> {
        self.statements_until(None, 0).statements
    }

    /// Statements up to the `}` of the block that was opened at `open`, or up to the end of the text.
    fn statements_until(&mut self, open: Option<usize>, depth: usize) -> Block {
        let mut block = Block::default();
        loop {
            match self.next.kind {
                TokenKind::End => break,
                TokenKind::Close => {
                    let at = self.advance();
                    if open.is_some() {
                        return block;
                    }
                    self.problem(at, format_args!("this `}}` closes nothing; take it out"));
                }
                _ => self.statement(depth, &mut block),
            }
        }
        if let Some(open) = open
            && !self.unclosed_told
            && !self.has_given_up()
        {
            self.unclosed_told = true;
            self.problem(open, format_args!("this block is not closed; a `}}` is missing"));
        }
        block
    }

    /// The next statement.
    fn statement(&mut self, depth: usize, block: &mut Block) {
        let head = self.at;
        self.statements += 1;
        if self.statements > limits::STATEMENTS {
            let most = limits::STATEMENTS;
            self.problem(
                head,
                format_args!("this is one statement too many; a program has at most {most}"),
            );
            self.give_up();
            return;
        }
        let (kind, operations) = match self.is_word("repeat") && !self.is_given(head) {
            true => self.repeat(depth),
            false => {
                let kind = self.simple(head);
                let last = self.at.saturating_sub(1);
                let span = self.span_from(head, last);
                match kind.is_some() {
                    true => self.end_of_statement(head, depth),
                    false => self.skip_line(head, depth),
                }
                let operations = match kind {
                    Some(Kind::Churn(Churn { count, .. })) => count.into(),
                    _ => 1,
                };
                (kind.map(|kind| Statement { kind, span }), operations)
            }
        };
        block.statements.extend(kind);
        // A block inside of another is looked at together with its `repeat`.
        block.operations = block.operations.saturating_add(operations);
        if depth == 0 {
            self.check_operations(head, block.operations, "up to here the program makes");
        }
    }

    /// `repeat 8 { … }`, and how many operations that takes.
    fn repeat(&mut self, depth: usize) -> (Option<Statement>, u64) {
        let before = self.problems().len();
        let head = self.advance();
        let needs = format_args!("`repeat` needs how many times, as in `repeat 8 {{ … }}`");
        let count = self.number(head, (1, limits::ROUNDS), needs);
        let span = self.span_from(head, self.at - 1);
        while self.goes_on(head) {
            let at = self.advance();
            if self.problems().len() == before {
                let shown = self.shown(at);
                self.problem(
                    at,
                    format_args!(
                        "`{shown}` is too much; after the number comes the block: `{{ … }}`"
                    ),
                );
            }
        }
        if !self.is(TokenKind::Open) {
            if self.problems().len() == before {
                self.problem(head, format_args!("`repeat` needs a block: `repeat 8 {{ … }}`"));
            }
            return (None, 0);
        }
        let open = self.at;
        let Some(Block { statements, operations }) = self.block(depth + 1) else {
            return (None, 0);
        };
        if statements.is_empty() && self.problems().len() == before {
            self.problem(open, format_args!("this block is empty; write a statement into it"));
        }
        let operations = operations.saturating_mul(count.unwrap_or(1).into());
        self.check_operations(head, operations, "this makes");
        let kind = count.map(|count| Kind::Repeat { count, body: statements });
        (kind.map(|kind| Statement { kind, span }), operations)
    }

    /// The block whose `{` is next, if it is not too deep.
    pub(super) fn block(&mut self, depth: usize) -> Option<Block> {
        let open = self.advance();
        if depth <= limits::DEPTH {
            return Some(self.statements_until(Some(open), depth));
        }
        let most = limits::DEPTH;
        self.problem(open, format_args!("this block is too deep; blocks go at most {most} deep"));
        self.skip_block();
        None
    }

    /// Skips up to the `}` of a block whose `{` is taken, without looking inside.
    pub(super) fn skip_block(&mut self) {
        let mut open = 1;
        while open > 0 && !self.is(TokenKind::End) {
            match self.next.kind {
                TokenKind::Open => open += 1,
                TokenKind::Close => open -= 1,
                _ => {}
            }
            self.advance();
        }
    }

    /// Says so, once, if there are more operations than a program may make.
    pub(super) fn check_operations(&mut self, head: usize, operations: u64, what: &str) {
        if operations > limits::OPERATIONS && !self.too_many_told {
            self.too_many_told = true;
            let most = limits::OPERATIONS;
            self.problem(
                head,
                format_args!("{what} {operations} operations; a program makes at most {most}"),
            );
        }
    }

    pub(super) fn is_given(&self, at: usize) -> bool {
        names::is_given(self.tokens(), at)
    }
}
