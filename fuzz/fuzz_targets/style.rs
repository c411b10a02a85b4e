#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| kezako_fuzz::style(data));
