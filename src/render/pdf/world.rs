//! What Typst can see: the template, its data, the images, and the fonts inside the program.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::links;

/// The families that the template names, in any order.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// The fonts, with what they have.
struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
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
        fonts,
    }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Whether one family has a letter and its marks in all its styles, so that they can be set wherever they stand. Typst takes what belongs together from
/// one font; where the families fail, it looks for another by the letter alone, which need not have the marks.
pub(super) fn has_cluster(cluster: &str) -> bool {
    let mut families = FONTS.families.iter();
    families.any(|family| cluster.chars().all(|sign| family.contains(&u32::from(sign))))
}

/// Everything that a document is made of.
pub(super) struct World {
    main: Source,
    data: Bytes,
    images: Vec<Bytes>,
}

impl World {
    /// A world with this template, this data and these images, and nothing else.
    pub(super) fn new(template: &str, data: Vec<u8>, images: Vec<Arc<[u8]>>) -> Self {
        let path = VirtualPath::new("glossary.typ").unwrap_or_else(|_| unreachable!("the path is plain"));
        let main = RootedPath::new(VirtualRoot::Project, path).intern();
        Self {
            main: Source::new(main, template.to_owned()),
            data: Bytes::new(data),
            images: images.into_iter().map(|image| Bytes::new(Shared(image))).collect(),
        }
    }

    /// Sets the document and writes it as PDF. The error is the first of Typst's, in one line.
    pub(super) fn pdf(&self, options: &PdfOptions) -> Result<Vec<u8>, String> {
        let set = typst::compile::<PagedDocument>(self).output;
        // What Typst remembers of setting and writing a document is of no use afterwards, and larger than the document.
        typst::comemo::evict(0);
        let written = set.and_then(|document| typst_pdf::pdf(&links::join(document), options));
        typst::comemo::evict(0);
        written.map_err(|errors| first(&errors))
    }
}

fn first(errors: &[SourceDiagnostic]) -> String {
    errors.first().map_or(String::new(), |error| error.message.to_string())
}

/// Whether an image can be shown; the error says why not, as a clause.
pub(super) fn try_image(bytes: &Arc<[u8]>) -> Result<(), String> {
    let world = World::new(
        "#set document(title: \"image\")\n#image(\"images/0\", alt: \"image\")",
        Vec::new(),
        vec![Arc::clone(bytes)],
    );
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| error.message().to_string())?,
        ..PdfOptions::default()
    };
    world.pdf(&options).map(drop)
}

/// Bytes that the site holds too.
struct Shared(Arc<[u8]>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
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
        if name == "data.json" {
            return Ok(self.data.clone());
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
