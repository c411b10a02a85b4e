//! JSON Schemas (draft 2020-12) of the files for programs: `api/schema/NAME.json` describes `api/NAME.json`.

macro_rules! schemas {
    ($($name:literal),* $(,)?) => {
        /// The schemas: path → text. `common.json` holds what several of them share.
        pub const FILES: &[(&str, &str)] = &[$((
            concat!("api/schema/", $name, ".json"),
            include_str!(concat!("schemas/", $name, ".json")),
        )),*];
    };
}

schemas!(
    "claimreview",
    "claims",
    "common",
    "glossary",
    "sources",
    "timeline",
    "timelinejs"
);
