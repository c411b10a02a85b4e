//! What holds for every source and every quotation of it.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 1_000_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words of a passage verify in whatever equivalent typography, with a proof of the very words.
    #[test]
    fn words_of_a_source_verify_in_any_equal_typography(
        passages in source(1), wrapped in any::<bool>(), style in any::<u64>(),
        which in any::<prop::sample::Index>(), from in 0usize..40, length in 0usize..40,
    ) {
        let mut style = Style(style);
        let made = make(&passages, wrapped, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let quoted = tokens_quoted(&passages[at][run.clone()], &mut style);
        let words = words_of(&quoted).concat();
        let verified = found(verify(&quoted, &made.seed, Some(at)))
            .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {words:?} in {:?}", made.seed.text)))?;
        proof_holds(&verified, &made.seed);
        prop_assert_eq!(verified.passage(), at);
        let parts: Vec<_> = verified.parts().collect();
        prop_assert_eq!(parts.len(), 1);
        prop_assert_eq!(plain(&made.seed.text[parts[0].span.clone()]), plain(&words));
        let once = places(&plain(&words), &made.plain_passage(at)).len() == 1;
        if once {
            let places = &made.passages[at].places[run];
            let whole = places[0].start..places[places.len() - 1].end;
            prop_assert_eq!(&parts[0].span, &whole, "{:?} in {:?}", words, made.seed.text);
        }
        // Without a locator it is found too, there or in several passages.
        match verify(&quoted, &made.seed, None) {
            Outcome::Found(verified) => prop_assert_eq!(verified.passage(), at),
            Outcome::Ambiguous(passages) => {
                prop_assert!(passages.contains(&at) && passages.len() > 1);
                let seen = made.passages_with(&words);
                prop_assert!(passages.iter().all(|passage| seen.contains(passage)));
            }
            Outcome::NotFound => prop_assert!(false, "not found without a locator: {:?}", words),
        }
    }

    /// One letter, digit, accent, case or sign changed: no longer a quotation.
    #[test]
    fn a_changed_word_does_not_verify(
        passages in source(2), wrapped in any::<bool>(), style in any::<u64>(),
        which in any::<prop::sample::Index>(), from in 0usize..40, length in 0usize..40,
        changed in any::<prop::sample::Index>(), kind in 0usize..12, letter in 0usize..20,
    ) {
        let mut style = Style(style);
        let made = make(&passages, wrapped, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let tokens = &passages[at][run];
        // The first token, counted from a random one, that the kind of change can change.
        let first = changed.index(tokens.len());
        let Some((place, other)) = (0..tokens.len())
            .map(|step| (first + step) % tokens.len())
            .find_map(|place| Some((place, change(&tokens[place], kind, letter)?)))
        else {
            return Ok(());
        };
        let mut tokens = tokens.to_vec();
        tokens.splice(place..=place, other);
        prop_assume!(tokens.iter().any(|token| matches!(token, Token::Word(_))));
        let quoted = tokens_quoted(&tokens, &mut style);
        let words = words_of(&quoted).concat();
        prop_assume!(made.passages_with(&words).is_empty());
        let anywhere = verify(&quoted, &made.seed, None);
        prop_assert_eq!(&anywhere, &Outcome::NotFound, "{:?} in {:?}", words, made.seed.text);
        prop_assert_eq!(verify(&quoted, &made.seed, Some(at)), Outcome::NotFound);
    }

    /// A locator holds the quotation to its passage.
    #[test]
    fn a_locator_names_the_one_passage_that_counts(
        passages in source(1), style in any::<u64>(), which in any::<prop::sample::Index>(),
        named in any::<prop::sample::Index>(), from in 0usize..40, length in 0usize..40,
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let quoted = tokens_quoted(&passages[at][run], &mut style);
        let named = named.index(passages.len());
        let words = words_of(&quoted).concat();
        if !made.plain_passage(named).contains(&plain(&words)) {
            prop_assert_eq!(verify(&quoted, &made.seed, Some(named)), Outcome::NotFound);
        }
        prop_assert_eq!(made.seed.passage(made.passages[named].line), Some(named));
    }

    /// `[…]` leaves out words of a passage; what stands around it must follow in order.
    #[test]
    fn parts_around_an_ellipsis_follow_in_order(
        passages in source(3), style in any::<u64>(), which in any::<prop::sample::Index>(),
        borders in prop::array::uniform4(0usize..64), swap in any::<bool>(),
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let tokens = &passages[at];
        // Only words, so that no pair of marks is torn.
        let words: Vec<usize> = (0..tokens.len()).filter(|at| matches!(tokens[*at], Token::Word(_))).collect();
        let mut borders = borders.map(|border| words[border % words.len()]);
        borders.sort_unstable();
        let [a, b, c, d] = borders;
        prop_assume!(b < c);
        let (mut first, mut second) = (&tokens[a..=b], &tokens[c..=d]);
        if swap {
            (first, second) = (second, first);
        }
        let ellipsis = style.pick(&["[…]", "[...]", "[ … ]"]);
        let first = set(first, Medium::Quote, &mut style).0;
        let second = set(second, Medium::Quote, &mut style).0;
        let quoted = quotation(&block(&[format!("{first} {ellipsis} {second}")]));
        let sides = words_of(&quoted).concat();
        let sides: Vec<String> = sides.split(ellipsis).map(plain).collect();
        let possible = |passage: usize| {
            let text = made.plain_passage(passage);
            places(&sides[0], &text).iter().any(|place| text[place + sides[0].len()..].contains(&sides[1]))
        };
        let outcome = verify(&quoted, &made.seed, None);
        if (0..passages.len()).all(|passage| !possible(passage)) {
            prop_assert_eq!(outcome, Outcome::NotFound);
        } else if !swap {
            let verified = found(verify(&quoted, &made.seed, Some(at)))
                .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {sides:?} in {:?}", made.seed.text)))?;
            proof_holds(&verified, &made.seed);
            let exact: Vec<String> = verified.parts().map(|part| plain(&made.seed.text[part.span.clone()])).collect();
            prop_assert_eq!(exact, sides);
            prop_assert!(outcome != Outcome::NotFound);
        }
    }

    /// `[word]` stands for at most eight words of the source.
    #[test]
    fn an_insertion_replaces_at_most_eight_words(
        passages in source(8), style in any::<u64>(), which in any::<prop::sample::Index>(),
        first in 0usize..64, replaced in 0usize..14,
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let tokens = &passages[at];
        let words: Vec<usize> = (0..tokens.len()).filter(|at| matches!(tokens[*at], Token::Word(_))).collect();
        prop_assume!(words.len() >= replaced + 2);
        let first = first % (words.len() - replaced - 1);
        let (before, after) = (&tokens[words[first]], &tokens[words[first + replaced + 1]]);
        let before = set(std::slice::from_ref(before), Medium::Quote, &mut style).0;
        let after = set(std::slice::from_ref(after), Medium::Quote, &mut style).0;
        let quoted = quotation(&block(&[format!("{before} [mot à moi] {after}")]));
        let said = words_of(&quoted).concat();
        let sides: Vec<String> = said.split("[mot à moi]").map(plain).collect();
        let text = made.plain_passage(at);
        let fewest = places(&sides[0], &text)
            .into_iter()
            .flat_map(|place| {
                let rest = &text[place + sides[0].len()..];
                places(&sides[1], rest).into_iter().map(|end| count_words(&rest[..end])).collect::<Vec<_>>()
            })
            .min();
        let outcome = verify(&quoted, &made.seed, Some(at));
        if replaced <= 8 {
            let verified = found(outcome)
                .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {replaced} words, {said:?} in {text:?}")))?;
            proof_holds(&verified, &made.seed);
        } else if fewest.is_none_or(|fewest| fewest > 8) {
            prop_assert_eq!(outcome, Outcome::NotFound, "{} words, {:?} in {:?}", replaced, said, text);
        }
    }

    /// Paragraphs stand in consecutive passages, or behind a paragraph `[…]`.
    #[test]
    fn paragraphs_stand_in_consecutive_passages(
        passages in prop::collection::vec(passage(2), 2..6), wrapped in any::<bool>(), style in any::<u64>(),
        first in any::<prop::sample::Index>(), second in any::<prop::sample::Index>(),
        from in 0usize..40, length in 3usize..40, gap in any::<bool>(),
    ) {
        let mut style = Style(style);
        let made = make(&passages, wrapped, &mut style);
        let (first, second) = (first.index(passages.len()), second.index(passages.len()));
        let (Some(one), Some(two)) = (cut(&passages[first], from, length), cut(&passages[second], from, length)) else {
            return Ok(());
        };
        let mut paragraphs = vec![set(&passages[first][one], Medium::Quote, &mut style).0];
        if gap {
            paragraphs.push(style.pick(&["[…]", "[...]"]).to_owned());
        }
        paragraphs.push(set(&passages[second][two], Medium::Quote, &mut style).0);
        let quoted = quotation(&block(&paragraphs));
        let words = words_of(&quoted);
        let outcome = verify(&quoted, &made.seed, Some(first));
        if second == first + 1 || gap && second > first {
            let verified = found(outcome)
                .map_err(|outcome| TestCaseError::fail(format!("{outcome}: {words:?} in {:?}", made.seed.text)))?;
            proof_holds(&verified, &made.seed);
            prop_assert_eq!(verified.paragraphs().len(), 2);
            prop_assert_eq!(verified.paragraphs()[1].follows_gap, gap);
        } else {
            let behind = made.passages_with(&words[words.len() - 1]);
            let possible = behind.iter().any(|passage| *passage == first + 1 || gap && *passage > first);
            if !possible {
                prop_assert_eq!(outcome, Outcome::NotFound, "{:?} in {:?}", words, made.seed.text);
            }
        }
    }

    /// Quoted words right before a citation are verified like a block.
    #[test]
    fn inline_quotations_verify_like_blocks(
        passages in source(1), style in any::<u64>(), which in any::<prop::sample::Index>(),
        from in 0usize..40, length in 0usize..40, mark in 0usize..3, change_it in any::<bool>(),
    ) {
        let mut style = Style(style);
        let made = make(&passages, false, &mut style);
        let at = which.index(passages.len());
        let Some(run) = cut(&passages[at], from, length) else { return Ok(()) };
        let mut tokens = passages[at][run].to_vec();
        // The marks around the quotation must not stand in it.
        prop_assume!(!tokens.iter().any(|token| matches!(token, Token::Open | Token::Close)));
        if change_it {
            tokens.push(Token::Word("introuvable".to_owned()));
        }
        let words = set(&tokens, Medium::Inline, &mut style).0;
        let [open, close] = [["« ", " »"], ["“", "”"], ["„", "“"]][mark];
        let line = made.passages[at].line;
        let quoted = quotation(&format!("Il répond que {open}{words}{close} [@made:{line}], puis se tait.\n"));
        prop_assert!(quoted.inline);
        prop_assert_eq!(quoted.role, Role::Context);
        match verify(&quoted, &made.seed, Some(at)) {
            Outcome::Found(verified) => {
                prop_assert!(!change_it);
                proof_holds(&verified, &made.seed);
            }
            other => prop_assert!(change_it, "{other:?}: {words:?} in {:?}", made.seed.text),
        }
    }
}
