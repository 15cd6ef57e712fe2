//! Text that somebody typed. Its `Debug` gives a length and never the words, so that no log can hold them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use validator::{Validate, ValidationError};

/// Typed text.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Prose(pub String);

impl fmt::Debug for Prose {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Prose({} bytes)", self.0.len())
    }
}

impl Deref for Prose {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Prose {
        Prose(text.to_owned())
    }
}

/// A short text in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Line {
    /// The text.
    #[validate(custom(function = "line"))]
    pub text: Prose,
}

/// Refuses a name or reference that is too long.
pub(super) fn line(text: &Prose) -> Result<(), ValidationError> {
    longest(text, super::LONGEST_LINE)
}

/// Refuses a text that is too long.
pub(super) fn text(text: &Prose) -> Result<(), ValidationError> {
    longest(text, super::LONGEST_TEXT)
}

fn longest(text: &Prose, most: u64) -> Result<(), ValidationError> {
    // Bytes are never fewer than UTF-16 units, so most texts need no counting.
    if text.len() as u64 > most && text.encode_utf16().count() as u64 > most {
        return Err(ValidationError::new("long").with_message(format!("is longer than {most} characters").into()));
    }
    Ok(())
}
