//! What page and worker say to each other: a kind and its fields, a line each; the last field may
//! have lines of its own.

use machine::Progress;

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// To play a run to its end.
    Run {
        /// The route of the demo.
        route: String,
        /// The run.
        link: String,
        /// How many steps at most.
        limit: usize,
    },
    /// To measure something.
    Measure {
        /// The route of the instrument.
        route: String,
        /// What is set there, as the instrument writes it.
        settings: String,
    },
    /// To end where it is, with what there is by then.
    Stop,
}

/// What the worker answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// It runs, and was built from these sources.
    Ready(String),
    /// How far it is.
    Progress(Progress),
    /// It is done.
    Done(Finished),
    /// It has measured; what came of it, as the instrument writes it.
    Measured(String),
    /// It could not, and says why in a sentence.
    Failed(String),
}

/// A run that was played to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finished {
    /// The run, with its cursor at the end.
    pub link: String,
    /// How many steps it has.
    pub steps: usize,
    /// How many commands.
    pub commands: usize,
    /// How many of the steps are notable.
    pub notable: usize,
    /// How many show that something is wrong.
    pub faults: usize,
    /// Why it ended, in a sentence.
    pub ending: String,
}

impl Request {
    /// The request as a text.
    pub fn to_text(&self) -> String {
        match self {
            Request::Run { route, link, limit } => format!("run\n{limit}\n{route}\n{link}"),
            Request::Measure { route, settings } => format!("measure\n{route}\n{settings}"),
            Request::Stop => "stop\n".to_owned(),
        }
    }

    /// Reads what [`to_text`](Request::to_text) wrote.
    pub fn parse(text: &str) -> Option<Request> {
        let (kind, rest) = text.split_once('\n')?;
        match kind {
            "run" => {
                let [limit, route, link] = fields(rest)?;
                let (route, link) = (route.to_owned(), link.to_owned());
                Some(Request::Run { route, link, limit: limit.parse().ok()? })
            }
            "measure" => {
                let [route, settings] = fields(rest)?.map(str::to_owned);
                Some(Request::Measure { route, settings })
            }
            "stop" => Some(Request::Stop),
            _ => None,
        }
    }
}

impl Reply {
    /// The reply as a text.
    pub fn to_text(&self) -> String {
        match self {
            Reply::Ready(sources) => format!("ready\n{sources}"),
            Reply::Progress(Progress { done, total }) => format!("progress\n{done}\n{total}"),
            Reply::Done(done) => {
                let Finished { link, steps, commands, notable, faults, ending } = done;
                format!("done\n{link}\n{steps}\n{commands}\n{notable}\n{faults}\n{ending}")
            }
            Reply::Measured(results) => format!("measured\n{results}"),
            Reply::Failed(sentence) => format!("failed\n{sentence}"),
        }
    }

    /// Reads what [`to_text`](Reply::to_text) wrote.
    pub fn parse(text: &str) -> Option<Reply> {
        let (kind, rest) = text.split_once('\n')?;
        Some(match kind {
            "ready" => Reply::Ready(rest.to_owned()),
            "progress" => {
                let [done, total] = fields(rest)?;
                Reply::Progress(Progress { done: done.parse().ok()?, total: total.parse().ok()? })
            }
            "done" => {
                let [link, steps, commands, notable, faults, ending] = fields(rest)?;
                Reply::Done(Finished {
                    link: link.to_owned(),
                    steps: steps.parse().ok()?,
                    commands: commands.parse().ok()?,
                    notable: notable.parse().ok()?,
                    faults: faults.parse().ok()?,
                    ending: ending.to_owned(),
                })
            }
            "measured" => Reply::Measured(rest.to_owned()),
            "failed" => Reply::Failed(rest.to_owned()),
            _ => return None,
        })
    }
}

/// The fields of a message, of which the last takes what is left.
fn fields<const N: usize>(text: &str) -> Option<[&str; N]> {
    text.splitn(N, '\n').collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        let run = Request::Run { route: "executor".into(), link: "1abc".into(), limit: 1_000_000 };
        let measure = Request::Measure { route: "race".into(), settings: "1&work=churn".into() };
        for request in [run, measure, Request::Stop] {
            assert_eq!(Request::parse(&request.to_text()), Some(request));
        }
        let done = Reply::Done(Finished {
            link: "1abc".into(),
            steps: 7,
            commands: 6,
            notable: 5,
            faults: 0,
            ending: "One line.\nAnother.".into(),
        });
        let failed = Reply::Failed("One line.\n\nAnother.".into());
        let progress = Reply::Progress(Progress { done: 3, total: 9 });
        let measured = Reply::Measured("100000\narena 5 7\nglobal 5 9".into());
        for reply in [Reply::Ready("1f".into()), progress, done, measured, failed] {
            assert_eq!(Reply::parse(&reply.to_text()), Some(reply));
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in ["", "run", "run\n", "run\nmany\nexecutor\n1abc", "run\n3\nexecutor"] {
            assert_eq!(Request::parse(text), None, "{text:?}");
        }
        for text in ["measure", "measure\nrace", "halt\n"] {
            assert_eq!(Request::parse(text), None, "{text:?}");
        }
        for text in ["", "ready", "progress\n3", "progress\n3\n", "done\n1abc\n7", "halt\n"] {
            assert_eq!(Reply::parse(text), None, "{text:?}");
        }
    }
}
