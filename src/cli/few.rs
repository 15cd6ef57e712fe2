//! Small numbers: what is shown of a count so that no few people can be told apart, nor be worked out from a total.

use super::words::number;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Counts under this are not shown.
pub const FEW: u64 = 5;

/// A count as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// As it is.
    Count(u64),
    /// Under five.
    Few,
    /// The rest is under five.
    AllButFew,
    /// Left out so that a few cannot be worked out from a total.
    Withheld,
}

impl Shown {
    /// Its share of a number, where it is shown.
    pub fn share(self, of: u64) -> Option<f64> {
        match self {
            Shown::Count(count) if of > 0 => Some(count as f64 / of as f64),
            Shown::AllButFew => Some(1.0),
            _ => None,
        }
    }
}

/// A column of counts, each out of its own number, that add up to a total shown elsewhere.
pub fn column(cells: &[(u64, u64)]) -> Vec<Shown> {
    let mut out: Vec<Shown> = cells.iter().map(|&(count, of)| part_of(count, of)).collect();
    let hidden = out.iter().filter(|shown| !matches!(shown, Shown::Count(_))).count();
    if hidden == 1
        && let Some(at) = (0..out.len()).filter(|&at| matches!(out[at], Shown::Count(_))).min_by_key(|&at| cells[at].0)
    {
        out[at] = Shown::Withheld;
    }
    out
}

/// A count out of a number.
pub fn part_of(count: u64, of: u64) -> Shown {
    if count < FEW {
        Shown::Few
    } else if of - count.min(of) < FEW {
        Shown::AllButFew
    } else {
        Shown::Count(count)
    }
}

/// Counts that make up a whole: never only one left out.
pub fn parts(counts: &[u64]) -> Vec<Shown> {
    let mut out: Vec<Shown> = counts.iter().map(|&count| if count < FEW { Shown::Few } else { Shown::Count(count) }).collect();
    if out.iter().filter(|shown| **shown == Shown::Few).count() == 1
        && let Some(at) = (0..out.len()).filter(|&at| out[at] != Shown::Few).min_by_key(|&at| counts[at])
    {
        out[at] = Shown::Withheld;
    }
    out
}

/// Rows that each make up a whole and columns that each add up to a total: nowhere is only one cell left out.
pub fn table(rows: &[Vec<u64>]) -> Vec<Vec<Shown>> {
    let mut out: Vec<Vec<Shown>> = rows.iter().map(|row| parts(row)).collect();
    let seen = |shown: &Shown| matches!(shown, Shown::Count(_));
    let width = rows.first().map_or(0, Vec::len);
    loop {
        let mut change = None;
        for (row, cells) in out.iter().enumerate() {
            if cells.iter().filter(|shown| !seen(shown)).count() == 1 {
                change = (0..width).filter(|&at| seen(&cells[at])).min_by_key(|&at| rows[row][at]).map(|at| (row, at));
            }
        }
        for at in 0..width {
            if change.is_none() && out.iter().filter(|cells| !seen(&cells[at])).count() == 1 {
                change = (0..out.len()).filter(|&row| seen(&out[row][at])).min_by_key(|&row| rows[row][at]).map(|row| (row, at));
            }
        }
        match change {
            Some((row, at)) => out[row][at] = Shown::Withheld,
            None => return out,
        }
    }
}

/// Rows and columns of a group that are left out.
pub type Withheld<'a> = BTreeSet<(&'a str, usize)>;

/// Which counts of which group to leave out, so that nowhere only one group's is: the totals of all forms are shown too.
pub fn withheld<'a, const N: usize>(groups: &[(u64, &'a BTreeMap<String, [u64; N]>)]) -> Vec<Withheld<'a>> {
    let mut out = vec![Withheld::new(); groups.len()];
    let keys: BTreeSet<&str> = groups.iter().flat_map(|(_, counts)| counts.keys().map(String::as_str)).collect();
    for key in keys {
        for at in 0..N {
            let count = |group: usize| groups[group].1.get(key).map_or(0, |counts| counts[at]);
            let (few, shown): (Vec<usize>, Vec<usize>) = (0..groups.len())
                .filter(|&group| count(group) > 0)
                .partition(|&group| count(group) < FEW || groups[group].0.saturating_sub(count(group)) < FEW);
            if few.len() == 1
                && let Some(group) = shown.into_iter().min_by_key(|&group| count(group))
                && let Some((key, _)) = groups[group].1.get_key_value(key)
            {
                out[group].insert((key.as_str(), at));
            }
        }
    }
    out
}

/// A count, unless it is left out.
pub fn unless(withheld: &Withheld, key: &str, at: usize, shown: Shown) -> Shown {
    if withheld.contains(&(key, at)) { Shown::Withheld } else { shown }
}

/// A count and its share.
pub fn cell(shown: Shown, of: u64) -> Markup {
    match shown {
        Shown::Count(count) => html! { (number(count)) @if of > 0 { " " span.share { "(" (count * 100 / of) "%)" } } },
        Shown::Few => html! { span.few { "fewer than 5" } },
        Shown::AllButFew => html! { span.few { "all but fewer than 5" } },
        Shown::Withheld => html! { span.few { "withheld" } },
    }
}

/// A total.
pub fn total(count: u64) -> Markup {
    cell(if count < FEW { Shown::Few } else { Shown::Count(count) }, 0)
}

/// A bar beside its number, which says the same in words.
pub fn bar(shown: Shown, of: u64) -> Markup {
    let width = shown.share(of).map(|share| format!("{:.0}", share * 160.0));
    html! {
        svg.bar width="160" height="12" viewBox="0 0 160 12" aria-hidden="true" focusable="false" {
            rect.track x="0.5" y="0.5" width="159" height="11" {}
            @if let Some(width) = width { rect.fill x="0" y="0" width=(width) height="12" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_never_shown_and_cannot_be_worked_out() {
        assert_eq!(parts(&[3, 40, 50]), [Shown::Few, Shown::Withheld, Shown::Count(50)]);
        assert_eq!(part_of(98, 100), Shown::AllButFew);
        assert_eq!(column(&[(2, 40), (20, 40), (30, 60)]), [Shown::Few, Shown::Withheld, Shown::Count(30)]);
        for row in table(&[vec![3, 40, 50], vec![10, 20, 30], vec![12, 14, 16]]) {
            assert_ne!(row.iter().filter(|shown| !matches!(shown, Shown::Count(_))).count(), 1, "{row:?}");
        }
    }
}
