//! Answers of the desk in the words of the protocol.

use std::collections::HashMap;

use gen_lsp_types::{
    Code, CompletionItem, CompletionItemKind, CompletionList, Contents, DiagnosticRelatedInformation,
    DiagnosticSeverity, Documentation, Hover, InsertTextMode, Location, LocationLink, MarkupContent, MarkupKind,
    PositionEncodingKind, TextEdit, Uri,
};
use serde_json::Value;

use super::lines::{Encoding, Lines};
use crate::desk::{self, Offer, Sheet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase::{Phrase, say};
use crate::tongue::Tongue;

/// What an editor understands. Read word by word, since editors are newer than any list of what they may say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether a diagnostic may name further places.
    related: bool,
    /// Whether it shows Markdown when the cursor rests.
    markdown: bool,
    /// Whether a definition may say which words were meant.
    links: bool,
    /// The language that it is set to, or else its environment.
    pub(super) tongue: Tongue,
}

impl Client {
    /// Reads the parameters of `initialize`. A `locale` in them goes before the environment.
    pub(super) fn read(params: &Value, environment: Tongue) -> Self {
        let at = |pointer: &str| params.pointer(&format!("/capabilities{pointer}"));
        let lists = |pointer: &str, word: &str| {
            let list = at(pointer).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|item| item == word))
        };
        let says = |pointer: &str| at(pointer) == Some(&Value::Bool(true));
        Self {
            encoding: match lists("/general/positionEncodings", "utf-8") {
                true => Encoding::Utf8,
                false => Encoding::Utf16,
            },
            related: says("/textDocument/publishDiagnostics/relatedInformation"),
            markdown: lists("/textDocument/hover/contentFormat", "markdown"),
            links: says("/textDocument/definition/linkSupport"),
            tongue: params
                .get("locale")
                .and_then(Value::as_str)
                .map_or(environment, Tongue::named),
        }
    }

    /// The encoding of positions as the protocol names it.
    pub(super) fn encoding_name(self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// The lines of a file; of one that is no text, none.
pub(super) fn lines<'a>(sheet: &'a Sheet, path: &str, client: &Client) -> Lines<'a> {
    Lines::new(sheet.tree().text(path).unwrap_or_default(), client.encoding)
}

/// The problems of one file.
pub(super) fn diagnostics(
    of_file: &[Diagnostic],
    sheet: &Sheet,
    client: &Client,
    uri: &dyn Fn(&str) -> Uri,
) -> Vec<gen_lsp_types::Diagnostic> {
    let mut texts: HashMap<&str, Lines<'_>> = HashMap::new();
    let mut all = Vec::with_capacity(of_file.len());
    for diagnostic in of_file {
        let mut range = |path, span: &crate::diagnostic::Place| {
            let lines = texts.entry(path).or_insert_with(|| lines(sheet, path, client));
            lines.range(&(*span).into())
        };
        let place = range(&diagnostic.path, &diagnostic.span);
        let labels = diagnostic
            .labels
            .iter()
            .filter(|label| client.related && !label.text.is_empty());
        let related: Vec<_> = labels
            .map(|label| {
                let place = Location::new(uri(&label.path), range(&label.path, &label.span));
                DiagnosticRelatedInformation::new(place, label.text.in_tongue(client.tongue))
            })
            .collect();
        all.push(gen_lsp_types::Diagnostic::new(
            place,
            Some(severity(diagnostic.severity())),
            Some(Code::String(diagnostic.code.name().to_owned())),
            None,
            Some("kezako".to_owned()),
            message(diagnostic, client.tongue).into(),
            None,
            Some(related).filter(|related| !related.is_empty()),
            None,
        ));
    }
    all
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// What is wrong, what stands there, what to do, a line each.
fn message(diagnostic: &Diagnostic, tongue: Tongue) -> String {
    let help = diagnostic.help.iter().map(|help| say!("help: {help}", help));
    let lines = [diagnostic.message.clone()].into_iter().chain(diagnostic.label.clone());
    Phrase::lines(lines.chain(help)).in_tongue(tongue)
}

/// What to show where the cursor rests.
pub(super) fn hover(hover: desk::Hover, lines: &Lines<'_>, client: &Client) -> Hover {
    let kind = if client.markdown {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    let contents = Contents::MarkupContent(MarkupContent::new(kind, hover.markdown.in_tongue(client.tongue)));
    Hover::new(contents, Some(lines.range(&hover.origin)))
}

/// Where to go, as a link where the editor understands those.
pub(super) fn definition(
    definition: &desk::Definition,
    (origin, target): (&Lines<'_>, &Lines<'_>),
    uri: Uri,
    client: &Client,
) -> Value {
    let place = target.range(&definition.span);
    let value = if client.links {
        let origin = Some(origin.range(&definition.origin));
        serde_json::to_value([LocationLink::new(origin, uri, place, place)])
    } else {
        serde_json::to_value(Location::new(uri, place))
    };
    // Texts and numbers always serialize.
    value.unwrap_or_default()
}

/// What can be written at a byte of a text.
pub(super) fn completions(
    completions: desk::Completions,
    text: &str,
    at: usize,
    lines: &Lines<'_>,
    tongue: Tongue,
) -> CompletionList {
    let item = |(number, suggestion): (usize, desk::Suggestion)| {
        let typed = text.get(suggestion.span.start..at).unwrap_or_default().to_owned();
        let about = MarkupContent::new(MarkupKind::Markdown, suggestion.about.in_tongue(tongue));
        let edit = TextEdit::new(lines.range(&suggestion.span), suggestion.text);
        CompletionItem {
            label: suggestion.label,
            kind: Some(item_kind(suggestion.kind)),
            detail: Some(suggestion.detail.in_tongue(tongue)).filter(|detail| !detail.is_empty()),
            documentation: (!about.value.is_empty()).then_some(Documentation::MarkupContent(about)),
            // The desk has put them in order, and has looked for these by more than their beginning.
            sort_text: Some(format!("{number:05}")),
            filter_text: matches!(suggestion.kind, Offer::Quotation | Offer::Document).then_some(typed),
            insert_text_mode: Some(InsertTextMode::AsIs),
            text_edit: Some(edit.into()),
            ..CompletionItem::default()
        }
    };
    CompletionList {
        is_incomplete: !completions.complete,
        items: completions.suggestions.into_iter().enumerate().map(item).collect(),
        ..CompletionList::default()
    }
}

fn item_kind(offer: Offer) -> CompletionItemKind {
    match offer {
        Offer::Source | Offer::Passage => CompletionItemKind::Reference,
        Offer::Quotation => CompletionItemKind::Text,
        Offer::Word => CompletionItemKind::EnumMember,
        Offer::Key => CompletionItemKind::Property,
        Offer::Entity => CompletionItemKind::Value,
        Offer::Term => CompletionItemKind::Keyword,
        Offer::Document => CompletionItemKind::File,
    }
}
