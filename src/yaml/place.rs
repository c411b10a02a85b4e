//! Finds the place of a key or a value in YAML text, for reports. serde_yaml gives values without places; saphyr-parser gives events with them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, Span as Mark};

use crate::phrase::{Phrase, say};
use crate::text::{LineIndex, Span};

/// One step from a mapping or a list to what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// An item of a list, from 0.
    Item(usize),
}

/// Where a key and its value stand, in bytes of the YAML text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The key; for a list item, the item itself.
    pub key: Span,
    /// The value: a scalar with its quotes, or the whole of a list or mapping.
    pub value: Span,
}

/// A key that a mapping holds twice, at its second place.
pub(super) struct Repeated {
    pub(super) name: String,
    pub(super) span: Span,
}

/// The places of a YAML text, looked for once.
#[derive(Default)]
pub(super) struct Map(OnceCell<Option<Node>>);

impl Map {
    /// Finds what `trail` leads to; where the trail breaks off, the last thing on it. `yaml` is the same text each time.
    pub(super) fn locate(&self, yaml: &str, trail: &[Step<'_>]) -> Option<Found> {
        let root = self.0.get_or_init(|| Places::new(yaml, &evened(yaml)).read());
        root.as_ref().and_then(|root| root.find(trail))
    }
}

/// A node of the tree of places.
enum Node {
    Scalar(Span),
    List(Span, Vec<Node>),
    Mapping(Span, Vec<(String, Span, Node)>),
}

impl Node {
    fn span(&self) -> Span {
        match self {
            Self::Scalar(span) | Self::List(span, _) | Self::Mapping(span, _) => span.clone(),
        }
    }

    fn find(&self, trail: &[Step<'_>]) -> Option<Found> {
        let mut node = self;
        let mut found = None;
        for step in trail {
            let (key, next) = match (step, node) {
                (Step::Key(name), Self::Mapping(_, entries)) => {
                    let Some((_, key, value)) = entries.iter().find(|(key, _, _)| key == name) else {
                        break;
                    };
                    (key.clone(), value)
                }
                (Step::Item(at), Self::List(_, items)) => {
                    let Some(item) = items.get(*at) else { break };
                    (item.span(), item)
                }
                _ => break,
            };
            found = Some(Found {
                key,
                value: next.span(),
            });
            node = next;
        }
        found
    }
}

/// Finds what `trail` leads to in a YAML text; where the trail breaks off, the last thing on it.
pub fn locate(yaml: &str, trail: &[Step<'_>]) -> Option<Found> {
    Map::default().locate(yaml, trail)
}

/// The first key, in order of the text, that repeats one of its own mapping.
pub(super) fn repeated_key(yaml: &str) -> Option<Repeated> {
    fn search(node: &Node) -> Option<Repeated> {
        match node {
            Node::Scalar(_) => None,
            Node::List(_, items) => items.iter().find_map(search),
            Node::Mapping(_, entries) => {
                let mut seen = BTreeSet::new();
                entries.iter().find_map(|(name, span, value)| {
                    let again = !seen.insert(name);
                    let repeated = again.then(|| Repeated {
                        name: name.clone(),
                        span: span.clone(),
                    });
                    repeated.or_else(|| search(value))
                })
            }
        }
    }
    search(&Places::new(yaml, &evened(yaml)).read()?)
}

/// Every single value of a YAML text, in order: the way to it, as in `evidence.*.note`, and its bytes with its quotation marks.
pub(super) fn scalars(yaml: &str) -> Vec<(String, Span)> {
    fn gather(node: Node, way: &str, found: &mut Vec<(String, Span)>) {
        match node {
            Node::Scalar(span) => found.push((way.trim_start_matches('.').to_owned(), span)),
            Node::List(_, items) => {
                let way = format!("{way}.*");
                items.into_iter().for_each(|item| gather(item, &way, found));
            }
            Node::Mapping(_, entries) => {
                for (name, _, value) in entries {
                    gather(value, &format!("{way}.{name}"), found);
                }
            }
        }
    }
    let mut found = Vec::new();
    if let Some(node) = Places::new(yaml, &evened(yaml)).read() {
        gather(node, "", &mut found);
    }
    found
}

/// The keys of a mapping that has each on a line of its own, from the line's beginning, in order: name, and where its line begins. `None` for every
/// other way to write one, and where values are repeated by `*`.
pub(super) fn lines_of_keys(yaml: &str) -> Option<Vec<(String, usize)>> {
    let even = evened(yaml);
    let mut parser = Parser::new_from_str(&even);
    while let Some(Ok((event, _))) = parser.next_event() {
        match event {
            Event::Alias(_) => return None,
            Event::StreamEnd => break,
            _ => {}
        }
    }
    let Node::Mapping(_, entries) = Places::new(yaml, &even).read()? else {
        return None;
    };
    let begins_line = |at: usize| at == 0 || yaml.as_bytes()[at - 1] == b'\n';
    let own_lines = entries.iter().all(|(_, key, _)| begins_line(key.start));
    own_lines.then(|| entries.into_iter().map(|(name, key, _)| (name, key.start)).collect())
}

/// Something that would take very long to read, and that nobody writes by hand.
pub(super) struct Excess {
    pub(super) message: Phrase,
    pub(super) span: Span,
}

/// How many `*` repetitions a text may hold.
const MOST_ALIASES: usize = 64;

/// Looks for nesting and repetition without end, before any value is made. Only texts with many brackets, or with `&` and `*`, are looked through.
pub(super) fn excess(yaml: &str) -> Option<Excess> {
    let brackets = memchr::memchr2_iter(b'[', b'{', yaml.as_bytes()).count() > DEEPEST;
    let repeats = yaml.contains('&') && yaml.contains('*');
    if !brackets && !repeats {
        return None;
    }
    let even = evened(yaml);
    let mut places = Places::new(yaml, &even);
    let (mut depth, mut aliases) = (0usize, 0usize);
    while let Some(Ok((event, mark))) = places.parser.next_event() {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            Event::Alias(_) => aliases += 1,
            Event::StreamEnd => break,
            _ => {}
        }
        if depth > DEEPEST {
            return Some(Excess {
                message: say!("this YAML nests more than 64 levels deep"),
                span: places.span(&mark),
            });
        }
        if aliases > MOST_ALIASES {
            return Some(Excess {
                message: say!("this YAML unfolds into far more than it says"),
                span: places.span(&mark),
            });
        }
    }
    None
}

/// Builds the tree of places from the parser's events.
struct Places<'a> {
    yaml: &'a str,
    lines: LineIndex,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    /// The single value that was read last, without its quotes.
    value: String,
    /// The closing bracket or brace of the list or mapping that was read last; empty where it has none.
    closing: Span,
}

/// How deep a text may nest before places are no longer looked for.
const DEEPEST: usize = 64;

/// A text in which each character stands where it did, without those that the parser of places refuses and that of values takes: tabs between a key
/// and its value, and byte order marks within the text.
fn evened(yaml: &str) -> Cow<'_, str> {
    match yaml.contains(['\t', '\u{feff}']) {
        true => Cow::Owned(yaml.replace('\t', " ").replace('\u{feff}', "\u{25a1}")),
        false => Cow::Borrowed(yaml),
    }
}

impl<'a> Places<'a> {
    /// Begins to read; `even` is the text without what the parser refuses.
    fn new(yaml: &'a str, even: &'a str) -> Self {
        Self {
            yaml,
            lines: LineIndex::new(yaml),
            parser: Parser::new_from_str(even),
            value: String::new(),
            closing: 0..0,
        }
    }

    fn read(&mut self) -> Option<Node> {
        loop {
            let (event, mark) = self.parser.next_event()?.ok()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) => {}
                event => return self.node(&event, &mark, 0),
            }
        }
    }

    /// Reads the node that begins with `event`. A text that breaks off gives what was read so far.
    fn node(&mut self, event: &Event<'_>, mark: &Mark, depth: usize) -> Option<Node> {
        let start = self.span(mark).start;
        match event {
            Event::Scalar(value, ..) => {
                self.value.clear();
                self.value.push_str(value);
                Some(Node::Scalar(self.span(mark)))
            }
            Event::Alias(_) => Some(Node::Scalar(self.span(mark))),
            Event::SequenceStart(..) | Event::MappingStart(..) if depth >= DEEPEST => None,
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                while let Some(item) = self.next(depth, |event| matches!(event, Event::SequenceEnd)) {
                    items.push(item);
                }
                let end = items.last().map_or(self.span(mark).end, |item: &Node| item.span().end);
                Some(Node::List(start..end.max(self.closing.end), items))
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                while let Some(key) = self.next(depth, |event| matches!(event, Event::MappingEnd)) {
                    let name = std::mem::take(&mut self.value);
                    let Some(value) = self.next(depth, |_| false) else {
                        break;
                    };
                    entries.push((name, key.span(), value));
                }
                let end = entries
                    .last()
                    .map_or(self.span(mark).end, |(_, _, value)| value.span().end);
                Some(Node::Mapping(start..end.max(self.closing.end), entries))
            }
            _ => None,
        }
    }

    fn next(&mut self, depth: usize, is_end: fn(&Event<'_>) -> bool) -> Option<Node> {
        let (event, mark) = self.parser.next_event()?.ok()?;
        if is_end(&event) {
            let closing = self.span(&mark);
            self.closing = if matches!(&self.yaml[closing.clone()], "]" | "}") {
                closing
            } else {
                0..0
            };
            return None;
        }
        self.node(&event, &mark, depth + 1)
    }

    /// The parser counts lines from 1 and columns in characters from 0.
    fn span(&self, mark: &Mark) -> Span {
        let byte = |line: usize, column: usize| {
            let Some(line) = self.lines.line_span(line) else {
                return self.yaml.len();
            };
            let text = &self.yaml[line.clone()];
            if text.is_ascii() {
                return line.start + column.min(text.len());
            }
            line.start + text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
        };
        let start = byte(mark.start.line(), mark.start.col());
        let end = byte(mark.end.line(), mark.end.col()).max(start);
        // A no-break space at the end belongs to the value.
        start..start + self.yaml[start..end].trim_end_matches([' ', '\t', '\r', '\n']).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "claim: \"Où ?\"\nevidence:\n  - {title: \"é\", url: \"x\"}\n  - title: b\n    url: javascript:1\nsee: [a, bc]\n";

    fn at(trail: &[Step<'_>]) -> (&'static str, &'static str) {
        let found = locate(YAML, trail).expect("a place");
        (&YAML[found.key], &YAML[found.value])
    }

    #[test]
    fn places_of_keys_and_values() {
        use Step::{Item, Key};
        assert_eq!(at(&[Key("claim")]), ("claim", "\"Où ?\""));
        assert_eq!(at(&[Key("evidence"), Item(0), Key("url")]), ("url", "\"x\""));
        assert_eq!(at(&[Key("evidence"), Item(1), Key("url")]), ("url", "javascript:1"));
        assert_eq!(at(&[Key("see"), Item(1)]), ("bc", "bc"));
        assert_eq!(at(&[Key("see")]), ("see", "[a, bc]"));
        assert_eq!(at(&[Key("evidence"), Item(0)]).1, "{title: \"é\", url: \"x\"}");
        assert_eq!(at(&[Key("see"), Item(7)]).0, "see");
        assert_eq!(locate(YAML, &[Key("nothing")]), None);
    }

    /// The parser of values takes them, so they must not hide the places of what follows.
    #[test]
    fn tabs_marks_and_escapes_hide_no_place() {
        use Step::{Item, Key};
        let yaml = "term:\tGrok\nsense: a\u{feff}b\n\"sum\\u00e9\": [x,\ty]\n";
        let found = locate(yaml, &[Key("sumé"), Item(1)]).expect("a place");
        assert_eq!(&yaml[found.value], "y");
        assert_eq!(
            &yaml[locate(yaml, &[Key("sense")]).expect("a place").value],
            "a\u{feff}b"
        );
    }

    #[test]
    fn a_repeated_key_is_found_at_its_second_place() {
        let repeated = repeated_key("a: 1\nb: {c: 1, c: 2}\n").expect("a repeated key");
        assert_eq!((repeated.name.as_str(), repeated.span), ("c", 15..16));
    }
}
