//! Stands in for the crate of this name.
//!
//! Leptos depends on that crate for the streams of server functions. This page has no server, and
//! nothing here can make such a stream; but the crate hands its adapters to JavaScript, and what is
//! handed to JavaScript stays in the wasm, called or not. So the build takes this crate in its place
//! (`[patch.crates-io]` in the workspace's `Cargo.toml`): what Leptos names of it is here, and a
//! value of it cannot be.
#![forbid(unsafe_code)]

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream that a server would fill or read: there is none.
#[derive(Debug)]
pub struct ReadableStream(Infallible);

/// The values of a [`ReadableStream`]: there are none.
#[derive(Debug)]
pub struct IntoStream(Infallible);

const NO_SERVER: &str = "this page has no server: no stream goes to it or comes from it";

impl ReadableStream {
    /// Would send a stream's values to a server; panics, because there is none.
    pub fn from_stream<S>(_: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        panic!("{NO_SERVER}")
    }

    /// Would receive a stream from a server; panics, because there is none.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        panic!("{NO_SERVER}")
    }

    /// The stream as JavaScript knows it.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        match self.0 {}
    }

    /// The stream's values.
    pub fn into_stream(self) -> IntoStream {
        match self.0 {}
    }
}

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0 {}
    }
}
