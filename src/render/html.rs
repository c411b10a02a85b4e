//! Pages through Tera.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use super::data::base64;
use super::jsonld;
use super::menus::{MENUS, Menus};
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::lang::Lang;
use crate::phrase::{Phrase, say};
use crate::templates;
use crate::text::LineIndex;
use crate::tree::Tree;
use crate::view::{PageMeta, SiteView, View};
use crate::words::Words;

/// The template of social cards.
const CARD: &str = "card.svg";

/// The component that draws a verdict by its level, and the highest level that there is.
const SHAPE: (&str, u64) = ("shape", 5);

/// What is escaped in templates as in HTML.
const ESCAPED: [&str; 2] = [".html", ".svg"];

/// How many bytes stand in a template's file before its text, by path; for those in which some do.
type Leads = Arc<BTreeMap<Arc<str>, usize>>;

/// The templates of a site.
#[derive(Debug)]
pub struct Engine {
    tera: Arc<Tera>,
    leads: Leads,
}

/// The templates with the globals of one language.
#[derive(Debug)]
pub struct LanguageEngine {
    tera: Arc<Tera>,
    leads: Leads,
    /// What every page of the language sees.
    globals: Context,
    site: SiteView,
    menus: Menus,
    /// What is wrong with the templates for all pages alike.
    fault: Option<Diagnostic>,
}

/// What templates see beside the page: the site, the interface's words, the style sheet, assets by name.
pub struct Globals<'a> {
    /// The site in the engine's language.
    pub site: &'a SiteView,
    /// The words of that language.
    pub words: &'a Words,
    /// Path of the style sheet.
    pub styles: &'a str,
    /// Paths of assets by their names below `templates/assets/`.
    pub assets: &'a BTreeMap<String, String>,
}

/// Reads all templates once. `None` where one of them could not be read.
pub fn read(tree: &Tree) -> Checked<Option<Engine>> {
    let mut diagnostics = Vec::new();
    let mut sources = Vec::new();
    let files = templates::files(tree, "");
    let drawn = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html") || *name == CARD);
    for (name, file) in drawn {
        match file.text() {
            Ok(text) => sources.push((name.clone(), text)),
            Err(at) => diagnostics.push(
                Diagnostic::new(
                    Code::Template,
                    &file.path,
                    at..at,
                    say!("this template is not UTF-8 text"),
                )
                .help(say!("save it as UTF-8 in your editor")),
            ),
        }
    }
    let leads = files.values().map(|file| (Arc::clone(&file.path), file.mark()));
    let leads: Leads = Arc::new(leads.filter(|(_, bytes)| *bytes > 0).collect());
    sources.extend(replaced(tree));
    let mut tera = engine();
    let Err(error) = tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), *text))) else {
        let engine = Engine {
            tera: Arc::new(tera),
            leads,
        };
        return Checked {
            value: Some(engine).filter(|_| diagnostics.is_empty()),
            diagnostics,
        };
    };
    // Together they tell of one fault. So each is read alone, and only what is wrong with none alone is told of all.
    diagnostics.extend(
        sources
            .iter()
            .filter_map(|(name, text)| fault_alone(name, text, &sources)),
    );
    if diagnostics.is_empty() {
        let fault = diagnostic(&error, "base.html", &sources);
        diagnostics.push(blamed(tree, &sources, &fault).unwrap_or(fault));
    }
    Checked {
        value: None,
        diagnostics: diagnostics.into_iter().map(|fault| in_file(fault, &leads)).collect(),
    }
}

/// A fault at the place in the file, where it was told of a place in the text.
fn in_file(mut fault: Diagnostic, leads: &Leads) -> Diagnostic {
    let lead = leads.get(&fault.path).copied().unwrap_or(0);
    (fault.span.start, fault.span.end) = (fault.span.start + lead, fault.span.end + lead);
    fault
}

/// The same fault at a template of the site's own, where it is told of a built-in one, which nobody can mend: at the one without which it is gone.
fn blamed(tree: &Tree, sources: &[(String, &str)], fault: &Diagnostic) -> Option<Diagnostic> {
    let own = |path: &str| tree.get(path).is_some();
    if own(&fault.path) {
        return None;
    }
    let without = |left_out: &str| {
        let rest = sources.iter().map(|(name, text)| {
            let built_in = templates::built_in(name).filter(|_| name == left_out);
            (name.as_str(), built_in.unwrap_or(text))
        });
        engine().add_raw_templates(rest.collect::<Vec<_>>()).is_ok()
    };
    let paths = sources.iter().map(|(name, _)| (name, format!("templates/{name}")));
    let (_, path) = paths.filter(|(_, path)| own(path)).find(|(name, _)| without(name))?;
    let of = fault.path.trim_start_matches("templates/");
    let message = say!(
        "the built-in `{of}` cannot be used with this template: {why}",
        of,
        why = &fault.message
    );
    let blamed = Diagnostic::new(Code::Template, &path.as_str().into(), 0..0, message);
    Some(blamed.help(say!(
        "give it the blocks and components that the built-in template of this name has, or extend that one: `{{% extends \"built-in/…\" %}}`"
    )))
}

/// What is wrong with a template whatever the others are.
fn fault_alone(name: &str, text: &str, sources: &[(String, &str)]) -> Option<Diagnostic> {
    let error = engine().add_raw_templates([(name, text)]).err()?;
    let own = matches!(error.kind(), ErrorKind::SyntaxError(report) if !is_about_others(report.message()));
    own.then(|| diagnostic(&error, name, sources))
}

/// The built-in templates that a site replaces, under other names: so its own can extend the one it replaces, and change a block of it. Those that
/// define components are left out, since two definitions of one name are a fault.
fn replaced(tree: &Tree) -> impl Iterator<Item = (String, &str)> {
    let built_in = templates::BUILT_IN.iter();
    built_in
        .filter(|(name, text)| name.ends_with(".html") && !text.contains("{% component "))
        .filter(|(name, _)| tree.get(&format!("templates/{name}")).is_some())
        .map(|(name, text)| (format!("built-in/{name}"), *text))
}

/// Tera without templates.
fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on(ESCAPED);
    tera.register_filter("safe", safe);
    tera
}

/// What Tera's own filter gives, without a copy of the text: bodies of pages go through it.
fn safe(value: Value, _: Kwargs, _: &State<'_>) -> Value {
    match value.as_str() {
        Some(_) => value.mark_safe(),
        None => Value::safe_string(&value.to_string()),
    }
}

/// A template read alone does not know the components and includes of the others.
fn is_about_others(message: &str) -> bool {
    let lower = message.to_lowercase();
    lower.contains("component") || lower.contains("include") || lower.contains("template")
}

/// Tera's error at Tera's place.
fn diagnostic(error: &tera::Error, template: &str, sources: &[(String, &str)]) -> Diagnostic {
    let help = say!("mend the template, or delete the site's copy to get the built-in one back");
    let at = |name: &str| -> Arc<str> { format!("templates/{name}").into() };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let name = if report.filename().is_empty() {
                template
            } else {
                report.filename()
            };
            Diagnostic::new(
                Code::Template,
                &at(name),
                report.span().range.clone(),
                Phrase::others(first_line(report.message())),
            )
            .help(help)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Diagnostic::new(
            Code::Template,
            &at(tpl),
            0..0,
            Phrase::others(first_line(&error.to_string())),
        )
        .help(help),
        ErrorKind::MissingParent { current, parent } => Diagnostic::new(
            Code::Template,
            &at(current),
            0..0,
            say!("this template extends `{parent}`, which is not there", parent),
        )
        .help(help),
        _ => other(&error.to_string(), template, sources).help(help),
    }
}

/// Some of Tera's errors hold their place in their text alone: ` --> page.html:1:21`, and a line of carets below the words.
fn other(message: &str, template: &str, sources: &[(String, &str)]) -> Diagnostic {
    let place = message.lines().find_map(|line| {
        let mut parts = line.trim().strip_prefix("-->")?.trim().rsplitn(3, ':');
        let (column, line): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((parts.next()?.to_owned(), line, column))
    });
    let carets = message.lines().map(|line| line.matches('^').count()).max().unwrap_or(0);
    let (name, line, column) = place.unwrap_or((template.to_owned(), 1, 1));
    let text = sources
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, text)| *text);
    let start = LineIndex::new(text).line_span(line).map_or(0, |span| span.start);
    let from = text[start..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(start, |(at, _)| start + at);
    let to = text[from..]
        .char_indices()
        .nth(carets)
        .map_or(from, |(at, _)| from + at);
    Diagnostic::new(
        Code::Template,
        &format!("templates/{name}").into(),
        from..to,
        Phrase::others(first_line(message)),
    )
}

/// The first line of Tera's words, as our own messages are written: no label, lower case, no full stop.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim();
    let line = line.strip_prefix("error:").unwrap_or(line).trim().trim_end_matches('.');
    let mut chars = line.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            format!("{}{}", first.to_lowercase(), &line[first.len_utf8()..])
        }
        _ => line.to_owned(),
    }
}

impl Engine {
    /// The engine for one language.
    pub fn for_language(&self, globals: &Globals<'_>) -> LanguageEngine {
        let mut seen = Context::new();
        seen.insert("site", globals.site);
        seen.insert("t", globals.words.texts());
        seen.insert("styles", globals.styles);
        seen.insert("assets", globals.assets);
        let (shapes, fault) = match shapes(&self.tera) {
            Ok(shapes) => (shapes, None),
            Err(error) => {
                let fault = diagnostic(&error, "components.html", &[]);
                (Vec::new(), Some(in_file(fault, &self.leads)))
            }
        };
        seen.insert_value("shapes", Value::from(shapes));
        LanguageEngine {
            tera: Arc::clone(&self.tera),
            leads: Arc::clone(&self.leads),
            globals: seen,
            site: globals.site.clone(),
            menus: Menus::default(),
            fault,
        }
    }
}

/// The drawings of verdicts by their levels. They stand on pages by the dozen and are always the same, so they are drawn once.
fn shapes(tera: &Tera) -> Result<Vec<Value>, tera::Error> {
    let (component, highest) = SHAPE;
    let drawn = (0..=highest).map(|level| {
        let mut context = Context::new();
        context.insert("level", &level);
        let shape = tera.render_component(component, &context, None, true)?;
        Ok(Value::safe_string(&shape))
    });
    drawn.collect()
}

impl LanguageEngine {
    /// A page.
    pub fn page(&self, view: &View) -> Result<Vec<u8>, Diagnostic> {
        let mut context = self.around(&view.page)?;
        context.insert_value("content", Value::from_serializable(&view.content));
        let things = jsonld::of_page(view, &self.site);
        let things: Vec<Value> = things.iter().map(|thing| Value::safe_string(thing)).collect();
        context.insert_value("linked_data", Value::from(things));
        let template = match view.page.kind {
            "home" => "home.html",
            "claims" => "claims.html",
            "claim" => "claim.html",
            "sources" => "sources.html",
            "source" => "source.html",
            "translation" => "translation.html",
            "glossary" => "glossary.html",
            "print" => "print.html",
            "term" => "term.html",
            "timeline" => "timeline.html",
            "entities" => "entities.html",
            "entity" => "entity.html",
            "corrections" => "corrections.html",
            "api" => "api.html",
            "page" => "page.html",
            "search" => "search.html",
            _ => "404.html",
        };
        self.render(template, &context)
    }

    /// A page that lies on no site, with its styles inside.
    pub fn alone(&self, view: &View, css: &[u8]) -> Result<Vec<u8>, Diagnostic> {
        // Within `<style>` only its end has a meaning; in a style sheet the sign after a backslash stands for itself.
        let css = String::from_utf8_lossy(css).replace("</", "<\\/");
        let hash = format!("sha256-{}", base64(&Sha256::digest(&css)));
        let mut context = self.around(&view.page)?;
        context.insert_value("content", Value::from_serializable(&view.content));
        context.insert("style", &BTreeMap::from([("css", &css), ("hash", &hash)]));
        self.render("print-alone.html", &context)
    }

    /// The page of a former address.
    pub fn redirect(&self, page: &PageMeta, to: &str, url: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut context = self.around(page)?;
        context.insert("content", &BTreeMap::from([("to", to), ("url", url)]));
        self.render("redirect.html", &context)
    }

    /// The SVG of a social card.
    pub fn card(&self, card: &impl serde::Serialize) -> Result<Vec<u8>, Diagnostic> {
        let mut context = self.globals()?;
        context.insert_value("card", Value::from_serializable(card));
        self.render(CARD, &context)
    }

    /// What the template of a page sees beside its content.
    fn around(&self, page: &PageMeta) -> Result<Context, Diagnostic> {
        let mut context = self.globals()?;
        let menus = self.menus.of_page(page, &self.site, &self.tera, &self.globals);
        let menus = menus.map_err(|error| in_file(diagnostic(&error, "menus.html", &[]), &self.leads))?;
        for (name, menu) in MENUS.into_iter().zip(menus) {
            context.insert_value(name, menu);
        }
        context.insert_value("page", Value::from_serializable(page));
        Ok(context)
    }

    /// What every template sees, unless something is wrong for all of them.
    fn globals(&self) -> Result<Context, Diagnostic> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(self.globals.clone()),
        }
    }

    fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::with_capacity(32 * 1024);
        match self.tera.render_to(template, context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(in_file(diagnostic(&error, template, &[]), &self.leads)),
        }
    }
}

/// One engine for each language.
pub type Engines = BTreeMap<Lang, LanguageEngine>;
