//! The style sheet: bundled from `templates/styles/site.css`, lowered and minified by lightningcss, named by its content.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use lightningcss::bundler::{Bundler, ResolveResult, SourceProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::phrase::{Phrase, say};
use crate::templates::{TemplateFile, files};
use crate::text::LineIndex;
use crate::tree::Tree;

/// The finished style sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// Path from the site's root, with the hash of the content in it.
    pub path: String,
    /// The bytes.
    pub css: Vec<u8>,
}

/// Browsers that are served as they were in 2023, when nesting and container queries were everywhere new and nowhere old.
fn targets() -> Targets {
    let version = |major: u32| Some(major << 16);
    Targets::from(Browsers {
        chrome: version(111),
        edge: version(111),
        firefox: version(113),
        safari: version(16),
        ios_saf: version(16),
        ..Browsers::default()
    })
}

/// The style files of a site as lightningcss asks for them.
struct Files<'a> {
    texts: BTreeMap<PathBuf, &'a str>,
}

/// What [`Absent`] says, before the file's name.
const NO_FILE: &str = "there is no style file ";

/// An `@import` that leads nowhere.
#[derive(Debug)]
struct Absent(String);

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{NO_FILE}`{}`", self.0)
    }
}

impl std::error::Error for Absent {}

impl SourceProvider for Files<'_> {
    type Error = Absent;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Absent> {
        self.texts
            .get(file)
            .copied()
            .ok_or_else(|| Absent(file.display().to_string()))
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Absent> {
        let joined = from.parent().unwrap_or(Path::new("")).join(specifier);
        let mut path = PathBuf::new();
        for part in joined.components() {
            match part {
                Component::Normal(part) => path.push(part),
                Component::ParentDir if path.pop() => {}
                Component::CurDir => {}
                _ => return Err(Absent(specifier.to_owned())),
            }
        }
        if self.texts.contains_key(&path) {
            Ok(ResolveResult::File(path))
        } else {
            Err(Absent(specifier.to_owned()))
        }
    }
}

/// Makes the style sheet of a site.
pub fn style(tree: &Tree) -> Checked<Style> {
    let all = files(tree, "styles/");
    let mut diagnostics = Vec::new();
    let mut provider = Files { texts: BTreeMap::new() };
    for (name, file) in all.iter().filter(|(name, _)| name.ends_with(".css")) {
        match file.text() {
            Ok(text) => {
                provider.texts.insert(PathBuf::from(name), text);
            }
            Err(at) => diagnostics.push(
                Diagnostic::new(
                    Code::Style,
                    &file.path,
                    at..at,
                    say!("this style sheet is not UTF-8 text"),
                )
                .help(say!("save it as UTF-8 in your editor")),
            ),
        }
    }
    diagnostics.extend(all.values().filter_map(too_deep));
    if !diagnostics.is_empty() {
        return Checked {
            value: Style::default(),
            diagnostics,
        };
    }
    match bundle(&provider) {
        Ok(css) => {
            let hash = blake3::hash(css.as_bytes()).to_hex();
            Checked {
                value: Style {
                    path: format!("assets/site.{}.css", &hash[..10]),
                    css: css.into_bytes(),
                },
                diagnostics,
            }
        }
        Err(fault) => {
            // Together they tell of one fault. So each is read alone, and only what is wrong with none alone is told of all.
            let mut faults: Vec<Diagnostic> = provider.texts.iter().filter_map(fault_alone(&all)).collect();
            if faults.is_empty() {
                faults.push(fault.diagnostic(&all));
            }
            Checked {
                value: Style::default(),
                diagnostics: faults,
            }
        }
    }
}

/// What is wrong with a style sheet whatever the others are.
fn fault_alone(all: &BTreeMap<String, TemplateFile<'_>>) -> impl Fn((&PathBuf, &&str)) -> Option<Diagnostic> {
    |(path, text)| {
        let options = ParserOptions {
            filename: path.to_string_lossy().into_owned(),
            ..ParserOptions::default()
        };
        let error = StyleSheet::parse(text, options).err()?;
        Some(Fault::from(error).diagnostic(all))
    }
}

/// How deep brackets may nest. The parser goes one level deeper on its stack for each, and style sheets written by people stay far below.
const DEEPEST: usize = 64;

/// The place where a style sheet nests too deeply to be parsed; brackets in comments and strings count, since none need so many.
fn too_deep(file: &TemplateFile<'_>) -> Option<Diagnostic> {
    let mut depth = 0usize;
    let at = file.bytes.iter().position(|byte| {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })?;
    let message = say!("this style sheet nests more than {most} brackets", most = DEEPEST);
    Some(Diagnostic::new(Code::Style, &file.path, at..at + 1, message).help(say!("write it with fewer levels")))
}

/// lightningcss's error with its place: file, line from 0, column from 1.
struct Fault {
    message: String,
    place: Option<(String, u32, u32)>,
}

impl<T: fmt::Display> From<lightningcss::error::Error<T>> for Fault {
    fn from(error: lightningcss::error::Error<T>) -> Self {
        Self {
            message: error.kind.to_string(),
            place: error.loc.map(|place| (place.filename, place.line, place.column)),
        }
    }
}

impl Fault {
    fn diagnostic(self, files: &BTreeMap<String, TemplateFile<'_>>) -> Diagnostic {
        let (name, line, column) = self.place.unwrap_or(("styles/site.css".to_owned(), 0, 1));
        let path: Arc<str> = files
            .get(&name)
            .map_or_else(|| format!("templates/{name}").into(), |file| Arc::clone(&file.path));
        let file = files.get(&name);
        let text = file.and_then(|file| file.text().ok()).unwrap_or_default();
        let mark = file.map_or(0, TemplateFile::mark);
        let span = LineIndex::new(text).line_span(line as usize + 1).unwrap_or(0..0);
        // lightningcss counts columns in UTF-16 code units; in a style sheet they are bytes nearly always.
        let start =
            crate::text::floor_char_boundary(text, (span.start + column.saturating_sub(1) as usize).min(span.end));
        // The place may be the white space before the words.
        let start = start + (text[start..span.end].len() - text[start..span.end].trim_start().len());
        let rest = &text[start..span.end];
        let quoted = rest
            .starts_with("@import")
            .then(|| rest.split(['"', '\'']).nth(1))
            .flatten();
        let (start, length) = match quoted {
            Some(name) => (start + rest.find(name).unwrap_or(0), name.len()),
            None => (
                start,
                rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | '}'))
                    .unwrap_or(rest.len()),
            ),
        };
        Diagnostic::new(
            Code::Style,
            &path,
            mark + start..mark + start + length,
            say!("this style sheet cannot be read: {plain}", plain = plain(&self.message)),
        )
        .help(say!("mend it, or delete the site's copy to get the built-in one back"))
    }
}

/// lightningcss shows tokens as Rust does; readers see them in the frame.
fn plain(message: &str) -> Phrase {
    if let Some(name) = message.strip_prefix(NO_FILE) {
        return say!("there is no style file {name}", name);
    }
    let words = message.split(" { ").next().unwrap_or(message);
    if words.starts_with("Unexpected token") {
        return say!("unexpected text");
    }
    let mut chars = words.chars();
    let lower = chars.next().map_or(String::new(), |first| {
        format!("{}{}", first.to_lowercase(), chars.as_str())
    });
    Phrase::others(lower)
}

fn bundle(provider: &Files<'_>) -> Result<String, Fault> {
    let mut bundler = Bundler::new(provider, None, ParserOptions::default());
    let mut sheet = bundler.bundle(Path::new("styles/site.css"))?;
    sheet.minify(MinifyOptions {
        targets: targets(),
        ..MinifyOptions::default()
    })?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets: targets(),
        ..PrinterOptions::default()
    })?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_style_sheet_is_bundled() {
        let style = style(&Tree::default());
        assert_eq!(style.diagnostics, []);
        assert!(!String::from_utf8_lossy(&style.value.css).contains("@import"));
    }

    #[test]
    fn a_fault_is_shown_where_it_stands() {
        let mut tree = Tree::default();
        tree.insert_text("templates/styles/site.css", "a { color: red }\nb { color: }}\n");
        let diagnostics = style(&tree).diagnostics;
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(&*diagnostics[0].path, "templates/styles/site.css");
        assert!(diagnostics[0].span.start >= 17, "{:?}", diagnostics[0].span);
    }

    #[test]
    fn no_import_leaves_the_styles() {
        let mut tree = Tree::default();
        tree.insert_text("templates/styles/site.css", "@import \"../../../etc/passwd\";");
        assert_eq!(style(&tree).diagnostics.len(), 1);
    }
}
