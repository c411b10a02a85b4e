//! A report of coverage as a page of its own, for the desk: it shows whole sentences of the sources, which the published site does not.

use std::fmt::Write as _;

use super::{Report, SentenceReport, SourceReport, named};
use crate::phrase::{Phrase, say};
use crate::text::escape;
use crate::tongue::Tongue;

/// Everything that the page needs: it is opened from a disk, where nothing else stands beside it.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif}\
h1,h2,h3,small,summary{font-family:system-ui,sans-serif}\
h2{margin-top:3rem;border-top:1px solid;padding-top:.5rem}\
meter{width:100%;height:1rem}\
li{margin:.7rem 0}\
small{display:block;opacity:.8}";

/// Writes the page. `tongue` is the language of its own words.
pub fn html(report: &Report, tongue: Tongue) -> String {
    let title = say!("What is left to check").in_tongue(tongue);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        say!("en").in_tongue(tongue)
    );
    let caution = say!("For the desk alone: this page shows whole sentences of the sources.");
    let _ = writeln!(out, "<p>{}</p>", caution.in_tongue(tongue));
    for source in &report.sources {
        section(&mut out, source, tongue);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, source: &SourceReport, tongue: Tongue) {
    let SourceReport { checked, checkable, .. } = source;
    let id = escape(&source.id);
    let sum = say!(
        "checkable sentences that have a claim: {checked} of {checkable}",
        checked,
        checkable
    );
    let sum = sum.in_tongue(tongue);
    let _ = write!(
        out,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{id}</h2>\n<p>{sum}, <code>{}</code></p>\n\
         <meter min=\"0\" max=\"{}\" value=\"{checked}\" aria-label=\"{sum}\">{sum}</meter>\n",
        escape(&source.file),
        (*checkable).max(1),
    );
    for (heading, sentences) in [
        (say!("Without a claim"), &source.without_claim),
        (say!("With a claim"), &source.with_claim),
    ] {
        list(out, &heading, source, sentences, tongue);
    }
    out.push_str("</section>\n");
}

fn list(out: &mut String, heading: &Phrase, source: &SourceReport, sentences: &[SentenceReport], tongue: Tongue) {
    if sentences.is_empty() {
        return;
    }
    let heading = heading.in_tongue(tongue);
    let _ = writeln!(out, "<h3>{heading} ({})</h3>\n<ul>", sentences.len());
    for sentence in sentences {
        let claims: Vec<&str> = sentence.claims.iter().map(String::as_str).collect();
        let signs = Phrase::row(", ", sentence.signs.iter().map(|sign| named(*sign)));
        let mut facts = vec![
            // As `kezako new claim --from` takes it.
            format!("{}:{}", source.id, sentence.passage),
            signs.in_tongue(tongue),
            claims.join(", "),
        ];
        facts.retain(|fact| !fact.is_empty());
        let (text, facts) = (escape(&sentence.text), escape(&facts.join(" · ")));
        let _ = writeln!(out, "<li>{text}<small>{facts}</small></li>");
    }
    out.push_str("</ul>\n");
}
