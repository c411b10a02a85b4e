//! A web page → its visible text, one block a line, with what the markup says of each.

use dom_query::{Document, NodeRef};

use super::{Block, Extract, Refusal, Remark, Shape, article, decode, facts};
use crate::phrase::say;

/// Elements that begin a new line, by the default style sheet of HTML (WHATWG HTML §15.3), and those that saved pages use alike.
const BLOCKS: &str = "\
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 \
    h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary table tbody tfoot thead tr ul";

/// Elements whose text no reader sees.
const UNSEEN: &str =
    "script style noscript template head title svg math iframe object video audio canvas textarea select datalist";

/// Elements around an article rather than in it.
const FRAMES: &str = "nav aside footer form dialog menu button search";

/// Landmark roles of the same kind (WAI-ARIA 1.2 §5.3.4).
const FRAME_ROLES: &str = "navigation complementary contentinfo search dialog banner";

/// Whether a list holds a word.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// How deep elements may stand in each other for the search of the article, which goes from element to element by calls.
const DEEPEST: usize = 600;

/// Draws the text from a page.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, Refusal> {
    let decoded = decode(bytes, declared(bytes).as_deref())?;
    let document = Document::from(&*decoded.text);
    let mut walk = Walk::default();
    walk.node(document.root());
    walk.flush();
    if walk.blocks.is_empty() {
        return Err(Refusal::new(
            say!("holds no text"),
            say!(
                "a script may draw it: open the page in a browser, and save or print it from there once the text shows"
            ),
        ));
    }
    let facts = facts::of_page(&document);
    let mut remarks = Vec::new();
    if let Some(encoding) = decoded.encoding {
        remarks.push(Remark::Encoding(encoding.to_owned()));
    }
    if decoded.damaged {
        remarks.push(Remark::Damaged);
    }
    let found = (walk.deepest <= DEEPEST).then(|| article::find(document)).flatten();
    let article_known = found.is_some_and(|article| article.mark(&mut walk.blocks));
    Ok(Extract {
        blocks: walk.blocks,
        facts,
        article_known,
        remarks,
    })
}

/// The encoding that a page names in its first kilobyte (WHATWG HTML §13.2.3.2).
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let after = head
        .split("charset")
        .nth(1)?
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let label = after.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'));
    Some(label[..end.unwrap_or(label.len())].to_owned())
}

/// The visible text of some markup, in blocks.
pub(super) fn blocks(document: &Document) -> Vec<Block> {
    let mut walk = Walk::default();
    walk.node(document.root());
    walk.flush();
    walk.blocks
}

/// A walk over elements, from the first to the last. It keeps its own way back, since pages may be nested deeper than a stack is.
#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    line: String,
    /// Open elements that say what a block is, counted.
    headings: usize,
    captions: usize,
    frames: usize,
    articles: usize,
    preformatted: usize,
    deepest: usize,
}

/// What an element means for the text in it.
#[derive(Default, Clone, Copy)]
struct Meaning {
    is_block: bool,
    heading: bool,
    caption: bool,
    frame: bool,
    article: bool,
    preformatted: bool,
}

impl Walk {
    fn node(&mut self, root: NodeRef<'_>) {
        let mut way: Vec<(NodeRef<'_>, Meaning)> = Vec::new();
        let mut next = Some(root);
        while let Some(node) = next {
            let below = self.enter(&node);
            if let Some(meaning) = below {
                if let Some(child) = node.first_child() {
                    way.push((node, meaning));
                    self.deepest = self.deepest.max(way.len());
                    next = Some(child);
                    continue;
                }
                self.leave(meaning);
            }
            next = node.next_sibling();
            while next.is_none() {
                let Some((parent, meaning)) = way.pop() else { break };
                self.leave(meaning);
                next = parent.next_sibling();
            }
        }
    }

    /// Takes up a node; for an element whose children count, what it means.
    fn enter(&mut self, node: &NodeRef<'_>) -> Option<Meaning> {
        if node.is_text() {
            self.text(&node.text());
            return None;
        }
        if !node.is_element() {
            return node.is_document().then(Meaning::default);
        }
        let name = node.node_name()?;
        if has(UNSEEN, &name) || is_hidden(node) {
            return None;
        }
        let role = node.attr("role");
        let role = role.as_deref().unwrap_or_default();
        let header = matches!(&*name, "header") && self.articles == 0;
        let meaning = Meaning {
            is_block: has(BLOCKS, &name),
            heading: matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") || role == "heading",
            caption: &*name == "figcaption",
            frame: header || has(FRAMES, &name) || has(FRAME_ROLES, role),
            article: matches!(&*name, "article" | "main"),
            preformatted: &*name == "pre",
        };
        if meaning.is_block {
            self.flush();
        } else if matches!(&*name, "td" | "th") {
            self.space();
        }
        self.headings += usize::from(meaning.heading);
        self.captions += usize::from(meaning.caption);
        self.frames += usize::from(meaning.frame);
        self.articles += usize::from(meaning.article);
        self.preformatted += usize::from(meaning.preformatted);
        Some(meaning)
    }

    fn leave(&mut self, meaning: Meaning) {
        if meaning.is_block {
            self.flush();
        }
        self.headings -= usize::from(meaning.heading);
        self.captions -= usize::from(meaning.caption);
        self.frames -= usize::from(meaning.frame);
        self.articles -= usize::from(meaning.article);
        self.preformatted -= usize::from(meaning.preformatted);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.flush(),
                c if c.is_ascii_whitespace() => self.space(),
                c if c.is_control() => {}
                c => self.line.push(c),
            }
        }
    }

    /// White space counts once, and not at the beginning of a line.
    fn space(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.line);
        let text = text.trim_end_matches(' ');
        if text.trim().is_empty() {
            return;
        }
        let shape = match () {
            () if self.frames > 0 => Shape::Frame,
            () if self.headings > 0 => Shape::Heading,
            () if self.captions > 0 => Shape::Caption,
            () => Shape::Plain,
        };
        self.blocks.push(Block {
            text: text.to_owned(),
            shape,
        });
    }
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = node
        .attr("style")
        .map(|style| style.replace(char::is_whitespace, "").to_lowercase());
    node.has_attr("hidden")
        || style.is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[(&str, Shape)]) {
        let found = blocks(&Document::from(html));
        let found: Vec<(&str, Shape)> = found.iter().map(|block| (&*block.text, block.shape)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_block_is_a_line() {
        check(
            "<title>no</title><p>One <b>two</b>\n  three<p>four<br>five<script>no</script><div hidden>no</div><i style='display: none'>no</i>",
            &[
                ("One two three", Shape::Plain),
                ("four", Shape::Plain),
                ("five", Shape::Plain),
            ],
        );
    }

    #[test]
    fn markup_says_what_a_block_is() {
        check(
            "<header>menu<h1>site</h1></header><nav>n</nav><main><header><h1>title</h1></header>text<figure><figcaption>cap</figcaption></figure><form>f</form><div role=navigation>r</div></main>",
            &[
                ("menu", Shape::Frame),
                ("site", Shape::Frame),
                ("n", Shape::Frame),
                ("title", Shape::Heading),
                ("text", Shape::Plain),
                ("cap", Shape::Caption),
                ("f", Shape::Frame),
                ("r", Shape::Frame),
            ],
        );
    }

    #[test]
    fn spaces_that_may_not_break_stay() {
        check(
            "<p>10\u{a0}000 <pre>a\n b</pre>",
            &[("10\u{a0}000", Shape::Plain), ("a", Shape::Plain), ("b", Shape::Plain)],
        );
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let html = format!("{}x{}", "<div>".repeat(3000), "</div>".repeat(3000));
        let extract = extract(html.as_bytes()).expect("it holds text");
        assert_eq!(extract.blocks.len(), 1);
    }

    #[test]
    fn a_page_without_text_is_refused() {
        for html in [
            "",
            "<html></html>",
            "<script>draw()</script>",
            "<div hidden>x</div>",
            "<p>\u{a0}</p>",
        ] {
            assert!(extract(html.as_bytes()).is_err(), "{html}");
        }
    }

    #[test]
    fn the_declared_encoding_is_read() {
        for (html, label) in [
            ("<meta charset=\"windows-1252\">", Some("windows-1252")),
            (
                "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>",
                Some("iso-8859-1"),
            ),
            ("<p>charset</p>", None),
        ] {
            assert_eq!(declared(html.as_bytes()).as_deref(), label, "{html}");
        }
    }
}
