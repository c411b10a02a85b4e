use super::*;

#[test]
fn whole_words_past_an_elision() {
    for (text, word, whole) in [
        ("l’open source", "open source", true),
        ("d'OpenAI", "OpenAI", true),
        ("reopen source", "open source", false),
        ("open sources", "open source", false),
        ("aujourd’hui", "hui", false),
        ("Grok’s answer", "Grok", true),
        ("Grok-1", "Grok", false),
        ("(Grok)", "Grok", true),
        ("‘Grok’", "Grok", true),
        ("_Grok_", "Grok", false),
    ] {
        let start = text.find(word).expect("the word is in the text");
        assert_eq!(is_word(text, &(start..start + word.len())), whole, "{text}");
    }
}

/// What a glossary of these forms, each a term of its own, finds in a text.
fn found<'t>(forms: &[&str], text: &'t str) -> Vec<&'t str> {
    let forms = forms.iter().enumerate().map(|(term, form)| {
        let place = FormPlace::Term;
        (fold(form), vec![Form { term, place }])
    });
    let glossary = Glossary::search(forms.collect());
    let search = glossary.search.as_ref().expect("a search");
    let found = glossary.in_text(search, text);
    found.into_iter().map(|(range, _)| &text[range]).collect()
}

#[test]
fn the_longest_form_wins_wherever_it_begins() {
    let text = "un modèle de langue naturelle";
    assert_eq!(
        found(&["modèle de", "de langue naturelle"], text),
        ["de langue naturelle"]
    );
    assert_eq!(
        found(&["a b", "b c d", "d e", "e f g h"], "a b c d e f g h"),
        ["b c d", "e f g h"]
    );
}

#[test]
fn an_address_in_the_text_is_no_mention() {
    let text = "Voir https://grok.com/ (ou www.grok.com, grok@x.ai, moi@grok.com) : Grok, /grok/.";
    assert_eq!(found(&["grok"], text), ["Grok", "grok"]);
}

#[test]
fn letters_with_combining_marks_are_found() {
    let text = "Une E\u{301}cole, des e\u{301}coles : l’e\u{301}cole e\u{301}";
    assert_eq!(found(&["école"], text), ["E\u{301}cole", "e\u{301}cole"]);
    assert_eq!(found(&["e\u{301}cole"], "une école"), ["école"]);
}

#[test]
fn folding_keeps_every_offset() {
    for text in ["İstanbul ẞ É ꭓ", "L’IA\nouverte", "ΑΣ"] {
        let folded = fold_in_place(text);
        assert_eq!(folded.len(), text.len());
        assert!(text.char_indices().all(|(at, _)| folded.is_char_boundary(at)));
    }
}
