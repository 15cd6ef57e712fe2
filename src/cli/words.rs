//! Names and numbers as the pages of the command line write them.

use referral_guide::facts::Likely;
use referral_guide::form::Concern;
use referral_guide::policy::Facet;

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `November 2026`.
pub fn month(date: time::Date) -> String {
    format!("{} {}", MONTHS[usize::from(u8::from(date.month())) - 1], date.year())
}

/// `20 November 2026`.
pub fn day(date: time::Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// `1,234,567`.
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A side of the impact on a child.
pub fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Exposure => "what the child saw or heard",
        Facet::Presentation => "how the child looked and behaved",
        Facet::Voice => "what the child said",
        Facet::Physical => "injury, health, physical care",
        Facet::Functioning => "daily life and development",
        Facet::Safety => "who keeps the child safe",
    }
}

/// The level that the officer chose.
pub fn concern(concern: Concern) -> &'static str {
    match concern {
        Concern::Information => "for information",
        Concern::EarlyHelp => "early help",
        Concern::ChildInNeed => "child in need (section 17)",
        Concern::SignificantHarm => "significant harm (section 47)",
    }
}

/// The level that the texts may be read as, in the words of a list.
pub fn likely(likely: Likely) -> &'static str {
    match likely {
        Likely::Below => "may be below the level for social workers",
        Likely::Uncertain => "uncertain as written",
        Likely::Meets => "child in need (section 17)",
        Likely::SignificantHarm => "significant harm (section 47)",
    }
}

/// With a capital at the head.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(super::number), ["0", "999", "1,000", "1,234,567"]);
    }
}
