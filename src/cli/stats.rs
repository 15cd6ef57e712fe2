//! Rates with their intervals.

/// A rate and its 95% interval (Wilson's score interval: sound for few cases and for rates near 0 and 1).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Rate {
    /// Cases.
    pub count: u64,
    /// Of so many.
    pub of: u64,
    /// The share.
    pub rate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Rate {
    /// `None` where there is nothing to take a share of.
    pub fn new(count: u64, of: u64) -> Option<Rate> {
        const Z: f64 = 1.959_963_984_540_054;
        if of == 0 || count > of {
            return None;
        }
        let (n, share) = (of as f64, count as f64 / of as f64);
        let middle = share + Z * Z / (2.0 * n);
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        let three = |value: f64| (value * 1000.0).round() / 1000.0;
        Some(Rate { count, of, rate: three(share), low: three(((middle - half) / whole).max(0.0)), high: three(((middle + half) / whole).min(1.0)) })
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn agrees_with_published_values() {
        // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (count, of, low, high) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)] {
            let rate = Rate::new(count, of).expect("there are cases");
            assert!((rate.low - low).abs() < 1e-3 && (rate.high - high).abs() < 1e-3, "{rate:?}");
        }
        assert_eq!((Rate::new(0, 0), Rate::new(2, 1)), (None, None));
    }
}
