//! A site before its pages: read, linked, its addresses planned, its templates read.

use std::sync::Arc;

use super::design::{Design, design};
use super::{Memo, Phase};
use crate::diagnostic::{Diagnostic, Report};
use crate::link::{self, Index, Links, link};
use crate::plan::{Plan, plan};
use crate::site::{Options, Site, gather};
use crate::tree::Tree;

/// A site that was read and linked, whose addresses are planned, and whose templates are read.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) site: Site,
    pub(super) links: Links,
    pub(super) index: Index,
    pub(super) plan: Arc<Plan>,
    pub(super) design: Arc<Design>,
}

/// Reads, links and plans.
pub(super) fn bind(
    tree: &Tree,
    options: &Options,
    memo: &mut Memo,
    diagnostics: &mut Vec<Diagnostic>,
    progress: &dyn Fn(Phase),
) -> Bound {
    progress(Phase::Reading);
    let site = gather(tree, options, &mut memo.site).unpack(diagnostics);
    progress(Phase::Linking);
    // A small site spends as long on its templates as on its documents.
    let (links, design) = rayon::join(
        || link(&site, tree, &mut memo.link),
        || design(tree, &site.config.languages, &mut memo.design),
    );
    let mut of_documents = Vec::new();
    let links = links.unpack(&mut of_documents);
    let (broken_rules, (index, plan)) = rayon::join(
        || link::check(&site, tree, options),
        || {
            let index = Index::new(&site, &links);
            let plan = plan(&site, &links, &index, tree, &mut memo.plan);
            (index, plan)
        },
    );
    of_documents.extend(broken_rules);
    let plan = plan.unpack(&mut of_documents);
    if site.has_settings {
        diagnostics.append(&mut of_documents);
    }
    diagnostics.extend_from_slice(&design.diagnostics);
    Bound {
        site,
        links,
        index,
        plan,
        design,
    }
}

/// A site that was read and linked, and all there is to say of it short of making its pages.
#[derive(Debug)]
pub struct Proofread {
    /// Its documents.
    pub site: Site,
    /// How they lead to each other.
    pub links: Links,
    /// What there is to say.
    pub report: Report,
}

/// Reads, links and plans a site, and reads its templates, for those who want its problems and not its pages.
pub fn proofread(tree: &Tree, options: &Options, memo: &mut Memo) -> Proofread {
    let mut diagnostics = Vec::new();
    let bound = bind(tree, options, memo, &mut diagnostics, &|_| {});
    Proofread {
        site: bound.site,
        links: bound.links,
        report: Report::new(diagnostics),
    }
}
