//! Answers to requests about a document of a site: what the desk says, in the words of the protocol. Nothing where it has nothing to say.

use std::collections::HashMap;
use std::slice;

use gen_lsp_types::{CodeAction, CodeActionKind, TextEdit, WorkspaceEdit};
use serde_json::Value;

use super::convert::{self, Client};
use super::site::Site;
use crate::desk;
use crate::text::Span;

/// What to show where the cursor rests, at a byte of a file.
pub(super) fn hover(site: &mut Site, path: &str, at: usize, client: &Client) -> Option<Value> {
    let sheet = site.sheet();
    let hover = desk::hover(sheet, path, at)?;
    serde_json::to_value(convert::hover(hover, &convert::lines(sheet, path, client), client)).ok()
}

/// Where the thing at a byte of a file is written.
pub(super) fn definition(site: &mut Site, path: &str, at: usize, client: &Client) -> Option<Value> {
    let definition = desk::definition(site.sheet(), path, at)?;
    let uri = site.uri(&definition.path);
    let sheet = site.sheet();
    let origin = convert::lines(sheet, path, client);
    let target = convert::lines(sheet, &definition.path, client);
    Some(convert::definition(&definition, (&origin, &target), uri, client))
}

/// What can be written at a byte of a file.
pub(super) fn completion(site: &mut Site, path: &str, at: usize, client: &Client) -> Option<Value> {
    let sheet = site.sheet();
    let text = sheet.tree().text(path)?;
    let completions = desk::completions(sheet, path, at);
    let lines = convert::lines(sheet, path, client);
    serde_json::to_value(convert::completions(completions, text, at, &lines, client.tongue)).ok()
}

/// The changes that mend problems which touch some bytes of a file.
pub(super) fn actions(site: &mut Site, path: &str, span: &Span, client: &Client) -> Option<Value> {
    site.sheet();
    let (sheet, uri) = (site.read()?, site.uri(path));
    let lines = convert::lines(sheet, path, client);
    let action = |fix: desk::Fix| {
        let problem = sheet.report().diagnostics().get(fix.problem)?;
        let edit = |edit: &desk::Edit| TextEdit::new(lines.range(&edit.span), edit.text.clone());
        let edits = fix.edits.iter().map(edit).collect();
        let uri_of = |path: &str| site.uri(path);
        Some(CodeAction {
            title: fix.title.in_tongue(client.tongue),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(convert::diagnostics(slice::from_ref(problem), sheet, client, &uri_of)),
            is_preferred: fix.preferred.then_some(true),
            edit: Some(WorkspaceEdit {
                changes: Some(HashMap::from([(uri.clone(), edits)])),
                ..WorkspaceEdit::default()
            }),
            ..CodeAction::default()
        })
    };
    let actions: Vec<CodeAction> = desk::fixes(sheet, path, span).into_iter().filter_map(action).collect();
    serde_json::to_value(actions).ok()
}
