//! Phrases of web pages that are no part of any article, in French and English, and what each shows a line to be.

use super::body::Why;

/// How much of a line a phrase must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    /// The whole line, but for marks and figures around it.
    Whole,
    /// The beginning of a line that is neither a long paragraph nor a full sentence. Saved pages glue words, so a capital may follow:
    /// `NewsletterRecevez`.
    Start,
    /// The same, before a name.
    BeforeName,
    /// Anywhere in a line that is no long paragraph.
    Anywhere,
}

/// A line from this length on is a paragraph whatever words it begins with, in bytes.
const PARAGRAPH: usize = 200;

/// What the phrases show, how they must stand, and the phrases: in small letters, straight apostrophes and plain spaces, parted by bars.
const PHRASES: &[(Why, Where, &str)] = &[
    (
        Why::Navigation,
        Where::Whole,
        "accéder au contenu|accéder au contenu principal|aller au contenu|aller au contenu principal|passer au contenu|skip to content|\
         skip to main content|skip to navigation|jump to content|retour en haut|retour en haut de page|haut de page|back to top|menu|accueil|home|\
         rechercher|search|précédent|suivant|previous|next|article précédent|article suivant|previous post|next post|previous article|next article|\
         retour|back|fermer|close|plan du site|sitemap|navigation|sommaire|table of contents",
    ),
    (
        Why::Advertising,
        Where::Whole,
        "publicité|advertisement|annonce|annonces|sponsored|sponsorisé|contenu sponsorisé|sponsored content|\
         story continues below advertisement|la suite après la publicité|la suite après cette publicité|continue reading below|\
         article continues below",
    ),
    (
        Why::Newsletter,
        Where::Start,
        "newsletter|newsletters|abonnez-vous|s'abonner|je m'abonne|inscrivez-vous|s'inscrire|subscribe|sign up|recevez|get our newsletter|\
         déjà abonné|already a subscriber|se connecter|connexion|log in|sign in|créer un compte|create an account",
    ),
    (
        Why::Newsletter,
        Where::Anywhere,
        "dans votre boîte mail|dans votre boite mail|dans votre boîte aux lettres|to your inbox|in your inbox|notre newsletter|our newsletter|\
         free newsletter|réservé aux abonnés|réservé à nos abonnés|for subscribers only",
    ),
    (
        Why::Promotion,
        Where::Anywhere,
        "télécharger l'application|téléchargez l'application|en téléchargeant l'application|download the app|download our app|suivez-nous sur|\
         follow us on|suivez toute l'actualité|retrouvez-nous sur",
    ),
    (Why::Promotion, Where::Whole, "suivez-nous|follow us"),
    (
        Why::Sharing,
        Where::Whole,
        "partager|partager cet article|partager l'article|partagez|share|share this|share this article|share this story|share on facebook|\
         share on twitter|facebook|twitter|linkedin|whatsapp|e-mail|email|imprimer|print|tweet|tweeter|j'aime|j'aime ça|like|like this|i like this|\
         copier le lien|copy link|envoyer par e-mail|pinterest|reddit",
    ),
    (
        Why::Comments,
        Where::Whole,
        "commentaires|commentaire|comments|comment|répondre|reply|votre commentaire|add a comment|post a comment|poster un commentaire|\
         voir les commentaires|view comments|show comments",
    ),
    (
        Why::Comments,
        Where::Start,
        "laisser un commentaire|laissez un commentaire|laisser une réponse|leave a comment|leave a reply|write a comment|écrire un commentaire|\
         ajouter un commentaire|join the conversation|votre adresse e-mail ne sera pas|votre adresse de messagerie ne sera pas|\
         your email address will not",
    ),
    (
        Why::Comments,
        Where::Anywhere,
        "champs obligatoires sont|required fields are marked|akismet|les commentaires sont fermés|comments are closed|enregistrer mon nom|\
         save my name",
    ),
    (
        Why::Pointer,
        Where::Start,
        "à lire aussi|lire aussi|à lire également|lire également|lire :|à lire :|voir aussi|à voir aussi|read also|also read|read more|read next|\
         see also|related|more from|sur le même sujet|articles similaires|articles liés|à découvrir|à propos de l'auteur|about the author|\
         lire la suite|recommandé|recommended|most read|les plus lus|trending|vous aimerez aussi|you may also like|you might also like|\
         dans la même rubrique|more on",
    ),
    (
        Why::NotFound,
        Where::Whole,
        "page non trouvée|page not found|erreur 404|error 404",
    ),
    (
        Why::Legal,
        Where::Anywhere,
        "tous droits réservés|all rights reserved|mentions légales|politique de confidentialité|privacy policy|terms of use|terms of service|\
         conditions générales|conditions d'utilisation|politique de cookies|cookie policy|copyright ©|© copyright",
    ),
    (Why::Legal, Where::Start, "©|copyright"),
    (
        Why::Cookies,
        Where::Anywhere,
        "utilisons des cookies|utilise des cookies|use cookies|uses cookies|accepter les cookies|accept cookies|gérer les cookies|\
         accepter et fermer|tout accepter|accept all",
    ),
    (
        Why::Credit,
        Where::Start,
        "photo|photos|crédit|crédits|credit|credits|image|illustration|légende|photograph|getty images|source :|source:|sources :|sources:",
    ),
    (
        Why::Credit,
        Where::Anywhere,
        "getty images|shutterstock|unsplash|/ afp|/afp|reuters -|reuters/|(reuters|istock",
    ),
    (
        Why::Byline,
        Where::Start,
        "publié le|publié à|publié :|published|posted|mis à jour|modifié le|updated|last updated|écrit par|written by|rédigé par|\
         temps de lecture|reading time",
    ),
    (Why::Byline, Where::BeforeName, "par |by "),
    (
        Why::Byline,
        Where::Anywhere,
        "min de lecture|min read|minutes de lecture",
    ),
];

/// What a line is, where a phrase gives it away.
pub(super) fn told(line: &str) -> Option<Why> {
    let folded = fold(line);
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    let found = PHRASES.iter().find(|(_, place, phrases)| {
        phrases.split('|').any(|phrase| match place {
            Where::Whole => bare == phrase,
            Where::Start => starts(line, phrase).is_some() && !is_sentence(line),
            Where::BeforeName => {
                starts(line, phrase).is_some_and(|rest| rest.starts_with(char::is_uppercase)) && !is_sentence(line)
            }
            Where::Anywhere => line.len() < PARAGRAPH * 3 / 2 && folded.contains(phrase),
        })
    });
    found.map(|(why, ..)| *why)
}

/// A line from this many words on that ends with a full stop is a sentence.
const SENTENCE: usize = 8;

fn is_sentence(line: &str) -> bool {
    line.len() >= PARAGRAPH || line.ends_with('.') && line.split_whitespace().count() >= SENTENCE
}

/// What follows a phrase at the beginning of a line, where the phrase ends with a word. Marks before it do not count.
fn starts<'a>(line: &'a str, phrase: &str) -> Option<&'a str> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let mut rest = line.chars();
    let same = phrase
        .chars()
        .all(|wanted| rest.next().is_some_and(|c| folded(c).eq([wanted])));
    let rest = rest.as_str();
    let whole = phrase.ends_with(|c: char| !c.is_alphanumeric())
        || !rest.starts_with(|next: char| next.is_alphanumeric() && !next.is_uppercase());
    (same && whole).then_some(rest)
}

fn fold(line: &str) -> String {
    line.chars().flat_map(folded).collect()
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    c.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_page_are_told() {
        for (line, why) in [
            ("Retour en haut", Some(Why::Navigation)),
            ("Publicité", Some(Why::Advertising)),
            ("NewsletterRecevez toute l'actualité", Some(Why::Newsletter)),
            ("12 commentaires", Some(Why::Comments)),
            ("À lire aussiVisite chez les Français", Some(Why::Pointer)),
            ("► Lire aussi : les chiffres", Some(Why::Pointer)),
            ("© River Notes", Some(Why::Legal)),
            (
                "Nous utilisons des cookies pour mesurer l’audience.",
                Some(Why::Cookies),
            ),
            ("Photo : Ada Finch", Some(Why::Credit)),
            ("By Ada Finch", Some(Why::Byline)),
        ] {
            assert_eq!(told(line), why, "{line}");
        }
    }

    #[test]
    fn words_of_an_article_are_not() {
        for line in [
            "Photographers came from all over the county to see the bridge.",
            "Parmi les élus, deux ont voté contre.",
            "Byzantium fell.",
            "Par ailleurs, le pont a un banc",
            "Image is everything in a town that lives on its visitors.",
            "Le menu de la cantine a changé.",
            "Homeless people were counted.",
            "Relatedness is a matter of degree.",
        ] {
            assert_eq!(told(line), None, "{line}");
        }
        let long = format!(
            "Recevez notre conseil : {}",
            "il faut lire les textes en entier. ".repeat(8)
        );
        assert_eq!(told(&long), None);
    }
}
