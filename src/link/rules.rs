//! Rules that need more than one document: what a claim must rest on, what ids must name, what is due.

use std::sync::Arc;

use rayon::prelude::*;

use crate::claim::{Claim, UNVERIFIABLE};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Kind;
use crate::hash::Set;
use crate::markdown::{Body, Role};
use crate::phrase::say;
use crate::site::{Entry, Options, Site};
use crate::text::{Span, nearest};
use crate::tree::Tree;
use crate::yaml::{Step, place_in_front_matter};

/// Checks the rules that need no links, only documents.
pub fn check(site: &Site, tree: &Tree, options: &Options) -> Vec<Diagnostic> {
    let rules = Rules { site, tree };
    let mut diagnostics = Vec::new();
    let sound = site.claims.par_iter().filter(|entry| rules.is_sound(entry));
    diagnostics.par_extend(sound.flat_map_iter(|entry| rules.claim(entry, options)));
    for entry in site.terms.iter() {
        rules.references(
            &entry.identity.path,
            entry.identity.is_translation,
            Kind::Term,
            "see",
            &entry.front.see,
            &mut diagnostics,
        );
    }
    for entry in site.events.iter() {
        let (path, translation) = (&entry.identity.path, entry.identity.is_translation);
        rules.references(
            path,
            translation,
            Kind::Claim,
            "claims",
            &entry.front.claims,
            &mut diagnostics,
        );
        rules.references(
            path,
            translation,
            Kind::Term,
            "terms",
            &entry.front.terms,
            &mut diagnostics,
        );
    }
    diagnostics.extend(rules.uncited_elsewhere());
    diagnostics.extend(rules.translations_of_sources());
    diagnostics.extend(rules.entities());
    diagnostics.extend(super::menu::check(site, tree));
    diagnostics.extend(super::unused::check(site, tree));
    diagnostics
}

struct Rules<'a> {
    site: &'a Site,
    tree: &'a Tree,
}

impl Rules<'_> {
    fn place(&self, path: &str, trail: &[Step<'_>]) -> std::ops::Range<usize> {
        place_in_front_matter(self.tree.text(path).unwrap_or_default(), trail)
    }

    /// Whether a claim and its original could be read: a translation lacks what a broken original does not say.
    fn is_sound(&self, entry: &Entry<Claim>) -> bool {
        let original = || self.site.claims.find(&entry.identity.id, &self.site.config.lang);
        !entry.broken && (!entry.identity.is_translation || original().is_some_and(|original| !original.broken))
    }

    fn claim(&self, entry: &Entry<Claim>, options: &Options) -> Vec<Diagnostic> {
        let (path, claim) = (&entry.identity.path, &entry.front);
        let mut found = Vec::new();
        let roles: Vec<Role> = entry
            .body
            .quotations
            .iter()
            .filter(|quotation| !quotation.inline)
            .map(|quotation| quotation.role)
            .chain(entry.body.wordless.iter().copied())
            .collect();
        // A draft is on its way: it may lack what it needs before it is published.
        let is_draft = claim.draft == Some(true);
        if !is_draft && !roles.contains(&Role::States) {
            found.push(
                Diagnostic::new(
                    Code::ClaimWithoutSource,
                    path,
                    self.place(path, &[Step::Key("claim")]),
                    say!("no quotation states this claim"),
                )
                .help(say!(
                    "quote the source that makes it, and end the block with `— [@source] states`"
                )),
            );
        }
        let borne = !claim.evidence.is_empty() || roles.contains(&Role::Supports) || roles.contains(&Role::Contradicts);
        if let Some(verdict) = claim.verdict.as_deref().filter(|verdict| *verdict != UNVERIFIABLE)
            && !borne
            && !entry.doubtful
            && !is_draft
            && !entry.identity.is_translation
        {
            found.push(
                Diagnostic::new(
                    Code::VerdictWithoutEvidence,
                    path,
                    self.place(path, &[Step::Key("verdict")]),
                    say!("nothing bears the verdict `{verdict}`", verdict),
                )
                .help(say!(
                    "add an `evidence` entry, or a quotation that `supports` or `contradicts` the claim"
                )),
            );
        }
        found.extend(self.uncited(path, &entry.body, true));
        if !entry.identity.is_translation {
            found.extend(self.recheck(entry, options));
        }
        found
    }

    /// Block quotes without attribution: in a claim all, elsewhere those that end with a source and lack its dash.
    fn uncited(&self, path: &Arc<str>, body: &Body, in_claim: bool) -> Vec<Diagnostic> {
        let text = self.tree.text(path).unwrap_or_default();
        let warning = |block: &Span| {
            let (message, help) = if ends_citing(text, body, block) {
                (
                    say!("this quotation names its source without a dash, so it is not verified"),
                    say!("write the source in a paragraph of its own: `— [@source] supports`"),
                )
            } else if in_claim {
                (
                    say!("this quotation names no source, so it is not verified"),
                    say!("end it with a paragraph `— [@source] supports`, or write it without `>`"),
                )
            } else {
                return None;
            };
            let end = text[block.clone()].find('\n').map_or(block.end, |at| block.start + at);
            Some(Diagnostic::new(Code::QuoteUncited, path, block.start..end, message).help(help))
        };
        body.uncited.iter().filter_map(warning).collect()
    }

    /// The same in all documents but claims.
    fn uncited_elsewhere(&self) -> Vec<Diagnostic> {
        fn bodies<T>(entries: &[Entry<T>]) -> impl Iterator<Item = (&Arc<str>, &Body)> {
            entries.iter().map(|entry| (&entry.identity.path, &*entry.body))
        }
        let site = self.site;
        let pages = bodies(&site.pages).chain(bodies(&site.home));
        bodies(&site.records)
            .chain(bodies(&site.terms))
            .chain(bodies(&site.events))
            .chain(pages)
            .flat_map(|(path, body)| self.uncited(path, body, false))
            .collect()
    }

    fn recheck(&self, entry: &Entry<Claim>, options: &Options) -> Option<Diagnostic> {
        let due = entry.front.due(&self.site.config)?;
        let today = options.today?.first_day();
        if today < due {
            return None;
        }
        let path = &entry.identity.path;
        let key = if entry.front.recheck.is_some() {
            "recheck"
        } else {
            "checked"
        };
        let day = crate::date::day_from_epoch(due).map_or(String::new(), |day| day.plain());
        Some(
            Diagnostic::new(
                Code::RecheckDue,
                path,
                self.place(path, &[Step::Key(key)]),
                say!("this claim was to be checked again by {day}", day),
            )
            .help(say!(
                "check it again, then set `checked` to the day you did, and `recheck` to a later one"
            )),
        )
    }

    /// Ids under a key must name documents. A translation's are its original's, and were checked there.
    fn references(
        &self,
        path: &Arc<str>,
        is_translation: bool,
        kind: Kind,
        key: &str,
        ids: &[String],
        found: &mut Vec<Diagnostic>,
    ) {
        if is_translation {
            return;
        }
        // An empty one was reported.
        let ids = ids.iter().enumerate().filter(|(_, id)| !id.is_empty());
        for (at, id) in ids.filter(|(_, id)| !self.site.knows(kind, id)) {
            let known: Vec<&str> = match kind {
                Kind::Claim => crate::site::ids(&self.site.claims).collect(),
                _ => crate::site::ids(&self.site.terms).collect(),
            };
            let place = self.place(path, &[Step::Key(key), Step::Item(at)]);
            found.push(
                Diagnostic::new(
                    Code::UnknownReference,
                    path,
                    place,
                    say!("there is no {kind} `{id}`", kind = kind.named(), id),
                )
                .meant(
                    nearest(id, known),
                    say!(
                        "write the name of a file of content/{folder}/ without `.md`",
                        folder = folder(kind)
                    ),
                ),
            );
        }
    }

    fn translations_of_sources(&self) -> Vec<Diagnostic> {
        let originals = self.site.records.iter().filter(|entry| !entry.identity.is_translation);
        let wrong = originals.filter_map(|entry| {
            let named = entry.front.translation_of.as_deref()?;
            let itself = *entry.identity.id == *named;
            (itself || !self.site.knows(Kind::Source, named)).then_some((entry, named, itself))
        });
        wrong
            .map(|(entry, named, itself)| {
                let path = &entry.identity.path;
                let message = if itself {
                    say!("a source cannot be its own translation")
                } else {
                    say!("there is no source `{named}`", named)
                };
                let near = nearest(
                    named,
                    self.site.sources.iter().map(|source| &*source.id).filter(|_| !itself),
                );
                Diagnostic::new(
                    Code::UnknownSource,
                    path,
                    self.place(path, &[Step::Key("translation_of")]),
                    message,
                )
                .meant(near, say!("write the id of the original's record"))
            })
            .collect()
    }

    /// Two names that give one address: one person, or two, written in two ways.
    fn entities(&self) -> Vec<Diagnostic> {
        let first_names = self.site.entities();
        let mut found = Vec::new();
        let mut seen = Set::default();
        let of_claims = self
            .site
            .claims
            .iter()
            .map(|entry| (&entry.identity, &entry.front.entities));
        let of_events = self
            .site
            .events
            .iter()
            .map(|entry| (&entry.identity, &entry.front.entities));
        for (identity, names) in of_claims.chain(of_events) {
            for (at, name) in names.iter().enumerate().filter(|_| !identity.is_translation) {
                if name.is_empty() || !seen.insert(name.as_str()) {
                    continue;
                }
                let slug = crate::text::slug(name);
                let Some(first) = first_names.get(&slug).filter(|first| *first != name) else {
                    continue;
                };
                let place = self.place(&identity.path, &[Step::Key("entities"), Step::Item(at)]);
                found.push(
                    Diagnostic::new(
                        Code::DuplicateUrl,
                        &identity.path,
                        place,
                        say!(
                            "`{name}` and `{first}` would share the page /entities/{slug}/",
                            name,
                            first,
                            slug
                        ),
                    )
                    .help(say!("write the name one way everywhere, for instance `{first}`", first))
                    .instead(Some(first)),
                );
            }
        }
        found
    }
}

fn folder(kind: Kind) -> &'static str {
    Kind::FOLDERS
        .iter()
        .find(|(_, folder_kind)| *folder_kind == kind)
        .map_or("", |(folder, _)| folder)
}

/// Whether the last words of a block are a citation, with or without a role, that ends no quotation of its own.
fn ends_citing(text: &str, body: &Body, block: &Span) -> bool {
    let within = |place: &Span| block.start <= place.start && place.end <= block.end;
    let last = body.citations.iter().rposition(|citation| within(&citation.span));
    last.is_some_and(|last| {
        let rest = text[body.citations[last].span.end..block.end]
            .trim_matches(|c: char| c.is_whitespace() || ".>".contains(c));
        let quotes = body.quotations.iter().any(|quotation| quotation.citation == last);
        !quotes && (rest.is_empty() || Role::from_name(rest).is_some())
    })
}
