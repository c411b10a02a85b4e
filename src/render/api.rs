//! The same facts for programs: `api/*.json`. Absent values are `null` or `[]`.

use std::borrow::Cow;

use serde::Serialize;

use super::rows;
use crate::document::{Evidence, Kind};
use crate::lang::{Lang, space};
use crate::link::Linked;
use crate::site::{Entries, Entry};
use crate::view::{ProofPart, Viewer, proof};

/// A quotation with its proof.
#[derive(Serialize)]
struct Quotation<'a> {
    role: &'static str,
    source: &'a str,
    passage: usize,
    sha256: String,
    in_body: bool,
    parts: Vec<ProofPart>,
    prefix: String,
    suffix: String,
    typography_differs: bool,
    translation: Option<&'a str>,
}

#[derive(Serialize)]
struct EvidenceObject<'a> {
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    accessed: Option<String>,
    archive_url: Option<&'a str>,
    kind: Option<&'static str>,
    role: Option<&'static str>,
    note: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct ClaimantObject {
    name: String,
    kind: &'static str,
    url: Option<String>,
}

#[derive(Serialize)]
struct CorrectionObject<'a> {
    date: Option<String>,
    was: Option<Cow<'a, str>>,
    now: Option<Cow<'a, str>>,
    note: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct ClaimObject<'a> {
    id: &'a str,
    lang: &'a str,
    url: String,
    claim: Cow<'a, str>,
    summary: Option<Cow<'a, str>>,
    verdict: Option<&'a str>,
    rating: Option<u64>,
    reason: Option<&'static str>,
    claimant: Option<ClaimantObject>,
    claimed: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    checked: Option<String>,
    entities: &'a [String],
    terms: Vec<&'a str>,
    quotations: Vec<Quotation<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
    corrections: Vec<CorrectionObject<'a>>,
}

#[derive(Serialize)]
struct SourceObject<'a> {
    id: &'a str,
    file: Option<&'a str>,
    sha256: Option<&'a str>,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    lang: String,
    published: Option<String>,
    kind: Option<&'static str>,
    url: Option<&'a str>,
    translation_of: Option<&'a str>,
    passages: usize,
    checkable: usize,
    checked: usize,
}

#[derive(Serialize)]
struct TermObject<'a> {
    id: &'a str,
    lang: &'a str,
    url: String,
    term: &'a str,
    aliases: &'a [String],
    definition: String,
    see: Vec<&'a str>,
    quotations: Vec<Quotation<'a>>,
    uses: Vec<String>,
}

#[derive(Serialize)]
struct EventObject<'a> {
    id: &'a str,
    lang: &'a str,
    url: String,
    date: Option<String>,
    start: Option<String>,
    end: Option<String>,
    title: Cow<'a, str>,
    description: String,
    entities: &'a [String],
    claims: Vec<&'a str>,
    quotations: Vec<Quotation<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
}

/// `{"version": 1, NAME: [ITEM, …]}`, each item made on its own.
fn listing<T: Serialize>(name: &str, count: usize, item: impl Fn(usize) -> T + Sync) -> Vec<u8> {
    let mut out = format!("{{\"version\":1,\"{name}\":[").into_bytes();
    // Structs of texts and numbers always serialize.
    rows::append(&mut out, count, |at, row| {
        let _ = serde_json::to_writer(row, &item(at));
    });
    out.extend_from_slice(b"\n]}\n");
    out
}

/// `api/claims.json`, in order of id, then language.
pub fn claims(viewer: &Viewer<'_>) -> Vec<u8> {
    listing("claims", viewer.read.everything().site.claims.len(), |at| {
        let entry = &viewer.read.everything().site.claims[at];
        let claim = &*entry.front;
        let day = |day: Option<crate::date::Point>| day.map(|day| day.plain());
        let lang = &entry.identity.lang;
        ClaimObject {
            id: &entry.identity.id,
            lang: entry.identity.lang.tag(),
            url: url(viewer, entry, Kind::Claim),
            claim: space(lang, claim.text()),
            summary: shown(lang, &claim.summary),
            verdict: claim.verdict.as_deref(),
            rating: claim
                .verdict
                .as_deref()
                .and_then(|id| viewer.read.everything().site.config.verdict(id)?.rating),
            reason: claim.reason,
            claimant: claimant(viewer, claim, at),
            claimed: viewer.claimed(claim, at).map(|date| date.edtf()),
            published: day(claim.published),
            updated: day(claim.updated),
            checked: day(claim.checked),
            entities: &claim.entities,
            terms: viewer.read.terms_of_claim(at).iter().map(|id| &**id).collect(),
            quotations: quotations(viewer, &viewer.read.everything().links.claims[at]),
            evidence: evidence(lang, &claim.evidence),
            corrections: claim
                .corrections
                .iter()
                .map(|correction| CorrectionObject {
                    date: day(correction.date),
                    was: shown(lang, &correction.was),
                    now: shown(lang, &correction.now),
                    note: shown(lang, &correction.note),
                })
                .collect(),
        }
    })
}

fn claimant(viewer: &Viewer<'_>, claim: &crate::claim::Claim, at: usize) -> Option<ClaimantObject> {
    let view = viewer.claimant(claim, at)?;
    Some(ClaimantObject {
        name: view.name,
        kind: view.kind,
        url: view.url,
    })
}

/// `api/sources.json`, in order of id.
pub fn sources(viewer: &Viewer<'_>) -> Vec<u8> {
    listing("sources", viewer.read.everything().site.sources.len(), |at| {
        let source = &viewer.read.everything().site.sources[at];
        let record = &source.record;
        let coverage = viewer.coverage(at);
        SourceObject {
            id: &source.id,
            file: record.file.as_deref(),
            sha256: source.seed.as_ref().map(|seed| seed.sha256.as_str()),
            title: record.title.as_deref(),
            publisher: record.publisher.as_deref(),
            lang: source.lang().tag().to_owned(),
            published: record.published.map(|date| date.edtf()),
            kind: record.kind,
            url: record.url.as_deref(),
            translation_of: record.translation_of.as_deref(),
            passages: coverage.passages,
            checkable: coverage.checkable,
            checked: coverage.checked,
        }
    })
}

/// `api/glossary.json`, in order of id, then language.
pub fn glossary(viewer: &Viewer<'_>) -> Vec<u8> {
    listing("terms", viewer.read.everything().site.terms.len(), |at| {
        let entry = &viewer.read.everything().site.terms[at];
        TermObject {
            id: &entry.identity.id,
            lang: entry.identity.lang.tag(),
            url: url(viewer, entry, Kind::Term),
            term: entry.front.name(),
            aliases: &entry.front.aliases,
            definition: entry.body.plain_text(),
            see: present(&viewer.read.everything().site.terms, &entry.front.see),
            quotations: quotations(viewer, &viewer.read.everything().links.terms[at]),
            uses: viewer.read.everything().index.uses[at]
                .iter()
                .map(|used| viewer.absolute(&viewer.path_of_use(used)))
                .collect(),
        }
    })
}

/// `api/timeline.json`, in order of id, then language.
pub fn timeline(viewer: &Viewer<'_>) -> Vec<u8> {
    listing("events", viewer.read.everything().site.events.len(), |at| {
        let entry = &viewer.read.everything().site.events[at];
        let event = &*entry.front;
        EventObject {
            id: &entry.identity.id,
            lang: entry.identity.lang.tag(),
            url: url(viewer, entry, Kind::Event),
            date: event.date.map(|date| date.edtf()),
            start: event.date.and_then(|date| date.start()).map(|point| point.plain()),
            end: event.date.and_then(|date| date.end()).map(|point| point.plain()),
            title: space(&entry.identity.lang, event.name()),
            description: entry.body.plain_text(),
            entities: &event.entities,
            claims: present(&viewer.read.everything().site.claims, &event.claims),
            quotations: quotations(viewer, &viewer.read.everything().links.events[at]),
            evidence: evidence(&entry.identity.lang, &event.evidence),
        }
    })
}

/// The ids that lead to documents of the site: drafts that were left out are none of them.
fn present<'a, T>(entries: &Entries<T>, ids: &'a [String]) -> Vec<&'a str> {
    let ids = ids.iter().map(String::as_str);
    ids.filter(|id| entries.has_any(id)).collect()
}

fn url<T>(viewer: &Viewer<'_>, entry: &Entry<T>, kind: Kind) -> String {
    viewer.absolute(&viewer.path_of(kind, &entry.identity.id, &entry.identity.lang))
}

fn quotations<'a>(viewer: &Viewer<'a>, linked: &'a Linked) -> Vec<Quotation<'a>> {
    let proven = linked.quotations.iter().flatten().filter_map(|proven| {
        let source = &viewer.read.everything().site.sources[proven.source];
        let seed = source.seed.as_ref()?;
        let verified = &proven.verified;
        let proof = proof(verified, seed);
        Some(Quotation {
            role: verified.role().name(),
            source: &source.id,
            passage: seed.passages.get(verified.passage())?.line,
            sha256: proof.sha256,
            in_body: verified.in_body(seed),
            parts: proof.parts,
            prefix: proof.prefix,
            suffix: proof.suffix,
            typography_differs: verified.typography_differs(),
            translation: verified.translation(),
        })
    });
    proven.collect()
}

/// A text as the site's pages show it.
fn shown<'a>(lang: &Lang, text: &'a Option<String>) -> Option<Cow<'a, str>> {
    text.as_deref().map(|text| space(lang, text))
}

fn evidence<'a>(lang: &Lang, evidence: &'a [Evidence]) -> Vec<EvidenceObject<'a>> {
    let object = |item: &'a Evidence| {
        let Evidence {
            title,
            publisher,
            url,
            published,
            accessed,
            archive_url,
            kind,
            role,
            note,
        } = item;
        EvidenceObject {
            title: title.as_deref(),
            publisher: publisher.as_deref(),
            url: url.as_deref(),
            published: published.map(|date| date.edtf()),
            accessed: accessed.map(|date| date.edtf()),
            archive_url: archive_url.as_deref(),
            kind: *kind,
            role: role.map(|role| role.name()),
            note: shown(lang, note),
        }
    };
    evidence.iter().map(object).collect()
}

/// Makes a file from all that there is.
pub type Make = fn(&Viewer<'_>) -> Vec<u8>;

/// The files of the API: path → how it is made.
pub const FILES: &[(&str, Make)] = &[
    ("api/claims.json", claims),
    ("api/glossary.json", glossary),
    ("api/sources.json", sources),
    ("api/timeline.json", timeline),
    ("api/claimreview.json", super::jsonld::feed),
];
