//! The text engine: which phrases stand where, and is each stated, denied, doubted, feared or past.
//!
//! INVARIANT: imports nothing of the rest of the crate, knows no safeguarding and no English. Words, cues
//! and phrases come in as data. Spans are bytes of the original text.

mod assertion;
mod lexicon;
mod pattern;
mod token;

pub use assertion::{Assertion, Cue, CueKind, Direction, assertions};
pub use lexicon::{Hit, Lexicon, LexiconBuilder, Symbol, Symbols};
pub use token::{Break, Token, Tokens};
