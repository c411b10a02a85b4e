use super::*;
use proptest::prelude::*;

#[test]
fn every_form_of_the_contract_comes_back_as_written() {
    for text in [
        "2023",
        "2023-11",
        "2023-11-17",
        "2023-11-01/2023-12-01",
        "2024-03~",
        "2017?",
        "201X",
        "2024-03/..",
        "../2024",
        "2024-03%",
        "19XX",
        "2023/",
    ] {
        let date = Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(date.to_string(), text);
    }
}

#[test]
fn what_is_no_date_says_why() {
    for (text, why) in [
        ("", "year of four digits"),
        ("23", "year of four digits"),
        ("2023-13", "no month 13"),
        ("2023-02-29", "no day 29"),
        ("2023-1-1", "month of two digits"),
        ("17/11/2023", "year of four digits"),
        ("2024/2023", "ends before it begins"),
        ("../..", "needs a date"),
        ("20X3", "year of four digits"),
        ("XXXX", "year of four digits"),
        ("2023-11-17-01", "more parts"),
        ("2023-11-é", "day of two digits"),
        ("201X-05", "unknown digits"),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert!(error.to_string().contains(why), "{text}: {error}");
    }
}

#[test]
fn coarser_dates_come_before_the_days_in_them() {
    let mut dates = ["2023-01-01", "2023", "2022-12-31", "2023-01", "201X"];
    dates.sort_by_key(|text| Date::parse(text).expect(text).sort_key());
    assert_eq!(dates, ["201X", "2022-12-31", "2023", "2023-01", "2023-01-01"]);
}

proptest! {
    #[test]
    fn days_and_civil_dates_are_inverse(days in -700_000i64..2_900_000) {
        let point = day_from_epoch(days).expect("within the years 0 to 9999");
        prop_assert_eq!(point.first_day(), days);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,16}") {
        let _ = Date::parse(&text);
    }
}
