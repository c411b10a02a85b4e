//! A body with its holes filled: terms and references linked, quotations shown with their proof.

use serde::Serialize;

use super::print::entry_anchor;
use super::{Here, QuotationView, VerdictView, Viewer};
use crate::claim::Claim;
use crate::document::Kind;
use crate::link::{DocumentRef, Linked, Mention, Target};
use crate::markdown::{Body, Element, Mark, Piece};
use crate::plan::{in_url, of_asset, of_document};
use crate::term::Term;
use crate::text::{escape, escape_into};

/// A run of finished markup, or a quotation for the template to draw. The markup of one run need not be balanced.
#[derive(Debug, Clone, Serialize)]
pub struct Segment {
    /// Finished markup; may be inserted as it is.
    pub html: Option<String>,
    /// A quotation.
    pub quotation: Option<QuotationView>,
    /// In the last run alone: the quotations within the body's sentences, in order, whose proofs follow it.
    pub proofs: Vec<QuotationView>,
}

/// Markup being written.
struct Writer {
    segments: Vec<Segment>,
    html: String,
}

impl Writer {
    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.segments.push(Segment {
                html: Some(std::mem::take(&mut self.html)),
                quotation: None,
                proofs: Vec::new(),
            });
        }
    }
}

impl Viewer<'_> {
    /// A body as a page shows it.
    pub fn body(&self, here: Here<'_>, body: &Body, linked: &Linked) -> Vec<Segment> {
        self.extract(here, body, linked, "", |_| true)
    }

    /// A body without the quotations (by index) that the page shows elsewhere.
    pub fn body_without(
        &self,
        here: Here<'_>,
        body: &Body,
        linked: &Linked,
        shown_elsewhere: impl Fn(usize) -> bool,
    ) -> Vec<Segment> {
        let hidden = hidden(body, shown_elsewhere);
        self.extract(here, body, linked, "", |at| !hidden[at])
    }

    /// A quoted block of a body with its notes; `None` where it could not be verified.
    pub(super) fn clipping(&self, here: Here<'_>, body: &Body, linked: &Linked, at: usize) -> Option<QuotationView> {
        let mut view = self.quotation(here, linked.quotations.get(at)?.as_ref()?);
        for note in &body.quotations[at].notes {
            body.markup(note, here.placement(), &mut view.notes_html);
        }
        Some(view)
    }

    /// Some pieces (by index) of a body. `anchors` is the address, from here, of the page that has the headings; empty where it is this one.
    pub(super) fn extract(
        &self,
        here: Here<'_>,
        body: &Body,
        linked: &Linked,
        anchors: &str,
        shown: impl Fn(usize) -> bool,
    ) -> Vec<Segment> {
        let mut writer = Writer {
            segments: Vec::new(),
            html: String::new(),
        };
        let mut inline: Vec<usize> = Vec::new();
        for (at, piece) in body.pieces.iter().enumerate().filter(|(at, _)| shown(*at)) {
            let out = &mut writer.html;
            let target = |link: usize| linked.links.get(link).and_then(Option::as_ref);
            match piece {
                Piece::Mark(mark) => body.markup(mark, here.placement(), out),
                Piece::Plain(text) => escape_into(out, text),
                Piece::Section => {}
                Piece::Text(text) => self.running(here, text, mentions_in(linked, at), out),
                Piece::Quoted(quotation, words) => {
                    if inline.last() != Some(quotation) {
                        inline.push(*quotation);
                    }
                    self.quoted(here, linked, *quotation, words, out);
                }
                Piece::LinkOpen(link) => {
                    if let Some(target) = target(*link) {
                        self.open_link(here, target, anchors, &body.links[*link].title, out);
                    }
                }
                Piece::LinkClose(link) => {
                    if let Some(target) = target(*link) {
                        self.close_link(here, target, out);
                    }
                }
                Piece::Image(link, alt) => {
                    if let Some(Target::Asset(path)) = target(*link) {
                        image(here, path, alt, &body.links[*link].title, out);
                    }
                }
                Piece::Citation(citation) => self.citation(here, body, linked, *citation, out),
                Piece::Quotation(quotation) => {
                    if let Some(view) = self.clipping(here, body, linked, *quotation) {
                        writer.flush();
                        writer.segments.push(Segment {
                            html: None,
                            quotation: Some(view),
                            proofs: Vec::new(),
                        });
                    }
                }
            }
        }
        writer.flush();
        // Where several entries share a page, it leads to the pages that have the proofs.
        if let (Some(last), None) = (writer.segments.last_mut(), here.among) {
            let proven = inline.iter().filter_map(|at| linked.quotations.get(*at)?.as_ref());
            last.proofs = proven.map(|proven| self.quotation(here, proven)).collect();
        }
        writer.segments
    }

    /// Running text with its links to terms.
    fn running(&self, here: Here<'_>, text: &str, mentions: &[Mention], out: &mut String) {
        let mut from = 0;
        for mention in mentions {
            escape_into(out, &text[from..mention.range.start]);
            self.term_link(here, text, mention, out);
            from = mention.range.end;
        }
        escape_into(out, &text[from..]);
    }

    fn term_link(&self, here: Here<'_>, text: &str, mention: &Mention, out: &mut String) {
        out.push_str("<a class=\"term\" href=\"");
        escape_into(out, &self.entry_href(here, mention.term, None));
        out.push_str("\">");
        escape_into(out, &text[mention.range.clone()]);
        out.push_str("</a>");
    }

    /// What leads to a term, or to a heading of its definition: to its entry where it has one on this page, else to its own page.
    pub(super) fn entry_href(&self, here: Here<'_>, at: usize, anchor: Option<&str>) -> String {
        let entry = self.read.document::<Term>(at).entry;
        let is_heading = |anchor: &str| entry.body.headings.iter().any(|heading| heading.id == anchor);
        if here.among.is_some_and(|among| among.terms.contains(&at)) && anchor.is_none_or(is_heading) {
            let own = entry_anchor(&entry.identity.id);
            return anchor.map_or_else(|| format!("#{own}"), |anchor| format!("#{own}.{anchor}"));
        }
        let path = of_document(self.read.config(), &entry.identity.lang, Kind::Term, &entry.identity.id);
        let (mark, anchor) = anchor.map_or(("", ""), |anchor| ("#", anchor));
        [here.root, &path, mark, anchor].concat()
    }

    /// Quoted words carry the language of their source where it is another.
    fn quoted(&self, here: Here<'_>, linked: &Linked, quotation: usize, words: &str, out: &mut String) {
        let proven = linked.quotations.get(quotation).and_then(Option::as_ref);
        let lang = proven
            .map(|proven| self.read.source(proven.source).lang())
            .filter(|lang| lang != here.lang);
        match lang {
            Some(lang) => out.extend(["<span class=\"quoted\" lang=\"", lang.tag(), "\">"]),
            None => out.push_str("<span class=\"quoted\">"),
        }
        escape_into(out, words);
        out.push_str("</span>");
    }

    fn open_link(&self, here: Here<'_>, target: &Target, anchors: &str, title: &str, out: &mut String) {
        let (class, href) = match target {
            Target::External(url) => (" class=\"external\"", url.replace(' ', "%20")),
            Target::Anchor(anchor) => match here.among {
                Some(among) => ("", self.entry_href(here, among.own, Some(anchor))),
                None => ("", format!("{anchors}#{anchor}")),
            },
            Target::Document(reference, fragment) => {
                let class = match reference.kind {
                    Kind::Term => " class=\"term\"",
                    Kind::Claim => " class=\"claim-link\"",
                    _ => "",
                };
                (class, self.document_href(here, reference, fragment.as_deref()))
            }
            Target::Asset(path) => ("", asset_href(here, path)),
            Target::SitePath(path) => ("", format!("{}{}", here.root, path.trim_start_matches('/'))),
        };
        out.extend(["<a", class, " href=\""]);
        escape_into(out, &href);
        if !title.is_empty() {
            out.push_str("\" title=\"");
            escape_into(out, title);
        }
        out.push_str("\">");
    }

    fn document_href(&self, here: Here<'_>, reference: &DocumentRef, fragment: Option<&str>) -> String {
        if reference.kind == Kind::Term
            && let Some(at) = self.read.find_index::<Term>(&reference.id, &reference.lang)
        {
            return self.entry_href(here, at, fragment);
        }
        [here.root, &self.place_of(reference, fragment)].concat()
    }

    /// The path of a document, or of a place on its page.
    pub(super) fn place_of(&self, reference: &DocumentRef, fragment: Option<&str>) -> String {
        let path = self.path_of(reference.kind, &reference.id, &reference.lang);
        match fragment {
            Some(fragment) if reference.kind == Kind::Event => {
                format!("{}#{fragment}", path.split('#').next().unwrap_or_default())
            }
            Some(fragment) => format!("{path}#{fragment}"),
            None => path,
        }
    }

    /// A link to a claim shows its verdict beside it.
    fn close_link(&self, here: Here<'_>, target: &Target, out: &mut String) {
        out.push_str("</a>");
        if let Some(verdict) = self.verdict_beside(here, target) {
            out.push_str(&format!(" <span class=\"verdict-note level-{}\">", verdict.level));
            escape_into(out, &verdict.label);
            out.push_str("</span>");
        }
    }

    /// The verdict of the claim that a link leads to.
    pub(super) fn verdict_beside(&self, here: Here<'_>, target: &Target) -> Option<VerdictView> {
        let Target::Document(reference, _) = target else {
            return None;
        };
        let claim = (reference.kind == Kind::Claim).then(|| self.read.find::<Claim>(&reference.id, &reference.lang));
        self.verdict(claim??.entry.front.verdict.as_deref()?, here.lang)
    }

    fn citation(&self, here: Here<'_>, body: &Body, linked: &Linked, citation: usize, out: &mut String) {
        let Some((path, label)) = self.cited(here, body, linked, citation) else {
            return;
        };
        out.extend(["<a class=\"citation\" href=\"", here.root, &path, "\">"]);
        escape_into(out, &label);
        out.push_str("</a>");
    }

    /// Where a citation leads, as a path, and what readers see of it.
    pub(super) fn cited(
        &self,
        here: Here<'_>,
        body: &Body,
        linked: &Linked,
        citation: usize,
    ) -> Option<(String, String)> {
        let cited = (*linked.citations.get(citation)?)?;
        let source = self.read.source(cited.source);
        // A quotation before the citation was found in one passage, whether the citation names it or not.
        let quotation = body
            .quotations
            .iter()
            .position(|quotation| quotation.citation == citation);
        let proven = quotation
            .and_then(|at| linked.quotations.get(at))
            .and_then(Option::as_ref);
        let passage = proven.map(|proven| proven.verified.passage()).or(cited.passage);
        let line = passage
            .zip(source.seed.as_ref())
            .and_then(|(at, seed)| seed.passages.get(at))
            .map(|passage| passage.line);
        let link = self.source_link(cited.source, here.lang);
        Some(match line {
            Some(line) => {
                let values = [("source", &*link.title), ("passage", &line.to_string())];
                (format!("{}#p{line}", link.path), here.words.fill("citation", &values))
            }
            None => (link.path, link.title),
        })
    }
}

/// Which pieces of a body are left out where some quotations (by index) are shown elsewhere: these, and the items of lists and the blockquotes that
/// hold nothing else.
fn hidden(body: &Body, shown_elsewhere: impl Fn(usize) -> bool) -> Vec<bool> {
    struct Open {
        at: usize,
        keeps: bool,
        loses: bool,
    }
    let mut hidden = vec![false; body.pieces.len()];
    let mut open: Vec<Open> = Vec::new();
    for (at, piece) in body.pieces.iter().enumerate() {
        match piece {
            Piece::Mark(Mark::Open(_)) => open.push(Open {
                at,
                keeps: false,
                loses: false,
            }),
            Piece::Mark(Mark::Close(element)) => {
                let Some(closed) = open.pop() else { continue };
                let may_go = matches!(
                    element,
                    Element::Item | Element::Bullets | Element::Numbers(_) | Element::BlockQuote
                );
                let goes = may_go && closed.loses && !closed.keeps;
                if goes {
                    (hidden[closed.at], hidden[at]) = (true, true);
                }
                if let Some(around) = open.last_mut() {
                    around.keeps |= !goes;
                    around.loses |= goes;
                }
            }
            Piece::Quotation(quotation) if shown_elsewhere(*quotation) => {
                hidden[at] = true;
                if let Some(around) = open.last_mut() {
                    around.loses = true;
                }
            }
            Piece::Section => {}
            _ => {
                if let Some(around) = open.last_mut() {
                    around.keeps = true;
                }
            }
        }
    }
    hidden
}

/// The mentions in one piece.
fn mentions_in(linked: &Linked, piece: usize) -> &[Mention] {
    let from = linked.mentions.partition_point(|mention| mention.piece < piece);
    let to = linked.mentions.partition_point(|mention| mention.piece <= piece);
    &linked.mentions[from..to]
}

/// What leads to a file beside the content.
fn asset_href(here: Here<'_>, path: &str) -> String {
    format!("{}{}", here.root, in_url(of_asset(path)))
}

fn image(here: Here<'_>, path: &str, alt: &str, title: &str, out: &mut String) {
    let within = here.pictures.and_then(|pictures| pictures.get(path));
    let src = within.map_or_else(|| escape(&asset_href(here, path)), String::clone);
    let loading = if within.is_some() { "" } else { " loading=\"lazy\"" };
    out.push_str(&format!("<img src=\"{src}\" alt=\"{}\"{loading}", escape(alt)));
    if !title.is_empty() {
        out.push_str(&format!(" title=\"{}\"", escape(title)));
    }
    out.push('>');
}
