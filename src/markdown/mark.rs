//! The blocks and spans of a body as typed marks: what stands between its words, whether it is set as a page or on paper.

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, Tag, TagEnd};

use super::Body;
use crate::text::{escape, escape_into};

/// What opens or closes between words, or stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A block or span opens.
    Open(Element),
    /// It closes.
    Close(Element),
    /// A block of code opens; its language, or nothing.
    CodeOpen(Box<str>),
    /// The block of code closes.
    CodeClose,
    /// The line ends here.
    Break,
    /// A rule across the page.
    Rule,
    /// The mark of a footnote in running text: its number, and whether it is the footnote's first.
    NoteMark(usize, bool),
}

/// A block or span that holds others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// A blockquote that is no quotation.
    BlockQuote,
    /// A heading; index of [`Body::headings`].
    Heading(usize),
    /// A list with bullets.
    Bullets,
    /// A list with numbers, and its first.
    Numbers(u64),
    /// An item of a list.
    Item,
    /// A list of words and what they mean.
    Definitions,
    /// A word of such a list.
    Defined,
    /// What the word means.
    Meaning,
    /// A table.
    Table,
    /// The row at its head.
    Head,
    /// A row below it.
    Row,
    /// A cell: whether it stands at the head, and how it is aligned.
    Cell(bool, Align),
    /// Words that are stressed.
    Emphasis,
    /// Words that are strongly stressed.
    Strong,
    /// Words that are struck out.
    Deleted,
    /// Code in running text.
    Code,
    /// The footnotes, at the end of the body.
    Notes,
    /// A footnote: its number, and whether the text has its mark.
    Note(usize, bool),
}

/// How a column of a table is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As running text.
    Start,
    /// In the middle.
    Center,
    /// At the far side.
    End,
}

/// How a body's anchors and headings are set where several bodies share a page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Placement<'a> {
    /// Put before each anchor; empty where the body has a page of its own.
    pub prefix: &'a str,
    /// How many levels its headings lie deeper.
    pub deeper: u8,
}

impl Placement<'_> {
    /// The level of a heading on the page, as it is written.
    fn level(&self, own: u8) -> &'static str {
        ["1", "2", "3", "4", "5", "6"][usize::from((own + self.deeper).clamp(1, 6)) - 1]
    }

    /// An anchor of the body as the page has it.
    pub fn anchor(&self, anchor: &str) -> String {
        format!("{}{anchor}", self.prefix)
    }
}

/// The level of a heading in the page: its first-level heading is the page's title.
pub(super) fn level(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

/// Where in a table the reader is.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    fn begin_row(&mut self, in_head: bool) {
        self.in_head = in_head;
        self.column = 0;
    }

    fn cell(&self, column: usize) -> Element {
        let align = match self.alignments.get(column) {
            Some(Alignment::Center) => Align::Center,
            Some(Alignment::Right) => Align::End,
            _ => Align::Start,
        };
        Element::Cell(self.in_head, align)
    }
}

/// The mark that opens a tag which needs nothing from the site.
pub(super) fn open(tag: &Tag<'_>, table: &mut Table) -> Option<Mark> {
    let element = match tag {
        Tag::Paragraph | Tag::HtmlBlock => Element::Paragraph,
        Tag::BlockQuote(_) => Element::BlockQuote,
        Tag::CodeBlock(kind) => return Some(Mark::CodeOpen(language(kind))),
        Tag::List(None) => Element::Bullets,
        Tag::List(Some(start)) => Element::Numbers(*start),
        Tag::Item => Element::Item,
        Tag::DefinitionList => Element::Definitions,
        Tag::DefinitionListTitle => Element::Defined,
        Tag::DefinitionListDefinition => Element::Meaning,
        Tag::Table(alignments) => {
            table.alignments.clone_from(alignments);
            Element::Table
        }
        Tag::TableHead => {
            table.begin_row(true);
            Element::Head
        }
        Tag::TableRow => {
            table.begin_row(false);
            Element::Row
        }
        Tag::TableCell => {
            table.column += 1;
            table.cell(table.column - 1)
        }
        Tag::Emphasis => Element::Emphasis,
        Tag::Strong => Element::Strong,
        Tag::Strikethrough => Element::Deleted,
        _ => return None,
    };
    Some(Mark::Open(element))
}

fn language(kind: &CodeBlockKind<'_>) -> Box<str> {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().into(),
        CodeBlockKind::Indented => "".into(),
    }
}

/// The mark that closes a tag which needs nothing from the site.
pub(super) fn close(tag: TagEnd, table: &Table) -> Option<Mark> {
    let element = match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => Element::Paragraph,
        TagEnd::BlockQuote(_) => Element::BlockQuote,
        TagEnd::CodeBlock => return Some(Mark::CodeClose),
        TagEnd::List(false) => Element::Bullets,
        TagEnd::List(true) => Element::Numbers(1),
        TagEnd::Item => Element::Item,
        TagEnd::DefinitionList => Element::Definitions,
        TagEnd::DefinitionListTitle => Element::Defined,
        TagEnd::DefinitionListDefinition => Element::Meaning,
        TagEnd::Table => Element::Table,
        TagEnd::TableHead => Element::Head,
        TagEnd::TableRow => Element::Row,
        TagEnd::TableCell => table.cell(table.column.saturating_sub(1)),
        TagEnd::Emphasis => Element::Emphasis,
        TagEnd::Strong => Element::Strong,
        TagEnd::Strikethrough => Element::Deleted,
        _ => return None,
    };
    Some(Mark::Close(element))
}

impl Mark {
    /// Whether it ends a block, so that words on its two sides are apart.
    pub(super) fn ends_block(&self) -> bool {
        use Element::{Cell, Defined, Heading, Item, Meaning, Note, Paragraph};
        match self {
            Self::Break | Self::CodeClose => true,
            Self::Close(element) => {
                matches!(
                    element,
                    Paragraph | Item | Heading(_) | Defined | Meaning | Cell(..) | Note(..)
                )
            }
            _ => false,
        }
    }
}

impl Body {
    /// Writes the markup of one of the body's marks.
    pub fn markup(&self, mark: &Mark, placement: Placement<'_>, out: &mut String) {
        match mark {
            Mark::Open(element) => self.open(*element, placement, out),
            Mark::Close(element) => self.close(*element, placement, out),
            Mark::CodeOpen(language) if language.is_empty() => out.push_str("<pre><code>"),
            Mark::CodeOpen(language) => {
                out.push_str("<pre><code class=\"language-");
                escape_into(out, language);
                out.push_str("\">");
            }
            Mark::CodeClose => out.push_str("</code></pre>\n"),
            Mark::Break => out.push_str("<br>\n"),
            Mark::Rule => out.push_str("<hr>\n"),
            Mark::NoteMark(number, first) => {
                let target = self.note_anchor("fn", *number, placement);
                out.push_str(&format!("<sup class=\"note\"><a href=\"#{target}\""));
                if *first {
                    out.push_str(&format!(" id=\"{}\"", self.note_anchor("fnref", *number, placement)));
                }
                out.push_str(&format!(">{number}</a></sup>"));
            }
        }
    }

    fn open(&self, element: Element, placement: Placement<'_>, out: &mut String) {
        let markup = match element {
            Element::Paragraph => "<p>",
            Element::BlockQuote => "<blockquote>",
            Element::Bullets => "<ul>",
            Element::Numbers(1) => "<ol>",
            Element::Item => "<li>",
            Element::Definitions => "<dl>",
            Element::Defined => "<dt>",
            Element::Meaning => "<dd>",
            Element::Table => "<div class=\"table\" tabindex=\"0\"><table>",
            Element::Head => "<thead><tr>",
            Element::Row => "<tr>",
            Element::Emphasis => "<em>",
            Element::Strong => "<strong>",
            Element::Deleted => "<del>",
            Element::Code => "<code>",
            Element::Notes => "<ol class=\"footnotes\">\n",
            Element::Numbers(start) => return out.push_str(&format!("<ol start=\"{start}\">")),
            Element::Cell(head, align) => {
                out.push_str(if head { "<th scope=\"col\"" } else { "<td" });
                match align {
                    Align::Start => ">",
                    Align::Center => " class=\"center\">",
                    Align::End => " class=\"right\">",
                }
            }
            Element::Heading(at) => {
                let Some(heading) = self.headings.get(at) else { return };
                out.extend(["<h", placement.level(heading.level), " id=\""]);
                escape_into(out, placement.prefix);
                escape_into(out, &heading.id);
                if !heading.classes.is_empty() {
                    out.push_str("\" class=\"");
                    escape_into(out, &heading.classes);
                }
                return out.push_str("\">");
            }
            Element::Note(number, _) => {
                let anchor = self.note_anchor("fn", number, placement);
                return out.push_str(&format!("<li id=\"{anchor}\" value=\"{number}\">"));
            }
        };
        out.push_str(markup);
    }

    fn close(&self, element: Element, placement: Placement<'_>, out: &mut String) {
        let markup = match element {
            Element::Paragraph => "</p>\n",
            Element::BlockQuote => "</blockquote>\n",
            Element::Bullets => "</ul>\n",
            Element::Numbers(_) | Element::Notes => "</ol>\n",
            Element::Item => "</li>\n",
            Element::Definitions => "</dl>\n",
            Element::Defined => "</dt>\n",
            Element::Meaning => "</dd>\n",
            Element::Table => "</tbody></table></div>\n",
            Element::Head => "</tr></thead><tbody>\n",
            Element::Row => "</tr>\n",
            Element::Cell(true, _) => "</th>",
            Element::Cell(false, _) => "</td>",
            Element::Emphasis => "</em>",
            Element::Strong => "</strong>",
            Element::Deleted => "</del>",
            Element::Code => "</code>",
            Element::Heading(at) => {
                let Some(heading) = self.headings.get(at) else { return };
                return out.extend(["</h", placement.level(heading.level), ">\n"]);
            }
            Element::Note(_, false) => "</li>\n",
            Element::Note(number, true) => {
                let back = self.note_anchor("fnref", number, placement);
                return out.push_str(&format!("<a class=\"back\" href=\"#{back}\">↩</a></li>\n"));
            }
        };
        out.push_str(markup);
    }

    /// The anchor of a footnote or of its mark, as it stands in an attribute.
    fn note_anchor(&self, kind: &str, number: usize, placement: Placement<'_>) -> String {
        let anchor = match &*self.prefix {
            "" => format!("{kind}-{number}"),
            prefix => format!("{prefix}-{kind}-{number}"),
        };
        escape(&placement.anchor(&anchor))
    }
}
