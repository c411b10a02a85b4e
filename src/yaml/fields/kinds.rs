//! Values of a kind of their own: dates, days, web addresses.

use super::Fields;
use crate::date::{Date, Point};
use crate::diagnostic::{Code, Diagnostic};
use crate::phrase::say;
use crate::yaml::is_web_address;

impl Fields<'_> {
    /// A date in EDTF.
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let text = self.text(key)?;
        match Date::parse(&text) {
            Ok(date) => Some(date),
            Err(why) => {
                self.add(
                    Diagnostic::new(
                        Code::BadDate,
                        self.path,
                        self.place(key),
                        say!("`{text}` is not a date: {why}", text, why),
                    )
                    .help(say!(
                        "write 2023, 2023-11, 2023-11-17 or 2023-11-01/2023-12-01; add ~ for about, ? for perhaps"
                    )),
                );
                None
            }
        }
    }

    /// A plain day.
    pub fn day(&self, key: &'static str) -> Option<Point> {
        let date = self.date(key)?;
        let day = date.as_day();
        if day.is_none() {
            self.add(
                Diagnostic::new(
                    Code::BadDate,
                    self.path,
                    self.place(key),
                    say!("`{key}` should be one day", key),
                )
                .help(say!("write year, month and day: 2023-11-17")),
            );
        }
        day
    }

    /// A link that begins with `http://` or `https://`.
    pub fn url(&self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        if is_web_address(&text) {
            return Some(text);
        }
        self.bad_value(
            key,
            say!("`{text}` is not a web address", text),
            if text.contains("://") && text.contains(char::is_whitespace) {
                say!("a web address has no spaces: take them out, or write `%20`")
            } else {
                say!("write the whole address, with `https://` before it")
            },
        );
        None
    }
}
