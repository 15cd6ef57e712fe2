//! `referral-guide print`: one page of a referral or of a strategy discussion, to print or to keep; or the same as JSON.

use super::html::document;
use super::{PolicyArguments, whole, words};
use maud::{Markup, html};
use referral_guide::facts::{ImpactStatus, Likely};
use referral_guide::form::{self, Agency, Child, FormType, Moment, Referral, StrategyDiscussion, StrategyOutcome};
use referral_guide::report::{Finding, Severity};
use referral_guide::{Guide, Report};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Makes a printable page of a referral or a strategy discussion
#[derive(clap::Args)]
#[command(after_help = "Examples:
  referral-guide print referral.json -o referral.html
  referral-guide print --json referral.json -o referral-export.json

Exit codes: 0 written, 2 bad input.")]
pub struct Arguments {
    /// The form as JSON; - reads standard input
    form: PathBuf,
    /// Where to write. Default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The form and its report as JSON, instead of a page
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    policy: PolicyArguments,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let guide = arguments.policy.guide()?;
    let (form, problems) = form::decode(&super::read(&arguments.form)?);
    if let Some(problem) = problems.iter().find(|problem| problem.path.is_empty()) {
        return Err(format!("{}: the form {}", arguments.form.display(), problem.message));
    }
    let report = guide.check(&form, problems);
    let out = if arguments.json {
        serde_json::to_string_pretty(&json!({ "form": form, "report": report })).map_err(|error| error.to_string())? + "\n"
    } else {
        page(&guide, &form, &report).into_string() + "\n"
    };
    match &arguments.output {
        None => std::io::stdout().lock().write_all(out.as_bytes()).map_err(|error| error.to_string())?,
        Some(path) => {
            if same(path, &arguments.form) {
                return Err(format!("{}: is the form itself; choose another name for the output", path.display()));
            }
            whole::write(path, out.as_bytes()).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

const STYLE: &str = "@page{size:A4;margin:11mm 12mm}*{box-sizing:border-box}body{font:15px/1.4 system-ui,'Segoe UI',Arial,sans-serif;color:#111;background:#fff;max-width:52rem;margin:0 auto;padding:1rem}\
h1{font-size:1.4rem;margin:0}h2{font-size:1.02rem;margin:.9rem 0 .2rem;border-bottom:1.5px solid #333}h3{font-size:1rem;margin:.5rem 0 .1rem}p{margin:.15rem 0}\
.typed{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}.none{font-style:italic;color:#444}dl{display:grid;grid-template-columns:minmax(7rem,13rem) 1fr;gap:.1rem .8rem;margin:.2rem 0}\
dt{font-weight:600}dd{margin:0}table{border-collapse:collapse;width:100%;margin:.2rem 0}th,td{border:1px solid #777;padding:.2rem .4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
ul{margin:.2rem 0;padding-left:1.2rem}li{margin:.1rem 0}.child{border-left:3px solid #777;padding-left:.6rem;margin:.3rem 0}footer{margin-top:.8rem;border-top:1px solid #777;font-size:.85em;color:#333}\
@media print{body{font-size:9pt;line-height:1.28;padding:0;max-width:none}h1{font-size:13pt}h2{font-size:10pt;margin-top:5pt;break-after:avoid}h3{font-size:9.5pt;break-after:avoid}tr,.child,li{break-inside:avoid}}";

fn page(guide: &Guide, form: &Referral, report: &Report) -> Markup {
    let discussion = form.kind() == FormType::StrategyDiscussion;
    let title = match form.kind() {
        FormType::DomesticAbuse => "Referral: domestic abuse",
        FormType::ChildConcern => "Referral: concern for a child",
        FormType::MissingChild => "Referral: missing child",
        FormType::ChildInCustody => "Referral: child in custody",
        FormType::StrategyDiscussion => "Record of a strategy discussion",
    };
    let empty = StrategyDiscussion::default();
    let held = form.strategy_discussion.as_ref().or(discussion.then_some(&empty));
    let body = html! {
        header {
            h1 { (title) }
            dl {
                (line("Reference", form.reference.as_deref()))
                (row("Written", form.created_at.as_ref().and_then(when)))
                (row("Happened", form.incident.occurred_at.as_ref().and_then(when)))
                (line("Officer", form.officer.id.as_deref()))
                (line("Team", form.officer.team.as_deref()))
            }
        }
        main {
            @if discussion { @if let Some(held) = held { (strategy(held)) } }
            @if let Some(text) = text(form.incident.narrative.as_deref()) { h2 { @if discussion { "Why it was held" } @else { "What happened" } } (typed(&text)) }
            (children(form, report))
            @if !form.adults.is_empty() {
                h2 { "Adults" }
                ul { @for adult in &form.adults { li {
                    (inline(text(adult.name.as_deref()).as_deref().unwrap_or("Name not given")))
                    @if let Some(role) = adult.role { ", " (role.name()) }
                    @if let Some(relationship) = text(adult.relationship.as_deref()) { ", " (inline(&relationship)) }
                } } }
            }
            (dash(guide, form, report))
            (missing(form))
            (custody(form))
            @if !discussion { @if let Some(held) = held { (strategy(held)) } }
            (level(form, report))
            @if !form.records.is_empty() {
                h2 { "Records" }
                ul { @for record in &form.records { li {
                    (record.system.map_or("system not given", |system| system.name()))
                    @if let Some(reference) = text(record.reference.as_deref()) { ": " (inline(&reference)) }
                    @if let Some(text) = text(record.text.as_deref()) { (typed(&text)) }
                } } }
            }
            (checked(form, report))
        }
        footer {
            p { "Read by Referral Guide " (env!("CARGO_PKG_VERSION")) " with policy " (report.policy.id) " " (report.policy.version)
                ". It reads what is written and decides nothing: a person's judgement does. Nothing noticed does not mean safe." }
        }
    };
    document("en-GB", title, STYLE, &body)
}

// ---- parts

fn strategy(held: &StrategyDiscussion) -> Markup {
    let outcome = held.outcome.map(|outcome| match outcome {
        StrategyOutcome::NoEnquiry => "No enquiry",
        StrategyOutcome::SingleAgencyEnquiry => "Section 47 enquiry by one agency",
        StrategyOutcome::JointEnquiry => "Joint section 47 enquiry",
    });
    html! {
        h2 { "Strategy discussion" }
        dl {
            dt { "Held" } dd { (held.held_at.as_ref().and_then(when).map_or_else(|| none("date not recorded"), |at| inline(&at))) }
            dt { "Outcome" } dd { (outcome.map_or_else(|| none("not recorded"), |outcome| html! { (outcome) })) }
        }
        h3 { "Who took part" }
        @if held.attendees.is_empty() { p { (none("nobody recorded")) } } @else {
            ul { @for attendee in &held.attendees { li {
                (attendee.agency.map_or("Agency not recorded", agency))
                ": " (text(attendee.name.as_deref()).map_or_else(|| none("name not recorded"), |name| inline(&name)))
            } } }
        }
        h3 { "Information shared" }
        (text(held.information_shared.as_deref()).map_or_else(|| html! { p { (none("not recorded")) } }, |text| typed(&text)))
        h3 { "Decisions" }
        @if held.decisions.is_empty() { p { (none("none recorded")) } } @else {
            table {
                thead { tr { th scope="col" { "Decision" } th scope="col" { "Reason" } } }
                tbody { @for decision in &held.decisions { tr { (cell(decision.decision.as_deref())) (cell(decision.reason.as_deref())) } } }
            }
        }
        h3 { "Actions" }
        @if held.actions.is_empty() { p { (none("none recorded")) } } @else {
            table {
                thead { tr { th scope="col" { "Action" } th scope="col" { "Owner" } th scope="col" { "By" } } }
                tbody { @for action in &held.actions { tr {
                    (cell(action.action.as_deref())) (cell(action.owner.as_deref())) (cell(action.due.as_ref().and_then(when).as_deref()))
                } } }
            }
        }
    }
}

fn agency(agency: Agency) -> &'static str {
    match agency {
        Agency::Police => "Police",
        Agency::ChildrenSocialCare => "Children's social care",
        Agency::Health => "Health",
        Agency::Education => "Education",
        Agency::Other => "Another agency",
    }
}

fn children(form: &Referral, report: &Report) -> Markup {
    html! {
        h2 { "Children" }
        @if form.children.is_empty() { p { (none("none listed")) } }
        @for (at, child) in form.children.iter().enumerate() {
            div.child {
                h3 { (inline(text(child.name.as_deref()).as_deref().unwrap_or("Name not given"))) @for fact in about(child, form) { ", " (inline(&fact)) } }
                p { b { "Impact: " } (text(child.impact.as_deref()).map_or_else(|| none("nothing written"), |text| inline_typed(&text))) }
                p { b { "Voice: " } (text(child.voice.as_deref()).map_or_else(|| none("nothing written"), |text| inline_typed(&text))) }
                @if let Some(read) = report.children.get(at) {
                    p { b { "As written: " } (match read.impact.status {
                        ImpactStatus::Missing => "the impact is not described",
                        ImpactStatus::Inadequate => "there is text, but it does not describe the impact on this child",
                        ImpactStatus::Described => "the impact is described",
                    })
                    @let shown: Vec<&str> = read.impact.facets.iter().filter(|(_, places)| !places.is_empty()).map(|(facet, _)| words::facet(*facet)).collect();
                    @if !shown.is_empty() { " (" (shown.join("; ")) ")" } }
                }
            }
        }
    }
}

fn about(child: &Child, form: &Referral) -> Vec<String> {
    let mut out = Vec::new();
    let now = form.now();
    if child.is_unborn(now) {
        out.push("unborn".into());
    } else if let Some(age) = child.age(now) {
        out.push(match age {
            age if age < 2.0 && child.date_of_birth.is_some() => format!("{} months", (age * 12.0).floor()),
            age => format!("{}", age.floor()),
        });
    }
    out.extend(child.date_of_birth.as_ref().and_then(when).map(|day| if child.is_unborn(now) { format!("due {day}") } else { format!("born {day}") }));
    let known: Vec<String> = child.also_known_as.iter().filter_map(|name| text(Some(&name.text))).collect();
    if !known.is_empty() {
        out.push(format!("also known as {}", known.join(", ")));
    }
    out.extend(text(child.relationship.as_deref()));
    out.extend(child.presence.map(|presence| {
        match presence {
            form::Presence::InRoom => "in the room",
            form::Presence::InHome => "in the home",
            form::Presence::Elsewhere => "elsewhere",
            form::Presence::Unknown => "where the child was is not known",
        }
        .to_owned()
    }));
    let said = |value: Option<bool>, yes: &str, no: &str| value.map(|value| if value { yes.to_owned() } else { no.to_owned() });
    out.extend(said(child.seen, "seen", "not seen"));
    out.extend(said(child.spoken_to, "spoken to", "not spoken to"));
    out.extend(said(child.disabled, "disabled", "").filter(|text| !text.is_empty()));
    out.extend(said(child.mobile, "", "not mobile").filter(|text| !text.is_empty()));
    out.extend(child.plan.map(|plan| {
        match plan {
            form::Plan::None => "no plan",
            form::Plan::EarlyHelp => "early help plan",
            form::Plan::ChildInNeed => "child in need plan",
            form::Plan::ChildProtection => "child protection plan",
            form::Plan::LookedAfter => "looked after",
            form::Plan::Unknown => "plan not known",
        }
        .to_owned()
    }));
    if let Some(school) = &child.school {
        out.extend(text(school.name.as_deref()).map(|name| format!("school: {name}")));
        out.extend(said(school.informed, "school told", "school not told"));
    }
    out
}

fn dash(guide: &Guide, form: &Referral, report: &Report) -> Markup {
    let Some(dash) = &form.dash else { return html! {} };
    let set = guide.policy().questions_of(form);
    let label = |key: &str| set.and_then(|set| set.questions.get(key)).map_or_else(|| clean(key), |question| question.label.clone());
    let number = |key: &str| key.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or(u32::MAX);
    let mut yes: Vec<_> =
        dash.answers.iter().filter(|(_, answer)| answer.answer == Some(form::AnswerValue::Yes) || text(answer.detail.as_deref()).is_some()).collect();
    yes.sort_by_key(|(key, _)| number(key));
    html! {
        h2 { "Risk questions" }
        dl {
            (row("How far", dash.status.map(|status| status.name().replace('-', " "))))
            dt { "Answered" } dd { (report.dash.answered) " of " (report.dash.of) "; yes to " (report.dash.yes) }
            (row("Officer's grade", dash.grade.map(|grade| grade.name().to_owned())))
            (line("Why", dash.rationale.as_deref()))
            (line("Observed", dash.observations.as_deref()))
        }
        @if !yes.is_empty() {
            ul { @for (key, answer) in yes { li {
                (inline(&clean(key))) " " (label(key)) ": " (answer.answer.map_or("no answer", |answer| answer.name()))
                @if let Some(detail) = text(answer.detail.as_deref()) { ", " (inline_typed(&detail)) }
            } } }
        }
    }
}

fn missing(form: &Referral) -> Markup {
    let Some(missing) = &form.missing else { return html! {} };
    html! {
        h2 { "Missing episodes" }
        dl {
            (row("In all", missing.total_episodes.map(|total| total.to_string())))
            (line("Further action", missing.further_action.as_deref()))
        }
        @if !missing.episodes.is_empty() {
            table {
                thead { tr { th scope="col" { "From" } th scope="col" { "Returned" } th scope="col" { "Return interview" } } }
                tbody { @for episode in &missing.episodes { tr {
                    (cell(episode.from.as_ref().and_then(when).as_deref())) (cell(episode.to.as_ref().and_then(when).as_deref()))
                    (cell(episode.return_interview.map(|interview| interview.name().replace('-', " ")).as_deref()))
                } } }
            }
        }
    }
}

fn custody(form: &Referral) -> Markup {
    let Some(custody) = &form.custody else { return html! {} };
    let moment = |moment: &Option<Moment>| moment.as_ref().and_then(when);
    html! {
        h2 { "Custody" }
        dl {
            (row("Arrested", moment(&custody.arrested_at)))
            (row("Charged", moment(&custody.charged_at)))
            (row("Bail", custody.bail.map(|bail| bail.name().to_owned())))
            (row("Released", moment(&custody.released_at)))
            @if let Some(adult) = &custody.appropriate_adult {
                (row("Appropriate adult asked", moment(&adult.requested_at)))
                (row("Appropriate adult came", moment(&adult.arrived_at)))
            }
            @if let Some(accommodation) = &custody.accommodation {
                (row("Accommodation asked for", moment(&accommodation.requested_at)))
                (row("Kind", accommodation.kind.map(|kind| kind.name().to_owned())))
                (row("What came of it", accommodation.outcome.map(|outcome| outcome.name().replace('-', " "))))
                (line("Why", accommodation.reason.as_deref()))
            }
            (row("Certificate, PACE s.38(7)", custody.certificate.map(yes_no)))
        }
    }
}

fn level(form: &Referral, report: &Report) -> Markup {
    let read = match report.threshold.likely {
        Likely::Below => "may be below the level at which children's social care acts: check",
        Likely::Uncertain => "the text does not carry a level",
        Likely::Meets => "may be a child in need (section 17)",
        Likely::SignificantHarm => "may be significant harm (section 47)",
    };
    let referral = form.referral.clone().unwrap_or_default();
    html! {
        h2 { "Level of concern" }
        dl {
            dt { "Officer's choice" } dd { (referral.concern.map_or_else(|| none("not chosen"), |chosen| html! { (words::concern(chosen)) })) }
            dt { "As written" } dd { (read) @if let Some(level) = &report.threshold.local_level { "; here called " (level) } }
            @if !report.threshold.indicators.is_empty() {
                dt { "Because of" } dd { (report.threshold.indicators.iter().map(|shown| clean(&shown.name)).collect::<Vec<_>>().join("; ")) }
            }
            (line("Reason", referral.reason.as_deref()))
            (line("Actions taken", referral.actions_taken.as_deref()))
            (row("Specialist investigators told", referral.specialist_notified.map(yes_no)))
            (row("Strategy discussion", referral.strategy_discussion.map(|status| status.name().replace('-', " "))))
        }
    }
}

fn checked(form: &Referral, report: &Report) -> Markup {
    let name = |severity: Severity| match severity {
        Severity::Required => "Required",
        Severity::Warning => "Check",
        Severity::Prompt => "Worth a look",
        Severity::Info => "Note",
    };
    let described = report.children.iter().filter(|child| child.impact.status == ImpactStatus::Described).count();
    let (answered, open): (Vec<&Finding>, Vec<&Finding>) = report.findings.iter().partition(|finding| finding.overridden);
    html! {
        h2 { "What was checked, and what is open" }
        p { "Impact described for " (described) " of " (report.children.len()) " children"
            @if form.dash.is_some() { "; " (report.dash.answered) " of " (report.dash.of) " risk questions answered, " (report.dash.contradictions.len()) " against the texts" }
            "; level, records and the duties of this kind of form read. "
            @if report.complete { "Nothing required is open." } }
        @if open.is_empty() { p { "Nothing noticed." } } @else {
            ul { @for finding in open { li { b { (name(finding.severity)) ": " } (inline(&clean(&finding.message))) } } }
        }
        @if !answered.is_empty() {
            h3 { "Answered with a reason" }
            ul { @for finding in answered { li {
                (inline(&clean(&finding.message)))
                @if let Some(reason) = super::receipt::reason(form, &finding.code, &finding.path) { " " b { "Reason: " } (inline_typed(&clean(reason))) }
            } } }
        }
    }
}

// ---- pieces

fn yes_no(value: bool) -> String {
    if value { "yes".into() } else { "no".into() }
}

/// Typed text that is not blank, with characters that would not show or would reorder the page made harmless.
fn text(typed: Option<&str>) -> Option<String> {
    typed.map(str::trim).filter(|text| !text.is_empty()).map(clean)
}

fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '\r')
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn typed(text: &str) -> Markup {
    html! { p.typed dir="auto" { (text) } }
}

fn inline_typed(text: &str) -> Markup {
    html! { span.typed { (text) } }
}

fn inline(text: &str) -> Markup {
    html! { bdi { (text) } }
}

fn none(what: &str) -> Markup {
    html! { span.none { (what) } }
}

fn line(name: &str, value: Option<&str>) -> Markup {
    html! { @if let Some(value) = text(value) { dt { (name) } dd { (inline_typed(&value)) } } }
}

fn row(name: &str, value: Option<String>) -> Markup {
    html! { @if let Some(value) = value { dt { (name) } dd { (inline(&value)) } } }
}

fn cell(value: Option<&str>) -> Markup {
    html! { td { (text(value).map_or_else(|| none("not recorded"), |value| inline_typed(&value))) } }
}

/// A moment in words, as the clock on the wall said; as typed where it is no moment.
fn when(moment: &Moment) -> Option<String> {
    let typed = text(Some(moment.as_str()))?;
    if moment.at().is_none() {
        return Some(typed);
    }
    let mut out = moment.day().map_or_else(|| typed.clone(), words::day);
    if moment.has_time() {
        let offset = typed[11..].find(['Z', 'z', '+', '-']).map_or("", |at| &typed[11 + at..]);
        out.push_str(&format!(", {}", &typed[11..16]));
        match offset {
            "" => {}
            "Z" | "z" => out.push_str(" UTC"),
            offset => out.push_str(&format!(" (UTC{offset})")),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(json: &str) -> String {
        let guide = Guide::new();
        let (form, problems) = form::decode(json);
        let report = guide.check(&form, problems);
        page(&guide, &form, &report).into_string()
    }

    #[test]
    fn everything_typed_is_escaped() {
        let bad = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\\\" ' &amp; \\u202e";
        let form = format!(
            r#"{{"formType":"domestic-abuse","reference":"{bad}","createdAt":"{bad}","officer":{{"id":"{bad}","team":"{bad}"}},"incident":{{"narrative":"{bad}","occurredAt":"{bad}"}},
            "children":[{{"id":"{bad}","name":"{bad}","alsoKnownAs":["{bad}"],"dateOfBirth":"{bad}","relationship":"{bad}","school":{{"name":"{bad}"}},"impact":"{bad}","voice":"{bad}"}}],
            "adults":[{{"id":"a","name":"{bad}","relationship":"{bad}"}}],
            "dash":{{"rationale":"{bad}","observations":"{bad}","answers":{{"{bad}":{{"answer":"yes","detail":"{bad}"}}}}}},
            "referral":{{"reason":"{bad}","actionsTaken":"{bad}"}},"missing":{{"episodes":[{{"from":"{bad}"}}],"furtherAction":"{bad}"}},
            "custody":{{"arrestedAt":"{bad}","accommodation":{{"reason":"{bad}"}}}},
            "strategyDiscussion":{{"heldAt":"{bad}","attendees":[{{"name":"{bad}"}}],"informationShared":"{bad}","decisions":[{{"decision":"{bad}","reason":"{bad}"}}],"actions":[{{"action":"{bad}","owner":"{bad}","due":"{bad}"}}]}},
            "records":[{{"reference":"{bad}","text":"{bad}"}}],"overrides":[{{"code":"child-impact.inadequate","reason":"{bad}"}}]}}"#
        );
        let out = print(&form);
        assert!(out.contains("&lt;script&gt;"));
        assert!(!out.contains("<script") && !out.contains("<img") && !out.contains('\u{202e}'));
        assert_eq!(out.matches("</style>").count(), 1);
    }

    #[test]
    fn a_discussion_shows_decisions_actions_and_gaps() {
        let out = print(
            r#"{"formType":"strategy-discussion","children":[{"id":"c1","name":"Ava","ageYears":7}],"strategyDiscussion":{"heldAt":"2026-03-18T11:00","attendees":[{"agency":"health","name":"Named nurse"}],
            "decisions":[{"decision":"Joint visit","reason":"Bruising"}],"actions":[{"action":"Medical","due":"2026-03-18"}],"outcome":"joint-enquiry"}}"#,
        );
        for shown in ["18 March 2026, 11:00", "Named nurse", "Joint visit", "Bruising", "Medical", "not recorded", "Joint section 47 enquiry", "Required: "] {
            assert!(out.contains(shown), "{shown}");
        }
    }

    #[test]
    fn moments_keep_the_clock_on_the_wall() {
        assert_eq!(when(&Moment::new("2026-07-01T09:05+01:00")).as_deref(), Some("1 July 2026, 09:05 (UTC+01:00)"));
        assert_eq!(when(&Moment::new("2026-02-31")).as_deref(), Some("2026-02-31"));
        assert_eq!(when(&Moment::new(" ")), None);
    }
}
