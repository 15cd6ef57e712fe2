//! Referral Guide reads a police child-protection referral as it is written and says what is still missing:
//! what the incident meant for each child, whether the risk questions are complete and agree with the story,
//! whether it is likely below the level at which children's social care acts, and the other duties.
//!
//! It reads no clock, file or network; the same form and policy always give the same report.
//!
//! ```
//! use referral_guide::Guide;
//!
//! let guide = Guide::new();
//! let report = guide.check_json(r#"{
//!     "formType": "domestic-abuse",
//!     "incident": { "narrative": "He put his hands round her throat. Ava was in the room." },
//!     "children": [{ "id": "c1", "name": "Ava", "ageYears": 7, "impact": "Crying, would not let go of mum." }],
//!     "dash": { "answers": { "q18": { "answer": "no" } } }
//! }"#);
//! assert!(report.findings.iter().any(|finding| finding.code == "dash.contradiction"));
//! ```

pub mod facts;
pub mod form;
mod guide;
pub mod place;
pub mod policy;
pub mod report;
pub mod rules;
pub mod table;
pub mod text;
#[cfg(feature = "wasm")]
mod wasm;

pub use guide::{Guide, check_examples};
pub use report::Report;
