//! What Typst can see: the template, its data, the images, and the fonts inside the program.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock, OnceLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Target, Value};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::paragraph;

/// The families that the template names, in any order.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// The fonts, with what they have.
struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The fonts as text is set in them, each from when it is first asked for.
    instances: Vec<OnceLock<FontInstance>>,
    /// The signs that all fonts of a named family have.
    families: [HashSet<u32>; 2],
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .collect();
    let signs_of = |font: &Font| -> HashSet<u32> { font.info().coverage.iter().collect() };
    let of_family = |family: &str| {
        let own = fonts.iter().filter(|font| font.info().family == family);
        own.map(signs_of).reduce(|all, own| &all & &own).unwrap_or_default()
    };
    Fonts {
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        families: FAMILIES.map(of_family),
        instances: fonts.iter().map(|_| OnceLock::new()).collect(),
        fonts,
    }
});

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut library = Library::default();
    library.rules.register(Target::Paged, paragraph::show);
    library
});

/// The library with what the template knows as `letters`.
fn library(letters: Value) -> LazyHash<Library> {
    let mut library = LIBRARY.clone();
    library.global.scope_mut().define("letters", letters);
    LazyHash::new(library)
}

/// The number of a font of a family (in small letters).
pub(super) fn select(family: &str, variant: FontVariant) -> Option<usize> {
    FONTS.book.select(family, variant)
}

/// A font by its number, as text is set in it.
pub(super) fn font_of(number: usize) -> Option<FontInstance> {
    let font = FONTS.fonts.get(number)?;
    // None of them has axes, so a font is the same at every size.
    let instance = || {
        font.clone()
            .instantiate(font.info().variant, Abs::zero(), &FontVariations::default())
    };
    Some(FONTS.instances.get(number)?.get_or_init(instance).clone())
}

/// Whether one family has a letter and its marks in all its styles, so that they can be set wherever they stand. Typst takes what belongs together from
/// one font; where the families fail, it looks for another by the letter alone, which need not have the marks.
pub(super) fn has_cluster(cluster: &str) -> bool {
    let mut families = FONTS.families.iter();
    families.any(|family| cluster.chars().all(|sign| family.contains(&u32::from(sign))))
}

/// What the template reads.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// What concerns the whole, as JSON.
    pub(super) front: Vec<u8>,
    /// The letters with their entries.
    pub(super) letters: Value,
}

/// Everything that a document is made of.
pub(super) struct World {
    main: Source,
    library: LazyHash<Library>,
    front: Bytes,
    /// What depends on the pages.
    pages: Bytes,
    images: Vec<Bytes>,
}

impl World {
    /// A world with this template, this data and these images, and nothing else.
    pub(super) fn new(template: &str, data: Data, images: Vec<Arc<Vec<u8>>>) -> Self {
        let path = VirtualPath::new("glossary.typ").unwrap_or_else(|_| unreachable!("the path is plain"));
        let main = RootedPath::new(VirtualRoot::Project, path).intern();
        Self {
            main: Source::new(main, template.to_owned()),
            library: library(data.letters),
            front: Bytes::new(data.front),
            pages: Bytes::new(*b"{}"),
            images: images.into_iter().map(|image| Bytes::new(Shared(image))).collect(),
        }
    }

    /// Forgets the letters, which heads and feet do without.
    pub(super) fn drop_letters(&mut self) {
        self.library = library(Value::None);
    }

    /// What the template reads of pages from now on.
    pub(super) fn put_pages(&mut self, pages: &serde_json::Value) {
        self.pages = Bytes::new(pages.to_string().into_bytes());
    }

    /// Sets the document. The error is the first of Typst's, in one line.
    pub(super) fn compile(&self) -> Result<PagedDocument, String> {
        typst::compile::<PagedDocument>(self)
            .output
            .map_err(|errors| first(&errors))
    }
}

/// Writes a document as PDF.
pub(super) fn write(document: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, String> {
    typst_pdf::pdf(document, options).map_err(|errors| first(&errors))
}

/// Lets Typst forget what it remembers: after setting and after writing it is of no use, and larger than the document.
pub(super) fn forget() {
    typst::comemo::evict(0);
}

fn first(errors: &[SourceDiagnostic]) -> String {
    errors.first().map_or(String::new(), |error| error.message.to_string())
}

/// Whether an image can be shown; the error says why not, as a clause.
pub(super) fn try_image(bytes: &Arc<Vec<u8>>) -> Result<(), String> {
    let world = World::new(
        "#set document(title: \"image\")\n#image(\"images/0\", alt: \"image\")",
        Data::default(),
        vec![Arc::clone(bytes)],
    );
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| error.message().to_string())?,
        ..PdfOptions::default()
    };
    let written = world.compile().and_then(|document| write(&document, &options));
    forget();
    written.map(drop)
}

/// Bytes that the site holds too.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        if *path.root() != VirtualRoot::Project {
            return Err(FileError::AccessDenied);
        }
        let name = path.vpath().get_without_slash();
        match name {
            "front.json" => return Ok(self.front.clone()),
            "pages.json" => return Ok(self.pages.clone()),
            _ => {}
        }
        let image = name
            .strip_prefix("images/")
            .and_then(|number| number.parse::<usize>().ok());
        image
            .and_then(|at| self.images.get(at))
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
