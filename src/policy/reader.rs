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
        let bytes = unhex(&reader.weights).ok_or("the weights are not hexadecimal")?;
        let size = 1usize << reader.bits;
        let mut starts = Vec::with_capacity(size + 1);
        let mut weights = Vec::new();
        let mut at = 0;
        let mut feature = 0usize;
        let broken = || "the weights are cut short or damaged".to_owned();
        while at < bytes.len() {
            let mut gap = 0usize;
            let mut shift = 0;
            loop {
                let byte = *bytes.get(at).ok_or_else(broken)?;
                at += 1;
                gap |= usize::from(byte & 0x7f) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
                if shift > 28 {
                    return Err(broken());
                }
            }
            feature += gap;
            if feature >= size {
                return Err(broken());
            }
            starts.resize(feature + 1, weights.len() as u32);
            let count = *bytes.get(at).ok_or_else(broken)?;
            at += 1;
            for _ in 0..count {
                let output = *bytes.get(at).ok_or_else(broken)?;
                let weight = *bytes.get(at + 1).ok_or_else(broken)? as i8;
                if usize::from(output) >= reader.outputs.len() {
                    return Err(broken());
                }
                weights.push((output, weight));
                at += 2;
            }
            starts.push(weights.len() as u32);
            feature += 1;
        }
        starts.resize(size + 1, weights.len() as u32);
        Ok(SecondReader {
            outputs: reader.outputs.clone(),
            blends: reader.outputs.iter().map(|output| Mixed::of(reader, &output.name)).collect(),
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

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks_exact(2).map(|pair| Some((digit(pair[0])? << 4) | digit(pair[1])?)).collect()
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::source::ReaderOutput;

    #[test]
    fn unpacks_and_sums_its_weights() {
        let output = |name: &str| ReaderOutput { name: name.into(), bias: 0.5, scale: 0.1, ..ReaderOutput::default() };
        // Feature 3: output 0 weighs 2; feature 5 (gap 1 after 3 + 1): output 1 weighs -1.
        let reader = Reader { bits: 8, outputs: vec![output("a"), output("b")], weights: "03010002".to_owned() + "010101ff", ..Reader::default() };
        let reader = SecondReader::new(&reader).expect("good weights");
        let mut sums = [0.0; 2];
        [3, 5, 256 + 3].into_iter().for_each(|feature| reader.add(feature, &mut sums));
        assert_eq!(sums, [4.0, -1.0]);
        assert!((reader.weight(5, 1) + 0.1).abs() < 1e-6);
    }

    #[test]
    fn refuses_damaged_weights() {
        for weights in ["0", "zz", "03", "030500"] {
            let reader = Reader { bits: 8, outputs: vec![ReaderOutput::default()], weights: weights.into(), ..Reader::default() };
            assert!(SecondReader::new(&reader).is_err(), "{weights}");
        }
    }
}
