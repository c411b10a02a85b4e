//! What the comments of a record say, in French where the site's first language is French, else in English.

use super::body::Why;
use crate::foreign::{Origin, Remark};

/// The language of a record's comments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// Whether it is French.
    pub(super) french: bool,
}

impl Words {
    /// One of two texts.
    pub(super) fn of<'a>(self, french: &'a str, english: &'a str) -> &'a str {
        if self.french { french } else { english }
    }

    /// Why a line was left out.
    pub(super) fn why(self, why: Why) -> &'static str {
        let (french, english) = match why {
            Why::Title => ("le titre", "the title"),
            Why::Heading => ("un intertitre", "a heading"),
            Why::Label => ("un intertitre ou une étiquette", "a heading or a label"),
            Why::PullQuote => ("une citation mise en exergue", "a quotation that stands out"),
            Why::Caption => ("une légende", "a caption"),
            Why::Credit => ("un crédit", "a credit"),
            Why::Byline => ("la signature ou la date", "who wrote it, or when"),
            Why::Pointer => ("un renvoi à une autre page", "a pointer to another page"),
            Why::Navigation => ("la navigation", "navigation"),
            Why::Advertising => ("la publicité", "advertising"),
            Why::Newsletter => ("une lettre d’information ou une connexion", "a newsletter or a login"),
            Why::Promotion => ("une promotion", "promotion"),
            Why::Sharing => ("les boutons de partage", "buttons for sharing"),
            Why::Comments => ("les commentaires ou leur formulaire", "comments or their form"),
            Why::NotFound => ("une autre page, introuvable", "another page that could not be found"),
            Why::Legal => ("les droits et conditions", "rights and terms"),
            Why::Cookies => ("un avis sur les cookies", "a notice about cookies"),
            Why::Before => ("avant l’article", "before the article"),
            Why::After => ("après l’article", "after the article"),
            Why::Frame => (
                "dans un menu, un formulaire, une colonne ou un pied de page",
                "in a menu, a form, a side column or a foot",
            ),
            Why::Elsewhere => (
                "hors de ce que les navigateurs montrent en mode lecture",
                "outside what browsers show in their reader view",
            ),
            Why::Running => ("le haut ou le bas d’une page", "the head or foot of a page"),
            Why::Lone => ("pas un paragraphe", "no paragraph"),
        };
        self.of(french, english)
    }

    /// Where a fact was found.
    pub(super) fn origin(self, origin: &Origin) -> String {
        match origin {
            Origin::Markup(name) => format!("{} {name}", self.of("trouvé dans", "from")),
            Origin::Comment => self
                .of(
                    "trouvé dans un commentaire de la page enregistrée",
                    "from a comment in the saved page",
                )
                .to_owned(),
            Origin::Pdf => self
                .of("trouvé dans les données du PDF", "from the PDF’s own data")
                .to_owned(),
            Origin::Line(line) => format!("{} {line}", self.of("trouvé à la ligne", "from line")),
            Origin::Words { against: None } => self.of("d’après les mots", "by the words").to_owned(),
            Origin::Words { against: Some(said) } => {
                format!(
                    "{} `{said}`",
                    self.of("d’après les mots ; la page dit", "by the words; the page says")
                )
            }
            Origin::Site => self
                .of(
                    "celle du site ; les mots ne la disent pas",
                    "the site’s own; the words do not tell",
                )
                .to_owned(),
        }
    }

    /// Something that an editor should know.
    pub(super) fn remark(self, remark: &Remark) -> String {
        match (remark, self.french) {
            (Remark::Encoding(name), true) => {
                format!("Le fichier est en {name} ; le texte source en a été tiré, en UTF-8.")
            }
            (Remark::Encoding(name), false) => {
                format!("The file is in {name}; the seed was made of it, in UTF-8.")
            }
            (Remark::Damaged, true) => {
                "Attention : certains octets n’ont pas de sens dans cet encodage ; le texte a \u{fffd} à leur place."
                    .to_owned()
            }
            (Remark::Damaged, false) => {
                "Mind: some bytes mean nothing in that encoding; the seed has \u{fffd} for them.".to_owned()
            }
            (Remark::Lost(letters), true) => {
                format!("Attention : {letters} lettres manquent ; le PDF ne dit pas lesquelles ce sont.")
            }
            (Remark::Lost(letters), false) => {
                format!("Mind: {letters} letters are missing; the PDF does not tell which they are.")
            }
            (Remark::Pages(pages), true) => format!("Attention : seules les {pages} premières pages ont été lues."),
            (Remark::Pages(pages), false) => format!("Mind: only the first {pages} pages were read."),
        }
    }
}
