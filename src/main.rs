use kezako::*;
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let mut tree = tree::Tree::default();
    for e in walkdir::WalkDir::new(&root).sort_by_file_name() { let e = e.unwrap(); if e.file_type().is_file() { let p = e.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        if p=="kezako.yaml" || p.starts_with("content/") || (p.starts_with("seeds/") && p.ends_with(".txt")) || p.starts_with("templates/") { tree.insert(p, tree::File::new(std::fs::read(e.path()).unwrap())); } } }
    let options = site::Options::default();
    let t=std::time::Instant::now();
    let mut d = vec![];
    let site = site::gather(&tree, &options).unpack(&mut d);
    eprintln!("gather {:?}", t.elapsed()); let t=std::time::Instant::now();
    let _links = link::link(&site, &tree, &options).unpack(&mut d);
    eprintln!("link {:?}", t.elapsed());
    let report = diagnostic::Report::new(d);
    let n = std::env::args().nth(2).and_then(|s| s.parse().ok()).unwrap_or(10);
    for d in report.diagnostics().iter().take(n) { println!("{}\n", frame::full(d, &tree, false, 140)); }
    eprintln!("{:?}", frame::summary(&report));
}
