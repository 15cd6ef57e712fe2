//! How alike two texts are: the share of runs of three words that they have in common.

use super::reading::Reading;
use rustc_hash::FxHashSet;

/// From 0 (nothing shared) to 1 (the same), by the shorter text; names are not compared.
pub fn likeness(a: &Reading, b: &Reading, most_words: usize) -> f64 {
    let (first, second) = (runs(a, most_words), runs(b, most_words));
    let (small, large) = if first.len() <= second.len() { (&first, &second) } else { (&second, &first) };
    if small.is_empty() {
        return 0.0;
    }
    small.iter().filter(|run| large.contains(*run)).count() as f64 / small.len() as f64
}

fn runs(reading: &Reading, most_words: usize) -> FxHashSet<[u32; 3]> {
    let words: Vec<u32> = (0..reading.tokens.words.len().min(most_words))
        .filter(|&at| !reading.named[at])
        .map(|at| reading.tokens.folded(at).bytes().fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
        .collect();
    words.windows(3).map(|run| [run[0], run[1], run[2]]).collect()
}
