//! Tests of the whole engine: labelled cases, properties, and the order of the modules.

mod audit;
mod cases;
mod dash;
mod decode;
mod equality;
mod hazards;
mod missing;
mod modules;
mod packs;
mod people;
mod properties;
mod red_flags;
