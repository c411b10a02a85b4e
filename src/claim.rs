//! A claim, checked: `content/claims/ID.md`.

use crate::config::Config;
use crate::date::{Date, Point};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Evidence, Identity, Inheritance, Restated};
use crate::phrase::say;
use crate::yaml::Fields;

/// The keys of its front matter, in the order that `kezako fmt` gives them.
pub const KEYS: &[&str] = &[
    "claim",
    "summary",
    "verdict",
    "reason",
    "claimant",
    "claimed",
    "published",
    "updated",
    "checked",
    "recheck",
    "author",
    "reviewer",
    "entities",
    "evidence",
    "missing",
    "corrections",
    "aliases",
    "draft",
    "glossary",
];

/// Why a verdict is what it is, in a word.
pub const REASONS: &[&str] = &[
    "wrong-figure",
    "missing-context",
    "distorted-source",
    "altered-quotation",
    "outdated",
    "prediction",
    "mistranslation",
];

/// The verdict that says that nothing can be said.
pub const UNVERIFIABLE: &str = "unverifiable";

/// Who makes a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimant {
    /// As written.
    pub name: String,
    /// `person` or `organization`.
    pub kind: &'static str,
    /// A page about them.
    pub url: Option<String>,
}

/// A change made after publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The day of the change.
    pub date: Option<Point>,
    /// What it said before.
    pub was: Option<String>,
    /// What it says now.
    pub now: Option<String>,
    /// Why.
    pub note: Option<String>,
}

impl Restated for Correction {
    /// All but the day is language.
    fn conflict(&self, original: &Self) -> Option<&'static str> {
        (self.date.is_some() && self.date != original.date).then_some("date")
    }

    fn inherit(&mut self, original: &Self) {
        let own = std::mem::replace(self, original.clone());
        self.was = own.was.or(self.was.take());
        self.now = own.now.or(self.now.take());
        self.note = own.note.or(self.note.take());
    }
}

/// The front matter of a claim. A required text that is missing is empty, and has been reported.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claim {
    /// The claim in one sentence.
    pub claim: Option<String>,
    /// The finding in one or two sentences.
    pub summary: Option<String>,
    /// An id of the scale.
    pub verdict: Option<String>,
    /// One of [`REASONS`].
    pub reason: Option<&'static str>,
    /// Who makes the claim, where the file says so.
    pub claimant: Option<Claimant>,
    /// When it was made.
    pub claimed: Option<Date>,
    /// When the check was published.
    pub published: Option<Point>,
    /// When it was last changed.
    pub updated: Option<Point>,
    /// When it was last checked.
    pub checked: Option<Point>,
    /// When it should be checked again.
    pub recheck: Option<Point>,
    /// Who wrote the check.
    pub author: Option<String>,
    /// Who reviewed it.
    pub reviewer: Option<String>,
    /// People and organizations.
    pub entities: Vec<String>,
    /// What the check rests on.
    pub evidence: Vec<Evidence>,
    /// What would settle an unverifiable claim.
    pub missing: Option<String>,
    /// Changes, as listed.
    pub corrections: Vec<Correction>,
    /// Former addresses.
    pub aliases: Vec<String>,
    /// Kept out of the site unless asked for.
    pub draft: Option<bool>,
    /// Whether terms link themselves here.
    pub glossary: Option<bool>,
}

/// Reads a claim's front matter.
pub fn read(identity: &Identity, fields: &Fields<'_>, config: &Config) -> Claim {
    fields.only(KEYS);
    let inherited = identity.is_translation;
    let claim = Claim {
        claim: fields.required_unless(inherited, "claim"),
        summary: fields.required_unless(inherited, "summary"),
        verdict: fields
            .required_unless(inherited, "verdict")
            .filter(|verdict| known_verdict(fields, config, verdict)),
        reason: fields.word("reason", REASONS),
        claimant: fields.nested("claimant").and_then(|fields| claimant(&fields)),
        claimed: fields.date("claimed"),
        published: fields.day("published"),
        updated: fields.day("updated"),
        checked: fields.day("checked"),
        recheck: fields.day("recheck"),
        author: fields.text("author"),
        reviewer: fields.text("reviewer"),
        entities: fields.texts("entities"),
        evidence: Evidence::read_list(fields, inherited),
        missing: fields.text("missing"),
        corrections: fields
            .nested_list("corrections", "{date: …, was: \"…\", now: \"…\", note: \"…\"}")
            .iter()
            .map(|fields| correction(fields, inherited))
            .collect(),
        aliases: aliases(fields),
        draft: fields.flag("draft"),
        glossary: glossary(fields),
    };
    if claim.verdict.as_deref() == Some(UNVERIFIABLE) && claim.missing.is_none() && !inherited {
        fields.missing_at(
            "missing",
            fields.place("verdict"),
            say!("an unverifiable claim says what would settle it"),
            say!("add a line `missing: \"…\"`"),
        );
    }
    if !inherited {
        review(fields, config, &claim);
    }
    claim
}

fn known_verdict(fields: &Fields<'_>, config: &Config, verdict: &str) -> bool {
    let known: Vec<&str> = config.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
    if known.contains(&verdict) || config.doubtful.contains(&"verdicts") {
        return true;
    }
    let message = say!("`{verdict}` is not a verdict of the scale", verdict);
    fields.bad_word("verdict", message, verdict, &known, say!("the scale is"));
    false
}

fn review(fields: &Fields<'_>, config: &Config, claim: &Claim) {
    // A draft is on its way: it may lack what it needs before it is published.
    if !config.require_review || claim.draft == Some(true) {
        return;
    }
    let (key, message) = match (&claim.author, &claim.reviewer) {
        (None, _) => (
            "author",
            say!("this claim names no author, and the site asks for review"),
        ),
        (_, None) => (
            "reviewer",
            say!("nobody has reviewed this claim, and the site asks for review"),
        ),
        (Some(author), Some(reviewer)) if author.trim() == reviewer.trim() => {
            ("reviewer", say!("the author cannot review their own check"))
        }
        _ => return,
    };
    let place = if fields.has(key) {
        fields.place(key)
    } else {
        fields.opening()
    };
    fields.add(
        Diagnostic::new(Code::MissingReview, fields.path(), place, message)
            .help(say!("name an `author` and another person as `reviewer`")),
    );
}

fn claimant(fields: &Fields<'_>) -> Option<Claimant> {
    fields.only(&["name", "kind", "url"]);
    let kind = fields
        .word("kind", &["person", "organization"])
        .unwrap_or("organization");
    let url = fields.url("url");
    Some(Claimant {
        name: fields.required("name")?,
        kind,
        url,
    })
}

fn correction(fields: &Fields<'_>, inherited: bool) -> Correction {
    fields.only(&["date", "was", "now", "note"]);
    if !inherited && !fields.has("date") {
        fields.missing(
            "date",
            say!("a correction needs its date"),
            say!("add `date: 2023-11-17`"),
        );
    }
    Correction {
        date: fields.day("date"),
        was: fields.text("was"),
        now: fields.text("now"),
        note: fields.text("note"),
    }
}

/// Former addresses: site paths that begin with `/`. One that was reported is left empty in its place.
fn aliases(fields: &Fields<'_>) -> Vec<String> {
    let mut aliases = fields.texts("aliases");
    for (at, alias) in aliases.iter_mut().enumerate().filter(|(_, alias)| !alias.is_empty()) {
        let plain = alias
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b'?' | b'#' | b'"' | b'<' | b'>' | b'\\' | b'%' | b'*'));
        let parts_good = alias
            .trim_matches('/')
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..");
        // The mark of a folder that Kézako made.
        let parts_good = parts_good && alias.split('/').nth(1) != Some(".kezako");
        if !alias.starts_with('/') || alias.starts_with("//") || !plain || !parts_good {
            let alias = std::mem::take(alias);
            fields.add(
                Diagnostic::new(
                    Code::BadValue,
                    fields.path(),
                    fields.place_of_item("aliases", at),
                    say!("`{alias}` is not a path of this site", alias),
                )
                .help(say!(
                    "write the old path from the site's root, for instance `/2023/grok/`"
                )),
            );
        }
    }
    aliases
}

/// `glossary: off` keeps terms from linking themselves. YAML 1.2 reads `off` as a word, `false` as a flag; both are understood.
pub fn glossary(fields: &Fields<'_>) -> Option<bool> {
    match fields.word("glossary", &["on", "off", "true", "false"])? {
        "on" | "true" => Some(true),
        _ => Some(false),
    }
}

impl Claim {
    /// Fills a translation up from its original, and reports what it says differently.
    pub fn inherit(&mut self, original: &Self, inheritance: &mut Inheritance<'_>) {
        let language = |ours: &mut Option<String>, original: &Option<String>| {
            if ours.is_none() {
                ours.clone_from(original);
            }
        };
        language(&mut self.claim, &original.claim);
        language(&mut self.summary, &original.summary);
        language(&mut self.missing, &original.missing);
        inheritance.equal_option("verdict", &mut self.verdict, &original.verdict);
        inheritance.equal_option("reason", &mut self.reason, &original.reason);
        inheritance.equal_option("claimant", &mut self.claimant, &original.claimant);
        inheritance.equal_option("claimed", &mut self.claimed, &original.claimed);
        inheritance.equal_option("published", &mut self.published, &original.published);
        inheritance.equal_option("updated", &mut self.updated, &original.updated);
        inheritance.equal_option("checked", &mut self.checked, &original.checked);
        inheritance.equal_option("recheck", &mut self.recheck, &original.recheck);
        inheritance.equal_option("author", &mut self.author, &original.author);
        inheritance.equal_option("reviewer", &mut self.reviewer, &original.reviewer);
        inheritance.equal_list("entities", &mut self.entities, &original.entities);
        // An old address that both state leads to the original.
        self.aliases.retain(|alias| !original.aliases.contains(alias));
        inheritance.equal_or_default("draft", &mut self.draft, &original.draft, false);
        inheritance.list("evidence", &mut self.evidence, &original.evidence);
        inheritance.list("corrections", &mut self.corrections, &original.corrections);
        inheritance.equal_or_default("glossary", &mut self.glossary, &original.glossary, true);
    }

    /// The day on which it was last worked on, as far as the file says.
    pub fn last_work(&self) -> Option<Point> {
        self.updated.max(self.checked).max(self.published)
    }

    /// The day after which the claim should be looked at again: the one that it names, else so many days after the last check.
    pub fn due(&self, config: &Config) -> Option<i64> {
        let by_age = || {
            let days = i64::try_from(config.recheck_after_days?).ok()?;
            self.checked?.first_day().checked_add(days)
        };
        self.recheck.map(|day| day.first_day()).or_else(by_age)
    }

    /// Where the texts that a reader must find are kept: the claim, or nothing where it was missing.
    pub fn text(&self) -> &str {
        self.claim.as_deref().unwrap_or_default()
    }
}
