//! The frame of every page that the command line writes: one file, no script, nothing fetched.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A whole page in a language; `style` is trusted, everything else is escaped.
pub fn document(language: &str, title: &str, style: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
}
