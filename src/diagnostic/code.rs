//! The closed list of codes. What stands above each in this file is what `kezako explain` prints; the French is in `explain.fr.md`.

use super::{Severity, french};
use crate::tongue::Tongue;

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident; )+) => {
        /// The rules that a site can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( #[doc = concat!("`", $name, "`; [`Code::explanation`] says what it means.")] $variant, )+
        }

        impl Code {
            /// Every code, errors first.
            pub const ALL: &[Code] = &[$( Code::$variant ),+];

            /// The name that reports and `kezako explain` use.
            pub fn name(self) -> &'static str {
                match self { $( Code::$variant => $name ),+ }
            }

            /// How grave it is to break the rule.
            pub fn severity(self) -> Severity {
                match self { $( Code::$variant => Severity::$severity ),+ }
            }

            /// The doc comment; each line begins with a space.
            fn doc(self) -> &'static str {
                match self { $( Code::$variant => concat!($( $doc, "\n" ),+) ),+ }
            }
        }
    };
}

codes! {
    /// The front matter of a content file could not be read.
    ///
    /// A content file begins with a line `---`, then `key: value` lines in YAML, then another line `---`. It holds at most 64 KiB.
    ///
    /// Most often a text holds a colon followed by a space. Put the text in double quotes:
    ///
    ///     claim: "Grok: now open source"
    FrontMatter = "front-matter", Error;

    /// A key is not one that this kind of file knows.
    ///
    /// A misspelt key would be passed over in silence and its content lost, so it is an error. The report names the nearest known key.
    ///
    ///     sumary: "…"      # write: summary
    UnknownKey = "unknown-key", Error;

    /// A key that this kind of file needs is missing or empty.
    ///
    /// A claim needs `claim`, `summary` and `verdict`; a term `term`; an event `date` and `title`; a page `title`; a source `file` and `lang`; `kezako.yaml` needs `title` and `base_url`. A claim whose verdict is `unverifiable` also needs `missing`: what would settle it.
    ///
    ///     missing: "The contract between the two companies, which is not public."
    MissingKey = "missing-key", Error;

    /// A value is not one that its key can have.
    ///
    /// The report lists what is possible. Links must begin with `http://` or `https://`, lists stand in `[ ]` or one item a line, yes-or-no keys take `true` or `false`, line ranges look like `3-7, 10-26`.
    ///
    ///     verdict: mostly-true      # a verdict of the scale
    BadValue = "bad-value", Error;

    /// A date is not written in a form that Kézako knows.
    ///
    /// Dates follow EDTF, so that a day is never invented: a year, a month or a day, an interval, and marks for what is not certain.
    ///
    ///     2023        2023-11        2023-11-17        2023-11-01/2023-12-01
    ///     2024-03~  (approximate)    2017?  (uncertain)    201X    2024-03/..  (open)
    BadDate = "bad-date", Error;

    /// A file's name cannot be an id.
    ///
    /// The name of a content file before `.md` is its id and stands in its address. It is made of lower-case letters without accents, digits and hyphens. A translation puts its language before `.md`, one of the `languages` of `kezako.yaml`.
    ///
    ///     content/claims/grok-announced.md
    ///     content/claims/grok-announced.en.md
    BadId = "bad-id", Error;

    /// Two files of one kind have the same id.
    ///
    /// An id stands for one thing. Rename one of the two files.
    ///
    ///     content/claims/grok.md  and  content/claims/2024/grok.md      # rename one
    DuplicateId = "duplicate-id", Error;

    /// Two pages want the same address.
    ///
    /// One of them would overwrite the other. Rename one of the files, or take the address out of `aliases`. Two ways of writing one person's name also give one address: write the name one way.
    ///
    ///     entities: ["OpenAI"]      # and not "Openai" elsewhere
    DuplicateUrl = "duplicate-url", Error;

    /// A citation or a record names a source that the site does not have.
    ///
    /// A source is known by the name of its record, `content/sources/ID.md`, or by the name of its seed where it has no record. The report names the nearest one.
    ///
    ///     — [@rfi-grok:14] states
    UnknownSource = "unknown-source", Error;

    /// A citation names a passage that its source does not have.
    ///
    /// A passage is a line of the seed that is not empty, counted from 1; with `wrapped: true` it is a block of lines, numbered by its first line. To see line 14:
    ///
    ///     sed -n 14p seeds/NAME.txt
    UnknownPassage = "unknown-passage", Error;

    /// A file names a claim, a term or an event that the site does not have.
    ///
    /// Ids are the names of the files without `.md`. The report names the nearest one.
    ///
    ///     see: [open-weights]      # content/glossary/open-weights.md
    UnknownReference = "unknown-reference", Error;

    /// The quoted words are not in the cited source.
    ///
    /// This is Kézako's promise to readers: what stands as a quotation stands in its source, word for word. Case, accents, digits and punctuation count; spaces, apostrophes, quotation marks and dashes may differ in style. The report shows the nearest text of the source and marks the words that differ.
    ///
    /// Quote word for word, mark words left out by `[…]`, and mark your own words by brackets:
    ///
    ///     > Elon Musk a annoncé [le 11 mars] que sa start-up xAI allait mettre en accès libre […] Grok.
    QuoteNotFound = "quote-not-found", Error;

    /// The quoted words stand in more than one passage of the source.
    ///
    /// A reader must be led to one place. Name the passage in the citation, or quote a few more words:
    ///
    ///     — [@rfi-grok:14] states
    QuoteAmbiguous = "quote-ambiguous", Error;

    /// A claim has no quotation that states it.
    ///
    /// A check begins with what was really said. Quote the source that makes the claim (a claim with `draft: true` may wait with it):
    ///
    ///     > the words of the source
    ///     >
    ///     > — [@rfi-grok:14] states
    ClaimWithoutSource = "claim-without-source", Error;

    /// A claim is given a verdict, and nothing that bears it.
    ///
    /// Every verdict but `unverifiable` needs evidence: an `evidence` entry, or a quotation of a source that supports or contradicts the claim. A claim
    /// with `draft: true` may wait with it.
    ///
    ///     evidence:
    ///       - {title: "Open release of Grok-1", publisher: "xAI", url: "https://x.ai/blog/grok-os", role: supports}
    VerdictWithoutEvidence = "verdict-without-evidence", Error;

    /// The seed that a record names is not in `seeds/`.
    ///
    /// Without the source's text nothing can be verified against it. Put the file back, or correct `file`.
    ///
    ///     file: 004_ce2e5229d9ed911e.txt
    SourceMissing = "source-missing", Error;

    /// A seed is no longer the one that its record was made for.
    ///
    /// Seeds are never edited: readers can check the published SHA-256. Put the original back; or, if the new text is right, read the quotations again and record its hash:
    ///
    ///     sha256sum seeds/NAME.txt
    SourceChanged = "source-changed", Error;

    /// Two glossary terms claim the same written form.
    ///
    /// A word on a page could then be linked to the wrong entry. Take the form out of one term's `aliases`, or give both a `sense`: then neither is linked by itself, and you link by hand.
    ///
    ///     sense: "the company"
    TermConflict = "term-conflict", Error;

    /// A link leads nowhere.
    ///
    /// Link to content files by their path from the file you write in, as they stand on disk. The part after `#` must be a heading or a known place on the page.
    ///
    ///     [Grok](../glossary/grok.md)
    ///     [the verdict](mistral-record.md#verdict)
    BrokenLink = "broken-link", Error;

    /// A translation says something else than its original.
    ///
    /// A translation inherits everything and restates only what is language: `claim`, `summary`, `title`, `term`, `aliases`, `sense`, `description`, `missing` and notes. Take the other keys out, so that they cannot drift apart.
    ///
    ///     verdict: false      # in grok.en.md, where grok.md says true: take it out
    TranslationConflict = "translation-conflict", Error;

    /// The site asks for review, and this claim has not had it.
    ///
    /// With `require_review: true` each claim names an `author` and a `reviewer`, two different people. A claim with `draft: true` may wait with it.
    ///
    ///     author: "Ada"
    ///     reviewer: "Grace"
    MissingReview = "missing-review", Error;

    /// A template could not be read or used.
    ///
    /// The report shows the place that Tera gives. What a site's own `templates/` lacks is taken from the copy inside Kézako: delete your copy of a template to get the built-in one back.
    ///
    ///     {{ content.claim }      # write: {{ content.claim }}
    Template = "template", Error;

    /// A style sheet could not be read.
    ///
    /// Styles under `templates/styles/` are plain CSS; they are bundled and shortened by lightningcss, and the report shows the place that it gives.
    ///
    ///     p { color: red }}      # one brace too many
    Style = "style", Error;

    /// A file could not be read.
    ///
    /// Content and seeds are files of UTF-8 text inside the site's folder. Links that lead out of it, folders named like files and other encodings are refused. To turn an old file into UTF-8:
    ///
    ///     iconv -f WINDOWS-1252 -t UTF-8 old.txt > new.txt
    UnreadableFile = "unreadable-file", Error;

    /// A seed has no record.
    ///
    /// It can be quoted, but readers do not learn who published it and how far to trust it. Write `content/sources/ID.md` with `file:` and `lang:`.
    ///
    ///     file: rfi.txt
    ///     lang: fr
    UnrecordedSeed = "unrecorded-seed", Warning;

    /// A claim holds a blockquote with no attribution, or another document one that names its source without a dash: it is not verified.
    ///
    /// End it with the source, or write it without `>`:
    ///
    ///     > — [@rfi-grok:14] supports
    QuoteUncited = "quote-uncited", Warning;

    /// Raw HTML stands in a content file.
    ///
    /// It is not passed through: readers see it as text. Write Markdown, or put it between backticks if it is meant to be seen.
    ///
    ///     <b>word</b>      # write: **word**
    RawHtml = "raw-html", Warning;

    /// A content file has no translation in one of the site's languages.
    ///
    /// Readers of that language do not see it. Write `ID.LANG.md`, which needs only what is language.
    ///
    ///     content/glossary/grok.en.md
    MissingTranslation = "missing-translation", Warning;

    /// A claim should be looked at again.
    ///
    /// Its `recheck` date has come, or its last check is older than `recheck_after_days`. Check it again and set `checked`.
    ///
    ///     checked: 2026-11-22
    RecheckDue = "recheck-due", Warning;

    /// A `[…]` leaves out a word that limits or denies the sentence.
    ///
    /// Leaving out not, never, only, unless, except, however, ne … pas, jamais, sauf or seulement can turn a sentence round. Quote the word, or end the quotation before it.
    ///
    ///     > He said it was […] true.      # the source: it was not at all true
    ElisionDropsLimiter = "elision-drops-limiter", Warning;

    /// A source is neither quoted nor cited anywhere.
    ///
    /// Quote it, or take it out of `seeds/` and `content/sources/`.
    ///
    ///     [@rfi-grok:14]      # a citation is enough
    UnusedSource = "unused-source", Warning;

    /// Something in a glossary entry cannot be set in the PDF as it is.
    ///
    /// The fonts of the PDF have Latin, Greek and Cyrillic letters and many signs, but no emoji and no Chinese, for instance; a sign that they lack is shown as □. An image that cannot be read is shown as its description. Lists and quotations that lie in one another too deep are set as plain lines. The pages of the site show all of it.
    ///
    ///     Un robot 🤖.      # the PDF: Un robot □.
    Unprintable = "unprintable", Warning;

    /// A quotation uses other quotation marks or dashes than its source.
    ///
    /// The words are the same, and the quotation is verified; the page says that the typography differs. Nothing needs doing.
    ///
    ///     > « Grok »      # the source: “Grok”
    TypographyDiffers = "typography-differs", Info;
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// What the rule is, why it matters, how to mend a breach, with an example, which is indented. No line end at the end.
    pub fn explanation(self, tongue: Tongue) -> String {
        let french = match tongue {
            Tongue::English => None,
            Tongue::French => french::explanation(self.name()),
        };
        french.map_or_else(|| self.english(), str::to_owned)
    }

    fn english(self) -> String {
        let lines = self.doc().lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }
}
