//! Feedback for people to read.

use super::learn::{Chase, Contrast, Feedback, Missed, Row, Share};
use super::outcome::Decision;
use crate::cli::few::Shown;
use crate::cli::words::number;
use std::fmt::Write as _;

/// The whole text.
pub fn text(found: &Feedback) -> String {
    let mut out = String::new();
    let joined = &found.joined;
    let _ = writeln!(out, "Feedback as of {}: {} referrals with a receipt, {} of them decided.", found.as_of, number(joined.receipts), number(joined.decided));
    for (count, what) in [
        (joined.unmarked, "receipts hold no marked reference: audit again with --key"),
        (joined.replaced, "receipts were replaced by a later one of the same reference"),
        (joined.unknown, "references in the outcomes have no receipt"),
        (joined.bad_lines, "lines could not be read"),
    ] {
        if count > 0 {
            let _ = writeln!(out, "  {} {what}.", number(count));
        }
    }
    out.push_str("Counts under five are not shown, but for the lists of referrals to act on. Rates stand with their 95% interval.\n");

    heading(&mut out, "1. Harm that was or may have been missed");
    for Missed { what, share, read } in &found.missed {
        let _ = writeln!(out, "  {what}: {}", words(*share));
        if !read.is_empty() {
            let _ = writeln!(out, "    read: {}", read.join(", "));
        }
    }

    heading(&mut out, "2. Explicit child-protection concerns without a decision after one working day");
    if found.chase.is_empty() {
        out.push_str("  none\n");
    }
    for Chase { reference, form, since, due } in &found.chase {
        let name = match (reference, form) {
            (Some(reference), _) => reference.clone(),
            (None, Some(form)) => format!("form at file {}, line {} of the audit", form.file, form.line),
            (None, None) => "a form that its receipt does not place".into(),
        };
        let _ = writeln!(out, "  {name}: sent {since}, due {due}");
    }
    if found.undated > 0 {
        let _ = writeln!(out, "  and {} without any date, which cannot be followed", number(found.undated));
    }
    let _ = writeln!(out, "  of those decided: in time {}", words(found.in_time));

    table(&mut out, "3. Decisions, by the level that the texts were read as", &found.by_guidance);
    table(&mut out, "4. Decisions, by the level that the officer chose", &found.by_choice);

    heading(&mut out, "5. What referrals that led to help had in common");
    out.push_str("  Help of any kind, with it and without it. What goes together need not be cause and effect.\n");
    contrasts(&mut out, &found.written);
    heading(&mut out, "6. Signs of need that may mislead");
    out.push_str("  Signs of levels 1 and 2: how often significant harm was looked at all the same.\n");
    contrasts(&mut out, &found.low_signs);
    out.push_str("  Signs of levels 3 and 4: how often no further action followed. The sign can be right and the decision wrong.\n");
    contrasts(&mut out, &found.high_signs);

    heading(&mut out, "7. Worth looking at");
    if found.propose.is_empty() {
        out.push_str("  nothing stands out\n");
    }
    for one in &found.propose {
        let _ = writeln!(out, "  - {one}");
    }
    out.push_str("Nothing was changed. A policy changes when its owner changes it.\n");
    out
}

fn heading(out: &mut String, title: &str) {
    let _ = writeln!(out, "\n{title}");
}

fn table(out: &mut String, title: &str, rows: &[Row]) {
    heading(out, title);
    for row in rows {
        let decisions: Vec<String> =
            Decision::ALL.iter().zip(&row.decisions).map(|(decision, shown)| format!("{} {}", decision.words(), cell(*shown))).collect();
        let _ = writeln!(out, "  {}: {} decided", row.name, cell(row.decided));
        let _ = writeln!(out, "    {}", decisions.join("; "));
        let _ = writeln!(out, "    help {}; significant harm looked at {}", words(row.help), words(row.grave));
    }
}

fn contrasts(out: &mut String, all: &[Contrast]) {
    if all.is_empty() {
        out.push_str("  too few decisions\n");
    }
    for one in all {
        let mark = if one.clear { "; a clear difference" } else { "" };
        let _ = writeln!(out, "  {}: with {}; without {}{mark}", one.name, words(one.with), words(one.without));
    }
}

fn cell(shown: Shown) -> String {
    match shown {
        Shown::Count(count) => number(count),
        Shown::Few => "fewer than 5".into(),
        _ => "withheld".into(),
    }
}

fn words(share: Share) -> String {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    match share {
        Share::TooFew => "too few to say".into(),
        Share::Few => "fewer than 5".into(),
        Share::AllButFew => "all but fewer than 5".into(),
        Share::Rate(rate) => {
            format!("{} of {}, {}% ({} to {}%)", number(rate.count), number(rate.of), percent(rate.rate), percent(rate.low), percent(rate.high))
        }
    }
}
