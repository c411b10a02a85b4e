//! The markup of ordinary blocks and spans.

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, Tag, TagEnd};

use crate::text::escape_into;

/// The level of a heading in the page: its first-level heading is the page's title.
pub(super) fn level(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

/// State that markup depends on: where in a table we are.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

/// The opening markup of a tag that needs nothing from the site.
pub(super) fn open(tag: &Tag<'_>, table: &mut Table, out: &mut String) {
    match tag {
        Tag::Paragraph => out.push_str("<p>"),
        Tag::BlockQuote(_) => out.push_str("<blockquote>"),
        Tag::CodeBlock(kind) => open_code(kind, out),
        Tag::List(None) => out.push_str("<ul>"),
        Tag::List(Some(1)) => out.push_str("<ol>"),
        Tag::List(Some(start)) => out.push_str(&format!("<ol start=\"{start}\">")),
        Tag::Item => out.push_str("<li>"),
        Tag::DefinitionList => out.push_str("<dl>"),
        Tag::DefinitionListTitle => out.push_str("<dt>"),
        Tag::DefinitionListDefinition => out.push_str("<dd>"),
        Tag::Table(alignments) => {
            table.alignments.clone_from(alignments);
            out.push_str("<div class=\"table\" tabindex=\"0\"><table>");
        }
        Tag::TableHead => {
            table.in_head = true;
            table.column = 0;
            out.push_str("<thead><tr>");
        }
        Tag::TableRow => {
            table.column = 0;
            out.push_str("<tr>");
        }
        Tag::TableCell => open_cell(table, out),
        Tag::Emphasis => out.push_str("<em>"),
        Tag::Strong => out.push_str("<strong>"),
        Tag::Strikethrough => out.push_str("<del>"),
        Tag::HtmlBlock => out.push_str("<p>"),
        _ => {}
    }
}

fn open_code(kind: &CodeBlockKind<'_>, out: &mut String) {
    match kind {
        CodeBlockKind::Fenced(info) if !info.trim().is_empty() => {
            out.push_str("<pre><code class=\"language-");
            escape_into(out, info.split_whitespace().next().unwrap_or_default());
            out.push_str("\">");
        }
        _ => out.push_str("<pre><code>"),
    }
}

fn open_cell(table: &mut Table, out: &mut String) {
    out.push_str(if table.in_head { "<th scope=\"col\"" } else { "<td" });
    let class = match table.alignments.get(table.column) {
        Some(Alignment::Center) => " class=\"center\"",
        Some(Alignment::Right) => " class=\"right\"",
        _ => "",
    };
    out.push_str(class);
    out.push('>');
    table.column += 1;
}

/// The closing markup of a tag that needs nothing from the site.
pub(super) fn close(tag: TagEnd, table: &mut Table, out: &mut String) {
    let markup = match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::DefinitionList => "</dl>\n",
        TagEnd::DefinitionListTitle => "</dt>\n",
        TagEnd::DefinitionListDefinition => "</dd>\n",
        TagEnd::Table => "</tbody></table></div>\n",
        TagEnd::TableHead => {
            table.in_head = false;
            "</tr></thead><tbody>\n"
        }
        TagEnd::TableRow => "</tr>\n",
        TagEnd::TableCell if table.in_head => "</th>",
        TagEnd::TableCell => "</td>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        _ => "",
    };
    out.push_str(markup);
}

/// Whether a run of markup ends a block, so that words on its two sides are apart.
pub(super) fn ends_block(markup: &str) -> bool {
    [
        "</p>", "</li>", "</h", "</dt>", "</dd>", "</td>", "</th>", "</pre>", "<br",
    ]
    .iter()
    .any(|end| markup.contains(end))
}
