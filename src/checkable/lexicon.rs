//! The words that signs are seen by, in small letters with straight apostrophes.

use std::sync::LazyLock;

use crate::lang::Lang;

/// A small set of words, by their first bytes: most words of a text share theirs, or their length, with none.
#[derive(Debug)]
pub(super) struct Set {
    words: Vec<Vec<&'static str>>,
    /// For each first byte the lengths in bytes that there are, a bit each; the highest stands for all that are longer.
    lengths: [u32; 1 << u8::BITS],
}

impl Default for Set {
    fn default() -> Self {
        Self::of(&[])
    }
}

impl Set {
    fn of(lists: &[&'static str]) -> Self {
        let mut words = vec![Vec::new(); 1 << u8::BITS];
        let mut lengths = [0; 1 << u8::BITS];
        for word in lists.iter().flat_map(|list| list.split_whitespace()) {
            let first = usize::from(word.as_bytes()[0]);
            words[first].push(word);
            lengths[first] |= length_bit(word);
        }
        Self { words, lengths }
    }

    /// Whether it holds a word in small letters.
    pub(super) fn has(&self, word: &str) -> bool {
        let first = word.bytes().next().map(usize::from);
        first.is_some_and(|first| self.lengths[first] & length_bit(word) != 0 && self.words[first].contains(&word))
    }
}

fn length_bit(word: &str) -> u32 {
    1 << word.len().min(31)
}

/// Words that are looked for as they stand, in small letters.
#[derive(Debug)]
pub(super) struct Phrase {
    words: memchr::memmem::Finder<'static>,
    /// Whether it ends with a mark or a space, behind which a word may begin.
    pub(super) open: bool,
}

impl Phrase {
    fn list(phrases: &[&'static str]) -> Vec<Self> {
        let phrase = |words: &&'static str| Self {
            words: memchr::memmem::Finder::new(*words),
            open: words.ends_with(|c: char| !c.is_alphanumeric()),
        };
        phrases.iter().map(phrase).collect()
    }

    /// What stands before and behind each place where it stands in a text.
    pub(super) fn places<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
        let length = self.words.needle().len();
        let places = self.words.find_iter(text.as_bytes());
        places.map(move |at| (&text[..at], &text[at + length..]))
    }
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Verbs of saying, as an article has them.
    pub(super) saying: Set,
    /// Phrases that attribute.
    pub(super) according: Vec<Phrase>,
    /// Words for sums of money.
    pub(super) money: Set,
    /// Numbers in words, from three on, and words for multiples and parts.
    pub(super) numbers: Set,
    /// Months.
    pub(super) months: Set,
    /// Days of the week, yesterday.
    pub(super) days: Set,
    /// Phrases that say when.
    pub(super) when: Vec<Phrase>,
    /// Words that put something first or above.
    pub(super) highest: Set,
    /// Words before which `plus` or `most` is a superlative.
    pub(super) articles: Set,
    /// The word of comparison.
    pub(super) more: Set,
    /// Auxiliaries and frequent verbs in the present and the past: what follows the one who acts.
    pub(super) acts: Set,
    /// Auxiliaries of the perfect.
    pub(super) perfect: Set,
    /// Irregular forms that follow them, or stand for the past alone.
    pub(super) irregular: Set,
    /// Endings of regular ones.
    pub(super) endings: Vec<&'static str>,
    /// Prepositions and conjunctions: a name after one does not act.
    pub(super) before_objects: Set,
    /// What may be or should be.
    pub(super) possible: Set,
    /// `is a`, in the forms that define.
    pub(super) is: Vec<Phrase>,
    /// What goes on after that.
    pub(super) which: Set,
    /// Verbs that define by themselves.
    pub(super) means: Set,
}

impl Lexicon {
    /// The words of a language; for one that has none, what all have in common.
    pub(super) fn of(lang: &Lang) -> &'static Self {
        match lang.primary().to_ascii_lowercase().as_str() {
            "fr" => &FRENCH,
            "en" => &ENGLISH,
            _ => &OTHER,
        }
    }
}

static OTHER: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    saying: Set::of(&[
        "annonce annonçait annonçant annoncé annoncée déclare déclaré affirme affirmé accuse accusé reproche répond répondu explique expliqué",
        "précise précisé indique indiqué assure assuré estime estimé ajoute ajouté confie confié dénonce dénoncé dément démenti révèle révélé",
        "raconte réfute réfuté promet promis prétend rappelle souligne écrit dit proclame reconnaît reconnu",
    ]),
    according: Phrase::list(&["selon ", "d'après "]),
    money: Set::of(&["million millions milliard milliards dollar dollars euro euros francs livres"]),
    numbers: Set::of(&[
        "trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent cents mille milliers",
        "dizaines centaines double triple doublé triplé moitié tiers",
    ]),
    months: Set::of(&["janvier février mars avril mai juin juillet août septembre octobre novembre décembre"]),
    days: Set::of(&["lundi mardi mercredi jeudi vendredi samedi dimanche hier"]),
    when: Phrase::list(&[
        "semaine dernière",
        "mois dernier",
        "année dernière",
        "an dernier",
        "il y a quelques",
    ]),
    highest: Set::of(&["premier première premiers premières record seul seule inédit inédite"]),
    articles: Set::of(&["le la les"]),
    more: Set::of(&["plus moins"]),
    acts: Set::of(&[
        "a ont avait avaient est sont était étaient fut furent sera seront",
        "lance lancent investit investissent propose proposent développe développent vise visent cherche cherchent choisit crée créent fonde quitte",
        "rejoint adopte adoptent publie publient exige offre offrent intègre intègrent renforce renforcent représente représentent incarne incarnent",
        "possède possèdent détient détiennent emploie emploient compte comptent vend vendent achète paie reçoit perd gagne domine dominent partage",
        "partagent défend défendent prône prônent utilise utilisent produit produisent finance financent contrôle contrôlent refuse refusent accepte",
        "demande porte demeure veut veulent fait font travaille travaillent rivalise rivalisent repose provient reste se s'",
    ]),
    perfect: Set::of(&["a ont avait avaient été s'est s'était"]),
    irregular: Set::of(&["eu mis pris fait dit vu lu su dû été"]),
    endings: vec![
        "é", "ée", "és", "ées", "i", "ie", "is", "ise", "it", "ite", "u", "ue", "us", "ues", "ert", "erte", "ort",
        "eint", "oint",
    ],
    before_objects: Set::of(&[
        "en à au aux de d' du des chez dans par sur vers avec pour contre entre sous comme sans depuis et ou",
    ]),
    possible: Set::of(&[
        "pourrait pourraient peut peuvent permettrait permettraient devrait devraient doit doivent risque risquent faudrait",
    ]),
    is: Phrase::list(&[
        "c'est un",
        "c'est une",
        "est un",
        "est une",
        "sont des",
        "est le",
        "est la",
        "est l'",
    ]),
    which: Set::of(&["qui que dont permettant laquelle lesquels lesquelles conçu conçus conçue conçues"]),
    means: Set::of(&["signifie désigne"]),
});

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    saying: Set::of(&[
        "said says told tells claimed claims announced announces accused accuses denied denies argued argues explained explains added wrote writes",
        "replied replies warned warns stated states reported reports revealed reveals promised insisted insists",
    ]),
    according: Phrase::list(&["according to "]),
    money: Set::of(&["million millions billion billions trillion dollar dollars euro euros pound pounds francs cents"]),
    numbers: Set::of(&[
        "three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred hundreds thousand thousands dozens",
        "double triple doubled tripled half third percent",
    ]),
    months: Set::of(&["january february march april may june july august september october november december"]),
    days: Set::of(&["monday tuesday wednesday thursday friday saturday sunday yesterday"]),
    when: Phrase::list(&[
        "last week",
        "last month",
        "last year",
        "months ago",
        "years ago",
        "weeks ago",
        "days ago",
    ]),
    highest: Set::of(&[
        "first largest biggest smallest highest lowest best worst oldest youngest longest fastest only record unprecedented",
    ]),
    articles: Set::of(&["the"]),
    more: Set::of(&["most least"]),
    acts: Set::of(&[
        "has have had is was are were will does did",
        "invests offers launches develops owns employs sells buys wants seeks plans uses makes runs leads holds loses wins pays opens closes sues",
        "funds remains supports opposes calls",
    ]),
    perfect: Set::of(&["has have had was were been"]),
    irregular: Set::of(&[
        "made bought sold paid won lost built led left took gave began grew rose fell held met sued became got came went found put set cut hit kept",
        "knew saw spent brought raised cost said told taken given begun grown risen fallen become come gone known seen written",
    ]),
    endings: vec!["ed"],
    before_objects: Set::of(&[
        "in of at from with to by on for into between against like as than and or about under over",
    ]),
    possible: Set::of(&["could might may would should must can"]),
    is: Phrase::list(&["is a", "is an", "is the", "are the"]),
    which: Set::of(&["which that who"]),
    means: Set::of(&["means"]),
});
