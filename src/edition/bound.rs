//! A site before its design: read, linked, its addresses planned.

use std::sync::Arc;

use super::{Memo, Phase, design};
use crate::diagnostic::{Diagnostic, Report};
use crate::link::{self, Index, Links, link};
use crate::plan::{Plan, plan};
use crate::site::{Options, Site, gather};
use crate::tree::Tree;

/// A site that was read and linked, and whose addresses are planned.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) site: Site,
    pub(super) links: Links,
    pub(super) index: Index,
    pub(super) plan: Arc<Plan>,
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
    let links = link(&site, tree, &mut memo.link).unpack(diagnostics);
    let (broken_rules, (index, plan)) = rayon::join(
        || link::check(&site, tree, options),
        || {
            let index = Index::new(&site, &links);
            let plan = plan(&site, &links, &index, tree, &mut memo.plan);
            (index, plan)
        },
    );
    diagnostics.extend(broken_rules);
    let plan = plan.unpack(diagnostics);
    Bound {
        site,
        links,
        index,
        plan,
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
    let design = design(tree, &bound.site.config.languages, memo);
    diagnostics.extend_from_slice(&design.diagnostics);
    Proofread {
        site: bound.site,
        links: bound.links,
        report: Report::new(diagnostics),
    }
}
