//! `referral-guide policy docs`: the whole pack as one page, for the safeguarding partnership to read and sign.

use super::{diff, lint, words};
use crate::cli::html::document;
use crate::cli::pack::{self, Loaded};
use maud::{Markup, html};
use referral_guide::policy::source::{Indicator, Settings, Source};
use referral_guide::policy::{Pack, Policy, When};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Makes the whole pack one page to read, print and sign
#[derive(clap::Args)]
#[command(after_help = "Example:
  referral-guide policy docs policies/herefordshire -o herefordshire.html --as-of 2027-01-15")]
pub struct Arguments {
    /// Folder of the pack
    dir: PathBuf,
    /// Where to write. Default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Marks what was to be read again by this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let loaded = pack::load(&arguments.dir)?;
    let policy = loaded.compile()?;
    let overdue = arguments.as_of.as_deref().map(|day| lint::overdue(&loaded.pack, day)).transpose()?.unwrap_or_default();
    let page = Page { loaded: &loaded, policy: &policy, pack: &loaded.pack, overdue: overdue.into_iter().map(|problem| problem.place).collect() };
    let text = page.whole().into_string() + "\n";
    match &arguments.output {
        None => std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| error.to_string())?,
        Some(path) => std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?,
    }
    Ok(ExitCode::SUCCESS)
}

struct Page<'a> {
    loaded: &'a Loaded,
    policy: &'a Policy,
    pack: &'a Pack,
    overdue: BTreeSet<String>,
}

/// Parts of the page: anchor and title.
const PARTS: &[(&str, &str)] = &[
    ("adds", "What this pack adds"),
    ("levels", "Levels of need"),
    ("signs", "Signs of need"),
    ("settings", "Numbers and lists"),
    ("messages", "What officers are told"),
    ("concepts", "What is looked for"),
    ("impact", "What describes the impact on a child"),
    ("empty", "What does not"),
    ("questions", "Risk questions"),
    ("sources", "Sources"),
    ("sign-off", "Sign-off"),
];

impl Page<'_> {
    fn whole(&self) -> Markup {
        let meta = &self.pack.policy;
        let name = if meta.name.is_empty() { &meta.id } else { &meta.name };
        let body = html! {
            header {
                h1 { (name) }
                p { "Policy pack " code { (meta.id) } ", version " (meta.version)
                    @if let Some(base) = &meta.extends { ", over " (base) } "." }
                p { "Owner: " (if meta.owner.is_empty() { "not named" } else { &meta.owner }) ". "
                    @match &meta.review_by { Some(day) => { "To be read again by " (day) (self.late("policy.review-by")) "." } None => { "No day is set to read it again." } } }
                p.note { "Referral Guide shows prompts to the officer who writes a referral. It decides nothing and stops nothing. This page holds everything that it goes by." }
            }
            nav aria-label="Contents" { ul { @for (id, title) in PARTS { @if *id != "adds" || self.loaded.base.is_some() { li { a href={ "#" (id) } { (title) } } } } } }
            main {
                @for (id, title) in PARTS {
                    @if let Some(part) = self.part(id) { section aria-labelledby=(id) { h2 id=(id) { (title) } (part) } }
                }
            }
        };
        document(if meta.language.is_empty() { "en-GB" } else { &meta.language }, &format!("{name} {}", meta.version), STYLE, &body)
    }

    fn part(&self, id: &str) -> Option<Markup> {
        Some(match id {
            "adds" => self.adds(self.loaded.base.as_deref()?),
            "levels" => self.levels(),
            "signs" => self.signs(),
            "settings" => self.settings(),
            "messages" => self.messages(),
            "concepts" => self.concepts(),
            "impact" => self.impact(),
            "empty" => self.empty(),
            "questions" => self.questions(),
            "sources" => self.sources(),
            _ => sign_off(&self.pack.policy.version),
        })
    }

    fn adds(&self, base: &Loaded) -> Markup {
        let value = |pack: &Pack| serde_json::to_value(pack::compact(pack)).unwrap_or_default();
        let changes = diff::changes(&value(&base.pack), &value(self.pack));
        let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for change in changes.iter().filter(|change| change.part() != "policy") {
            parts.entry(change.part()).or_default().push(change.to_string());
        }
        html! {
            p { "Everything that differs from " (base.pack.policy.id) " " (base.pack.policy.version) ". A local pack can add and tighten; every red flag of the pack below was checked and stands." }
            @for (part, changes) in &parts { h3 { (capital(part)) } ul.changes { @for change in changes { li { (change) } } } }
        }
    }

    fn levels(&self) -> Markup {
        let settings = &self.pack.settings;
        let count = |level: u8| self.pack.indicators.values().filter(|indicator| indicator.level == level).count();
        html! {
            p { "The guide works with four canonical levels. Areas number theirs differently; the second column is what officers read here." }
            table {
                thead { tr { th scope="col" { "Level" } th scope="col" { "Called here" } th scope="col" { "Route" } th scope="col" { "Signs" } } }
                tbody { @for (at, meaning) in MEANINGS.iter().enumerate() { tr {
                    th scope="row" { (at + 1) " " (meaning) }
                    td { (settings.local_levels.get(at).map_or("", String::as_str)) }
                    td { (settings.routes.get(at).map_or(ROUTES[at], String::as_str)) }
                    td { (count(at as u8 + 1)) }
                } } }
            }
        }
    }

    fn signs(&self) -> Markup {
        html! {
            @for level in (1..=4u8).rev() {
                h3 { "Level " (level) ": " (MEANINGS[usize::from(level) - 1]) }
                @for (area, signs) in self.by_area(level) {
                    h4 { (area) }
                    @for (key, sign) in signs { (self.sign(key, sign)) }
                }
            }
        }
    }

    /// Signs of a level by the file that holds them, which is the area of the threshold document.
    fn by_area(&self, level: u8) -> BTreeMap<String, Vec<(&String, &Indicator)>> {
        let mut out: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (key, sign) in self.pack.indicators.iter().filter(|(_, sign)| sign.level == level) {
            let file = self.loaded.file(&format!("indicators.{key}")).and_then(Path::file_stem).map(|stem| stem.to_string_lossy().replace('-', " "));
            let area = if sign.category.is_empty() { file.unwrap_or_else(|| "Signs".into()) } else { sign.category.clone() };
            out.entry(capital(&area)).or_default().push((key, sign));
        }
        // Red flags first.
        out.values_mut().for_each(|signs| signs.sort_by_key(|(_, sign)| std::cmp::Reverse(sign.weight)));
        out
    }

    fn sign(&self, key: &str, sign: &Indicator) -> Markup {
        let rule = self.policy.indicators.iter().find(|compiled| compiled.id == *key).map(|compiled| words::rule(self.pack, &compiled.when));
        let because = self.policy.indicators.iter().find(|compiled| compiled.id == *key).map(|compiled| concepts_of(&compiled.when)).unwrap_or_default();
        html! {
            article.sign {
                h5 { (sign.name) " " code { (key) } }
                p { strong { "Level " (sign.level) " because: " } (rule.unwrap_or_default()) "." }
                p { (words::weight(sign.weight)) ". Rests on: " (self.cite(&sign.source)) "."
                    @if let Some(day) = &sign.review_by { " To be read again by " (day) (self.late(&format!("indicators.{key}.review-by"))) "." } }
                @if let Some(note) = &sign.note { p.note { (note) } }
                @if !because.is_empty() { p.see { "Words that show it: " @for (at, concept) in because.iter().enumerate() { @if at > 0 { ", " } a href={ "#concept-" (concept) } { (concept) } } "." } }
            }
        }
    }

    fn settings(&self) -> Markup {
        let settings: &Settings = &self.pack.settings;
        let value = serde_json::to_value(settings).unwrap_or_default();
        let rows = value.as_object().into_iter().flatten().filter(|(name, _)| !matches!(name.as_str(), "sources" | "local-levels" | "routes"));
        html! { table {
            thead { tr { th scope="col" { "Setting" } th scope="col" { "Value" } th scope="col" { "Rests on" } } }
            tbody { @for (name, value) in rows { tr {
                th scope="row" { (name.replace('-', " ")) }
                td { @match value.as_array() { Some(items) => { (items.iter().map(|item| item.as_str().unwrap_or_default()).collect::<Vec<_>>().join(" · ")) } None => { (value.as_str().map_or_else(|| value.to_string(), str::to_owned)) } } }
                td { @match settings.sources.get(name) { Some(key) => (self.cite(key)), None => { "the pack's own choice" } } }
            } } }
        } }
    }

    fn messages(&self) -> Markup {
        html! { @for (code, wording) in &self.pack.findings {
            article.sign {
                h4 { code { (code) } " (" (wording.severity) ")" }
                p { (wording.message) }
                @for (name, text) in &wording.variants { p { em { (name) ": " } (text) } }
                p.note { "Why: " (wording.why) " Rests on: " (self.cite(&wording.source)) "." }
                @for (tag, locale) in &self.pack.locales { @if let Some(local) = locale.findings.get(code) {
                    div lang=(tag) { p { strong { (tag) ": " } (local.message) }
                        @for (name, text) in &local.variants { p { em { (name) ": " } (text) } }
                        p.note { (local.why) } }
                } }
            }
        } }
    }

    fn concepts(&self) -> Markup {
        html! {
            p { "A phrase counts where it is stated of the right person: not where it is denied, doubted, feared or long past. "
                code { "word*" } " is a word that begins so, " code { "(a|b)" } " either, " code { "(a)?" } " this or nothing, " code { "{class}" } " any word of a list, " code { "..." } " a short gap." }
            @for (key, concept) in &self.pack.concepts {
                article.sign id={ "concept-" (key) } {
                    h4 { (concept.name) " " code { (key) } }
                    p { "Said of " (words::about(concept.about)) "." @if let Some(source) = &concept.source { " Rests on: " (self.cite(source)) "." } }
                    (phrases(&concept.phrases, &concept.except, &concept.matches, &concept.ignore))
                }
            }
        }
    }

    fn impact(&self) -> Markup {
        html! { @for (facet, families) in &self.pack.facets {
            h3 { (capital(facet)) }
            @for (key, family) in families { article.sign {
                h4 { (capital(&key.replace('_', " "))) }
                p { (family.why) @if let Some(source) = &family.source { " Rests on: " (self.cite(source)) "." } }
                (phrases(&family.phrases, &family.except, &family.matches, &family.ignore))
            } }
        } }
    }

    fn empty(&self) -> Markup {
        html! { @for (key, family) in &self.pack.empty { article.sign {
            h4 { (capital(&key.replace(['_', '-'], " "))) " (" (family.kind) ")" }
            p { (family.why) " " em { (family.ask) } }
            (phrases(&family.phrases, &family.except, &family.matches, &family.ignore))
        } } }
    }

    fn questions(&self) -> Markup {
        html! { @if let Some(set) = self.policy.questions() {
            p { (set.meta.name) ". The labels are the project's own words." }
            table {
                thead { tr { th scope="col" { "Question" } th scope="col" { "Label" } th scope="col" { "Weight" } th scope="col" { "A yes is shown by" } } }
                tbody { @for compiled in self.policy.sets.get(&self.policy.question_set).into_iter().flatten() { @if let Some(question) = set.questions.get(&compiled.key) { tr {
                    th scope="row" { (compiled.key.trim_start_matches('q')) }
                    td { (question.label) }
                    td { (question.marker) }
                    td { @for (at, key) in question.shown_by.iter().chain(&question.shown_by_child).enumerate() { @if at > 0 { ", " } a href={ "#concept-" (key) } { (key) } } }
                } } } }
            }
        } }
    }

    fn sources(&self) -> Markup {
        html! {
            p { "Seen: read, at least the part cited. Summary: a heading, abstract or extract only. General knowledge: not read for this pack, and to be checked before it is relied on." }
            table {
                thead { tr { th scope="col" { "Document" } th scope="col" { "Publisher, year" } th scope="col" { "How far it was read" } th scope="col" { "Read again by" } } }
                tbody { @for (key, source) in &self.pack.sources { tr {
                    th scope="row" { (source.title) @if let Some(note) = &source.note { p.note { (note) } } }
                    td { (published(source)) }
                    td { (source.status.as_deref().unwrap_or("not said").replace('-', " ")) }
                    td { @match &source.review_by { Some(day) => { (day) (self.late(&format!("sources.{key}.review-by"))) } None => { (self.pack.policy.review_by.as_deref().unwrap_or("no day set")) } } }
                } } }
            }
        }
    }

    fn cite(&self, key: &str) -> String {
        if key.is_empty() { "no document is named".into() } else { self.policy.cite(key) }
    }

    fn late(&self, place: &str) -> Markup {
        html! { @if self.overdue.contains(place) { " " strong { "(overdue)" } } }
    }
}

const MEANINGS: [&str; 4] = ["universal", "early help", "child in need", "significant harm"];
const ROUTES: [&str; 4] = ["universal", "early-help", "section-17", "section-47"];

fn concepts_of(when: &When) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    when.concepts(&mut |name| {
        out.insert(name);
    });
    out
}

fn published(source: &Source) -> String {
    let year = source.year.to_string();
    [source.publisher.as_str(), year.as_str()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn phrases(phrases: &[String], except: &[String], matches: &[String], ignore: &[String]) -> Markup {
    html! {
        @if !phrases.is_empty() { details open { summary { (phrases.len()) " phrases" } ul.phrases { @for phrase in phrases { li { code { (phrase) } } } } } }
        @if !except.is_empty() { p.head { "But not:" } ul.phrases { @for phrase in except { li { code { (phrase) } } } } }
        @for (head, list) in [("Found in", matches), ("Not found in", ignore)] { @if !list.is_empty() { p.head { (head) ":" } ul.examples { @for text in list { li { "\u{201c}" (text) "\u{201d}" } } } } }
    }
}

fn sign_off(version: &str) -> Markup {
    html! {
        p { "By signing, each partner says that this version (" (version) ") may be used to prompt officers in its area, and that the sources marked \u{201c}general knowledge\u{201d} were checked." }
        table.sign-off {
            thead { tr { th scope="col" { "For" } th scope="col" { "Name and role" } th scope="col" { "Date" } th scope="col" { "Signature" } } }
            tbody { @for partner in ["Police", "Children's social care", "Health", "Safeguarding partnership", "Data protection and equality review"] { tr { th scope="row" { (partner) } td {} td {} td {} } } }
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

const STYLE: &str = "@page{size:A4;margin:14mm 13mm}*{box-sizing:border-box}body{font:16px/1.5 system-ui,'Segoe UI',Arial,sans-serif;color:#111;background:#fff;max-width:60rem;margin:0 auto;padding:1rem}\
h1{font-size:1.8rem;margin:0}h2{font-size:1.35rem;margin:2rem 0 .4rem;border-bottom:2px solid #333}h3{font-size:1.15rem;margin:1.4rem 0 .3rem}h4{font-size:1.02rem;margin:1rem 0 .2rem}h5{font-size:1rem;margin:0}p{margin:.2rem 0}\
code{font:0.9em ui-monospace,Consolas,monospace;overflow-wrap:anywhere}h4 code,h5 code{font-weight:400;color:#444}.note,.see{color:#333;font-size:.93em}.head{font-weight:600;font-size:.93em}\
nav ul{columns:2;padding-left:1.2rem}table{border-collapse:collapse;width:100%;margin:.4rem 0}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}thead th{background:#eee}\
.sign{border-left:4px solid #767676;padding:.1rem 0 .1rem .8rem;margin:.6rem 0}.phrases{margin:.2rem 0;padding-left:1.2rem;font-size:.9em}.examples{margin:.1rem 0;padding-left:1.2rem}.changes{padding-left:1.2rem;white-space:pre-wrap;overflow-wrap:anywhere}\
summary{font-weight:600;font-size:.93em}.sign-off td{height:3rem}a{color:#0b4a8f}a:focus-visible,summary:focus-visible{outline:3px solid #0b4a8f;outline-offset:2px}\
@media print{body{font-size:9pt;line-height:1.3;padding:0;max-width:none}h1{font-size:15pt}h2{font-size:12pt;break-after:avoid}h3,h4,h5{break-after:avoid}.sign,tr{break-inside:avoid}thead{display:table-header-group}a{color:inherit;text-decoration:none}nav{display:none}.sign-off{break-inside:avoid}}";
