//! A learned second reader, ready to use: a linear model over hashed features of a text.
//!
//! It gives a number per output and says which words weighed most; what that may change is decided in
//! `facts`. Features and weights come from `referral-guide features` and `training/train.py`.

use super::source::{Blend, Reader};

/// A reader with its weights unpacked.
#[derive(Debug)]
pub struct SecondReader {
    outputs: Vec<super::source::ReaderOutput>,
    /// By output.
    blends: Vec<Option<Mixed>>,
    /// It does not see what the rules found.
    pub words_only: bool,
    mask: u32,
    /// Per feature: where its weights start.
    starts: Vec<u32>,
    weights: Vec<(u8, i8)>,
}

impl SecondReader {
    pub(super) fn new(reader: &Reader) -> Result<SecondReader, String> {
        if !(8..=20).contains(&reader.bits) || reader.outputs.is_empty() || reader.outputs.len() > 255 {
            return Err("bits must be 8 to 20 and there must be 1 to 255 outputs".into());
        }
        let size = 1usize << reader.bits;
        let (starts, weights) = unpacked(reader, size)?;
        Ok(SecondReader {
            outputs: reader.outputs.clone(),
            blends: reader.outputs.iter().map(|output| Mixed::of(reader, &output.name)).collect(),
            words_only: reader.words_only,
            mask: size as u32 - 1,
            starts,
            weights,
        })
    }

    /// Its outputs.
    pub fn outputs(&self) -> &[super::source::ReaderOutput] {
        &self.outputs
    }

    /// Number of the output with this name.
    pub fn output(&self, name: &str) -> Option<usize> {
        self.outputs.iter().position(|output| output.name == name)
    }

    /// What an output comes to beside the rules: `outputs` for the whole text, `peaks` the highest of any
    /// sentence, `found` whether the rules found it.
    pub fn blend(&self, output: usize, outputs: &[f32], peaks: &[f32], found: bool) -> f32 {
        let (value, found) = (outputs[output], f32::from(u8::from(found)));
        let Some(Mixed { blend, sides }) = &self.blends[output] else { return value };
        let peaks: f32 = sides.iter().map(|(side, weight)| peaks[*side] * weight).sum();
        blend.bias + blend.reader * value + blend.rules * found + blend.both * value * found + peaks
    }

    /// Adds a feature's weights, unscaled, to one sum per output.
    pub fn add(&self, feature: u32, sums: &mut [f32]) {
        for &(output, weight) in self.of(feature) {
            sums[usize::from(output)] += f32::from(weight);
        }
    }

    /// What one feature adds to one output.
    pub fn weight(&self, feature: u32, output: usize) -> f32 {
        self.of(feature).iter().filter(|weight| usize::from(weight.0) == output).map(|weight| f32::from(weight.1)).sum::<f32>() * self.outputs[output].scale
    }

    fn of(&self, feature: u32) -> &[(u8, i8)] {
        let feature = (feature & self.mask) as usize;
        &self.weights[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }
}

/// Where the weights of each feature start, and the weights: output number and value.
type Weights = (Vec<u32>, Vec<(u8, i8)>);

fn unpacked(reader: &Reader, size: usize) -> Result<Weights, String> {
    let outputs = reader.outputs.len();
    let features = if reader.features.is_empty() { (0..size).collect() } else { numbers(&reader.features, size)? };
    if reader.weights.len() != features.len() * outputs {
        let wanted = features.len() * outputs;
        return Err(format!("there must be {wanted} letters of weights, one for each output of each feature, and there are {}", reader.weights.len()));
    }
    let mut starts = Vec::with_capacity(size + 1);
    let mut weights = Vec::new();
    for (feature, letters) in features.into_iter().zip(reader.weights.as_bytes().chunks_exact(outputs)) {
        starts.resize(feature + 1, weights.len() as u32);
        for (output, letter) in letters.iter().enumerate() {
            weights.push(match letter {
                b'.' => continue,
                b'A'..=b'Z' => (output as u8, (letter - b'A') as i8 + 1),
                b'a'..=b'z' => (output as u8, -((letter - b'a') as i8) - 1),
                _ => return Err("a weight is a letter or a full stop".into()),
            });
        }
    }
    starts.resize(size + 1, weights.len() as u32);
    Ok((starts, weights))
}

/// The features that have weights, from the gaps between them.
fn numbers(gaps: &str, size: usize) -> Result<Vec<usize>, String> {
    let mut out = Vec::new();
    let (mut next, mut gap) = (0usize, 0usize);
    for letter in gaps.bytes() {
        match letter {
            b'A'..=b'Z' => gap = gap * 26 + usize::from(letter - b'A'),
            b'a'..=b'z' => {
                next += gap * 26 + usize::from(letter - b'a');
                out.push(next);
                (next, gap) = (next + 1, 0);
            }
            _ => return Err("the features are written in letters".into()),
        }
        if gap >= size || next > size {
            return Err("there are more features than the bits allow".into());
        }
    }
    if gap == 0 { Ok(out) } else { Err("the features are cut short".into()) }
}

/// A blend, ready: its peaks by number of output.
#[derive(Debug)]
struct Mixed {
    blend: Blend,
    sides: Vec<(usize, f32)>,
}

impl Mixed {
    fn of(reader: &Reader, output: &str) -> Option<Mixed> {
        let blend = reader.blends.iter().find(|blend| blend.output == output)?.clone();
        let number = |name: &str| reader.outputs.iter().position(|output| output.name == name);
        let sides = blend.peaks.iter().filter_map(|(name, weight)| Some((number(name)?, *weight))).collect();
        Some(Mixed { blend, sides })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::source::ReaderOutput;

    #[test]
    fn unpacks_and_sums_its_weights() {
        let output = |name: &str| ReaderOutput { name: name.into(), bias: 0.5, scale: 0.1, ..ReaderOutput::default() };
        // Feature 3: output 0 weighs 2; feature 32 (28 lie between): output 1 weighs -1.
        let reader = Reader { bits: 8, outputs: vec![output("a"), output("b")], features: "dBc".into(), weights: "B..a".into(), ..Reader::default() };
        let reader = SecondReader::new(&reader).expect("good weights");
        let mut sums = [0.0; 2];
        [3, 32, 256 + 3].into_iter().for_each(|feature| reader.add(feature, &mut sums));
        assert_eq!(sums, [4.0, -1.0]);
        assert!((reader.weight(32, 1) + 0.1).abs() < 1e-6);
    }

    #[test]
    fn reads_weights_of_all_features() {
        let output = |name: &str| ReaderOutput { name: name.into(), scale: 0.5, ..ReaderOutput::default() };
        let mut weights = "..".repeat(256);
        weights.replace_range(6..8, "Aa");
        let reader = Reader { bits: 8, outputs: vec![output("a"), output("b")], weights, ..Reader::default() };
        let reader = SecondReader::new(&reader).expect("good weights");
        assert_eq!((reader.weight(3, 0), reader.weight(3, 1), reader.weight(4, 0)), (0.5, -0.5, 0.0));
    }

    #[test]
    fn refuses_damaged_weights() {
        let whole = ".".repeat(256);
        for (features, weights) in [("d", "AA"), ("d", ""), ("d", "0"), ("D", "A"), ("3", "A"), ("Zzz", "A"), ("", "A"), ("", &whole[1..]), ("d", "é")] {
            let reader = Reader { bits: 8, outputs: vec![ReaderOutput::default()], features: features.into(), weights: weights.into(), ..Reader::default() };
            assert!(SecondReader::new(&reader).is_err(), "{features} {weights}");
        }
        let reader = Reader { bits: 8, outputs: vec![ReaderOutput::default()], weights: whole, ..Reader::default() };
        assert!(SecondReader::new(&reader).is_ok());
    }
}
