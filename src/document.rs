//! What all content files have in common: their identity by path, evidence, and inheritance by translations.

use std::sync::Arc;

use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Lang;
use crate::phrase::{Phrase, say};
use crate::text::is_id;
use crate::yaml::{self, Fields, Step};

/// The kinds of content files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `content/index.md`: the home page.
    Home,
    /// `content/sources/`: records of seeds.
    Source,
    /// `content/claims/`: checked claims.
    Claim,
    /// `content/glossary/`: terms.
    Term,
    /// `content/timeline/`: dated events.
    Event,
    /// `content/pages/`: explainers and standing pages.
    Page,
}

impl Kind {
    /// All kinds that have a folder, with its name below `content/`.
    pub const FOLDERS: [(&'static str, Kind); 5] = [
        ("sources", Kind::Source),
        ("claims", Kind::Claim),
        ("glossary", Kind::Term),
        ("timeline", Kind::Event),
        ("pages", Kind::Page),
    ];

    /// Whether a path is that of the folder of a kind of document.
    pub fn has_folder(path: &str) -> bool {
        let name = path.strip_prefix("content/");
        name.is_some_and(|name| Self::FOLDERS.iter().any(|(folder, _)| *folder == name))
    }

    /// What one of them is called in a message.
    pub fn named(self) -> Phrase {
        match self {
            Self::Home => say!("home page"),
            Self::Source => say!("source"),
            Self::Claim => say!("claim"),
            Self::Term => say!("term"),
            Self::Event => say!("event"),
            Self::Page => say!("page"),
        }
    }

    /// The word that stands for it among pages and in commands.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Home => "home page",
            Self::Source => "source",
            Self::Claim => "claim",
            Self::Term => "term",
            Self::Event => "event",
            Self::Page => "page",
        }
    }
}

/// Which document a content file is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// Path relative to the site's root.
    pub path: Arc<str>,
    /// What kind of document.
    pub kind: Kind,
    /// Its id; the same for a document and its translations.
    pub id: Arc<str>,
    /// The language it is written in.
    pub lang: Lang,
    /// Whether it is the translation of a file in the default language.
    pub is_translation: bool,
}

/// What a path below `content/` is.
#[derive(Debug)]
pub enum Named {
    /// A document.
    Document(Identity),
    /// Something that documents may refer to: an image, a file to download.
    Asset,
    /// A Markdown file that cannot be a document, and why.
    Fault(Diagnostic),
}

/// Ids that an event cannot have: the page of the timeline has these anchors itself.
const TIMELINE_ANCHORS: [&str; 3] = ["main", "find", "found"];

/// Tells from its path which document a file is.
pub fn identify(path: &Arc<str>, config: &Config) -> Named {
    let Some(below) = path.strip_prefix("content/") else {
        return Named::Asset;
    };
    let Some(stem) = below.strip_suffix(".md") else {
        return Named::Asset;
    };
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let fault =
        |message: Phrase, help: Phrase| Named::Fault(Diagnostic::new(Code::BadId, path, 0..0, message).help(help));
    let top = folder.split('/').next().unwrap_or_default();
    let kind = match (Kind::FOLDERS.iter().find(|(folder, _)| *folder == top), folder) {
        (Some((_, kind)), _) => *kind,
        (None, "") if name == "index" || name.starts_with("index.") => Kind::Home,
        (None, _) => {
            return fault(
                say!("this file stands in none of the folders of content"),
                say!(
                    "move it to one of {folder}",
                    folder = yaml::list(&Kind::FOLDERS.map(|(folder, _)| folder))
                ),
            );
        }
    };
    let (id, tag) = name.split_once('.').map_or((name, None), |(id, tag)| (id, Some(tag)));
    let lang = match tag {
        None => config.lang.clone(),
        Some(tag) => match config.languages.iter().find(|lang| lang.tag() == tag) {
            Some(lang) => lang.clone(),
            // Perhaps it is one, as soon as the settings can be read.
            None if config.doubtful.contains(&"languages") => return Named::Asset,
            None => {
                let known: Vec<&str> = config.languages.iter().map(Lang::tag).collect();
                let message = say!("`{tag}` is not one of the site's languages", tag);
                return fault(
                    message,
                    say!(
                        "the languages are {list}; add it to `languages` in kezako.yaml, or rename the file",
                        list = yaml::list(&known)
                    ),
                );
            }
        },
    };
    if !is_id(id) {
        return fault(
            say!("the file's name `{id}.md` cannot stand in an address", id),
            say!("rename the file to `{slug}.md`", slug = crate::text::slug(id)),
        );
    }
    if kind == Kind::Event && TIMELINE_ANCHORS.contains(&id) {
        return fault(
            say!(
                "the timeline has a place `#{id}` of its own, so no event can have this id",
                id
            ),
            say!("give the file another name, such as `{id}-event.md`", id),
        );
    }
    Named::Document(Identity {
        path: Arc::clone(path),
        kind,
        id: id.into(),
        is_translation: lang != config.lang,
        lang,
    })
}

/// What a page of evidence does for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// It bears the claim out.
    Supports,
    /// It speaks against the claim.
    Contradicts,
    /// It helps to understand the claim.
    Context,
}

impl Bearing {
    /// The word that editors write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Contradicts => "contradicts",
            Self::Context => "context",
        }
    }
}

/// One document that a check rests on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// Title of the document.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// When the editor read it.
    pub accessed: Option<Date>,
    /// Where a copy is kept.
    pub archive_url: Option<String>,
    /// `primary` or `secondary`.
    pub kind: Option<&'static str>,
    /// What it does for the claim.
    pub role: Option<Bearing>,
    /// What matters in it.
    pub note: Option<String>,
}

/// The keys of an entry of evidence.
pub const EVIDENCE_KEYS: &[&str] = &[
    "title",
    "publisher",
    "url",
    "published",
    "accessed",
    "archive_url",
    "kind",
    "role",
    "note",
];

impl Evidence {
    fn read(fields: &Fields<'_>, is_translation: bool) -> Self {
        fields.only(EVIDENCE_KEYS);
        let evidence = Self {
            title: fields.text("title"),
            publisher: fields.text("publisher"),
            url: fields.url("url"),
            published: fields.date("published"),
            accessed: fields.date("accessed"),
            archive_url: fields.url("archive_url"),
            kind: fields.word("kind", &["primary", "secondary"]),
            role: fields
                .word("role", &["supports", "contradicts", "context"])
                .and_then(|word| {
                    [Bearing::Supports, Bearing::Contradicts, Bearing::Context]
                        .into_iter()
                        .find(|bearing| bearing.name() == word)
                }),
            note: fields.text("note"),
        };
        if !is_translation && !["title", "publisher", "url"].iter().any(|key| fields.has(key)) {
            fields.missing(
                "url",
                say!("this evidence names nothing to look at"),
                say!("give it a `url`, or at least a `title` and a `publisher`"),
            );
        }
        evidence
    }

    /// Reads the list under `evidence`.
    pub fn read_list(fields: &Fields<'_>, is_translation: bool) -> Vec<Self> {
        let items: Vec<Self> = fields
            .nested_list("evidence", "{title: \"…\", url: \"https://…\", role: …}")
            .iter()
            .map(|item| Self::read(item, is_translation))
            .collect();
        // What was meant as evidence and could not be read, and has been reported, is a hole and not a lack.
        let is_list = fields
            .get("evidence")
            .is_some_and(|value| value.as_sequence().is_some_and(Vec::is_empty));
        let is_hole = fields.has("evidence") && !is_list || fields.is_meant("evidence");
        if items.is_empty() && is_hole {
            vec![Self::default()]
        } else {
            items
        }
    }
}

impl Restated for Evidence {
    /// Titles and notes are language.
    fn conflict(&self, original: &Self) -> Option<&'static str> {
        fn differs<T: PartialEq>(ours: &Option<T>, theirs: &Option<T>) -> bool {
            ours.is_some() && ours != theirs
        }
        let conflicts = [
            ("publisher", differs(&self.publisher, &original.publisher)),
            ("url", differs(&self.url, &original.url)),
            ("published", differs(&self.published, &original.published)),
            ("accessed", differs(&self.accessed, &original.accessed)),
            ("archive_url", differs(&self.archive_url, &original.archive_url)),
            ("kind", differs(&self.kind, &original.kind)),
            ("role", differs(&self.role, &original.role)),
        ];
        conflicts.into_iter().find(|(_, differs)| *differs).map(|(key, _)| key)
    }

    fn inherit(&mut self, original: &Self) {
        let own = std::mem::replace(self, original.clone());
        self.title = own.title.or(self.title.take());
        self.note = own.note.or(self.note.take());
    }
}

/// An entry of a list, of which a translation may restate what is language.
pub trait Restated: Clone {
    /// The key that a translation's entry restates with another value, where there is one.
    fn conflict(&self, original: &Self) -> Option<&'static str>;

    /// Fills a translation's entry up: all but what is language is the original's.
    fn inherit(&mut self, original: &Self);
}

/// Gathers what a translation inherits, and what it must not say differently.
pub struct Inheritance<'a> {
    /// The translation's file.
    pub path: &'a Arc<str>,
    /// Its text, for places.
    pub text: &'a str,
    /// The keys that it restates without a value.
    pub blank: &'a [String],
    /// What is found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Inheritance<'_> {
    /// Whether a key is restated without a value, as in `entities: []`.
    pub fn is_blank(&self, key: &str) -> bool {
        self.blank.iter().any(|blank| blank == key)
    }

    /// A value that must be equal where it is restated.
    pub fn equal<T: Clone + PartialEq>(&mut self, key: &str, ours: &mut T, original: &T, absent: bool) {
        if (!absent || self.is_blank(key)) && ours != original {
            self.conflict(&[Step::Key(key)], say!("`{key}` differs from the original", key));
        }
        ours.clone_from(original);
    }

    /// An optional value that must be equal where it is restated.
    pub fn equal_option<T: Clone + PartialEq>(&mut self, key: &str, ours: &mut Option<T>, original: &Option<T>) {
        let absent = ours.is_none();
        self.equal(key, ours, original, absent);
    }

    /// The same for a value that has a default: to state the default is to say nothing new.
    pub fn equal_or_default<T: Clone + PartialEq>(
        &mut self,
        key: &str,
        ours: &mut Option<T>,
        original: &Option<T>,
        default: T,
    ) {
        if original.is_none() && *ours == Some(default) {
            *ours = None;
        }
        self.equal_option(key, ours, original);
    }

    /// A list that must be equal where it is restated.
    pub fn equal_list<T: Clone + PartialEq>(&mut self, key: &str, ours: &mut Vec<T>, original: &Vec<T>) {
        let absent = ours.is_empty();
        self.equal(key, ours, original, absent);
    }

    /// A list of entries that match by position and may be translated in part.
    pub fn list<T: Restated>(&mut self, key: &str, ours: &mut Vec<T>, original: &[T]) {
        if ours.is_empty() && !self.is_blank(key) {
            *ours = original.to_vec();
            return;
        }
        if ours.len() != original.len() {
            let message = say!(
                "the original has {original} entries of {key}, not {ours}",
                original = original.len(),
                key,
                ours = ours.len()
            );
            self.conflict(&[Step::Key(key)], message);
            *ours = original.to_vec();
            return;
        }
        for (at, (ours, original)) in ours.iter_mut().zip(original).enumerate() {
            if let Some(inner) = ours.conflict(original) {
                let trail = [Step::Key(key), Step::Item(at), Step::Key(inner)];
                self.conflict(&trail, say!("`{inner}` differs from the original", inner));
            }
            ours.inherit(original);
        }
    }

    /// Reports a conflict at a place of the translation's front matter.
    pub fn conflict(&mut self, trail: &[Step<'_>], message: Phrase) {
        let place = yaml::place_in_front_matter(self.text, trail);
        self.diagnostics.push(
            Diagnostic::new(Code::TranslationConflict, self.path, place, message).help(say!(
                "take the key out: a translation inherits everything that is not language"
            )),
        );
    }
}
