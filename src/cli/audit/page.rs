//! The report as one page that needs no script, and the officers' themes as another.

use super::count::{DUTIES, Group, Totals, named};
use super::officers::{ENOUGH, Officers, THEMES};
use crate::cli::few::{FEW, Shown, Withheld, bar, cell, column, part_of, parts, table, total, unless, withheld};
use crate::cli::words::{self, number};
use maud::{Markup, html};
use referral_guide::Guide;
use referral_guide::facts::Likely;
use referral_guide::policy::Facet;
use std::collections::BTreeSet;

const STYLE: &str = "@page{size:A4;margin:14mm}*{box-sizing:border-box}body{font:16px/1.45 system-ui,'Segoe UI',Arial,sans-serif;color:#111;background:#fff;max-width:72rem;margin:0 auto;padding:1rem}\
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:2rem 0 .3rem;border-bottom:2px solid #1d3f72}h3{font-size:1rem;margin:1.2rem 0 .2rem}p{margin:.3rem 0;max-width:46rem}\
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600;padding:.3rem 0}\
th,td{border-bottom:1px solid #999;padding:.25rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead th{border-bottom:2px solid #333;vertical-align:bottom;overflow-wrap:normal}\
tbody th{font-weight:400}.share,.few{color:#444}.few{font-style:italic}.bar{display:block;margin-top:.3rem}.track{fill:#fff;stroke:#777}.fill{fill:#1d3f72}summary{cursor:pointer;font-weight:600;padding:.3rem 0}\
a{color:#1d3f72}svg.chart{display:block;max-width:100%;height:auto;margin:.5rem 0}svg.chart text{font:12px system-ui,Arial,sans-serif;fill:#111}.line{fill:none;stroke-width:2}\
figure{margin:.5rem 0}.two{columns:25rem 2}.two>.scroll{break-inside:avoid}figcaption{font-weight:600}@media print{figure{break-inside:avoid}body{font-size:9pt;padding:0;max-width:none}.scroll{overflow:visible}table{page-break-inside:auto}tr,h2,h3,caption{break-inside:avoid;break-after:auto}h2,h3,caption{break-after:avoid}\
thead{display:table-header-group}.fill,.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}details::details-content{content-visibility:visible;display:block}}";

const IMPACT: [&str; 3] = ["Nothing written", "Written, not described", "Described"];
const DASH: [&str; 5] = ["Not needed", "Not started", "Declined", "Some questions open", "All answered"];
const LEVELS: [Likely; 4] = [Likely::Below, Likely::Uncertain, Likely::Meets, Likely::SignificantHarm];

fn document(title: &str, body: &Markup) -> Markup {
    crate::cli::html::document("en-GB", &format!("Referral Guide: {title}"), STYLE, body)
}

/// The report on all forms.
pub fn report(guide: &Guide, hash: &str, totals: &Totals) -> Markup {
    let all = &totals.all;
    let months = named(totals.months.iter().map(|(key, group)| (month_name(key), group.clone())).collect(), &totals.other_months, OTHER_MONTHS);
    let teams = named(totals.teams.iter().map(|(key, group)| (key.clone(), group.clone())).collect(), &totals.other_teams, "Other teams, or none given");
    let policy = &guide.policy().pack.policy;
    let body = html! {
        header {
            h1 { "Audit of referrals" }
            p { (total(all.forms)) " forms with " (total(all.children)) " children. "
                @if totals.bad > 0 { (number(totals.bad)) " lines could not be read and are not counted." } }
            p { "Policy " (policy.id) " " (policy.version) ", SHA-256 " code { (hash.chars().take(16).collect::<String>()) "…" } ", engine " (env!("CARGO_PKG_VERSION")) ". "
                "Each count reads what is written on the form, not what was done. For learning: no officer is named, and a team's numbers "
                "depend on the calls it goes to. Read a sample of forms before drawing anything from a number." }
            p { "Counts under five are shown as “fewer than 5”. “Withheld”: left out so that a small count cannot be worked out." }
        }
        nav aria-label="Contents" { p {
            a href="#all" { "All forms" } " · " a href="#read" { "Forms to read" } " · " a href="#months" { "By month" } " · " a href="#teams" { "By team" }
            " · " a href="#codes-months" { "Each month" } " · " a href="#codes-teams" { "Each team" }
        } }
        main {
            section aria-labelledby="all" {
                h2 id="all" { "All forms" }
                (trend(&months))
                (overview(guide, all))
                (questions(guide, all, "Risk questions, all forms", &BTreeSet::new()))
                (codes(all, "Findings, all forms", &BTreeSet::new()))
            }
            (to_read(totals))
            (by("months", "By month", "Month", &months))
            (by("teams", "By team", "Team", &teams))
            (each(guide, "codes-months", "Each month: questions and findings", &months))
            (each(guide, "codes-teams", "Each team: questions and findings", &teams))
        }
    };
    document("audit", &body)
}

const OTHER_MONTHS: &str = "Other months, or no date";

fn month_name(key: &str) -> String {
    referral_guide::form::Moment::new(&format!("{key}-01")).day().map_or_else(|| key.to_owned(), words::month)
}

/// A few forms of each level, where misses are looked for first.
fn to_read(totals: &Totals) -> Markup {
    html! {
        section aria-labelledby="read" {
            h2 id="read" { "Forms to read" }
            p { "Picked without regard to team or officer. Start with those that may be read as below: is there a child here whom the words do not show?" }
            ul { @for (level, sample) in LEVELS.iter().zip(&totals.read) { li {
                (words::capital(words::likely(*level))) ": "
                @if sample.names().next().is_none() { "none" }
                @for (at, place) in sample.names().enumerate() { @if at > 0 { "; " } (place) }
            } } }
        }
    }
}

/// What officers could learn, by name, with forms to read.
pub fn officers(officers: &Officers) -> Markup {
    let themes = officers.themes();
    let body = html! {
        header {
            h1 { "Themes for conversations with officers" }
            p { b { "Names officers and referrals: for their own sergeant, not to be passed on or put together with others." } }
            p { "A theme is listed where it comes up on an officer's forms clearly more often than on others' forms of the same kind, over at least "
                (ENOUGH) " forms. About one theme in forty would be listed by chance alone. There is no score and no order of officers, and none should be made. "
                "Read the forms first: the call, the hour and the family explain much. The officer sees this page and can add to it." }
        }
        main {
            @if themes.is_empty() { p { "No theme stands out over enough forms." } }
            @for (name, themes) in themes { section {
                h2 { bdi { (name) } }
                ul { @for (theme, read) in themes { li {
                    b { (THEMES[theme].0) } ". " (THEMES[theme].1) " "
                    "Read: " @for (at, form) in read.iter().enumerate() { @if at > 0 { ", " } bdi { (form) } } "."
                } } }
            } }
        }
    };
    document("themes for officers", &body)
}

fn overview(guide: &Guide, group: &Group) -> Markup {
    let labels = &guide.policy().pack.settings.local_levels;
    let local = |at: usize| match at {
        2 | 3 => labels.get(at).map(String::as_str),
        _ => None,
    };
    let level = |at: usize, likely: Likely| {
        let name = words::capital(words::likely(likely));
        local(at).map_or_else(|| name.clone(), |local| format!("{name}: {local}"))
    };
    let threshold = LEVELS.iter().enumerate().map(|(at, likely)| level(at, *likely)).collect();
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let without: Vec<Shown> = group.without.iter().map(|&count| part_of(count, group.children)).collect();
    html! { div.two {
        (bars("Impact on each child", "Of children", strings(&IMPACT), &parts(&group.impact), group.children))
        (bars("Children for whom nothing of this is written", "Of children", Facet::ALL.map(|facet| words::capital(words::facet(facet))).to_vec(), &without, group.children))
        (bars("Risk questions", "Of forms", strings(&DASH), &parts(&group.dash), group.forms))
        (bars("Level as written", "Of forms", threshold, &parts(&group.threshold), group.forms))
        (bars("The form as a whole", "Of forms", vec!["Nothing required is open".into(), "An answer speaks against the texts".into()],
            &[part_of(group.complete, group.forms), part_of(group.contradicted, group.forms)], group.forms))
        (duties(group))
    } }
}

fn duties(group: &Group) -> Markup {
    html! {
        div.scroll { table {
            caption { "Duties" }
            thead { tr { th scope="col" { "Duty" } th scope="col" { "Forms it applies to" } th scope="col" { "Something open, of these" } } }
            tbody { @for ((_, name), [of, open]) in DUTIES.iter().zip(group.duties) { tr {
                th scope="row" { (name) } td { (total(of)) } td { @let shown = part_of(open, of); (cell(shown, of)) (bar(shown, of)) }
            } } }
        } }
    }
}

fn bars(caption: &str, of_name: &str, names: Vec<String>, shown: &[Shown], of: u64) -> Markup {
    html! {
        div.scroll { table {
            caption { (caption) }
            thead { tr { th scope="col" { "What" } th scope="col" { (of_name) } } }
            tbody { @for (name, shown) in names.iter().zip(shown) { tr { th scope="row" { (name) } td { (cell(*shown, of)) (bar(*shown, of)) } } } }
        } }
    }
}

/// What changes from month to month.
fn trend(months: &[(String, Group)]) -> Markup {
    let share = |counts: &dyn Fn(&Group) -> Vec<u64>, at: usize| -> Vec<Option<f64>> {
        let rows: Vec<Vec<u64>> = months.iter().map(|(_, group)| counts(group)).collect();
        table(&rows).iter().zip(&rows).map(|(shown, row)| shown[at].share(row.iter().sum())).collect()
    };
    let names: Vec<&str> = months.iter().map(|(name, _)| name.as_str()).collect();
    let series = [
        ("Children whose impact is described", share(&|group| group.impact.to_vec(), 2)),
        ("Forms with every risk question answered, of those that need them", share(&|group| group.dash[1..].to_vec(), 3)),
    ];
    chart(&names, &series)
}

/// Shares over time, between 0 and 100%. What is left out of the tables is left out here.
fn chart(names: &[&str], series: &[(&str, Vec<Option<f64>>)]) -> Markup {
    const COLOURS: [(&str, &str); 2] = [("#1d3f72", "none"), ("#a33b00", "7 4")];
    const LEFT: f64 = 40.0;
    const TOP: f64 = 10.0;
    const WIDTH: f64 = 620.0;
    const HEIGHT: f64 = 160.0;
    let last = names.iter().filter(|name| **name != OTHER_MONTHS).count();
    if last < 2 {
        return html! {};
    }
    let x = |at: usize| LEFT + if last > 1 { at as f64 * WIDTH / (last - 1) as f64 } else { WIDTH / 2.0 };
    let y = |share: f64| TOP + HEIGHT * (1.0 - share);
    let every = last.div_ceil(6).max(1);
    let path = |points: &[Option<f64>]| {
        let (mut out, mut drawing) = (String::new(), false);
        for (at, share) in points.iter().take(last).enumerate() {
            if let Some(share) = share {
                out.push_str(&format!("{}{:.1} {:.1}", if drawing { "L" } else { "M" }, x(at), y(*share)));
            }
            drawing = share.is_some();
        }
        out
    };
    html! {
        figure {
            figcaption { "Month by month" }
            svg.chart viewBox="0 0 700 240" width="700" height="240" role="img" aria-label="Shares month by month; the tables below hold the numbers" {
                @for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
                    line x1=(LEFT) x2=(LEFT + WIDTH) y1=(y(share)) y2=(y(share)) stroke="#ccc" {}
                    text x=(LEFT - 6.0) y=(y(share) + 4.0) text-anchor="end" { (format!("{:.0}%", share * 100.0)) }
                }
                @for (at, name) in names.iter().take(last).enumerate() { @if at % every == 0 { text x=(format!("{:.1}", x(at))) y=(TOP + HEIGHT + 18.0) text-anchor="middle" { (name) } } }
                @for (row, ((name, points), (colour, dashes))) in series.iter().zip(COLOURS).enumerate() {
                    @let legend = 208.0 + 20.0 * row as f64;
                    path.line d=(path(points)) stroke=(colour) stroke-dasharray=(dashes) {}
                    @for (at, share) in points.iter().take(last).enumerate() { @if let Some(share) = share { circle cx=(format!("{:.1}", x(at))) cy=(format!("{:.1}", y(*share))) r="3.5" fill=(colour) {} } }
                    line x1=(LEFT) x2=(LEFT + 30.0) y1=(legend) y2=(legend) stroke=(colour) stroke-width="2" stroke-dasharray=(dashes) {}
                    text x=(LEFT + 36.0) y=(legend + 4.0) { (name) }
                }
            }
        }
    }
}

/// Groups side by side.
fn by(id: &str, title: &str, head: &str, groups: &[(String, Group)]) -> Markup {
    let count = |what: &dyn Fn(&Group) -> (u64, u64)| column(&groups.iter().map(|(_, group)| what(group)).collect::<Vec<_>>());
    let matrix = |caption: &str, of_name: &str, of: &dyn Fn(&Group) -> u64, columns: Vec<(String, Vec<Shown>)>, bar_at: Option<usize>| {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(format!("{title}: {caption}")) { table {
                caption { (caption) }
                thead { tr { th scope="col" { (head) } th scope="col" { (of_name) } @for (name, _) in &columns { th scope="col" { (name) } } } }
                tbody { @for (row, (name, group)) in groups.iter().enumerate() { tr {
                    th scope="row" { (name) }
                    td { (total(of(group))) }
                    @for (at, (_, cells)) in columns.iter().enumerate() {
                        td { (cell(cells[row], of(group))) @if bar_at == Some(at) { (bar(cells[row], of(group))) } }
                    }
                } } }
            } }
        }
    };
    let partition = |counts: &dyn Fn(&Group) -> Vec<u64>, names: Vec<String>| -> Vec<(String, Vec<Shown>)> {
        let rows: Vec<Vec<u64>> = groups.iter().map(|(_, group)| counts(group)).collect();
        let shown = table(&rows);
        names.into_iter().enumerate().map(|(at, name)| (name, shown.iter().map(|row| row[at]).collect())).collect()
    };
    let strings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let impact = partition(&|group| group.impact.to_vec(), strings(&IMPACT));
    let dash = partition(&|group| group.dash[1..].to_vec(), strings(&DASH[1..]));
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if groups.is_empty() { p { "No forms." } } @else {
                (matrix("Impact on each child", "Children", &|group| group.children, impact.clone(), Some(2)))
                (matrix("Children for whom nothing of this is written", "Children", &|group| group.children,
                    Facet::ALL.iter().enumerate().map(|(at, facet)| (words::capital(words::facet(*facet)), count(&|group| (group.without[at], group.children)))).collect(), None))
                (matrix("Risk questions, of forms that need them", "Forms that need them", &Group::dash_needed, dash.clone(), Some(3)))
                (matrix("Duties: forms with something open", "Forms", &|group| group.forms,
                    DUTIES.iter().enumerate().map(|(at, (_, name))| ((*name).to_owned(), count(&|group| (group.duties[at][1], group.duties[at][0])))).collect(), None))
                (matrix("Contradictions and completeness", "Forms", &|group| group.forms, vec![
                    ("An answer speaks against the texts".into(), count(&|group| (group.contradicted, group.forms))),
                    ("Nothing required is open".into(), count(&|group| (group.complete, group.forms)))], None))
                (matrix("Level as written", "Forms", &|group| group.forms, partition(&|group| group.threshold.to_vec(), LEVELS.iter().map(|level| words::capital(words::likely(*level))).collect()), None))
            }
        }
    }
}

/// Each group by itself.
fn each(guide: &Guide, id: &str, title: &str, groups: &[(String, Group)]) -> Markup {
    let questions_of: Vec<_> = groups.iter().map(|(_, group)| (group.dash_needed(), &group.questions)).collect();
    let codes_of: Vec<_> = groups.iter().map(|(_, group)| (group.forms, &group.codes)).collect();
    let (withheld_questions, withheld_codes) = (withheld(&questions_of), withheld(&codes_of));
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @for (at, (name, group)) in groups.iter().enumerate() { details {
                summary { (name) }
                (questions(guide, group, &format!("Risk questions, {name}"), &withheld_questions[at]))
                (codes(group, &format!("Findings, {name}"), &withheld_codes[at]))
            } }
        }
    }
}

fn questions(guide: &Guide, group: &Group, caption: &str, withheld: &Withheld) -> Markup {
    let of = group.dash_needed();
    let set = guide.policy().questions();
    let label = |key: &str| set.and_then(|set| set.questions.get(key)).map_or("", |question| question.label.as_str());
    let mut rows: Vec<(&String, &[u64; 2])> = group.questions.iter().collect();
    rows.sort_by_key(|(key, _)| key.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or(u32::MAX));
    html! {
        div.scroll { table {
            caption { (caption) ": of " (total(of)) " forms that need them" }
            thead { tr { th scope="col" { "Question" } th scope="col" { "About" } th scope="col" { "Open on forms that were begun" } th scope="col" { "Answered no, and the form says otherwise" } } }
            tbody {
                @if rows.is_empty() { tr { td colspan="4" { "None open, none contradicted." } } }
                @for (key, [open, contradicted]) in rows { tr {
                    th scope="row" { (key) } td { (label(key)) }
                    @let contradicted = unless(withheld, key, 1, part_of(*contradicted, of));
                    td { (cell(unless(withheld, key, 0, part_of(*open, of)), of)) } td { (cell(contradicted, of)) (bar(contradicted, of)) }
                } }
            }
        } }
    }
}

fn codes(group: &Group, caption: &str, withheld: &Withheld) -> Markup {
    let mut rows: Vec<(&String, &[u64; 3])> = group.codes.iter().collect();
    rows.sort_by(|a, b| b.1[0].cmp(&a.1[0]).then(a.0.cmp(b.0)));
    html! {
        div.scroll { table {
            caption { (caption) ": of " (total(group.forms)) " forms" }
            thead { tr { th scope="col" { "Finding" } th scope="col" { "Forms with it" } th scope="col" { "Times open" } th scope="col" { "Times answered with a reason" } } }
            tbody {
                @if rows.is_empty() { tr { td colspan="4" { "None." } } }
                @for (code, [forms, open, answered]) in rows { tr {
                    th scope="row" { (code) }
                    @let forms = unless(withheld, code, 0, part_of(*forms, group.forms));
                    td { (cell(forms, group.forms)) (bar(forms, group.forms)) }
                    @for (at, count) in [(1, *open), (2, *answered)] { td { (cell(unless(withheld, code, at, if count < FEW { Shown::Few } else { Shown::Count(count) }), 0)) } }
                } }
            }
        } }
    }
}
