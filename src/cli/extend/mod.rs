//! A local pack over another: what it adds is merged here, once, when packs are read or built. The built pack is
//! whole, so that hosts and the engine know nothing of it.
//!
//! A local pack adds and tightens. It removes nothing, and whatever would weaken or silence a red flag is refused at
//! its file and line ([`refusals`]); the merged pack is then held against the one below it ([`weaker`]).

mod guard;
mod merge;
mod weaker;

pub use guard::refusals;
pub use merge::merge;
pub use weaker::weaker;
