//! `kezako serve` from outside: what it answers, what it tells open pages, and that no way of saving a file escapes it.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use support::running::{Answer, Events, Running, ask, connect, has, until};
use support::{CLAIM, RECORD, SEED, Site, TODAY, kezako, run};

/// A served site.
struct Preview {
    site: Site,
    running: Running,
    url: String,
    port: u16,
}

impl Preview {
    fn of(site: Site) -> Self {
        Self::with(site, &[])
    }

    #[track_caller]
    fn with(site: Site, arguments: &[&str]) -> Self {
        let mut command = site.command(&["serve", "--port", "0", "--today", TODAY]);
        let running = Running::start(command.args(arguments));
        Self::running(site, running)
    }

    /// One that has been started.
    #[track_caller]
    fn running(site: Site, mut running: Running) -> Self {
        let url = running.out.wait("http://127.0.0.1:");
        let port = url.split([':', '/']).nth(4).and_then(|port| port.parse().ok());
        let port = port.expect("the URL has a port");
        Self {
            site,
            running,
            url,
            port,
        }
    }

    #[track_caller]
    fn get(&self, path: &str) -> Answer {
        ask(self.port, &format!("GET {path} HTTP/1.1\r\nHost: localhost"))
    }

    fn events(&self) -> Events {
        Events::of(self.port)
    }

    /// The text of a page without the element that makes it live.
    #[track_caller]
    fn page(&self, path: &str) -> String {
        plain(self.get(path).text())
    }

    fn has(&self, path: &str) -> bool {
        self.get(path).status == 200
    }
}

/// A page without the one element that names `_kezako`.
#[track_caller]
fn plain(page: &str) -> String {
    let (before, rest) = page.split_once("<script src=\"/_kezako/").expect("the page is live");
    let (attributes, after) = rest.split_once("></script>").expect("the element ends");
    assert!(!attributes.contains(['<', '>']), "{attributes}");
    assert!(!after.contains("_kezako"), "{after}");
    format!("{before}{after}")
}

/// A claim with another summary.
fn saying(summary: &str) -> String {
    CLAIM.replace("It said so on 11 March 2024.", summary)
}

const GROK: &str = "content/claims/grok.md";

// Answers.

#[test]
fn it_serves_what_build_writes() {
    let preview = Preview::of(Site::good());
    let built = preview.site.built();
    assert!(built.len() > 10);
    // What belongs to the folder and not to the site.
    let of_the_folder = [".kezako", "manifest.json"];
    for (path, bytes) in built.iter().filter(|(path, _)| !of_the_folder.contains(&path.as_str())) {
        let folder = path.strip_suffix("index.html").unwrap_or(path);
        let answer = preview.get(&format!("/{folder}"));
        assert_eq!(answer.status, 200, "{path}");
        if path.ends_with(".html") {
            assert_eq!(plain(answer.text()).as_bytes(), bytes, "{path}");
        } else {
            assert_eq!(answer.body, *bytes, "{path}");
        }
    }
}

#[test]
fn it_says_where_the_site_is_on_standard_output_alone() {
    let mut preview = Preview::of(Site::good());
    assert_eq!(preview.url, format!("http://127.0.0.1:{}/", preview.port));
    preview.running.err.wait("built");
    assert_eq!(preview.running.out.all.len(), 1);
}

/// What a preview prints and answers that was asked to open a browser, where these are all the programs that there are.
#[cfg(target_os = "linux")]
fn opening(site: Site, programs: &Path) -> Preview {
    let mut command = site.command(&["serve", "--open", "--port", "0", "--today", TODAY]);
    Preview::running(site, Running::start(command.env("PATH", programs)))
}

/// Some run as long as the browser does; the preview goes on without it.
#[cfg(target_os = "linux")]
#[test]
fn a_browser_is_asked_to_open_the_site_and_may_end() {
    use std::os::unix::fs::PermissionsExt;
    for stays in ["", "/bin/sleep 1\n"] {
        let site = Site::good();
        let (programs, asked, over) = (site.beside("programs"), site.beside("asked"), site.beside("over"));
        fs::create_dir(&programs).unwrap();
        let opener = programs.join("xdg-open");
        let (told, ended) = (asked.display(), over.display());
        let script = format!("#!/bin/sh\necho \"$1\" > '{told}'\n{stays}echo > '{ended}'\n");
        fs::write(&opener, script).unwrap();
        fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
        let preview = opening(site, &programs);
        until("the browser has ended", || over.exists());
        assert_eq!(fs::read_to_string(&asked).unwrap().trim_end(), preview.url);
        thread::sleep(Duration::from_millis(300));
        assert!(preview.get("/").text().contains("Checks"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_the_site_is_served_all_the_same() {
    let site = Site::good();
    let nowhere = site.beside("nowhere");
    let mut preview = opening(site, &nowhere);
    preview
        .running
        .err
        .wait("no browser can be opened: this system has no program that opens addresses");
    thread::sleep(Duration::from_millis(300));
    assert!(preview.get("/").text().contains("Checks"));
}

#[test]
fn files_are_named_by_their_kinds() {
    let preview = Preview::of(Site::good());
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/api/claims.json", "application/json"),
        ("/_kezako/live.js", "text/javascript; charset=utf-8"),
        ("/_kezako/live.css", "text/css; charset=utf-8"),
        ("/_kezako/problems", "application/json"),
    ] {
        let answer = preview.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(kind)),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
}

#[test]
fn what_a_browser_has_already_is_not_sent_again() {
    let preview = Preview::of(Site::good());
    for path in ["/claims/grok/", "/api/claims.json", "/_kezako/live.js"] {
        let first = preview.get(path);
        let tag = first.header("etag").expect("it has a tag").to_owned();
        let ask = |known: &str| {
            let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {known}");
            ask(preview.port, &request)
        };
        for known in [&tag, &format!("\"x\", W/{tag}"), "*"] {
            let again = ask(known);
            assert_eq!((again.status, again.body.len()), (304, 0), "{path} {known}");
            assert_eq!(again.header("etag"), Some(&*tag));
        }
        assert_eq!(ask("\"x\"").status, 200);
    }
}

#[test]
fn head_is_get_without_the_body_and_nothing_else_is_answered() {
    let preview = Preview::of(Site::good());
    for path in ["/claims/grok/", "/api/claims.json", "/nowhere"] {
        let get = preview.get(path);
        let head = ask(preview.port, &format!("HEAD {path} HTTP/1.1\r\nHost: localhost"));
        assert_eq!((head.status, head.body.len()), (get.status, 0));
        for name in ["content-type", "content-length", "etag"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = ask(
            preview.port,
            &format!("{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"),
        );
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD")),
            "{method}"
        );
    }
}

#[test]
fn what_is_not_there_is_the_sites_own_page_for_that() {
    let preview = Preview::of(Site::good());
    let page = preview.page("/404.html");
    for path in [
        "/nowhere",
        "/claims/nowhere/",
        "/claims/grok/index.html/",
        "/claims/grok.html",
        "/a%FFb",
        "/%00",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(plain(answer.text()), page, "{path}");
    }
    assert_eq!(preview.get("/_kezako/nothing").status, 404);
}

#[test]
fn a_folder_without_its_slash_is_elsewhere() {
    let preview = Preview::of(Site::good());
    for (path, to) in [
        ("/claims", "/claims/"),
        ("/claims/grok", "/claims/grok/"),
        ("/claims/grok?a=b&c", "/claims/grok/?a=b&c"),
        ("/%63laims", "/claims/"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (308, Some(to)), "{path}");
    }
    for path in [
        "//claims",
        "//example.org",
        "/\\example.org",
        "//example.org/%2e%2e/claims",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
fn the_site_has_the_path_of_its_address() {
    let site = Site::good();
    site.write(
        "kezako.yaml",
        "title: \"Checks\"\nbase_url: \"https://example.org/a/b%20c/\"\n",
    );
    let preview = Preview::of(site);
    assert!(preview.url.ends_with("/a/b%20c/"), "{}", preview.url);
    assert!(preview.has("/a/b%20c/claims/grok/"));
    assert!(preview.has("/a/b c/claims/grok/".replace(' ', "%20").as_str()));
    for path in ["/", "/a/b%20c"] {
        let answer = preview.get(path);
        assert_eq!(
            (answer.status, answer.header("location")),
            (307, Some("/a/b%20c/")),
            "{path}"
        );
    }
    assert_eq!(
        preview.get("/a/b%20c/claims").header("location"),
        Some("/a/b%20c/claims/")
    );
    let missing = preview.get("/claims/grok/");
    assert_eq!(missing.status, 404);
    assert_eq!(plain(missing.text()), preview.page("/a/b%20c/404.html"));
    let mut events = preview.events();
    preview.site.write(GROK, saying("Under a path."));
    let urls = events.reload("/a/b%20c/claims/grok/");
    assert!(
        urls.as_array()
            .unwrap()
            .iter()
            .all(|url| url.as_str().unwrap().starts_with("/a/b%20c/"))
    );
}

#[test]
fn only_this_machine_is_served() {
    let preview = Preview::of(Site::good());
    let asked = |request: &str| ask(preview.port, request).status;
    for host in [
        "localhost",
        "localhost:80",
        "LOCALHOST",
        "127.0.0.1",
        "127.9.9.9:4321",
        "[::1]:4321",
    ] {
        assert_eq!(asked(&format!("GET / HTTP/1.1\r\nHost: {host}")), 200, "{host}");
    }
    for host in [
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "0.0.0.0",
        "10.0.0.1",
        "",
    ] {
        for path in ["/", "/_kezako/events", "/_kezako/problems", "/nowhere"] {
            assert_eq!(
                asked(&format!("GET {path} HTTP/1.1\r\nHost: {host}")),
                403,
                "{host} {path}"
            );
        }
    }
    assert_eq!(asked("GET / HTTP/1.1"), 403);
    assert_eq!(asked("GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org"), 403);
    assert_eq!(asked("GET http://example.org/ HTTP/1.1\r\nHost: localhost"), 403);
    let answer = preview.get("/claims/grok/");
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[test]
fn no_path_leaves_the_site() {
    let site = Site::good();
    site.write("secret.txt", "secret");
    site.write("content/secret.txt", "shown");
    let preview = Preview::of(site);
    let up = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..\\",
        "..%5c",
        "./../",
        ".%00./",
    ];
    for up in up {
        for path in [
            "secret.txt",
            "kezako.yaml",
            "site/secret.txt",
            "etc/passwd",
            "claims/grok/",
        ] {
            for start in ["/", "/claims/", "/claims/grok/"] {
                for times in 1..6 {
                    let path = format!("{start}{}{path}", up.repeat(times));
                    let answer = preview.get(&path);
                    assert_eq!(answer.status, 404, "{path}");
                    assert!(!answer.text().contains("secret"), "{path}");
                }
            }
        }
    }
    for path in [
        "/secret.txt",
        "/kezako.yaml",
        "/.kezako",
        "/content/claims/grok.md",
        "/seeds/rfi.txt",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_taken_port_is_refused_if_it_was_asked_for() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let site = Site::good();
    let done = site.run(&["serve", "--port", &port]).exits(2);
    assert_eq!(done.stdout, "");
    done.complains(&format!("port {port} is taken")).complains("--port");
}

#[test]
fn a_taken_port_is_passed_over_if_none_was_asked_for() {
    // Whether the usual port is ours or another program's, it is taken.
    let _taken = TcpListener::bind(("127.0.0.1", 4321));
    let site = Site::good();
    let mut running = Running::start(&mut site.command(&["serve"]));
    let url = running.out.wait("http://127.0.0.1:");
    assert!(!url.contains(":4321/"), "{url}");
}

#[test]
fn what_is_no_site_is_exit_2() {
    let site = Site::good();
    let mut command = kezako(["serve", "--port", "0", "--root"]);
    let done = run(command.arg(site.beside("nowhere"))).exits(2);
    done.complains("nowhere");
}

// Saves.

#[test]
fn a_saved_claim_is_on_its_page_and_on_lists_and_nowhere_else() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    let (claim, source) = (preview.page("/claims/grok/"), preview.page("/404.html"));
    preview.site.write(GROK, saying("It said so in public."));
    let urls = events.reload("/claims/grok/");
    assert!(has(&urls, "/claims/"), "{urls}");
    assert!(!has(&urls, "/404.html") && !has(&urls, "/glossary/"), "{urls}");
    let now = preview.page("/claims/grok/");
    assert!(!claim.contains("in public") && now.contains("It said so in public."));
    assert_eq!(preview.page("/404.html"), source);
    // As often as one likes.
    for turn in 0..5 {
        preview.site.write(GROK, saying(&format!("Turn {turn}.")));
        events.reload("/claims/grok/");
        assert!(preview.page("/claims/grok/").contains(&format!("Turn {turn}.")));
    }
    // Nothing was wrong at any moment.
    let mut problems = events.all.iter().filter(|(name, _)| name == "problems");
    assert!(problems.all(|(_, data)| data == &Value::Array(vec![])));
}

#[test]
fn a_save_that_changes_nothing_tells_nothing() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    preview.site.write(GROK, CLAIM);
    preview.site.write("content/claims/.grok.md.swp", "x");
    preview.site.write("content/claims/grok.md~", "x");
    preview.site.write("content/claims/4913", "x");
    preview.site.write("public/index.html", "x");
    preview.site.write("notes.md", "x");
    preview.site.write(GROK, saying("Now."));
    events.reload("/claims/grok/");
    // The first answer, and the one to the last save.
    let told: Vec<&str> = events.all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(told, ["problems", "reload"]);
}

#[test]
fn what_build_writes_triggers_nothing() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    for _ in 0..2 {
        preview.site.run(&["build"]).exits(0);
    }
    preview.site.write(GROK, saying("Now."));
    events.reload("/claims/grok/");
    assert_eq!(events.all.len(), 2, "{:?}", events.all);
}

/// Goes through all that can happen to files and folders.
fn files_come_and_go(preview: &Preview) {
    let mut events = preview.events();
    let path = |name: &str| preview.site.path(name);
    preview.site.write("content/claims/new.md", saying("A new one."));
    events.reload("/claims/new/");
    assert!(preview.page("/claims/").contains("A new one."));

    fs::rename(path("content/claims/new.md"), path("content/claims/newer.md")).expect("it can be done");
    let urls = events.reload("/claims/newer/");
    assert!(has(&urls, "/claims/new/") || events.all.iter().any(|(_, urls)| has(urls, "/claims/new/")));
    assert!(!preview.has("/claims/new/") && preview.has("/claims/newer/"));

    fs::remove_file(path("content/claims/newer.md")).expect("it can be done");
    events.reload("/claims/newer/");
    assert!(!preview.has("/claims/newer/"));
    assert!(!preview.page("/claims/").contains("A new one."));

    // A folder that is made, filled, renamed and removed.
    preview
        .site
        .write("content/glossary/grok.md", "---\nterm: \"Grok\"\n---\n\nA chatbot.\n");
    events.reload("/glossary/grok/");
    fs::create_dir_all(path("content/pages/deep/er")).expect("it can be done");
    fs::write(
        path("content/pages/deep/er/about.md"),
        "---\ntitle: \"About\"\n---\n\nUs.\n",
    )
    .expect("it can be done");
    until("a problem or a page in a deep folder", || {
        preview.get("/_kezako/problems").text() != "[]" || preview.has("/about/")
    });
    fs::remove_dir_all(path("content/pages")).expect("it can be done");
    until("the folder is forgotten", || {
        preview.get("/_kezako/problems").text() == "[]" && !preview.has("/about/")
    });

    // The folder of all claims goes elsewhere, and comes back.
    fs::rename(path("content/claims"), path("claims")).expect("it can be done");
    until("all claims are gone", || !preview.has("/claims/grok/"));
    preview.site.write("claims/grok.md", saying("It was away."));
    fs::rename(path("claims"), path("content/claims")).expect("it can be done");
    until("all claims are back", || {
        preview.page_or_none("/claims/grok/").contains("It was away.")
    });
    preview.site.write(GROK, saying("It is followed again."));
    until("it is followed", || {
        preview.page_or_none("/claims/grok/").contains("It is followed again.")
    });
}

impl Preview {
    /// The text of a page, or of what stands in its place.
    fn page_or_none(&self, path: &str) -> String {
        self.get(path).text().to_owned()
    }
}

#[test]
fn files_and_folders_come_and_go() {
    files_come_and_go(&Preview::of(Site::good()));
}

#[test]
fn without_notifications_folders_are_looked_through() {
    files_come_and_go(&Preview::with(Site::good(), &["--poll"]));
}

#[test]
fn the_editors_ways_of_saving_all_work() {
    let preview = Preview::of(Site::good());
    let path = |name: &str| preview.site.path(name);
    let shows = |words: &str| {
        until(words, || preview.page_or_none("/claims/grok/").contains(words));
    };
    // Written beside, and renamed over it.
    fs::write(path("content/claims/.grok.md.tmp"), saying("By rename.")).unwrap();
    fs::rename(path("content/claims/.grok.md.tmp"), path(GROK)).unwrap();
    shows("By rename.");
    // From another folder.
    fs::write(path("draft.md"), saying("From elsewhere.")).unwrap();
    fs::rename(path("draft.md"), path(GROK)).unwrap();
    shows("From elsewhere.");
    // Moved away for a backup, and written anew, as vim does.
    fs::rename(path(GROK), path("content/claims/grok.md~")).unwrap();
    fs::write(path(GROK), saying("With a backup.")).unwrap();
    fs::remove_file(path("content/claims/grok.md~")).unwrap();
    shows("With a backup.");
    // Removed, and written anew.
    fs::remove_file(path(GROK)).unwrap();
    fs::write(path(GROK), saying("Anew.")).unwrap();
    shows("Anew.");
    // Emptied and written, with pauses in between.
    let mut file = fs::File::create(path(GROK)).unwrap();
    let text = saying("By and by.");
    let (one, other) = text.split_at(60);
    for part in [one, other] {
        thread::sleep(Duration::from_millis(40));
        file.write_all(part.as_bytes()).unwrap();
    }
    drop(file);
    shows("By and by.");
    // Appended to, and cut.
    let mut file = fs::File::options().append(true).open(path(GROK)).unwrap();
    file.write_all(b"\nAn afterthought.\n").unwrap();
    drop(file);
    shows("An afterthought.");
    let whole = fs::metadata(path(GROK)).unwrap().len();
    let file = fs::File::options().write(true).open(path(GROK)).unwrap();
    file.set_len(whole - "\nAn afterthought.\n".len() as u64).unwrap();
    drop(file);
    until("it is cut", || {
        !preview.page_or_none("/claims/grok/").contains("afterthought")
    });
}

#[test]
fn a_save_by_rename_raises_no_false_alarm() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    let path = |name: &str| preview.site.path(name);
    let turns = 12;
    for turn in 0..turns {
        // The seed that all depends on is away for a moment.
        fs::rename(path("seeds/rfi.txt"), path("seeds/rfi.txt~")).unwrap();
        fs::write(path("seeds/rfi.txt"), format!("{SEED}\nTurn {turn}.\n")).unwrap();
        fs::remove_file(path("seeds/rfi.txt~")).unwrap();
        events.reload("/sources/rfi/");
    }
    // On a busy machine a moment can be long.
    let alarms = events
        .all
        .iter()
        .filter(|(_, data)| data.to_string().contains("source-missing"));
    assert!(alarms.count() < turns / 2, "{:#?}", events.all);
}

#[test]
fn many_files_at_once_all_arrive() {
    let preview = Preview::of(Site::good());
    for number in 0..120 {
        preview.site.write(
            &format!("content/claims/c{number}.md"),
            saying(&format!("Number {number}.")),
        );
    }
    until("all are there", || {
        (0..120).all(|number| preview.has(&format!("/claims/c{number}/")))
    });
    fs::remove_dir_all(preview.site.path("content/claims")).unwrap();
    preview.site.write(GROK, saying("The only one."));
    until("one is left", || {
        let claims: Value = serde_json::from_slice(&preview.get("/api/claims.json").body).unwrap();
        claims["claims"].as_array().is_some_and(|claims| claims.len() == 1)
    });
    assert!(preview.page("/claims/grok/").contains("The only one."));
}

#[test]
fn files_that_appear_while_a_build_runs_arrive() {
    let preview = Preview::of(Site::good());
    for number in 0..60 {
        preview.site.write(&format!("content/d{number}/claims/x.txt"), "x");
        preview.site.write(
            &format!("content/claims/c{number}.md"),
            saying(&format!("Number {number}.")),
        );
        thread::sleep(Duration::from_millis(number % 15));
    }
    until("the last is there", || preview.has("/claims/c59/"));
    until("all are there", || {
        (0..60).all(|number| preview.has(&format!("/claims/c{number}/")))
    });
}

#[test]
fn settings_seeds_and_templates_are_followed() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    preview.site.write(
        "kezako.yaml",
        "title: \"Other checks\"\nbase_url: \"https://example.org/\"\n",
    );
    events.reload("/404.html");
    assert!(preview.page("/claims/grok/").contains("Other checks"));
    preview.site.write("seeds/rfi.txt", format!("{SEED}\nNeuf.\n"));
    events.reload("/sources/rfi/");
    // The folder is not there yet.
    preview.site.write(
        "templates/404.html",
        "<!doctype html><title>x</title><body><h1>Lost</h1></body>",
    );
    events.reload("/404.html");
    assert!(preview.page("/404.html").contains("<h1>Lost</h1>"));
    fs::remove_dir_all(preview.site.path("templates")).unwrap();
    events.reload("/404.html");
    assert!(!preview.page("/404.html").contains("<h1>Lost</h1>"));
}

#[test]
fn styles_alone_are_told_apart() {
    let site = Site::good();
    site.write("templates/styles/site.css", "body { color: red }");
    let preview = Preview::of(site);
    let mut events = preview.events();
    preview.site.write("templates/styles/site.css", "body { color: green }");
    let styles = events.wait("style", |_| true);
    let [style] = &styles.as_array().unwrap()[..] else {
        panic!("{styles}")
    };
    let style = style.as_str().unwrap();
    assert!(preview.get(style).text().contains("green"), "{style}");
    assert!(preview.page("/claims/grok/").contains(style));
    // A new file that the sheet takes in is nothing but style either.
    preview.site.write("templates/styles/more.css", "body { margin: 1px }");
    preview.site.write(
        "templates/styles/site.css",
        "@import \"more.css\"; body { color: blue }",
    );
    events.wait("style", |_| true);
    assert!(!events.all.iter().any(|(name, _)| name == "reload"), "{:?}", events.all);
    // With a template it is more than that.
    preview.site.write(
        "templates/404.html",
        "<!doctype html><title>x</title><body><h1>Lost</h1></body>",
    );
    events.reload("/404.html");
}

#[cfg(unix)]
#[test]
fn links_are_followed_wherever_they_lead_inside_the_site() {
    use std::os::unix::fs::symlink;
    let site = Site::good();
    fs::rename(site.path("content"), site.path("words")).unwrap();
    symlink("words", site.path("content")).unwrap();
    fs::create_dir(site.path("shared")).unwrap();
    fs::rename(site.path("words/claims/grok.md"), site.path("shared/grok.md")).unwrap();
    symlink("../../shared/grok.md", site.path("words/claims/grok.md")).unwrap();
    // And the root itself is behind a link.
    symlink(site.root(), site.beside("link")).unwrap();
    let mut command = kezako(["serve", "--port", "0", "--today", TODAY, "--root"]);
    let mut running = Running::start(command.arg(site.beside("link")));
    let url = running.out.wait("http://127.0.0.1:");
    let port = url.split([':', '/']).nth(4).unwrap().parse().unwrap();
    let preview = Preview {
        site,
        running,
        url,
        port,
    };
    let mut events = preview.events();
    preview.site.write("shared/grok.md", saying("Through a link."));
    events.reload("/claims/grok/");
    fs::write(preview.site.path("shared/tmp"), saying("Renamed behind a link.")).unwrap();
    fs::rename(preview.site.path("shared/tmp"), preview.site.path("shared/grok.md")).unwrap();
    events.reload("/claims/grok/");
    assert!(preview.page("/claims/grok/").contains("Renamed behind a link."));
    preview.site.write("words/claims/new.md", saying("In a linked folder."));
    events.reload("/claims/new/");
    preview
        .site
        .write("words/glossary/grok.md", "---\nterm: \"Grok\"\n---\n\nA chatbot.\n");
    events.reload("/glossary/grok/");
    // A folder that becomes a link, with files that are new by that.
    preview
        .site
        .write("more/other.md", "---\nterm: \"Other\"\n---\n\nAnother.\n");
    fs::remove_dir_all(preview.site.path("words/glossary")).unwrap();
    symlink("../more", preview.site.path("words/glossary")).unwrap();
    events.reload("/glossary/other/");
    preview
        .site
        .write("more/third.md", "---\nterm: \"Third\"\n---\n\nA third.\n");
    events.reload("/glossary/third/");
}

// Mistakes.

#[test]
fn a_mistake_never_takes_the_page_away() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    let good = preview.page("/claims/grok/");
    preview.site.write(GROK, CLAIM.replace("lundi", "mardi"));
    let problems = events.wait("problems", |problems| {
        problems.as_array().is_some_and(|all| !all.is_empty())
    });
    assert_eq!(problems.as_array().unwrap().len(), 1);
    let checked = preview.site.run(&["check", "--format", "json"]).exits(1).stdout;
    let checked: Value = serde_json::from_str(&checked).unwrap();
    for (key, value) in checked.as_object().unwrap() {
        assert_eq!(&problems[0][key], value, "{key}");
    }
    let frame = problems[0]["frame"].as_str().unwrap();
    assert!(
        frame.starts_with("error[quote-not-found]: ") && frame.contains("^^^^^ the source has `lundi` here"),
        "{frame}"
    );
    assert_eq!(preview.page("/claims/grok/"), good);
    let present: Value = serde_json::from_slice(&preview.get("/_kezako/problems").body).unwrap();
    assert_eq!(present, problems);
    // A page that is opened now is told at once.
    let mut late = Events::of(preview.port);
    assert_eq!(late.all[0].1, problems);
    // What was edited before the mend counts too.
    preview.site.write("content/claims/new.md", saying("Meanwhile."));
    events.wait("problems", |_| true);
    assert!(!preview.has("/claims/new/"));
    preview.site.write(GROK, saying("Mended."));
    let urls = events.reload("/claims/grok/");
    assert!(has(&urls, "/claims/new/"), "{urls}");
    assert_eq!(events.wait("problems", |_| true), Value::Array(vec![]));
    late.wait("problems", |problems| problems == &Value::Array(vec![]));
    assert!(preview.has("/claims/new/"));
}

#[test]
fn without_a_site_every_page_says_why() {
    let site = Site::good();
    site.write(
        GROK,
        CLAIM
            .replace("It said so", "It <b>&amp;</b> said so")
            .replace("lundi", "<i>mardi</i>"),
    );
    site.write(
        "kezako.yaml",
        "title: \"Checks\"\nbase_url: \"https://example.org/checks/\"\n",
    );
    let mut preview = Preview::of(site);
    preview.running.err.wait("there is nothing to show yet");
    assert!(preview.url.ends_with("/checks/"), "{}", preview.url);
    for path in ["/", "/claims/grok/", "/nowhere", "/a.css"] {
        let answer = preview.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (500, Some("text/html; charset=utf-8")),
            "{path}"
        );
        assert!(answer.text().contains("error[quote-not-found]"), "{path}");
        assert!(!answer.text().contains("<i>mardi"), "{path}");
        plain(answer.text());
    }
    let mut events = preview.events();
    preview.site.write(GROK, CLAIM);
    events.reload("/checks/claims/grok/");
    assert!(preview.has("/checks/claims/grok/"));
}

#[test]
fn settings_that_are_gone_are_a_problem_and_not_the_end() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    let away = preview.site.path("kezako.old");
    fs::rename(preview.site.path("kezako.yaml"), &away).unwrap();
    events.wait("problems", |problems| problems.to_string().contains("kezako.yaml"));
    assert!(preview.has("/claims/grok/"));
    fs::rename(&away, preview.site.path("kezako.yaml")).unwrap();
    events.wait("problems", |problems| problems == &Value::Array(vec![]));
}

#[test]
fn a_root_that_goes_and_comes_back_is_followed_again() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    let away = preview.site.beside("away");
    fs::rename(preview.site.root(), &away).unwrap();
    events.wait("problems", |problems| problems.to_string().contains("kezako.yaml"));
    fs::write(away.join(GROK), saying("It was away.")).unwrap();
    fs::rename(&away, preview.site.root()).unwrap();
    events.reload("/claims/grok/");
    preview.site.write(GROK, saying("It is back."));
    events.reload("/claims/grok/");
    assert!(preview.page("/claims/grok/").contains("It is back."));
}

#[test]
fn warnings_are_told_and_hold_nothing_up_unless_denied() {
    let warned = |summary: &str| format!("{}\nSome <b>markup</b>.\n", saying(summary));
    for (arguments, severity) in [(&[][..], "warning"), (&["--deny-warnings"][..], "error")] {
        let blocks = severity == "error";
        let preview = Preview::with(Site::good(), arguments);
        let mut events = preview.events();
        preview.site.write(GROK, warned("With a warning."));
        let problems = events.wait("problems", |problems| {
            problems.as_array().is_some_and(|all| !all.is_empty())
        });
        assert_eq!(
            (&problems[0]["severity"], &problems[0]["blocks"]),
            (&Value::from(severity), &Value::from(blocks))
        );
        assert_eq!(preview.page("/claims/grok/").contains("With a warning."), !blocks);
        preview.site.write(GROK, saying("Without."));
        let urls = events.reload("/claims/grok/");
        assert!(has(&urls, "/claims/"), "{urls}");
    }
}

#[test]
fn the_terminal_has_one_report_a_build() {
    let mut preview = Preview::of(Site::good());
    preview.running.err.wait("built");
    preview.site.write(GROK, CLAIM.replace("lundi", "mardi"));
    preview.running.err.wait("1 error: the pages stay as they were");
    // The same report is not said twice.
    preview.site.write("content/claims/new.md", CLAIM);
    preview.running.err.wait("1 error: the pages stay as they were");
    preview.site.write(GROK, CLAIM);
    preview.running.err.wait("up to date");
    let said = preview.running.err.all.join("\n");
    assert_eq!(said.matches("error[quote-not-found]").count(), 1, "{said}");
    assert!(!said.contains('\x1b'), "{said}");
}

// Many pages, and the end.

#[test]
fn a_hundred_open_pages_are_all_told_and_a_dead_one_holds_nothing_up() {
    let preview = Preview::of(Site::good());
    // Pages that ask, and never read.
    let dead: Vec<_> = (0..5)
        .map(|_| {
            let mut stream = connect(preview.port);
            write!(stream, "GET /_kezako/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream
        })
        .collect();
    // Others that do not even finish asking.
    let slow: Vec<_> = (0..5)
        .map(|_| {
            let mut stream = connect(preview.port);
            write!(stream, "GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    let mut pages: Vec<Events> = (0..100).map(|_| preview.events()).collect();
    // More than is kept for a page that does not read.
    for turn in 0..40 {
        let many = "Some <b>markup</b>.\n\n".repeat(40);
        preview
            .site
            .write(GROK, format!("{}\n{many}", saying(&format!("Turn {turn}."))));
        pages[0].reload("/claims/grok/");
    }
    preview.site.write(GROK, saying("For all."));
    for page in &mut pages[..1] {
        page.wait("problems", |problems| problems == &Value::Array(vec![]));
    }
    assert!(preview.page("/claims/grok/").contains("For all."));
    for page in &mut pages[1..] {
        page.reload("/claims/grok/");
    }
    drop((dead, slow));
}

#[test]
fn a_signal_ends_it_soon() {
    for signal in ["INT", "TERM"] {
        let preview = Preview::of(Site::good());
        let mut streams: Vec<_> = (0..20).map(|_| connect(preview.port)).collect();
        for stream in &mut streams {
            write!(stream, "GET /_kezako/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream.read_exact(&mut [0; 10]).unwrap();
        }
        let (code, time) = preview.running.end(signal);
        assert_eq!(code, Some(0), "SIG{signal}");
        // It takes milliseconds; a busy machine may add to that.
        assert!(time < Duration::from_secs(3), "SIG{signal}: {time:?}");
    }
}

#[test]
fn nothing_is_written_beside_the_site() {
    let preview = Preview::of(Site::good());
    let mut events = preview.events();
    preview.site.write(GROK, saying("Now."));
    events.reload("/claims/grok/");
    let names: BTreeSet<String> = support::names(&preview.site.root()).into_iter().collect();
    assert_eq!(names, ["content", "kezako.yaml", "seeds"].map(str::to_owned).into());
    assert_eq!(
        support::names(Path::new(&preview.site.path("content/claims"))),
        ["grok.md"]
    );
    assert_eq!(
        fs::read_to_string(preview.site.path("content/sources/rfi.md")).unwrap(),
        RECORD
    );
}
