//! A report of coverage as a page of its own, for the desk: it shows whole sentences of the sources, which the published site does not.

use std::fmt::Write as _;

use super::{Report, SentenceReport, SourceReport};
use crate::checkable::Sign;
use crate::lang::Lang;
use crate::text::escape;

/// Everything that the page needs: it is opened from a disk, where nothing else stands beside it.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif}\
h1,h2,h3,small,summary{font-family:system-ui,sans-serif}\
h2{margin-top:3rem;border-top:1px solid;padding-top:.5rem}\
meter{width:100%;height:1rem}\
li{margin:.7rem 0}\
small{display:block;opacity:.8}";

/// Writes the page. `lang` is the language of its own words: French, or else English.
pub fn html(report: &Report, lang: &Lang) -> String {
    let of = |french, english| if lang.is_french() { french } else { english };
    let title = of("Ce qui reste à vérifier", "What is left to check");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        of("fr", "en")
    );
    let caution = of(
        "Pour la rédaction seulement : cette page reprend des phrases entières des sources.",
        "For the desk alone: this page shows whole sentences of the sources.",
    );
    let _ = writeln!(out, "<p>{caution}</p>");
    for source in &report.sources {
        section(&mut out, source, &of);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section<'a>(out: &mut String, source: &SourceReport, of: &impl Fn(&'a str, &'a str) -> &'a str) {
    let SourceReport { checked, checkable, .. } = source;
    let id = escape(&source.id);
    let counted = of(
        "phrases vérifiables ont une vérification",
        "checkable sentences have a claim",
    );
    let sum = format!("{checked} / {checkable} {counted}");
    let _ = write!(
        out,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{id}</h2>\n<p>{sum}, <code>{}</code></p>\n\
         <meter min=\"0\" max=\"{}\" value=\"{checked}\" aria-label=\"{sum}\">{sum}</meter>\n",
        escape(&source.file),
        (*checkable).max(1),
    );
    list(
        out,
        of("Sans vérification", "Without a claim"),
        source,
        &source.without_claim,
        of,
    );
    list(
        out,
        of("Avec une vérification", "With a claim"),
        source,
        &source.with_claim,
        of,
    );
    out.push_str("</section>\n");
}

fn list<'a>(
    out: &mut String,
    heading: &str,
    source: &SourceReport,
    sentences: &[SentenceReport],
    of: &impl Fn(&'a str, &'a str) -> &'a str,
) {
    if sentences.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h3>{heading} ({})</h3>\n<ul>", sentences.len());
    for sentence in sentences {
        let claims: Vec<&str> = sentence.claims.iter().map(String::as_str).collect();
        let signs: Vec<&str> = sentence
            .signs
            .iter()
            .map(|sign| of(french(*sign), sign.name()))
            .collect();
        let mut facts = vec![
            // As `kezako new claim --from` takes it.
            format!("{}:{}", source.id, sentence.passage),
            signs.join(", "),
            claims.join(", "),
        ];
        facts.retain(|fact| !fact.is_empty());
        let (text, facts) = (escape(&sentence.text), escape(&facts.join(" · ")));
        let _ = writeln!(out, "<li>{text}<small>{facts}</small></li>");
    }
    out.push_str("</ul>\n");
}

fn french(sign: Sign) -> &'static str {
    match sign {
        Sign::Quotation => "citation",
        Sign::Money => "somme",
        Sign::Attribution => "attribution",
        Sign::Figure => "chiffre",
        Sign::Date => "date",
        Sign::Superlative => "superlatif",
        Sign::Actor => "acteur",
        Sign::Names => "noms",
        Sign::Definition => "définition",
    }
}
