//! Tests of the whole engine: labelled cases, properties, and the order of the modules.

mod audit;
mod cases;
mod decode;
mod modules;
mod properties;
mod red_flags;
